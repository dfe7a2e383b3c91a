"""Imports: records the acts of a file that do not stand in the register yet, all in one transaction.

The acts come and go in batches, so that the length of a file takes time and no memory. A row that repeats an entry in
other words (`identity`) is no act of its own: it goes to `differing`, and is recorded as a rectification when asked.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

import sqlalchemy as sa

from depositary.errors import Sentence
from depositary.law.acts import Act
from depositary.register.canonical import act_digest
from depositary.register.identity import Difference, Standing
from depositary.register.recording import enter_instead
from depositary.register.store import Store
from depositary.register.transaction import Refused, Transaction

BATCH = 1000


def record_all(
    acts: Iterable[Act],
    by: str,
    at: datetime,
    store: Store,
    differing: list[Difference] | None = None,
    *,
    rectify: str = "",
) -> range:
    """Appends the acts that do not stand in the register yet, all or none. Gives the numbers of the new entries.

    Acts that are given again add nothing; an act that the input has twice becomes two entries. An act that is
    legally defective is recorded as it is: it stays visible and has no effect. Acts that repeat an entry in other words
    go to `differing`; with a reason to `rectify` they take the entries' places, and without a list they are Refused.
    """
    with store.recording() as recording:
        return enter_all(recording, acts, by, at, differing, rectify=rectify)


def enter_all(
    recording: Transaction,
    acts: Iterable[Act],
    by: str,
    at: datetime,
    differing: list[Difference] | None = None,
    *,
    rectify: str = "",
) -> range:
    """Does the work of `record_all` in an open transaction."""
    first, found = recording.size + 1, [] if differing is None else differing
    for batch in _new(acts, recording.session.connection(), recording.size, found):
        recording.append_all(((act, digest or act_digest(act)) for act, digest in batch), at, by)
    if found and differing is None:
        raise Refused(
            Sentence(
                "%(number)d acts repeat entries in other words; the first one %(said)s. Nothing was recorded.",
                number=len(found),
                said=found[0].said,
            )
        )
    for difference in found if rectify else ():
        if difference.standing is not None:
            enter_instead(recording, difference.entry, difference.act, by, at, reason=rectify, receipt=None)
    return range(first, recording.size + 1)


def new_acts(acts: Iterable[Act], store: Store, differing: list[Difference]) -> Iterator[Act]:
    """The acts that `record_all` would record. Those that repeat an entry go to `differing`. Records nothing."""
    with store.reading() as connection:
        size = connection.execute(sa.text("SELECT max(number) FROM entry")).scalar() or 0
        for batch in _new(acts, connection, size, differing):
            yield from (act for act, _ in batch)


def count_new(acts: Iterable[Act], store: Store) -> int:
    """The number of acts that `record_all` would record. Records nothing."""
    return sum(1 for _ in new_acts(acts, store, []))


def _new(
    acts: Iterable[Act], connection: sa.Connection, size: int, differing: list[Difference]
) -> Iterator[list[tuple[Act, str]]]:
    """The acts that the first `size` entries do not have, in batches, each act with its digest where one was needed."""
    standing, rest = Standing(connection, size), iter(acts)
    while batch := list(islice(rest, BATCH)):
        yield standing.new(batch, differing)
    if last := list(standing.settled(differing)):
        yield last
