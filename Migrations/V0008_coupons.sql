-- Campaigns, members' coupons and the codes of pools: rows rendered from the log, one an entity.

-- Campaigns of coupons. Money in fen: budget = free + reserved + spent + what jobs hold, until the campaign closes and what
-- is free goes back to its funds. Pieces: granted = open + redeemed + expired + revoked + returned; taken counts against the total.
-- version is the one that grants. payers is a packed JSON list of [fund, organisation, weight, [[fund, receipt, free]]],
-- days of [day, coupons], merchants of [merchant, uses], holds of what jobs have set aside and not granted yet: [job, version,
-- opened, pieces, money, counted_on]; versions is a JSON list of {stage, since, author, terms}.
CREATE TABLE campaign (
  campaign     TEXT PRIMARY KEY NOT NULL,
  organisation TEXT NOT NULL,
  name         TEXT,
  kind         TEXT,
  status       TEXT NOT NULL,
  version      INTEGER,
  budget       INTEGER NOT NULL,
  free         INTEGER NOT NULL,
  reserved     INTEGER NOT NULL,
  spent        INTEGER NOT NULL,
  taken        INTEGER NOT NULL,
  granted      INTEGER NOT NULL,
  open         INTEGER NOT NULL,
  redeemed     INTEGER NOT NULL,
  expired      INTEGER NOT NULL,
  revoked      INTEGER NOT NULL,
  returned     INTEGER NOT NULL,
  paused_since TEXT,
  exhausted    INTEGER NOT NULL,
  closed       INTEGER NOT NULL,
  since        TEXT NOT NULL,
  position     INTEGER NOT NULL,
  payers       TEXT NOT NULL,
  days         TEXT NOT NULL,
  merchants    TEXT NOT NULL,
  versions     TEXT NOT NULL,
  holds        TEXT NOT NULL
) STRICT;

-- One member's coupons of one campaign; holding is both ids with a space between. redeemed counts uses that were not
-- rolled back, taken what counts against the member's quota. coupons is a packed JSON list of [coupon, version, since,
-- expires, [[fund, receipt, reserved]], left, uses, [[day, uses]], used_up, [order, deadline, since] of a lock, counted_on,
-- granted_to]: granted_to is the member who was granted it and was merged into this one since;
-- days one of [day, coupons]; rolled_back names redemptions that were taken back.
CREATE TABLE coupon_holding (
  holding     TEXT PRIMARY KEY NOT NULL,
  campaign    TEXT NOT NULL,
  member      TEXT NOT NULL,
  open        INTEGER NOT NULL,
  redeemed    INTEGER NOT NULL,
  next_due    TEXT,
  position    INTEGER NOT NULL,
  taken       INTEGER NOT NULL,
  coupons     TEXT NOT NULL,
  days        TEXT NOT NULL,
  rolled_back TEXT NOT NULL
) STRICT;

-- For `show coupon MEMBER`: WHERE member = ?.
CREATE INDEX coupon_holding_member ON coupon_holding (member);

-- For the sweep of what falls due on coupons that nobody touches: WHERE next_due <= ? ORDER BY next_due, holding.
CREATE INDEX coupon_holding_due ON coupon_holding (next_due, holding) WHERE next_due IS NOT NULL;

