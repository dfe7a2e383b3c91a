"""Checks the whole register: every entry's digest and place in the chain, every head's root, the signatures.

What is found is told as sentences, the first entry that does not hold by its number. A register that was written anew
by somebody who has the keys holds in itself: only a head that was kept outside finds that.
"""

import datetime as dt
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from depositary.errors import DepositaryError, Sentence
from depositary.register.canonical import FIRST, act_digest_in, digest_of, endings, entry_of, framed
from depositary.register.heads import Head, SigningKey, is_signed, name_of
from depositary.register.merkle import Frontier
from depositary.register.store import Store

ENTRIES = sa.text("SELECT number, content, digest, treaty, act, rectifies FROM entry ORDER BY number")
BETWEEN = sa.text(
    "SELECT number, content, digest, treaty, act, rectifies FROM entry "
    "WHERE number > :after AND number <= :size ORDER BY number"
)
SIZE = sa.text("SELECT max(number) FROM entry")
HEAD = sa.text("SELECT size, root, signed_at, key, signature, journal FROM head WHERE size = :size")
HEADS = sa.text("SELECT size, root, signed_at, key, signature, journal FROM head ORDER BY size")
KEYS = sa.text("SELECT name, public, since, vouched_by, voucher FROM signing_key ORDER BY place")
NOTIFICATIONS = sa.text("SELECT reference, digest, content FROM notification ORDER BY year, number")
DOCUMENTS = sa.text("SELECT digest, content FROM document")

NO_DOCUMENTS = ',"documents":[],'

AGAIN = 3600.0
"""The seconds after which a process that adds to the register checks it from the first entry again."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: how many entries, the last root, and the faults, none where the register holds."""

    size: int
    root: str
    faults: tuple[str, ...]
    first_bad: int | None = None
    """The number of the first entry that does not hold."""


def verify_register(store: Store, outside: Head | None = None) -> Verified:
    """Checks everything; against a head kept outside as well, where one is given."""
    with store.reading() as connection:
        heads = {row.size: _head(row) for row in connection.execute(HEADS)}
        keys = {row[0]: SigningKey(*row) for row in connection.execute(KEYS)}
        wanted = set(heads) | ({outside.size} if outside else set())
        frontier, roots, previous, faults = Frontier(), dict[int, str](), FIRST, list[str]()
        first_bad, named = None, dict[int, tuple[str, ...]]()
        add = frontier.add
        for number, content, digest, treaty, act, rectifies in _rows(connection.execute(ENTRIES)):
            if wrong := _entry_fault(number, content, digest, treaty, act, rectifies, frontier.size + 1, previous):
                first_bad = min(number, frontier.size + 1)
                faults.append(f"entry {first_bad}: {wrong}")
                break
            add(bytes.fromhex(digest))
            previous = digest
            if number in wanted:
                roots[number] = frontier.root.hex()
            if NO_DOCUMENTS not in content:
                named[number] = entry_of(content).documents
        if first_bad is None:
            faults += _heads(heads, keys, roots, frontier)
            faults += _documents(connection, named)
    faults += _keys(keys)
    if outside is not None and first_bad is None:
        faults += _outside(outside, keys, roots, frontier.size)
    return Verified(frontier.size, frontier.root.hex(), tuple(faults), first_bad)


class Untrue(DepositaryError):
    """A register that does not hold, in a sentence."""


