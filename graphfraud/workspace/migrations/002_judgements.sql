-- Purpose: what people say of rings, kept for good: rows are added, never changed or removed.
-- Parameters: none. Columns out: none.
BEGIN IMMEDIATE;

CREATE TABLE judgements (
    judgement_number INTEGER PRIMARY KEY,  -- the order they came in
    ring_id          TEXT NOT NULL,
    run_id           TEXT NOT NULL REFERENCES runs (run_id),
    verdict          TEXT NOT NULL CHECK (verdict IN ('confirmed', 'excluded', 'unsure')),
    reason           TEXT NOT NULL CHECK (reason <> ''),
    members          TEXT NOT NULL,        -- JSON: the members it was given on, [[type, id], …], sorted
    judged_by        TEXT NOT NULL CHECK (judged_by <> ''),
    judged_at        TEXT NOT NULL         -- UTC
);

CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements
BEGIN
    SELECT RAISE (ABORT, 'judgements are never changed');
END;

CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements
BEGIN
    SELECT RAISE (ABORT, 'judgements are never removed');
END;

PRAGMA user_version = 2;
COMMIT;
