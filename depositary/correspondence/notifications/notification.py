"""A notification that is not issued yet, whatever it tells of: an event, or what an officer typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from depositary.correspondence.notifications import corrections
from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.correction import correction_document, corrigendum_document
from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.references import Notified
from depositary.correspondence.notifications.tables import Kind
from depositary.treaties.collection import Collection
from depositary.words import Language

Make = Callable[[Language, Issue], Document]


@dataclass(frozen=True)
class Following:
    """A notification that is not issued yet.

    `concerns` is the entry under which it is noted, `told` are those whose acts it tells of, `causes` those that
    brought it about; `correction` is what an officer typed, `corrects` the reference of the notification it corrects.
    """

    kind: Kind
    treaty: str
    participant: str
    concerns: int
    correction: int
    make: Make
    told: tuple[int, ...] = ()
    causes: tuple[int, ...] = ()
    corrects: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    as_before: frozenset[int] = frozenset()
    """The entries of which it tells nothing new: a period that runs from an earlier notification goes on."""


def following(collection: Collection, event: Event) -> Following:
    """The notification of an event, to be shown or issued."""

    def make(words: Language, issue: Issue) -> Document:
        return draft(event, words, issue, collection.folder)

    return Following(
        event.kind,
        event.treaty,
        event.participant,
        event.anchor,
        0,
        make,
        tuple(entry.number for entry in event.told),
        tuple(entry.number for entry in event.causes),
        event.corrects[-1].reference if event.corrects else "",
        as_before=event.as_before,
    )


def of_correction(collection: Collection, drafted: corrections.Correction, proposal: Issued | None) -> Following:
    """The notification of a correction: of the treaty's text, or of the notification `proposal` that it corrects."""
    if drafted.reason and proposal is not None:
        return _of_a_notification(collection, drafted, proposal)

    def make(words: Language, issue: Issue) -> Document:
        until = corrections.last_day(proposal) if proposal else _last_day(issue.on)
        passages = [(one.where, one.stands, one.read) for one in drafted.passages]
        earlier = Notified(proposal.reference, proposal.on) if proposal else None
        clauses = collection.clauses(drafted.treaty)
        return correction_document(clauses, passages, drafted.languages, until, earlier, words, issue)

    told = {
        "languages": list(drafted.languages),
        "passages": [{"where": one.where, "stands": one.stands, "read": one.read} for one in drafted.passages],
    }
    return Following(drafted.kind, drafted.treaty, "", 0, drafted.number, make, more={"correction": told})


def _of_a_notification(collection: Collection, drafted: corrections.Correction, corrected: Issued) -> Following:
    clauses = collection.clauses(drafted.treaty)

    def make(words: Language, issue: Issue) -> Document:
        return corrigendum_document(clauses, drafted, corrected, words, issue)

    told = {
        "passages": [{"where": one.where, "stands": one.stands, "read": one.read} for one in drafted.passages],
        "reason": drafted.reason,
    }
    return Following(
        drafted.kind,
        drafted.treaty,
        corrected.participant,
        0,
        drafted.number,
        make,
        corrects=corrected.reference,
        more={"correction": told},
    )


def _last_day(on: date) -> date:
    return date.fromordinal(on.toordinal() + corrections.DAYS)
