-- The rest of a points account's life: what cannot be spent yet, what was taken back, what is owed.

-- pending and debt are the sums of pending_earnings (a packed JSON list of earning, since, active_on, lot) and of debts
-- (clawback, since, points); taken_back says how much of which earning was cancelled, clawed back or reversed.
ALTER TABLE points_wallet ADD COLUMN pending          INTEGER NOT NULL DEFAULT 0;
ALTER TABLE points_wallet ADD COLUMN debt             INTEGER NOT NULL DEFAULT 0;
ALTER TABLE points_wallet ADD COLUMN pending_earnings TEXT    NOT NULL DEFAULT '[]';
ALTER TABLE points_wallet ADD COLUMN debts            TEXT    NOT NULL DEFAULT '[]';
ALTER TABLE points_wallet ADD COLUMN taken_back       TEXT    NOT NULL DEFAULT '[]';

-- issued = available + held + pending + spent + expired + forfeited + clawed_back - debt, over all organisations
-- together.
ALTER TABLE points_account ADD COLUMN pending     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE points_account ADD COLUMN clawed_back INTEGER NOT NULL DEFAULT 0;
ALTER TABLE points_account ADD COLUMN debt        INTEGER NOT NULL DEFAULT 0;

-- For the sweep of what falls due on members whom nobody touches: WHERE next_due <= ? ORDER BY next_due, member.
CREATE INDEX points_wallet_due ON points_wallet (next_due, member) WHERE next_due IS NOT NULL;

-- The earnings that cannot be spent yet, and the lot that each will join.
CREATE VIEW points_pending AS
SELECT
  points_wallet.member,
  json_extract(earning.value, '$[0]') AS earning,
  json_extract(earning.value, '$[1]') AS since,
  json_extract(earning.value, '$[2]') AS active_on,
  json_extract(earning.value, '$[3][0]') AS rule,
  json_extract(earning.value, '$[3][1]') AS rule_version,
  json_extract(earning.value, '$[3][2]') AS day,
  json_extract(earning.value, '$[3][3]') AS expires,
  json_extract(earning.value, '$[3][4]') AS points
FROM points_wallet, json_each(points_wallet.pending_earnings) AS earning;

-- What members owe, and the command that took back more than there was.
CREATE VIEW points_debt AS
SELECT
  points_wallet.member,
  json_extract(debt.value, '$[0]') AS clawback,
  json_extract(debt.value, '$[1]') AS since,
  json_extract(debt.value, '$[2]') AS points
FROM points_wallet, json_each(points_wallet.debts) AS debt;

-- The lots of every wallet, in the order they are spent; notice_on is the day of the notice that is still due.
DROP VIEW points_lot;
CREATE VIEW points_lot AS
SELECT
  points_wallet.member,
  json_extract(lot.value, '$[0]') AS rule,
  json_extract(lot.value, '$[1]') AS rule_version,
  json_extract(lot.value, '$[2]') AS day,
  json_extract(lot.value, '$[3]') AS expires,
  json_extract(lot.value, '$[4]') AS since,
  json_extract(lot.value, '$[5]') AS left,
  json_extract(lot.value, '$[6]') AS notice_on
FROM points_wallet, json_each(points_wallet.lots) AS lot;

-- Points outstanding by organisation and month of expiry; a month of NULL never expires.
DROP VIEW points_liability;
CREATE VIEW points_liability AS
SELECT
  points_account.organisation,
  json_extract(share.value, '$[0]') AS month,
  json_extract(share.value, '$[1]') AS available,
  json_extract(share.value, '$[2]') AS held,
  coalesce(json_extract(share.value, '$[3]'), 0) AS pending
FROM points_account, json_each(points_account.months) AS share;
