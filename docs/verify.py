"""Checks the register of a running site, with nothing but Python and `cryptography`. Not part of the program.

python verify.py https://SITE 17              that entry 17 is in the signed register, and what it says
python verify.py https://SITE 17 HEAD.json    and that the head kept in HEAD.json is the beginning of it
python verify.py https://SITE OLD.json NEW.json   that both heads are its beginnings, and so one of the other"""

import json
import sys
from hashlib import sha256
from pathlib import Path
from urllib.request import urlopen

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def check(holds, otherwise):
    if not holds:  # not `assert`: python -O leaves it out
        sys.exit(f"NOT PROVEN: {otherwise}")


def digest(text):
    check(len(text) == 64, "a hash has not 32 bytes")
    return bytes.fromhex(text)


def node(left, right):
    return sha256(b"\x01" + left + right).digest()


def climb(path, first, last, left, right):
    """The roots a path leads to, of the earlier tree and of the later one (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    for step in path:
        check(last > 0, "the path is too long")
        joined = first & 1 or first == last
        left, right = (node(step, left), node(step, right)) if joined else (left, node(right, step))
        while joined and first and not first & 1:
            first, last = first >> 1, last >> 1
        first, last = first >> 1, last >> 1
    check(last == 0, "the path is too short")
    return left, right


def signed(head, public):
    told = {key: head[key] for key in sorted(head) if key not in ("public_key", "signature")}
    told = json.dumps(told, separators=(",", ":"))
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(head["signature"]), told.encode())
    check(type(head["size"]) is int and head["size"] > 0, "the register is empty")
    return head["size"], digest(head["root"])


def consistent(site, keys, head):
    was, earlier = signed(head, head["public_key"])
    grown = json.load(urlopen(f"{site}/register/consistency/{was}"))
    now, present = signed(grown["head"], keys[grown["head"]["key"]])
    path, first, last = [digest(step) for step in grown["path"]], was - 1, now - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    check(was <= now and (path or was == now), "the register has become shorter, or a proof is missing")
    start, *path = path if was & (was - 1) and was < now else [earlier, *path]
    roots = climb(path, first, last, start, start) if was < now else (start, start)
    check(roots == (earlier, present), "the register was written anew")
    print(f"The head of {was} entries is the beginning of the {now} that are signed now.")


def included(site, keys, number):
    proof = json.load(urlopen(f"{site}/register/proof/{number}"))
    size, present = signed(proof["head"], keys[proof["head"]["key"]])
    check(proof["content"] and 0 < number <= size, "there is no such entry")
    leaf = sha256(b"\x00" + proof["content"].encode()).digest()
    root = climb(map(digest, proof["path"]), number - 1, size - 1, leaf, leaf)[1]
    check(root == present, "the entry is not in the signed register")
    print(f"{size} entries, all holds. Entry {number}: {json.loads(proof['content'])['act']}")


try:
    site, *asked = sys.argv[1:] if len(sys.argv) > 2 else sys.exit(__doc__ or "verify.py SITE NUMBER [HEAD.json]")
    keys = {key["key"]: key["public_key"] for key in json.load(urlopen(f"{site}/register/head"))["keys"]}
    for one in asked:
        included(site, keys, int(one)) if one.isdigit() else consistent(site, keys, json.loads(Path(one).read_text()))
except (InvalidSignature, KeyError, ValueError, TypeError, OSError) as fault:
    check(False, f"{type(fault).__name__} {fault}")
