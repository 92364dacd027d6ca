#!/usr/bin/env python3
# Recomputes every winner of an activity from an export alone, without any code of BenefitsLedger (domain.md A2):
#   benefits export LEDGER --format jsonl > export.jsonl;  python3 verify_draw.py export.jsonl ACTIVITY
# That the export is the ledger's is verify_export.py's affair. The mapping is the one that Activities/Draw.swift states:
#   chain     SHA-256(s(n)) = s(n-1); s(0) is the commitment of the opening
#   entries   d(0) = 32 zero bytes, d(k) = SHA-256(d(k-1) + id of the k-th join's command); an instant draw has one entry
#   outcome   SHA-256(s(n) + d(N) + public value); an instant draw has no public value
#   h(c)      SHA-256(outcome + c as 8 bytes), c = 1, 2, 3, …; its first 8 bytes are a, the next 8 are b
#   who       instant: wins when a mod 1,000,000 is below the chance, or there is none; else entry (a mod N) + 1, and the
#             next c when that entry has won before
#   what      prize number b mod L of the L pieces that are left, in the order of the opening
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
        self.members, self.digest, self.won = [], bytes(32), set()
        self.draws = self.awarded = 0

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

    def open(self, record, draw, secret, digest, public, stated):
        """The outcome of the next draw, whose secret the one before proves."""
        secret = bytes.fromhex(secret)
        self.draws += 1
        if draw != self.draws:
            stop(record, f"draw {draw} where draw {self.draws} is the next")
        if sha256(secret) != self.last:
            stop(record, f"the secret of draw {draw} is not of the chain")
        self.last = secret
        outcome = sha256(secret + digest + public.encode())
        if outcome.hex() != stated:
            stop(record, f"the outcome of draw {draw} is {outcome.hex()}, the record says {stated}")
        return outcome

    def joined(self, record):
        data, drawn = record["data"], record["data"].get("drawn")
        if self.terms["kind"] == "closing":
            self.members.append(data["member"])
            self.digest = sha256(self.digest + record["command"].encode())
            entry = data.get("entry") or {}
            if (entry.get("ordinal"), entry.get("digest")) != (len(self.members), self.digest.hex()):
                stop(record, f"it is entry {len(self.members)} with digest {self.digest.hex()}, the record says {entry}")
            return
        if drawn is None or "secret" not in data:
            stop(record, "the join draws nothing")
        if self.left() == 0:
            stop(record, "the pool was empty")
        digest = sha256(bytes(32) + record["command"].encode())
        outcome = self.open(record, drawn["draw"], data["secret"], digest, "", drawn["outcome"])
        hash = sha256(outcome + (1).to_bytes(8, "big"))
        chance = self.terms.get("chancePerMillion", 1_000_000)
        prize = self.take(number(hash[8:16])) if number(hash[:8]) % 1_000_000 < chance else None
        said = (drawn.get("award") or {}).get("prize")
        if prize != said:
            stop(record, f"draw {drawn['draw']} wins {prize or 'nothing'}, the record says {said or 'nothing'}")
        if drawn["left"] != self.left():
            stop(record, f"{self.left()} prizes are left, the record says {drawn['left']}")

    def drawn(self, record):
        data = record["data"]
        if (data["entries"], data["digest"]) != (len(self.members), self.digest.hex()):
            stop(record, f"there are {len(self.members)} entries with digest {self.digest.hex()}")
        outcome = self.open(record, data["draw"], data["secret"], self.digest, data["publicValue"], data["outcome"])
        if not 0 < len(data["won"]) <= min(self.left(), len(self.members) - len(self.won)):
            stop(record, f"{len(data['won'])} winners of {self.left()} prizes and {len(self.members)} entries")
        counter = 0
        for said in data["won"]:
            while True:
                counter += 1
                hash = sha256(outcome + counter.to_bytes(8, "big"))
                entry = number(hash[:8]) % len(self.members) + 1
                if entry not in self.won:
                    break
            self.won.add(entry)
            winner = (entry, self.members[entry - 1], self.take(number(hash[8:16])))
            if winner != (said["entry"], said["member"], said["award"]["prize"]):
                stop(record, f"entry {winner[0]} of {winner[1]} wins {winner[2]}, the record says otherwise")
        if data["left"] != self.left():
            stop(record, f"{self.left()} prizes are left, the record says {data['left']}")


if len(sys.argv) != 3:
    sys.exit("usage: verify_draw.py export.jsonl ACTIVITY")
draws = None
try:
    with open(sys.argv[1], encoding="utf-8") as export:
        for line in export:
            record = json.loads(line)
            if not record["type"].startswith("activity.") or record["data"].get("activity") != sys.argv[2]:
                continue
            if record["type"] == "activity.opened":
                draws = Draws(record)
            elif record["type"] == "activity.joined":
                draws.joined(record)
            elif record["type"] == "activity.drawn":
                draws.drawn(record)
except OSError as error:
    sys.exit(f"NOT verified: {sys.argv[1]}: {error.strerror}")
except (ValueError, KeyError, AttributeError) as error:
    sys.exit(f"NOT verified: a record of the activity is not as it should be: {error}")
if draws is None:
    sys.exit(f"NOT verified: the export has no activity {sys.argv[2]}")
print(f"verified: activity {sys.argv[2]}, {draws.draws} draws, {draws.awarded} prizes awarded, {draws.left()} left")
