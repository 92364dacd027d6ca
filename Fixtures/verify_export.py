#!/usr/bin/env python3
# Checks an export of a ledger against a checkpoint kept elsewhere, without any code of BenefitsLedger (RFC 6962 §2.1):
#   benefits export LEDGER --format jsonl > export.jsonl;  python3 verify_export.py export.jsonl checkpoint.txt
import base64
import hashlib
import sys


def leaf(record):
    return hashlib.sha256(b"\x00" + record).digest()


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two below the number of leaves
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


if len(sys.argv) != 3:
    sys.exit("usage: verify_export.py export.jsonl checkpoint.txt")
with open(sys.argv[2], encoding="utf-8") as file:
    origin, size, expected = file.read().split("\n")[:3]
with open(sys.argv[1], "rb") as file:
    leaves = [leaf(line.rstrip(b"\n")) for line in file]
if len(leaves) < int(size):
    sys.exit(f"NOT verified: the checkpoint of {origin} covers {size} records, the export has {len(leaves)}")
found = base64.b64encode(root(leaves[:int(size)])).decode()
if found != expected:
    sys.exit(f"NOT verified: the first {size} records give root {found}, the checkpoint of {origin} says {expected}")
print(f"verified: {origin}, {size} records, root {found}; {len(leaves) - int(size)} later records are not covered")
