-- Points: one row a wallet, a rule, an organisation. The JSON columns are packed; the views below name their parts.

-- A member's points. available and held are sums over lots and holds as recorded; what has fallen due since next_due
-- is recorded when the wallet is next touched.
CREATE TABLE points_wallet (
  member    TEXT PRIMARY KEY NOT NULL,
  available INTEGER NOT NULL,
  held      INTEGER NOT NULL,
  next_due  TEXT,
  position  INTEGER NOT NULL,
  lots      TEXT NOT NULL,
  holds     TEXT NOT NULL,
  counters  TEXT NOT NULL,
  refunds   TEXT NOT NULL
) STRICT;

-- Rules with all their versions; granted is over all versions.
CREATE TABLE points_rule (
  rule           TEXT PRIMARY KEY NOT NULL,
  organisation   TEXT NOT NULL,
  latest_version INTEGER NOT NULL,
  granted        INTEGER NOT NULL,
  position       INTEGER NOT NULL,
  versions       TEXT NOT NULL
) STRICT;

-- The points accounts of an organisation, folded from the double entry: issued = available + held + spent + expired +
-- forfeited, over all organisations together.
CREATE TABLE points_account (
  organisation TEXT PRIMARY KEY NOT NULL,
  issued       INTEGER NOT NULL,
  available    INTEGER NOT NULL,
  held         INTEGER NOT NULL,
  spent        INTEGER NOT NULL,
  expired      INTEGER NOT NULL,
  forfeited    INTEGER NOT NULL,
  months       TEXT NOT NULL
) STRICT;

-- The lots of every wallet, in the order they are spent.
CREATE VIEW points_lot AS
SELECT
  points_wallet.member,
  json_extract(lot.value, '$[0]') AS rule,
  json_extract(lot.value, '$[1]') AS rule_version,
  json_extract(lot.value, '$[2]') AS day,
  json_extract(lot.value, '$[3]') AS expires,
  json_extract(lot.value, '$[4]') AS since,
  json_extract(lot.value, '$[5]') AS left
FROM points_wallet, json_each(points_wallet.lots) AS lot;

-- The lots that open holds set aside.
CREATE VIEW points_hold AS
SELECT
  points_wallet.member,
  json_extract(hold.value, '$[0]') AS hold,
  json_extract(hold.value, '$[1]') AS since,
  json_extract(hold.value, '$[2]') AS deadline,
  json_extract(share.value, '$[0]') AS rule,
  json_extract(share.value, '$[1]') AS rule_version,
  json_extract(share.value, '$[2]') AS day,
  json_extract(share.value, '$[3]') AS expires,
  json_extract(share.value, '$[4]') AS points
FROM points_wallet, json_each(points_wallet.holds) AS hold, json_each(hold.value, '$[3]') AS share;

-- Points outstanding by organisation and month of expiry; a month of NULL never expires.
CREATE VIEW points_liability AS
SELECT
  points_account.organisation,
  json_extract(share.value, '$[0]') AS month,
  json_extract(share.value, '$[1]') AS available,
  json_extract(share.value, '$[2]') AS held
FROM points_account, json_each(points_account.months) AS share;
