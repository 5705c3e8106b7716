// Purpose:    a batch is loaded once: the guard of every batch has an id of its own.
// Parameters: none
// Returns:    nothing
CREATE CONSTRAINT load_batch_id IF NOT EXISTS FOR (b:LoadBatch) REQUIRE b.id IS UNIQUE
