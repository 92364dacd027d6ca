-- The ledger as a whole, approvals and jobs: rows rendered from the log, one an entity.

-- One row: closed_through is the last day of the last closed period, days_closed_through the last day whose day.close
-- has finished; limits is a JSON list of {since, adjustment, reversal}.
CREATE TABLE ledger (
  ledger              TEXT PRIMARY KEY NOT NULL CONSTRAINT ledger_is_one_row CHECK (ledger = 'ledger'),
  name                TEXT NOT NULL,
  origin              TEXT NOT NULL,
  zone                TEXT NOT NULL,
  owner               TEXT NOT NULL,
  since               TEXT NOT NULL,
  closed_through      TEXT,
  days_closed_through TEXT,
  position            INTEGER NOT NULL,
  limits              TEXT NOT NULL
) STRICT;

-- Commands that wait, or waited, for a second actor: status is open, granted or denied; request is the command's type and
-- data. approval is the id of the command that opened it.
CREATE TABLE approval (
  approval   TEXT PRIMARY KEY NOT NULL,
  status     TEXT NOT NULL,
  type       TEXT NOT NULL,
  opener     TEXT NOT NULL,
  opened_via TEXT,
  decided_by TEXT,
  since      TEXT NOT NULL,
  position   INTEGER NOT NULL,
  request    TEXT NOT NULL
) STRICT;

-- Long work: status is open or finished; chunks, members named by them and events of what had fallen due, so far. job is
-- the id of the command that opened it.
CREATE TABLE job (
  job      TEXT PRIMARY KEY NOT NULL,
  status   TEXT NOT NULL,
  type     TEXT NOT NULL,
  chunks   INTEGER NOT NULL,
  members  INTEGER NOT NULL,
  events   INTEGER NOT NULL,
  since    TEXT NOT NULL,
  position INTEGER NOT NULL,
  request  TEXT NOT NULL
) STRICT;
