-- Earmarked money: rows rendered from the log, one a fund.

-- received = available + allotted + committed + spent, in fen, over all receipts; receipts is a packed JSON list of
-- [receipt, since, parent, party, purposes, received, available, allotted, committed, spent], oldest first; parent is
-- [fund, receipt] where the money was before. purposes is a JSON list, NULL for any.
CREATE TABLE fund (
  fund         TEXT PRIMARY KEY NOT NULL,
  organisation TEXT NOT NULL,
  source       TEXT NOT NULL,
  name         TEXT,
  purposes     TEXT,
  from_day     TEXT NOT NULL,
  until_day    TEXT,
  alarm_below  INTEGER,
  low          INTEGER NOT NULL,
  closed       INTEGER NOT NULL,
  received     INTEGER NOT NULL,
  available    INTEGER NOT NULL,
  allotted     INTEGER NOT NULL,
  committed    INTEGER NOT NULL,
  spent        INTEGER NOT NULL,
  since        TEXT NOT NULL,
  position     INTEGER NOT NULL,
  receipts     TEXT NOT NULL
) STRICT;
