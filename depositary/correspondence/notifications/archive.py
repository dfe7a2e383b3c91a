"""The archive of issued notifications: it finds them by reference, lists them, and gives their documents as issued."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from depositary import clock
from depositary.correspondence.notifications.case import Kind
from depositary.correspondence.notifications.document import Document, document_of
from depositary.correspondence.notifications.tables import NotificationRow
from depositary.register.canonical import entry_of
from depositary.register.store import Store
from depositary.register.tables import EntryRow


@dataclass(frozen=True)
class Issued:
    """An issued notification. `concerns` is the entry it follows from, or `correction` the correction of the text."""

    reference: str
    number: int
    treaty: str
    kind: Kind
    participant: str
    concerns: int
    correction: int
    on: date
    issued_at: datetime
    issued_by: str
    digest: str
    content: str

    @property
    def year(self) -> int:
        return self.on.year

    def document(self, language: str) -> Document:
        """Its document in a language."""
        told: dict[str, Any] = json.loads(self.content)
        return document_of(told["documents"][language])


def find(session: Session, reference: str) -> Issued | None:
    """The notification of a reference."""
    row = session.exec(select(NotificationRow).where(NotificationRow.reference == reference)).first()
    return _issued(row) if row and (row.reference, row.digest) in _noted(session, row.treaty) else None


def issued(
    session: Session, *, treaty: str = "", participant: str = "", year: int = 0, concerns: int = 0
) -> list[Issued]:
    """The notifications of a treaty, a participant, a year or an entry, or all of them, the latest first."""
    wanted = select(NotificationRow)
    for column, value in (
        (NotificationRow.treaty, treaty),
        (NotificationRow.participant, participant),
        (NotificationRow.year, year),
        (NotificationRow.concerns, concerns),
    ):
        if value:
            wanted = wanted.where(column == value)
    wanted = wanted.order_by(col(NotificationRow.year).desc(), col(NotificationRow.number).desc())
    noted = _noted(session, treaty)
    return [_issued(row) for row in session.exec(wanted) if (row.reference, row.digest) in noted]


def _noted(session: Session, treaty: str = "") -> set[tuple[str, str]]:
    """The references and digests that entries of the register note. A row that no entry notes is no notification."""
    wanted = select(EntryRow.content).where(EntryRow.act == "", col(EntryRow.content).contains('"notice":{'))
    if treaty:
        wanted = wanted.where(EntryRow.treaty == treaty)
    entries = (entry_of(content) for content in session.exec(wanted))
    return {(entry.notice.reference, digest) for entry in entries if entry.notice for digest in entry.documents}


def done(session: Session, entries: Sequence[int]) -> set[tuple[int, str]]:
    """The kinds of notification that were issued for each of some entries."""
    wanted = select(NotificationRow.concerns, NotificationRow.kind).where(col(NotificationRow.concerns).in_(entries))
    return {(concerns, kind) for concerns, kind in session.exec(wanted)}


def _issued(row: NotificationRow) -> Issued:
    kind: Kind = row.kind  # type: ignore[assignment]
    at = datetime.fromisoformat(row.issued_at)
    return Issued(
        row.reference,
        row.number,
        row.treaty,
        kind,
        row.participant,
        row.concerns,
        row.correction,
        clock.day_of(at),
        at,
        row.issued_by,
        row.digest,
        row.content,
    )


class Archive:
    """The notifications that a store keeps, for readers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def found(self, reference: str) -> Issued | None:
        """The notification of a reference."""
        with self._store.session() as session:
            return find(session, reference)

    def listed(self, *, treaty: str = "", participant: str = "", year: int = 0) -> list[Issued]:
        """The notifications of a treaty, a participant or a year, or all of them, the latest first."""
        with self._store.session() as session:
            return issued(session, treaty=treaty, participant=participant, year=year)
