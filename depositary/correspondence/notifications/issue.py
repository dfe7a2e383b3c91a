"""Issues a notification: one transaction gives its number, its documents in all languages, and the register's note.

An issued notification never changes. Its number is taken within the transaction that keeps it, and only one
such transaction runs at a time; so a transaction that fails leaves no gap in the numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
import typst
from sqlmodel import Session, col, select

from depositary import clock
from depositary.correspondence.notifications import corrections
from depositary.correspondence.notifications.archive import Issued, find
from depositary.correspondence.notifications.case import Kind, NotificationCase, case_of, kinds
from depositary.correspondence.notifications.correction import correction_document
from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.pdf import pdf_of
from depositary.correspondence.notifications.references import Notified, reference_of
from depositary.correspondence.notifications.tables import NotificationRow
from depositary.desk.audit import Doing, log
from depositary.errors import Sentence
from depositary.register.canonical import canonical, entry_of
from depositary.register.entry import Entry, Notice
from depositary.register.store import Store
from depositary.register.tables import EntryRow
from depositary.register.transaction import Refused, Transaction
from depositary.register.verification import require
from depositary.treaties.collection import Collection
from depositary.words import AVAILABLE, Language, language

DRAFTED = sa.text(
    """SELECT 1 FROM correction WHERE number = :correction AND drafted_by = :person
    UNION ALL SELECT 1 FROM draft_step AS done JOIN draft_version AS saved ON saved.draft = done.draft
    WHERE done.what = 'released' AND :concerns BETWEEN done.entry AND done.last_entry AND saved.saved_by = :person"""
)

Make = Callable[[Language, Issue], Document]


@dataclass(frozen=True)
class Following:
    """A notification that is not issued yet, of an entry or of a correction."""

    kind: Kind
    treaty: str
    participant: str
    concerns: int
    correction: int
    make: Make
    more: dict[str, Any]


def issue(store: Store, collection: Collection, number: int, kind: str, doing: Doing, *, base_url: str = "") -> Issued:
    """Issues the notification of a kind that follows from an entry.

    Raises Refused where no such notification follows, where the entry no longer stands, and for the drafter.
    To issue it a second time gives the first notification.
    """
    require(store)
    with store.recording() as recording:
        entry = recording.standing_entry(
            number,
            none=Sentence(
                "There is no entry %(number)d; the register has %(size)d. Nothing was issued.",
                number=number,
                size=recording.size,
            ),
            replaced=lambda by: Sentence(
                "Entry %(number)d was replaced by entry %(by)d: issue the notification of that one.",
                number=number,
                by=by,
            ),
        )
        case = case_of(collection, lambda treaty: _entries(recording, treaty), entry)
        if kind not in kinds(case):
            raise Refused(
                Sentence(
                    "No notification of this kind follows from entry %(number)d: %(kind)s. Nothing was issued.",
                    number=number,
                    kind=kind,
                )
            )
        return _issue(recording, following(collection, case, kind), doing, base_url)


def issue_correction(store: Store, collection: Collection, number: int, doing: Doing, *, base_url: str = "") -> Issued:
    """Issues a correction of the text that another person drafted. Raises Refused as `issue` does."""
    require(store)
    with store.recording() as recording:
        drafted = corrections.correction(recording.session, number)
        if drafted is None:
            raise Refused(Sentence("There is no correction %(number)d. Nothing was issued.", number=number))
        proposal = find(recording.session, drafted.follows) if drafted.follows else None
        return _issue(recording, of_correction(collection, drafted, proposal), doing, base_url)


def following(collection: Collection, case: NotificationCase, kind: Kind) -> Following:
    """The notification of a kind that follows from an entry, to be shown or issued."""
    act = case.act or (case.replaced[0].act if case.replaced else None)
    participant = act.participant if act and kind != "entry into force" else ""

    def make(words: Language, issue: Issue) -> Document:
        return draft(case, kind, words, issue, collection.folder)

    return Following(kind, case.entry.treaty, participant, case.entry.number, 0, make, {})


def of_correction(collection: Collection, drafted: corrections.Correction, proposal: Issued | None) -> Following:
    """The notification of a correction of the text."""

    def make(words: Language, issue: Issue) -> Document:
        until = corrections.last_day(proposal) if proposal else _last_day(issue.on)
        passages = [(one.where, one.stands, one.read) for one in drafted.passages]
        earlier = Notified(proposal.reference, proposal.on) if proposal else None
        clauses = collection.clauses(drafted.treaty)
        return correction_document(
            clauses, passages, drafted.languages, until, earlier, words, issue, collection.folder
        )

    told = {
        "languages": list(drafted.languages),
        "passages": [{"where": one.where, "stands": one.stands, "read": one.read} for one in drafted.passages],
    }
    return Following(drafted.kind, drafted.treaty, "", 0, drafted.number, make, {"correction": told})


def _last_day(on: date) -> date:
    return date.fromordinal(on.toordinal() + corrections.DAYS)


def _issue(recording: Transaction, what: Following, doing: Doing, base_url: str) -> Issued:
    session = recording.session
    same = select(NotificationRow.reference).where(
        NotificationRow.concerns == what.concerns,
        NotificationRow.correction == what.correction,
        NotificationRow.kind == what.kind,
    )
    if (reference := session.exec(same).first()) and (there := find(session, reference)):
        return there
    if _drafted(session, what, doing.by):
        raise Refused(Sentence("Nobody issues what they drafted themselves: a second person does. Nothing was issued."))
    on = clock.day_of(doing.at)
    last = select(sa.func.coalesce(sa.func.max(NotificationRow.number), 0)).where(col(NotificationRow.year) == on.year)
    number = int(session.connection().execute(last).scalar_one()) + 1
    reference = reference_of(number, on.year, what.treaty)
    issue = Issue(on, reference, recording.size, recording.root, f"{base_url}/cn/{on.year}/{number}")
    documents = {code: what.make(language(code), issue) for code in AVAILABLE}
    for document in documents.values():
        typeset(document)
    content = canonical(
        {
            "concerns": what.concerns,
            "documents": {code: document.told() for code, document in documents.items()},
            "head": {"root": issue.root, "size": issue.size},
            "issued_on": on.isoformat(),
            "kind": what.kind,
            "participant": what.participant,
            "reference": reference,
            "treaty": what.treaty,
            **what.more,
        }
    )
    digest = sha256(content.encode()).hexdigest()
    row = {
        "year": on.year,
        "number": number,
        "reference": reference,
        "treaty": what.treaty,
        "kind": what.kind,
        "participant": what.participant,
        "concerns": what.concerns,
        "correction": what.correction,
        "content": content,
        "digest": digest,
        "issued_by": doing.by,
        "issued_at": doing.instant,
    }
    session.connection().execute(sa.insert(NotificationRow), row)
    notice = Notice(what.concerns, reference, on)
    recording.append(None, doing.at, doing.by, treaty=what.treaty, notice=notice, documents=(digest,))
    log(session, doing, "notification issued", reference)
    found = find(session, reference)
    assert found is not None, "it was kept just now"
    return found


def _drafted(session: Session, what: Following, person: str) -> bool:
    """Whether a person drafted the act or correction of a notification; a trigger of the table refuses them as well."""
    asked = {"correction": what.correction, "concerns": what.concerns, "person": person}
    return session.connection().execute(DRAFTED, asked).first() is not None


def typeset(document: Document) -> bytes:
    """The document as PDF. Raises Refused where the house has no font for a script in it."""
    try:
        return pdf_of(document)
    except typst.TypstError as fault:
        raise Refused(
            Sentence(
                "The notification cannot be set in %(language)s: %(why)s. Nothing was issued.",
                language=document.language,
                why=str(fault).splitlines()[0][:300],
            )
        ) from None


def _entries(recording: Transaction, treaty: str) -> list[Entry]:
    wanted = select(EntryRow.content).where(EntryRow.treaty == treaty)
    return [entry_of(content) for content in recording.session.exec(wanted.order_by(col(EntryRow.number)))]
