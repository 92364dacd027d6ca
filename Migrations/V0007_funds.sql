-- Earmarked money and who gives it, merchants and what is settled with them, and what organisations owe each other: rows
-- rendered from the log, one an entity. All sums are in fen.

-- received = available + allotted + committed + spent, over all receipts. purposes is a JSON list, NULL for any; until_day
-- is the first day on which the fund may not be used; successor is the fund that took over what was left of a closed one, and
-- takes what comes back. receipts is a packed JSON list, read with the view fund_receipt;
-- returns is one of [command that spent directly, what has come back of it].
CREATE TABLE fund (
  fund         TEXT PRIMARY KEY NOT NULL,
  organisation TEXT NOT NULL,
  source       TEXT NOT NULL,
  name         TEXT,
  purposes     TEXT,
  from_day     TEXT NOT NULL,
  until_day    TEXT,
  alarm_below  INTEGER,
  closed       INTEGER NOT NULL,
  successor    TEXT,
  received     INTEGER NOT NULL,
  available    INTEGER NOT NULL,
  allotted     INTEGER NOT NULL,
  committed    INTEGER NOT NULL,
  spent        INTEGER NOT NULL,
  since        TEXT NOT NULL,
  position     INTEGER NOT NULL,
  receipts     TEXT NOT NULL,
  returns      TEXT NOT NULL
) STRICT;

-- Money that came into a fund at once, in the order it came: where it was allotted from (parent_fund, parent_receipt), or
-- who gave it (party), what it may be used for (NULL: whatever the fund may), and where it is now. received is less what
-- went back to the parent or was carried over. What a closed fund carried over names the receipt it was there
-- (carried_from_fund, carried_from_receipt), and has the parent and party of that.
--
-- From whose allotment is the money of a fund? Every receipt of it, up to the roots:
--
--   WITH RECURSIVE above(fund, receipt, step) AS (
--     SELECT fund, receipt, 0 FROM fund_receipt WHERE fund = 'district-heat'
--     UNION
--     SELECT coalesce(carried_from_fund, parent_fund), coalesce(carried_from_receipt, parent_receipt), step + 1
--     FROM above JOIN fund_receipt USING (fund, receipt)
--     WHERE coalesce(carried_from_fund, parent_fund) IS NOT NULL)
--   SELECT step, fund_receipt.* FROM above JOIN fund_receipt USING (fund, receipt) ORDER BY step, fund;
--
-- Where has a receipt gone? All that was allotted or carried over of it, down to the leaves, and what was spent there:
--
--   WITH RECURSIVE below(fund, receipt, step) AS (
--     SELECT 'city-heat', 'receive-1', 0
--     UNION
--     SELECT child.fund, child.receipt, step + 1 FROM below JOIN fund_receipt AS child
--       ON coalesce(child.carried_from_fund, child.parent_fund) = below.fund
--         AND coalesce(child.carried_from_receipt, child.parent_receipt) = below.receipt)
--   SELECT step, fund_receipt.* FROM below JOIN fund_receipt USING (fund, receipt) ORDER BY step, fund;
CREATE VIEW fund_receipt AS
SELECT
  fund.fund,
  json_extract(receipt.value, '$[0]') AS receipt,
  json_extract(receipt.value, '$[1]') AS since,
  json_extract(receipt.value, '$[2][0]') AS parent_fund,
  json_extract(receipt.value, '$[2][1]') AS parent_receipt,
  json_extract(receipt.value, '$[3]') AS party,
  json_extract(receipt.value, '$[4]') AS purposes,
  json_extract(receipt.value, '$[5]') AS received,
  json_extract(receipt.value, '$[6]') AS available,
  json_extract(receipt.value, '$[7]') AS allotted,
  json_extract(receipt.value, '$[8]') AS committed,
  json_extract(receipt.value, '$[9]') AS spent,
  json_extract(receipt.value, '$[10][0]') AS carried_from_fund,
  json_extract(receipt.value, '$[10][1]') AS carried_from_receipt
