"""Notifications as they were issued: found by reference, listed, and read again as they were."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from depositary import clock
from depositary.correspondence.notifications.document import Document, document_of
from depositary.correspondence.notifications.tables import Kind, NotificationRow
from depositary.register.canonical import entry_of
from depositary.register.store import Store
from depositary.register.tables import EntryRow


@dataclass(frozen=True)
class Issued:
    """A notification as it was issued. `concerns` is the entry it follows from, or `correction` what an officer typed.

    `note` is the entry that notes it. `told` are the entries of the acts that it tells of, `corrects` the reference of
    the notification that it corrects. One that was not made `at_issue`, in earlier versions of the program, tells
    what followed when the entry that it concerns was recorded.
    """

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
    note: int
    told: tuple[int, ...] = ()
    corrects: str = ""
    at_issue: bool = True

    @property
    def year(self) -> int:
        return self.on.year

    def document(self, language: str) -> Document:
        """The document in a language."""
        told: dict[str, Any] = json.loads(self.content)
        return document_of(told["documents"][language])


def find(session: Session, reference: str) -> Issued | None:
    """The notification of a reference."""
    row = session.exec(select(NotificationRow).where(NotificationRow.reference == reference)).first()
    note = noted(session, row.treaty).get((row.reference, row.digest)) if row else None
    return _issued(row, note) if row and note else None


def issued(
    session: Session, *, treaty: str = "", participant: str = "", year: int = 0, concerns: int = 0
) -> list[Issued]:
    """The notifications of a treaty, a participant, a year, an entry, or all; the latest first."""
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
    notes = noted(session, treaty)
    rows = ((row, notes.get((row.reference, row.digest))) for row in session.exec(wanted))
    return [_issued(row, note) for row, note in rows if note]


def noted(session: Session, treaty: str = "") -> dict[tuple[str, str], int]:
    """By reference and digest the entry of the register that notes a notification: no other row is a notification."""
    wanted = select(EntryRow.content).where(EntryRow.act == "", col(EntryRow.content).contains('"notice":{'))
    if treaty:
        wanted = wanted.where(EntryRow.treaty == treaty)
    entries = (entry_of(content) for content in session.exec(wanted))
    return {
        (entry.notice.reference, digest): entry.number
        for entry in entries
        if entry.notice
        for digest in entry.documents
    }


def strangers(session: Session) -> list[str]:
    """The references of the rows that no entry of the register notes: nobody issued them."""
    notes, wanted = noted(session), select(NotificationRow.reference, NotificationRow.digest)
    return sorted(reference for reference, digest in session.exec(wanted) if (reference, digest) not in notes)


def _issued(row: NotificationRow, note: int) -> Issued:
    kind: Kind = row.kind  # type: ignore[assignment]
    at = datetime.fromisoformat(row.issued_at)
    told = _TOLD.search(row.content, row.content.rfind('"told":'))
    by_act = row.concerns and kind != "entry into force"
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
        note,
        *(
            (tuple(map(int, filter(None, told[2].split(",")))), told[1], True)
            if told
            else ((row.concerns,) if by_act else (), "", False)
        ),
    )


_TOLD = re.compile(r'"told":\{"corrects":"([^"]*)","entries":\[([\d,]*)\]\},"treaty":"[^"]*"\}$')
"""The end of the content of a notification that was made at issue."""


class Archive:
    """The notifications a store keeps, to be read."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def found(self, reference: str) -> Issued | None:
        """The notification of a reference."""
        with self._store.session() as session:
            return find(session, reference)

    def listed(self, *, treaty: str = "", participant: str = "", year: int = 0) -> list[Issued]:
        """Those of a treaty, a participant, a year, or all; the latest first."""
        with self._store.session() as session:
            return issued(session, treaty=treaty, participant=participant, year=year)
