#!/usr/bin/env python3
# Checks an export of a ledger against a checkpoint kept elsewhere, without any code of BenefitsLedger (RFC 6962 §2.1):
#   benefits export LEDGER --format jsonl > export.jsonl;  python3 verify_export.py export.jsonl checkpoint.txt
import base64
import hashlib
import json
import sys


def leaf(record):
    return hashlib.sha256(b"\x00" + record).digest()


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two below the number of leaves
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        sys.exit(f"NOT verified: {path}: {error.strerror}")


if len(sys.argv) != 3:
    sys.exit("usage: verify_export.py export.jsonl checkpoint.txt")
records = read(sys.argv[1]).splitlines()
try:
    origin, size, expected = read(sys.argv[2]).decode().split("\n")[:3]
    size = int(size)
    opening = json.loads(records[0])["data"]["origin"]
except (ValueError, IndexError, KeyError):
    sys.exit("NOT verified: the checkpoint is not origin, size and root on three lines, or the export has no first record")
if origin != opening:
    sys.exit(f"NOT verified: the checkpoint is of {origin}, the export of {opening}")
if not 1 <= size <= len(records):
    sys.exit(f"NOT verified: the checkpoint covers {size} records, the export has {len(records)}")
found = base64.b64encode(root([leaf(record) for record in records[:size]])).decode()
if found != expected:
    sys.exit(f"NOT verified: the first {size} records give root {found}, the checkpoint says {expected}")
print(f"verified: {origin}, {size} records, root {found}; {len(records) - size} later records are not covered")
