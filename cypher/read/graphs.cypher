// Purpose:    every graph in the database.
// Parameters: none
// Returns:    number, snapshot, state, round, batch_rows, checksum; run, run_state, run_checksum:
//             null where no run is published
MATCH (g:Graph)
RETURN g.number AS number, g.snapshot AS snapshot, g.state AS state, g.round AS round,
  g.batch_rows AS batch_rows, g.checksum AS checksum,
  g.run AS run, g.run_state AS run_state, g.run_checksum AS run_checksum
ORDER BY number
