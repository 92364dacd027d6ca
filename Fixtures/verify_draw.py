#!/usr/bin/env python3
# Recomputes every winner of an activity from an export alone, without any code of BenefitsLedger (domain.md A2):
#   benefits export LEDGER --format jsonl > export.jsonl;  python3 verify_draw.py export.jsonl ACTIVITY
# That the export is the ledger's is verify_export.py's affair. It also checks who did what: the holder of the secrets
# only draws, the public value is in the log once, in its form and before the draws, no draw is left out, and no other
# activity has the same commitment or has told a secret of this chain. Entries that were recorded once the value may have
# been known are counted for you. The mapping is the one that Activities/Draw.swift states:
#   chain     SHA-256(s(n)) = s(n-1); s(0) is the commitment of the opening
#   entries   d(0) = 32 zero bytes, d(k) = SHA-256(d(k-1) + id of the k-th join's command); instant draw n has entry n alone
#   outcome   SHA-256(s(n) + d(N) + public value); an instant draw has no public value
#   h(c)      SHA-256(outcome + c as 8 bytes), c = 1, 2, 3, …; its first 8 bytes are a, the next 8 are b
#   who       instant: wins when a mod 1,000,000 is below the chance, or there is none; else entry (a mod N) + 1, and the
#             next c when that entry has won before; winnersPerDraw of them, or as many as pieces and entries are left
#   what      prize number b mod L of the L pieces that are left, in the order of the opening
import datetime
import hashlib
import json
import sys


def sha256(data):
    return hashlib.sha256(data).digest()


def number(data):
    return int.from_bytes(data, "big")


def stop(record, message):
    sys.exit(f"NOT verified: record {record['position']}: {message}")


class Draws:
    def __init__(self, record):
        self.terms = record["data"].get("draw")
        if self.terms is None:
            sys.exit("NOT verified: the activity draws nothing")
        self.last = bytes.fromhex(self.terms["commitment"])
        self.pool = [[prize["prize"], prize["pieces"]] for prize in self.terms["prizes"]]
        self.until = record["data"]["until"]
        self.members, self.commands, self.digest, self.won = [], [], bytes(32), set()
        self.value = None
        self.draws = self.awarded = self.late = 0

    def known(self, zone):
        """The instant, in UTC, at which the day of the public value begins."""
        hours, minutes = int(zone[1:3]), int(zone[4:6])
        offset = datetime.timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
        day = datetime.datetime.fromisoformat(self.terms["publicValue"]["day"])
        return (day - offset).isoformat(timespec="milliseconds") + "Z"

    def left(self):
        return sum(pieces for _, pieces in self.pool)

    def take(self, b):
        """The prize of number b, which leaves the pool."""
        place = b % self.left()
        for prize in self.pool:
            if place < prize[1]:
                prize[1] -= 1
                self.awarded += 1
                return prize[0]
            place -= prize[1]

    def open(self, record, digest, public):
        """The outcome of the next draw, whose secret the one before proves."""
        data = record["data"]
        if record["actor"] != self.terms["holder"]:
            stop(record, f"{record['actor']} draws, where {self.terms['holder']} holds the secrets")
        secret = bytes.fromhex(data["secret"])
        if sha256(secret) != self.last:
            stop(record, f"the secret of draw {self.draws} is not of the chain")
        self.last = secret
        outcome = sha256(secret + digest + public.encode())
        if outcome.hex() != data["outcome"]:
            stop(record, f"the outcome of draw {self.draws} is {outcome.hex()}, the record says {data['outcome']}")
        return outcome

    def joined(self, record, zone):
        if record["actor"] == self.terms["holder"]:
            stop(record, "the holder of the secrets chose the id of an entry")
        if self.value is not None:
            stop(record, "an entry after the public value")
        if self.terms["kind"] == "closing":
            self.late += record["recordedAt"] >= self.known(zone)
        self.members.append(record["data"]["member"])
        self.commands.append(record["command"])
        self.digest = sha256(self.digest + record["command"].encode())
        entry = record["data"].get("entry") or {}
        if (entry.get("ordinal"), entry.get("digest")) != (len(self.members), self.digest.hex()):
            stop(record, f"it is entry {len(self.members)} with digest {self.digest.hex()}, the record says {entry}")

    def published(self, record, zone):
        value, form = record["data"]["value"], self.terms["publicValue"]["form"]
        if record["actor"] == self.terms["holder"]:
            stop(record, "the holder of the secrets published the public value")
        if self.value is not None:
            stop(record, "a second public value")
        if not self.until <= self.known(zone) <= record["at"]:
            stop(record, "a public value that was known too early")
        fits = {"#": "0123456789", "x": "0123456789abcdef"}
        if len(value) != len(form) or any(c not in fits.get(f, f) for f, c in zip(form, value)):
            stop(record, f"{value} is not of the form {form}")
        self.value = value

    def drawn(self, record):
        self.draws += 1
        if record["data"]["draw"] != self.draws:
            stop(record, f"draw {record['data']['draw']} where draw {self.draws} is the next")
        if self.terms["kind"] == "instant":
            entry = record["data"]["draw"]
            if entry > len(self.commands):
                stop(record, "a draw before its entry")
            entries, digest, public = 1, sha256(bytes(32) + self.commands[entry - 1].encode()), ""
        else:
            if self.value is None:
                stop(record, "a draw before the public value")
            entries, digest, public = len(self.members), self.digest, self.value
        data = record["data"]
        if (data["entries"], data["digest"]) != (entries, digest.hex()):
            stop(record, f"there are {entries} entries with digest {digest.hex()}")
        outcome = self.open(record, digest, public)
        if self.left() == 0:
            stop(record, "the pool was empty")
        winners = []
        if self.terms["kind"] == "instant":
            hash = sha256(outcome + (1).to_bytes(8, "big"))
            if number(hash[:8]) % 1_000_000 < self.terms.get("chancePerMillion", 1_000_000):
                winners = [(entry, self.members[entry - 1], self.take(number(hash[8:16])))]
        else:
            counter, many = 0, min(self.terms["winnersPerDraw"], self.left(), entries - len(self.won))
            while len(winners) < many:
                counter += 1
                hash = sha256(outcome + counter.to_bytes(8, "big"))
                entry = number(hash[:8]) % entries + 1
                if entry not in self.won:
                    self.won.add(entry)
                    winners.append((entry, self.members[entry - 1], self.take(number(hash[8:16]))))
        said = [(one["entry"], one["member"], one["award"]["prize"]) for one in data["won"]]
        for place in range(max(len(winners), len(said))):
            if winners[place:place + 1] != said[place:place + 1]:
                found = "entry {} of {} wins {}".format(*winners[place]) if place < len(winners) else "nobody wins"
                stop(record, f"draw {data['draw']}: {found}, the record says otherwise")
        if data["left"] != self.left():
            stop(record, f"{self.left()} prizes are left, the record says {data['left']}")


