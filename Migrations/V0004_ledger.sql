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