class Onward:
    """The register as far as it was checked: each entry is checked once, with the signed head over it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reached: tuple[Frontier, str] = Frontier(), FIRST
        self._begun = time.monotonic()

    def leads_to(self, size: int) -> bool:
        """Whether it may be read on from here to a size: the first entry was checked within the hour."""
        return self._reached[0].size <= size and time.monotonic() - self._begun < AGAIN

    def check(self, size: int) -> None:
        """Checks the entries up to a size, and the head of that size. Raises Untrue."""
        reached, previous = self._reached
        frontier = Frontier(reached.size, reached.peaks)
        with self._store.reading() as connection:
            between = {"after": frontier.size, "size": size}
            for number, content, digest, treaty, act, rectifies in _rows(connection.execute(BETWEEN, between)):
                if wrong := _entry_fault(number, content, digest, treaty, act, rectifies, frontier.size + 1, previous):
                    raise Untrue(f"entry {number}: {wrong}")
                frontier.add(bytes.fromhex(digest))
                previous = digest
            head = connection.execute(HEAD, {"size": size}).one_or_none()
            keys = {row[0]: SigningKey(*row) for row in connection.execute(KEYS)}
        if frontier.size != size or (size and head is None):
            raise Untrue(f"the register has {frontier.size} entries, and no signed head of that size")
        for fault in _heads({size: _head(head)} if head else {}, keys, {size: frontier.root.hex()}, frontier):
            raise Untrue(fault)
        self._reached = frontier, previous


def require(store: Store) -> None:
    """Raises Untrue, in a sentence, where the register does not hold: nothing is added to it until it does.

    A process that asks again within the hour reads on from the head that held; afterwards it begins anew.
    """
    with store.reading() as connection:
        size = connection.execute(SIZE).scalar() or 0
    held = store.held
    onward = held if isinstance(held, Onward) and held.leads_to(size) else Onward(store)
    store.held = None
    try:
        onward.check(size)
        store.held = onward
    except Untrue as fault:
        raise Untrue(
            Sentence(
                "The register does not verify (%(fault)s). No entry is accepted until it does. Nothing was recorded.",
                fault=fault.sentence,
            )
        ) from None


def _entry_fault(
    number: int, content: str, digest: str, treaty: str, act: str, rectifies: int | None, expected: int, previous: str
) -> str:
    """What does not hold of an entry; "" where all does."""
    if number != expected:
        return f"it is not there; the entry after {expected - 1} is {number}"
    if digest_of(content) != digest:
        return "its content is not what was recorded"
    if framed(number, previous) not in content:
        return "it does not follow the entry before it"
    if not content.endswith(endings(rectifies, treaty)) or act_digest_in(content) != act:
        return "the columns by which it is found do not say what it says"
    return ""


def _heads(
    heads: dict[int, Head], keys: dict[str, SigningKey], roots: dict[int, str], frontier: Frontier
) -> Iterator[str]:
    """Every head has the root of its entries; the last one of each key is signed; all entries are under one."""
    if frontier.size and frontier.size not in heads:
        last = max(heads, default=0)
        yield f"entry {last + 1}: it and those after it are under no signed head"
    for size, head in heads.items():
        if roots.get(size) != head.root:
            yield f"the head of size {size} does not belong to these entries"
            return
    for head in {head.key: head for head in heads.values()}.values():
        if head.key not in keys or not is_signed(keys[head.key].public, head.signature, head.signed):
            yield f"the head of size {head.size} is not signed by the register's key"


def _head(row: Any) -> Head:
    at = dt.datetime.fromisoformat(row.signed_at)
    return Head(row.size, row.root, at, row.key, row.signature, row.journal)


def _keys(keys: dict[str, SigningKey]) -> Iterator[str]:
    """Every key after the first is vouched for by the one before it."""
    before = ""
    for key in keys.values():
        if name_of(key.public) != key.name:
            yield f"the key {key.name} is not the one of that name"
        if key.vouched_by and (
            key.vouched_by != before or not is_signed(keys[before].public, key.voucher, key.vouched)
        ):
            yield f"the key {key.name} is not vouched for by the key before it"
        before = key.name


def _rows(found: sa.CursorResult[Any]) -> Iterator[Any]:
    """The rows of an answer, many fetched at once: to fetch each for itself takes a fifth of the time."""
    return (row for some in found.partitions(1000) for row in some)


def _documents(connection: sa.Connection, named: Mapping[int, Sequence[str]]) -> Iterator[str]:
    """Every document is what was attached, and every entry has the documents that it names."""
    there = set()
    for digest, content in connection.execute(DOCUMENTS):
        there.add(digest)
        if sha256(content).hexdigest() != digest:
            yield f"the document {digest} is not what was attached"
    for reference, digest, content in connection.execute(NOTIFICATIONS):
        there.add(digest)
        if sha256(content.encode()).hexdigest() != digest:
            yield f"the notification {reference} is not what was issued"
    for number, digests in named.items():
        for digest in digests:
            if digest not in there:
                yield f"entry {number}: its document {digest} is not there"


def _outside(outside: Head, keys: dict[str, SigningKey], roots: dict[int, str], size: int) -> Iterator[str]:
    """The head kept outside is a beginning of this register."""
    if outside.signature and (
        outside.key not in keys or not is_signed(keys[outside.key].public, outside.signature, outside.signed)
    ):
        yield f"the head kept outside is not signed by a key of this register ({outside.key})"
    if outside.size > size:
        yield f"the head kept outside tells of {outside.size} entries, and there are {size}: this register is older"
    elif roots.get(outside.size) != outside.root:
        yield f"the first {outside.size} entries are not those of the head kept outside: the register was written anew"
