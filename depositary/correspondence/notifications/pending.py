"""The pending notifications: they follow from entries, and have not been issued yet."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlmodel import Session

from depositary.correspondence.notifications.archive import done
from depositary.correspondence.notifications.case import Kind, NotificationCase, case_of, kinds
from depositary.register.entry import Entry
from depositary.treaties.collection import Collection

_PUBLISHED = re.compile(r"C\.N\.\d|UNTC |https?://")


@dataclass(frozen=True)
class Pending:
    """A pending notification, and the case it follows from."""

    case: NotificationCase
    kind: Kind


def pending(
    session: Session, collection: Collection, entries: Callable[[str], list[Entry]], treaties: Iterable[str]
) -> list[Pending]:
    """The pending notifications of some treaties, in the order of recording."""
    found = [
        Pending(case, kind)
        for treaty in treaties
        for entry in candidates(entries(treaty))
        for case in (case_of(collection, entries, entry),)
        for kind in kinds(case)
    ]
    issued = done(session, [one.case.entry.number for one in found])
    return sorted(
        (one for one in found if (one.case.entry.number, one.kind) not in issued),
        key=lambda item: item.case.entry.number,
    )


def candidates(entries: list[Entry]) -> Iterator[Entry]:
    """The entries that may need a notification: they stand, and nobody has notified their act yet.

    An act whose source is a publication (a C.N., the Treaty Collection, an address) was notified there. One that names
    a note verbale was not. A rectification of a notified entry gives a corrigendum.
    """
    replaced = {entry.rectifies for entry in entries if entry.rectifies is not None}
    for entry in entries:
        if entry.number in replaced or entry.notice is not None:
            continue
        if entry.rectifies is not None or (entry.act is not None and not _PUBLISHED.search(entry.act.source)):
            yield entry
