-- Stations with their visits, and members' relatives: rows rendered from the log, one an entity.

-- Places where members are served. visits is a memo count over all months, never added to persons; months is a packed
-- JSON list of [month, visits], corrected a list of the commands whose count was corrected.
CREATE TABLE station (
  station      TEXT PRIMARY KEY NOT NULL,
  organisation TEXT NOT NULL,
  number       TEXT NOT NULL,
  name         TEXT,
  closed       INTEGER NOT NULL,
  visits       INTEGER NOT NULL,
  since        TEXT NOT NULL,
  position     INTEGER NOT NULL,
  months       TEXT NOT NULL,
  corrected    TEXT NOT NULL
) STRICT;

-- Which numbers of an organisation are taken: how many of its stations are open, and a packed JSON list of
-- [number, station].
CREATE TABLE station_open (
  organisation TEXT PRIMARY KEY NOT NULL,
  open         INTEGER NOT NULL,
  stations     TEXT NOT NULL
) STRICT;

-- Visits of every station by month, with its organisation; sums over organisations are for who asks.
CREATE VIEW station_visit AS
SELECT
  station.station,
  station.organisation,
  json_extract(month.value, '$[0]') AS month,
  json_extract(month.value, '$[1]') AS visits
FROM station, json_each(station.months) AS month;

-- A member's relatives and dependants, a JSON list of {relative, kind, dependant, from, until}; a pair stands in the rows
-- of both. kind is what the relative is to the member, dependant is who of the two depends on the other.
ALTER TABLE member ADD COLUMN relatives TEXT NOT NULL DEFAULT '[]';

-- Provisional members: admitted on a credential, whose kind and who saw it stay here also after verification; station is
-- where the member was met.
ALTER TABLE member ADD COLUMN provisional        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN credential         TEXT;
ALTER TABLE member ADD COLUMN credential_seen_by TEXT;
ALTER TABLE member ADD COLUMN station            TEXT;

-- The real member that a provisional one was merged into, whose wallet has the points; and, a JSON list, the provisional
-- ones that were merged into a real one.
ALTER TABLE member ADD COLUMN merged_into TEXT;
ALTER TABLE member ADD COLUMN merged_from TEXT NOT NULL DEFAULT '[]';
