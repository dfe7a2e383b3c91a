"""Importing: the acts of a file that do not stand in the register yet, all in one transaction.

The acts come and go in batches, so that the length of a file takes time and no memory.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

import sqlalchemy as sa

from depositary.law.acts import Act
from depositary.register.canonical import act_digest
from depositary.register.store import Store
from depositary.register.transaction import Transaction

BATCH = 1000

STANDING = sa.text(
    """SELECT act, count(*) AS times FROM entry AS one WHERE act IN :acts AND number <= :size
    AND NOT EXISTS (SELECT 1 FROM entry AS later WHERE later.rectifies = one.number) GROUP BY act"""
).bindparams(sa.bindparam("acts", expanding=True))


def record_all(acts: Iterable[Act], by: str, at: datetime, store: Store) -> range:
    """Appends the acts that do not stand in the register yet, or none of them; the numbers of the new entries.

    The same acts given twice add nothing; an act that stands twice in what is given is two entries. An act that is
    legally defective is recorded as it is: it stays visible and has no effect.
    """
    with store.recording() as recording:
        return enter_all(recording, acts, by, at)


def enter_all(recording: Transaction, acts: Iterable[Act], by: str, at: datetime) -> range:
    """What `record_all` does, in an open transaction."""
    first = recording.size + 1
    for batch in _new(acts, recording.session.connection(), recording.size):
        recording.append_all(batch, at, by)
    return range(first, recording.size + 1)


def new_acts(acts: Iterable[Act], store: Store) -> Iterator[Act]:
    """The acts that `record_all` would record. Records nothing."""
    with store.reading() as connection:
        size = connection.execute(sa.text("SELECT max(number) FROM entry")).scalar() or 0
        for batch in _new(acts, connection, size):
            yield from (act for act, _ in batch)


def count_new(acts: Iterable[Act], store: Store) -> int:
    """How many acts `record_all` would record. Records nothing."""
    return sum(1 for _ in new_acts(acts, store))


def _new(acts: Iterable[Act], connection: sa.Connection, size: int) -> Iterator[list[tuple[Act, str]]]:
    """The acts that the first `size` entries do not have, in batches, each act with its digest."""
    taken = Counter[str]()
    rest = iter(acts)
    while batch := list(islice(rest, BATCH)):
        digests = [act_digest(act) for act in batch]
        standing = _standing(digests, connection, size) if size else {}
        new = []
        for act, digest in zip(batch, digests, strict=True):
            if digest in standing and taken[digest] < standing[digest]:
                taken[digest] += 1
            else:
                new.append((act, digest))
        yield new


def _standing(digests: Sequence[str], connection: sa.Connection, size: int) -> dict[str, int]:
    return {row.act: row.times for row in connection.execute(STANDING, {"acts": digests, "size": size})}
