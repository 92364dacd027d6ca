-- Activities: votes, questionnaires, registrations, lotteries and quizzes with their draws; rows rendered from the log.

-- joins counts how often somebody joined, persons how many different members did. draws counts the draws made; secret is
-- that of the last one, before the first the commitment; digest is that of the entries, and waiting counts those whose own
-- draw is still to come. public_value is what closing draws mix in, published when it came into the log. opening is the
-- command that opened it as JSON ({type, data}). choices is a packed JSON list of [choice, joins], prizes one of
-- [prize, stocked, left, awarded] with stocked = left + awarded; prizes_left is what is left of all.
CREATE TABLE activity (
  activity      TEXT PRIMARY KEY NOT NULL,
  organisation  TEXT NOT NULL,
  mode          TEXT NOT NULL,
  name          TEXT,
  from_instant  TEXT NOT NULL,
  until_instant TEXT NOT NULL,
  closed        INTEGER NOT NULL,
  joins         INTEGER NOT NULL,
  persons       INTEGER NOT NULL,
  latest        TEXT,
  draws         INTEGER NOT NULL,
  secret        TEXT,
  entries       INTEGER NOT NULL,
  digest        TEXT NOT NULL,
  public_value  TEXT,
  published     TEXT,
  waiting       INTEGER NOT NULL,
  prizes_left   INTEGER NOT NULL,
  since         TEXT NOT NULL,
  position      INTEGER NOT NULL,
  opening       TEXT NOT NULL,
  choices       TEXT NOT NULL,
  prizes        TEXT NOT NULL
) STRICT;

-- One member's part in one activity; the key is both ids with a space between. organisation is the member's at the first
-- join; person is 0 where somebody who was merged into this member had joined before. days is a packed JSON list of
-- [day, joins], won one of [prize, draw].
CREATE TABLE activity_participation (
  participation TEXT PRIMARY KEY NOT NULL,
  activity      TEXT NOT NULL,
  member        TEXT NOT NULL,
  organisation  TEXT NOT NULL,
  joins         INTEGER NOT NULL,
  person        INTEGER NOT NULL,
  position      INTEGER NOT NULL,
  days          TEXT NOT NULL,
  won           TEXT NOT NULL
) STRICT;

-- The entries of activities that draw, numbered from 1 in each; command is the one that joined, since when it did. prize
-- and draw are there once the entry has won. The key is the activity and the number with a space between.
CREATE TABLE activity_entry (
  entry    TEXT PRIMARY KEY NOT NULL,
  activity TEXT NOT NULL,
  ordinal  INTEGER NOT NULL,
  member   TEXT NOT NULL,
  command  TEXT NOT NULL,
  since    TEXT NOT NULL,
  prize    TEXT,
  draw     INTEGER
) STRICT;

-- Which activity has a link of a chain of secrets, its commitment or one that a draw told: a chain serves one activity.
CREATE TABLE activity_commitment (
  commitment TEXT PRIMARY KEY NOT NULL,
  activity   TEXT NOT NULL
) STRICT;

-- Who takes part, by union: joins sum to those of the activity, persons too, and persons are never more than joins.
CREATE VIEW activity_participation_by_organisation AS
SELECT activity, organisation, sum(joins) AS joins, sum(person) AS persons
FROM activity_participation
GROUP BY activity, organisation;

-- The pool by prize: stocked = left + awarded. contributor and memo_fen, what one piece is worth, are there for what was
-- donated; a memo, never in a cash total.
CREATE VIEW activity_prize AS
SELECT
  activity.activity,
  json_extract(stock.value, '$[0]') AS prize,
  json_extract(stock.value, '$[1]') AS stocked,
  json_extract(stock.value, '$[2]') AS left,
  json_extract(stock.value, '$[3]') AS awarded,
  json_extract(activity.opening, '$.data.draw.prizes[' || stock.key || '].contributor') AS contributor,
  json_extract(activity.opening, '$.data.draw.prizes[' || stock.key || '].memoFen') AS memo_fen
FROM activity, json_each(activity.prizes) AS stock;

-- What was chosen in votes and quizzes.
CREATE VIEW activity_choice AS
SELECT
  activity.activity,
  json_extract(choice.value, '$[0]') AS choice,
  json_extract(choice.value, '$[1]') AS joins
FROM activity, json_each(activity.choices) AS choice;