-- The codes of a pool, by their SHA-256; status is free or claimed.
CREATE TABLE coupon_code (
  code     TEXT PRIMARY KEY NOT NULL,
  campaign TEXT NOT NULL,
  status   TEXT NOT NULL,
  member   TEXT,
  since    TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

-- Every coupon that can be used, as recorded: one past `expires` has ended, though nothing may have recorded it yet.
-- Money in fen; locked_for is the order that has it.
CREATE VIEW coupon AS
SELECT
  coupon_holding.member,
  coupon_holding.campaign,
  json_extract(coupon.value, '$[0]') AS coupon,
  json_extract(coupon.value, '$[1]') AS version,
  json_extract(coupon.value, '$[2]') AS since,
  json_extract(coupon.value, '$[3]') AS expires,
  (SELECT coalesce(sum(json_extract(share.value, '$[2]')), 0)
     FROM json_each(coupon.value, '$[4]') AS share) AS reserved,
  json_extract(coupon.value, '$[5]') AS left,
  json_extract(coupon.value, '$[6]') AS uses,
  json_extract(coupon.value, '$[9][0]') AS locked_for,
  json_extract(coupon.value, '$[11]') AS granted_to
FROM coupon_holding, json_each(coupon_holding.coupons) AS coupon
WHERE json_extract(coupon.value, '$[8]') = 0;

-- What each campaign has left of its total and of its budget; left of NULL is no limit. status is `over` when the window of
-- a published one has ended, by the clock of whoever looks: no coupon is had any more, and those that were had can be used
-- until they expire.
CREATE VIEW campaign_board AS
SELECT
  campaign,
  organisation,
  name,
  kind,
  CASE
    WHEN status = 'published'
      AND json_extract(versions, '$[' || (version - 1) || '].terms.until') <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    THEN 'over'
    ELSE status
  END AS status,
  taken,
  json_extract(versions, '$[' || (version - 1) || '].terms.quotas.total') - taken AS left,
  budget,
  free,
  reserved,
  spent
FROM campaign;

-- What each campaign with a quota by day granted on each day, and has left of that day; left of NULL is no limit.
CREATE VIEW campaign_day AS
SELECT
  campaign.campaign,
  json_extract(day.value, '$[0]') AS day,
  json_extract(day.value, '$[1]') AS taken,
  json_extract(versions, '$[' || (version - 1) || '].terms.quotas.perDay') - json_extract(day.value, '$[1]') AS left
FROM campaign, json_each(campaign.days) AS day;

-- How often coupons of each campaign with a quota by merchant were used at each merchant, and what that leaves.
CREATE VIEW campaign_merchant AS
SELECT
  campaign.campaign,
  json_extract(merchant.value, '$[0]') AS merchant,
  json_extract(merchant.value, '$[1]') AS uses,
  json_extract(versions, '$[' || (version - 1) || '].terms.quotas.perMerchant') - json_extract(merchant.value, '$[1]')
    AS left
FROM campaign, json_each(campaign.merchants) AS merchant;

-- Every fen that coupons spent, with the receipt it stands on and the person it was spent for: how an allotment is traced
-- down to persons. taken_back is 1 when that use was rolled back or reversed. It scans the log: for audits.
CREATE VIEW coupon_redemption AS
SELECT
  event.position,
  json_extract(event.record, '$.at') AS at,
  json_extract(event.record, '$.command') AS redemption,
  json_extract(event.record, '$.data.member') AS member,
  json_extract(event.record, '$.data.merchant') AS merchant,
  json_extract(event.record, '$.data.order') AS "order",
  json_extract(use.value, '$.campaign') AS campaign,
  json_extract(use.value, '$.coupon') AS coupon,
  json_extract(payer.value, '$.organisation') AS organisation,
  json_extract(share.value, '$.fund') AS fund,
  json_extract(share.value, '$.receipt') AS receipt,
  json_extract(share.value, '$.amountFen') AS amount,
  EXISTS (
    SELECT 1
    FROM coupon_holding, json_each(coupon_holding.rolled_back) AS back
    WHERE coupon_holding.holding =
        json_extract(use.value, '$.campaign') || ' ' || coalesce(
          (SELECT merged_into FROM member WHERE member.member = json_extract(event.record, '$.data.member')),
          json_extract(event.record, '$.data.member'))
      AND back.value = json_extract(event.record, '$.command')
  ) AS taken_back
FROM event, json_each(event.record, '$.data.uses') AS use, json_each(use.value, '$.payers') AS payer,
  json_each(payer.value, '$.shares') AS share
WHERE json_extract(event.record, '$.type') = 'coupon.redeemed';

-- How far a job has come that goes through all members in the order of their ids, such as coupon.grant; NULL otherwise.
ALTER TABLE job ADD COLUMN reached TEXT;
