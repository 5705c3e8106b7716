// Written by `make docs` from the ontology; change that.
// Purpose:    make every label, type and property name known.
// Parameters: none
// Returns:    how many of each
WITH ['Account', 'Address', 'Claim', 'Clinic', 'Company', 'Doctor', 'Drug', 'DuplicateSet', 'Entity', 'Facility', 'Graph', 'GraphCounter', 'Hospital', 'InsuredPerson', 'Item', 'LoadBatch', 'LoadLane', 'Operator', 'OtherParty', 'Payment', 'Pharmacy', 'Phone', 'Region', 'Ring'] AS labels, ['FILED', 'AT', 'BY', 'KEYED_BY', 'REFUNDS', 'INCLUDES', 'SETTLES', 'PAYS', 'PAID_TO', 'HOLDS', 'WORKS_AT', 'LIVES_AT', 'LOCATED_AT', 'INSURED_IN', 'LOCATED_IN', 'HOUSEHOLD', 'LEGAL_REP', 'SHAREHOLDER', 'CONTROLLER', 'EMPLOYER', 'AGENT', 'RELATIVE', 'RELATED_TO', 'CO_ATTENDS', 'MEMBER_OF', 'SUPPORTS', 'DUPLICATE_OF'] AS types, ['amount_fen', 'batch_rows', 'birth_date', 'cash_amount_fen', 'checksum', 'department', 'diagnosis_code', 'encounter_id', 'end_time', 'event', 'expected', 'explained_by', 'explanation', 'feed', 'first_time', 'fund_amount_at_risk_fen', 'fund_amount_fen', 'graph', 'id', 'id_number', 'insurance_type', 'invoice_no', 'key', 'kind', 'last', 'last_time', 'legal_rep', 'level', 'licence_no', 'lift', 'line_no', 'listed_on', 'med_type', 'n_claims', 'name', 'number', 'observed', 'p_value', 'paid_time', 'pattern', 'purpose', 'q_value', 'quantity', 'rank', 'reason', 'reason_zh', 'record_no', 'region', 'relation', 'role', 'round', 'run', 'run_checksum', 'run_state', 'score', 'settle_region', 'settle_time', 'sex', 'snapshot', 'start_time', 'state', 'status', 'summary_en', 'summary_zh', 'time', 'total_amount_fen', 'touched', 'trace_code', 'unit_price_fen', 'until', 'watch_reason', 'weight'] AS names
CALL (labels) { UNWIND labels AS label CALL db.createLabel(label) RETURN count(*) AS a }
CALL (types) {
  UNWIND types AS type CALL db.createRelationshipType(type)
  RETURN count(*) AS b
}
CALL (names) { UNWIND names AS name CALL db.createProperty(name) RETURN count(*) AS c }
RETURN a, b, c
