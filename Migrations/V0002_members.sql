-- Actors, organisations and members: rows rendered from the log, one an entity. `position` is the entity's last event.

-- Who may issue commands; roles is a JSON list of {role, organisation, level, from, until}.
CREATE TABLE actor (
  actor    TEXT PRIMARY KEY NOT NULL,
  title    TEXT,
  since    TEXT NOT NULL,
  position INTEGER NOT NULL,
  roles    TEXT NOT NULL
) STRICT;

-- The tree of unions; members and children count who belongs directly.
CREATE TABLE organisation (
  organisation TEXT PRIMARY KEY NOT NULL,
  name         TEXT,
  parent       TEXT,
  closed       INTEGER NOT NULL,
  members      INTEGER NOT NULL,
  children     INTEGER NOT NULL,
  since        TEXT NOT NULL,
  position     INTEGER NOT NULL
) STRICT;

-- Members by opaque id; left_with_points says what became of the points of one who left; facts is a JSON list of
-- {fact, kind, value, grantor, level, from, until}.
CREATE TABLE member (
  member           TEXT PRIMARY KEY NOT NULL,
  organisation     TEXT NOT NULL,
  verified         INTEGER NOT NULL,
  left_with_points TEXT,
  since            TEXT NOT NULL,
  position         INTEGER NOT NULL,
  facts            TEXT NOT NULL
) STRICT;