FROM fund, json_each(fund.receipts) AS receipt;

-- Employers, platforms, donors and agencies. contributed and used are memo money: what they paid or gave themselves, never
-- in a total of cash. What they gave in cash is receipts: SELECT sum(received) FROM fund_receipt WHERE party = ?.
CREATE TABLE party (
  party        TEXT PRIMARY KEY NOT NULL,
  name         TEXT,
  kind         TEXT NOT NULL,
  organisation TEXT,
  contributed  INTEGER NOT NULL,
  used         INTEGER NOT NULL,
  since        TEXT NOT NULL,
  position     INTEGER NOT NULL
) STRICT;

-- Who accepts coupons and supplies. owed = gross - rolled_back - paid; gross and rolled_back are all there ever were,
-- settled_gross and settled_rolled_back what settlements have taken of them. carried is what the last settlement came to
-- below zero. What was redeemed on a day through frozen_through, at a position before frozen_at, is in a settlement. days
-- is a packed JSON list, read with the view merchant_day.
CREATE TABLE merchant (
  merchant            TEXT PRIMARY KEY NOT NULL,
  organisation        TEXT NOT NULL,
  name                TEXT,
  closed              INTEGER NOT NULL,
  gross               INTEGER NOT NULL,
  rolled_back         INTEGER NOT NULL,
  paid                INTEGER NOT NULL,
  owed                INTEGER NOT NULL,
  settled_gross       INTEGER NOT NULL,
  settled_rolled_back INTEGER NOT NULL,
  carried             INTEGER NOT NULL,
  frozen_through      TEXT,
  frozen_at           INTEGER NOT NULL,
  frozen_since        TEXT,
  since               TEXT NOT NULL,
  position            INTEGER NOT NULL,
  days                TEXT NOT NULL
) STRICT;

-- What no settlement has taken yet, by merchant and day.
CREATE VIEW merchant_day AS
SELECT
  merchant.merchant,
  merchant.organisation,
  json_extract(day.value, '$[0]') AS day,
  json_extract(day.value, '$[1]') AS gross,
  json_extract(day.value, '$[2]') AS rolled_back
FROM merchant, json_each(merchant.days) AS day;

-- net - carried_on = gross - rolled_back - carried_before. net is to be paid (status frozen or disputed), or was (paid);
-- carried_on is what was below zero, and the next settlement's carried_before. days says how many days it took, since when
-- it came to its status.
CREATE TABLE settlement (
  settlement     TEXT PRIMARY KEY NOT NULL,
  merchant       TEXT NOT NULL,
  status         TEXT NOT NULL,
  through        TEXT NOT NULL,
  days           INTEGER NOT NULL,
  gross          INTEGER NOT NULL,
  rolled_back    INTEGER NOT NULL,
  carried_before INTEGER NOT NULL,
  net            INTEGER NOT NULL,
  carried_on     INTEGER NOT NULL,
  reference      TEXT,
  reason         TEXT,
  since          TEXT NOT NULL,
  position       INTEGER NOT NULL
) STRICT;

-- What an organisation owes others and is owed by them; net = owed - owes, which over all organisations sums to zero.
-- position is that of the last payable.settle it took part in, 0 before the first: what other commands post here is in the
-- history of what they are about. others is a packed JSON list, read with the view payable.
CREATE TABLE organisation_payables (
  organisation TEXT PRIMARY KEY NOT NULL,
  owes         INTEGER NOT NULL,
  owed         INTEGER NOT NULL,
  net          INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  others       TEXT NOT NULL
) STRICT;

-- What one organisation owes another. Below zero it is a receivable: what it had settled was taken back since, so that the
-- other owes that much to it, and may settle it with payable.settle.
CREATE VIEW payable AS
SELECT
  organisation_payables.organisation AS from_organisation,
  json_extract(other.value, '$[0]') AS to_organisation,
  json_extract(other.value, '$[1]') AS fen
FROM organisation_payables, json_each(organisation_payables.others) AS other
WHERE json_extract(other.value, '$[1]') <> 0;