if len(sys.argv) != 3:
    sys.exit("usage: verify_draw.py export.jsonl ACTIVITY")
draws, zone, links = None, None, {}
try:
    with open(sys.argv[1], encoding="utf-8") as export:
        for line in export:
            record = json.loads(line)
            if record["type"] == "ledger.opened":
                zone = record["data"]["zone"]
            if record["type"] == "activity.opened" and "draw" in record["data"]:
                links.setdefault(record["data"]["draw"]["commitment"], set()).add(record["data"]["activity"])
            if record["type"] == "activity.drawn":
                links.setdefault(record["data"]["secret"], set()).add(record["data"]["activity"])
            if not record["type"].startswith("activity.") or record["data"].get("activity") != sys.argv[2]:
                continue
            if record["type"] == "activity.opened":
                draws = Draws(record)
            elif record["type"] == "activity.joined":
                draws.joined(record, zone)
            elif record["type"] == "activity.value-published":
                draws.published(record, zone)
            elif record["type"] == "activity.drawn":
                draws.drawn(record)
except OSError as error:
    sys.exit(f"NOT verified: {sys.argv[1]}: {error.strerror}")
except (ValueError, KeyError, AttributeError) as error:
    sys.exit(f"NOT verified: a record of the activity is not as it should be: {error}")
if draws is None:
    sys.exit(f"NOT verified: the export has no activity {sys.argv[2]}")
sharing = sorted(set().union(*(owners for owners in links.values() if sys.argv[2] in owners)))
if sharing != [sys.argv[2]]:
    sys.exit(f"NOT verified: one chain of secrets serves several activities: {', '.join(sharing)}")
print(f"verified: activity {sys.argv[2]}, {draws.draws} draws, {draws.awarded} prizes awarded, {draws.left()} left")
if draws.terms["kind"] == "instant" and draws.draws < len(draws.members):
    print(f"note: {len(draws.members) - draws.draws} entries have not been drawn yet")
if draws.late:
    print(f"note: {draws.late} entries were recorded when the public value may have been known (by recordedAt)")
