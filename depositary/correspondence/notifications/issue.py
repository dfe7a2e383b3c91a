"""Issuing: a number without a gap, the documents in all languages, and the register's notes of it, in one transaction.

A notification is made when it is issued, from the register as it is then. Nothing issued is ever changed. The number is
taken within the transaction that keeps the notification, and only one such transaction runs at a time, so that one that
fails takes no number.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from depositary import clock
from depositary.correspondence.notifications import corrections
from depositary.correspondence.notifications.archive import Issued, find, issued
from depositary.correspondence.notifications.comparison import Changed, Shown, differences_since
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.issuance import Issuance
from depositary.correspondence.notifications.ledger import Ledger, ledger_of
from depositary.correspondence.notifications.notification import Following, following, of_correction
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.pending import events
from depositary.desk.audit import Doing
from depositary.errors import Sentence
from depositary.register.canonical import entry_of
from depositary.register.entry import Entry
from depositary.register.store import Store
from depositary.register.tables import EntryRow
from depositary.register.transaction import Refused, Transaction
from depositary.register.verification import require
from depositary.treaties.collection import Collection
from depositary.words import language

DRAFTED = sa.text(
    """SELECT 1 FROM correction WHERE number = :correction AND drafted_by = :person
    UNION ALL SELECT 1 FROM draft_step AS done JOIN draft_version AS saved ON saved.draft = done.draft
    WHERE done.what = 'released' AND :concerns BETWEEN done.entry AND done.last_entry AND saved.saved_by = :person"""
)


def issue(
    store: Store,
    collection: Collection,
    anchor: int,
    kind: str,
    doing: Doing,
    *,
    base_url: str = "",
    shown: Shown | None = None,
) -> Issued:
    """Issues the notification of the event of a kind that is noted under an entry.

    Raises Refused where there is none, where it was issued already, where another comes first, and for the one who
    drafted what it tells; Changed where it no longer says what was shown.
    """
    require(store)
    with store.recording() as recording:
        noted_under = recording.entry(anchor)
        if noted_under is None:
            size = recording.size
            raise Refused(
                Sentence(
                    "There is no entry %(number)d; the register has %(size)d. Nothing was issued.",
                    number=anchor,
                    size=size,
                )
            )
        on = clock.day_of(doing.at)
        ledger = _ledger(recording, collection, noted_under.treaty, on)
        waiting = events(ledger)
        event = next((each for each in waiting if each.key == (anchor, kind)), None)
        if event is None:
            raise Refused(_none(ledger, anchor, kind))
        of_others = (each for each in collection.needed_by(event.treaty) if each != event.treaty)
        waiting += [each for other in of_others for each in events(_ledger(recording, collection, other, on))]
        if first := [each for each in waiting if comes_first(each, event)]:
            number = first[0].told[0].number
            raise Refused(
                Sentence(
                    "Issue the notification of entry %(number)d first, which brings this about. Nothing was issued.",
                    number=number,
                )
            )
        if shown is not None:
            _require_as_shown(recording, collection, [event], shown, on)
        what = following(collection, event)
        if _drafted(recording, what, doing.by):
            raise Refused(
                Sentence(
                    "A notification is issued by a second person, not by the person who drafted it. Nothing was issued."
                )
            )
        return Issuance(recording, doing, base_url).issue([what], [ledger])[0]


def issue_all(
    store: Store, collection: Collection, doing: Doing, *, base_url: str = "", shown: Shown | None = None
) -> list[Issued]:
    """Issues all that is to be issued, in its order, in one transaction; what the person drafted is left to another.

    Raises Changed where it is no longer what was shown, and Refused where nothing is left to be issued.
    """
    require(store)
    with store.recording() as recording:
        on = clock.day_of(doing.at)
        ledgers = {treaty: _ledger(recording, collection, treaty, on) for treaty in collection.in_order}
        waiting = sorted((event for each in ledgers.values() for event in events(each)), key=lambda event: event.place)
        if shown is not None:
            _require_as_shown(recording, collection, waiting, shown, on, whole=True)
        left: list[Event] = []
        chosen: list[Following] = []
        for event in waiting:
            what = following(collection, event)
            if _drafted(recording, what, doing.by) or any(comes_first(each, event) for each in left):
                left.append(event)
            else:
                chosen.append(what)
        if not chosen:
            raise Refused(Sentence("There is no notification that you can issue. Nothing was issued."))
        return Issuance(recording, doing, base_url).issue(chosen, ledgers.values())


def issue_correction(store: Store, collection: Collection, number: int, doing: Doing, *, base_url: str = "") -> Issued:
    """Issues what an officer typed: a correction of the text. Raises Refused as `issue` does."""
    require(store)
    with store.recording() as recording:
        drafted = corrections.correction(recording.session, number)
        if drafted is None:
            raise Refused(Sentence("There is no correction %(number)d. Nothing was issued.", number=number))
        earlier = find(recording.session, drafted.follows) if drafted.follows else None
        what = of_correction(collection, drafted, earlier)
        if already := [each for each in issued(recording.session, treaty=what.treaty) if each.correction == number]:
            raise Refused(_already(already[0]))
        if _drafted(recording, what, doing.by):
            raise Refused(
                Sentence(
                    "A notification is issued by a second person, not by the person who drafted it. Nothing was issued."
                )
            )
        return Issuance(recording, doing, base_url).issue([what], [])[0]


def comes_first(other: Event, event: Event) -> bool:
    """Whether another event is issued first: an instrument that brings about the treaty's entry into force."""
    return any(entry.number in event.counted for entry in other.told)


