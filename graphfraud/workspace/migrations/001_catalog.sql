-- Purpose: the first shape of the catalog (SQLite): what is in the workspace, and its file hashes.
-- Parameters: none. Columns out: none.
BEGIN IMMEDIATE;

CREATE TABLE feeds (
    feed_id   TEXT PRIMARY KEY,
    manifest  TEXT NOT NULL,              -- feed.json, byte for byte
    loaded_at TEXT NOT NULL               -- UTC, for people; never hashed
);

CREATE TABLE snapshots (
    snapshot_id TEXT PRIMARY KEY,         -- digest of the sorted feed ids
    name        TEXT NOT NULL,            -- '' = no name
    created_at  TEXT NOT NULL
);

CREATE UNIQUE INDEX snapshot_names ON snapshots (name) WHERE name <> '';

CREATE TABLE snapshot_feeds (
    snapshot_id TEXT NOT NULL REFERENCES snapshots (snapshot_id),
    feed_id     TEXT NOT NULL REFERENCES feeds (feed_id),
    PRIMARY KEY (snapshot_id, feed_id)
) WITHOUT ROWID;

CREATE TABLE runs (
    run_number   INTEGER PRIMARY KEY,     -- the order they came in
    run_id       TEXT NOT NULL UNIQUE,
    snapshot_id  TEXT NOT NULL REFERENCES snapshots (snapshot_id),
    parameters   TEXT NOT NULL,
    seed         INTEGER NOT NULL,
    tool_version TEXT NOT NULL,
    result_hash  TEXT NOT NULL,
    created_at   TEXT NOT NULL
);

CREATE TABLE files (
    folder TEXT NOT NULL,                 -- feeds/<feed_id> or runs/<run_id>
    path   TEXT NOT NULL,                 -- inside the folder
    sha256 TEXT NOT NULL,
    size   INTEGER NOT NULL,              -- bytes
    PRIMARY KEY (folder, path)
) WITHOUT ROWID;

PRAGMA application_id = 1734767204;       -- 'gfrd': tells our catalog from any other SQLite file
PRAGMA user_version = 1;
COMMIT;
