-- The log: the one truth. Everything else in this file can be rebuilt from event.record.

-- One row an event; `record` is the exact JSON that was hashed. Query it with json_extract(record, '$.data.member').
CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  record   TEXT NOT NULL
) STRICT;

-- These stop accidents; the Merkle tree gives evidence of the rest.
CREATE TRIGGER event_never_updated BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only: no record is ever updated'); END;

CREATE TRIGGER event_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only: no record is ever deleted'); END;

CREATE TRIGGER event_without_gap BEFORE INSERT ON event
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM event)
BEGIN SELECT RAISE(ABORT, 'the event log is append-only: the next position is the last one plus one'); END;

-- Where the events of each command begin: those that had fallen due come first, then the one that carries its inputs.
-- A repeated id re-reads them.
CREATE TABLE request (
  id       TEXT PRIMARY KEY,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The Merkle tree over the log (RFC 6962), one row: its size, the roots of its perfect subtrees (32 bytes each, largest
-- first), the first 8 bytes of each leaf hash since the last full tile, and the clock of the last commit.
CREATE TABLE head (
  id          INTEGER PRIMARY KEY CONSTRAINT head_is_one_row CHECK (id = 1),
  size        INTEGER NOT NULL,
  peaks       BLOB NOT NULL,
  tail        BLOB NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;

-- Leaf hashes, 256 a row (32 bytes each): tile n holds the leaves of positions 256 n + 1 to 256 n + 256.
CREATE TABLE tile (
  number INTEGER PRIMARY KEY,
  hashes BLOB NOT NULL CONSTRAINT tile_is_full CHECK (length(hashes) = 8192)
) STRICT;

-- Not derived from the log: which migrations made this file, and which fold made its rows.
CREATE TABLE meta_migration (
  number INTEGER PRIMARY KEY,
  name   TEXT NOT NULL
) STRICT;

CREATE TABLE meta_fold (
  id      INTEGER PRIMARY KEY CONSTRAINT meta_fold_is_one_row CHECK (id = 1),
  version INTEGER NOT NULL
) STRICT;