def _ledger(recording: Transaction, collection: Collection, treaty: str, on: date, size: int | None = None) -> Ledger:
    session = recording.session

    def entries(needed: str) -> list[Entry]:
        wanted = select(EntryRow.content).where(EntryRow.treaty == needed)
        return [entry_of(content) for content in session.exec(wanted.order_by(col(EntryRow.number)))]

    return ledger_of(collection, entries, issued(session, treaty=treaty), treaty, on, size)


def _require_as_shown(
    recording: Transaction,
    collection: Collection,
    waiting: Sequence[Event],
    shown: Shown,
    on: date,
    *,
    whole: bool = False,
) -> None:
    """Raises Changed where a notification would say another thing than was shown, or where others wait by now."""
    if shown == Shown(on, recording.size):
        return
    words = language("en")
    then = {
        (treaty, event.key): event
        for treaty in dict.fromkeys(event.treaty for event in waiting)
        for event in events(_ledger(recording, collection, treaty, shown.on, shown.size))
    }
    now = {(event.treaty, event.key): event for event in waiting}
    documents = {key: draft(event, words, Issue(on), collection.folder) for key, event in now.items()}
    if (whole and then.keys() != now.keys()) or any(
        differences_since(then.get(key), document, words, shown, collection.folder)
        for key, document in documents.items()
    ):
        raise Changed(
            Sentence(
                "What is to be issued has changed since it was shown: look again, and confirm. Nothing was issued."
            )
        )


def _none(ledger: Ledger, anchor: int, kind: str) -> Sentence:
    """Why no event of a kind is to be issued under an entry."""
    mine = {entry.number for entry in ledger.course(anchor)} | {anchor}
    for each in reversed(ledger.issued):
        if each.kind == kind and (each.concerns == anchor or mine & {*each.told}):
            return _already(each)
    if by := ledger.replacing.get(anchor):
        return Sentence(
            "Entry %(number)d was replaced by entry %(by)d: issue the notification of that one.", number=anchor, by=by
        )
    return Sentence(
        "No notification of this kind follows from entry %(number)d: %(kind)s. Nothing was issued.",
        number=anchor,
        kind=kind,
    )


def _already(there: Issued) -> Sentence:
    return Sentence(
        "This was notified by %(reference)s on %(date)s. Nothing was issued.",
        reference=there.reference,
        date=there.on.isoformat(),
    )


def _drafted(recording: Transaction, what: Following, person: str) -> bool:
    """Whether a person drafted anything that a notification tells; a trigger of the table refuses it as well."""
    return any(
        recording.session.connection()
        .execute(DRAFTED, {"correction": what.correction, "concerns": number, "person": person})
        .first()
        for number in dict.fromkeys((what.concerns, *what.causes))
    )
