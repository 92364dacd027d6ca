-- Gifts with their stocks, and grants to stations: rows rendered from the log, one an entity.

-- Goods bought or donated to be handed out. acquired = stored + handed_over + written_off, in pieces; stored is in the
-- store and at stations. bought_fen was spent on it, handed_over_fen and written_off_fen of that went with the pieces;
-- donated_memo_fen is what donations were worth, a memo that is in no cash total. store, what is in the organisation's
-- store, is a packed JSON list of [batch, ordinal, since, pieces, unit in fen, party, [[fund, receipt, fen], ...]], the
-- oldest batch first; in_store, in_store_fen and in_store_memo_fen are its sums. moved_at is the store's last movement.
CREATE TABLE gift (
  gift              TEXT PRIMARY KEY NOT NULL,
  organisation      TEXT NOT NULL,
  name              TEXT,
  batches           INTEGER NOT NULL,
  acquired          INTEGER NOT NULL,
  stored            INTEGER NOT NULL,
  handed_over       INTEGER NOT NULL,
  written_off       INTEGER NOT NULL,
  bought_fen        INTEGER NOT NULL,
  handed_over_fen   INTEGER NOT NULL,
  written_off_fen   INTEGER NOT NULL,
  donated_memo_fen  INTEGER NOT NULL,
  in_store          INTEGER NOT NULL,
  in_store_fen      INTEGER NOT NULL,
  in_store_memo_fen INTEGER NOT NULL,
  moved_at          TEXT NOT NULL,
  since             TEXT NOT NULL,
  position          INTEGER NOT NULL,
  store             TEXT NOT NULL
) STRICT;

-- The pieces of one gift at one station; gift_station is both ids with a space between. batches is a list as in
-- gift.store, the other columns are its sums.
CREATE TABLE gift_stock (
  gift_station TEXT PRIMARY KEY NOT NULL,
  gift         TEXT NOT NULL,
  station      TEXT NOT NULL,
  pieces       INTEGER NOT NULL,
  cost_fen     INTEGER NOT NULL,
  memo_fen     INTEGER NOT NULL,
  moved_at     TEXT NOT NULL,
  position     INTEGER NOT NULL,
  batches      TEXT NOT NULL
) STRICT;

-- How many pieces of which gifts a station has, a packed JSON list of [gift, pieces]; it closes only without.
CREATE TABLE station_gift (
  station TEXT PRIMARY KEY NOT NULL,
  pieces  INTEGER NOT NULL,
  gifts   TEXT NOT NULL
) STRICT;

-- What one member got of one gift, once in a campaign; gift_member is both ids with a space between. received is a packed
-- JSON list of [campaign, station, since, pieces, [[fund, receipt, fen], ...]]: whose money it was.
CREATE TABLE gift_handover (
  gift_member TEXT PRIMARY KEY NOT NULL,
  gift        TEXT NOT NULL,
  member      TEXT NOT NULL,
  pieces      INTEGER NOT NULL,
  cost_fen    INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  received    TEXT NOT NULL
) STRICT;

-- Where the pieces of every gift are, place being a station or, NULL, the store of the gift's organisation: pieces, what
-- they cost, and what they are worth as a memo.
CREATE VIEW gift_position AS
SELECT gift, NULL AS place, in_store AS pieces, in_store_fen AS cost_fen, in_store_memo_fen AS memo_fen
FROM gift
UNION ALL
SELECT gift, station, pieces, cost_fen, memo_fen
FROM gift_stock;

-- Sums for the stations that apply. applied is how many did, approved, paid, inspected and exited how many of them came
-- so far at least; total_fen = committed_fen + paid_fen + released_fen, and recovered_fen of what was paid came back.
-- committed, what is still set aside, is a packed JSON list of [fund, receipt, fen] in the order in which it is paid.
CREATE TABLE grant_programme (
  programme     TEXT PRIMARY KEY NOT NULL,
  organisation  TEXT NOT NULL,
  fund          TEXT NOT NULL,
  purpose       TEXT NOT NULL,
  status        TEXT NOT NULL,
  total_fen     INTEGER NOT NULL,
  months        INTEGER NOT NULL,
  applied       INTEGER NOT NULL,
  approved      INTEGER NOT NULL,
  approved_fen  INTEGER NOT NULL,
  paid          INTEGER NOT NULL,
  paid_fen      INTEGER NOT NULL,
  inspected     INTEGER NOT NULL,
  exited        INTEGER NOT NULL,
  recovered_fen INTEGER NOT NULL,
  released_fen  INTEGER NOT NULL,
  committed_fen INTEGER NOT NULL,
  split_at      TEXT,
  stepped_at    TEXT NOT NULL,
  since         TEXT NOT NULL,
  position      INTEGER NOT NULL,
  committed     TEXT NOT NULL
) STRICT;

-- The grant of one programme to one station; programme_station is both ids with a space between. ordinal is the
-- how-manieth application it was, shares what paid it, as in grant_programme.committed.
CREATE TABLE station_grant (
  programme_station  TEXT PRIMARY KEY NOT NULL,
  programme          TEXT NOT NULL,
  station            TEXT NOT NULL,
  status             TEXT NOT NULL,
  status_since       TEXT NOT NULL,
  ordinal            INTEGER NOT NULL,
  amount_fen         INTEGER NOT NULL,
  applicant          TEXT NOT NULL,
  approver           TEXT,
  failed_inspections INTEGER NOT NULL,
  recovered_fen      INTEGER NOT NULL,
  since              TEXT NOT NULL,
  position           INTEGER NOT NULL,
  shares             TEXT NOT NULL
) STRICT;

-- `show station` asks which grants a station has.
CREATE INDEX station_grant_of_station ON station_grant (station);

-- Every programme on one line: how many applied, were approved, paid and exited so far, and the fen of each.
CREATE VIEW grant_board AS
SELECT
  programme, organisation, status, total_fen, applied, approved, approved_fen, paid, paid_fen, exited,
  recovered_fen, committed_fen, released_fen
FROM grant_programme;
