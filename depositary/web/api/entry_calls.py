"""The register as data: its entries for mirrors, the acts that stand, what an act effects, and the proofs."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import Field

from depositary.law.acts import Act
from depositary.law.changes import changes
from depositary.law.examination import irregularities
from depositary.register.entry import Entry, Notice, Receipt, as_known
from depositary.treaties.answer import irregularity_rows
from depositary.treaties.supposition import Comparison, compare
from depositary.web.addresses import with_query
from depositary.web.api.calls import Here, Limit, Pages, Question, Treaty, call
from depositary.web.api.envelope import (
    ActRef,
    Asked,
    Code,
    Number,
    OfTreaty,
    Part,
    Plain,
    TreatyPage,
    act_ref,
    of_all,
    of_treaty,
)
from depositary.web.api.status_answer import IrregularAct
from depositary.web.query import Unanswerable
from depositary.web.view import View
from depositary.words.changes import effect

P = TypeVar("P", bound=Part)

EntryNumber = Annotated[int, InPath(ge=1, le=999_999_999, description="The number of an entry.", examples=[1])]
Since = Annotated[int, Query(ge=0, le=999_999_999, description="The last entry that the reader has; 0 for none.")]


class ActOfEntry(Part):
    """An act, in the columns of `instruments.csv`; "" for what it does not have."""

    treaty: str
    participant: Annotated[str, Field(description='The participant\'s code; "" for an act of no participant.')]
    action: str
    date: dt.date
    subject: str
    effective: dt.date | None
    place: str
    provision: str
    text: str
    source: str
    addressee: str
    effect: str
    notified: dt.date | None


class ReceiptOfEntry(Part):
    """How an instrument was received, and who determined the date of the act."""

    on_instrument: dt.date | None
    received_at: dt.datetime | None
    determined_by: str
    grounds: str


class NoticeOfEntry(Part):
    """That an earlier entry was notified or published."""

    concerns: int
    reference: str
    notified_on: dt.date | None
    published_on: dt.date | None


class EntryOfRegister(Part):
    """An entry. It never changes: a later entry rectifies it, strikes it out, or tells of it."""

    number: Number
    treaty: str
    recorded_at: dt.datetime
    act: Annotated[ActOfEntry | None, Field(description="Null: the entry strikes out another, or tells of it.")]
    rectifies: Annotated[int | None, Field(description="The entry in whose place this one stands, or is struck out.")]
    reason: str
    receipt: ReceiptOfEntry | None
    notice: NoticeOfEntry | None
    documents: Annotated[list[str], Field(description="The SHA-256 of each scan.")]
    proof: Annotated[str, Field(description="The address of its bytes and of the proof that they are in the register.")]


class EntriesPage(Asked):
    """A page of the register. A mirror asks again with `since=` the number of the last entry that it has."""

    items: list[EntryOfRegister]
    last: Annotated[int, Field(description="The number of the last entry of the register as it was known.")]
    next: Annotated[str | None, Field(description="The address of the next page; null on the last one.")] = None


class EntryAnswer(OfTreaty):
    """One entry of the register."""

    item: EntryOfRegister


class StandingAct(Part):
    """An act as it is known, not rectified and not struck out."""

    entry: Number
    act: ActOfEntry
    words: Annotated[str, Field(description="The act in a line, in the language asked for.")]
    irregularities: list[IrregularAct]


class ChangeByAct(Part):
    """What an act changes: a date, a standing or a number, whose it is, and what it was without the act."""

    concerns: str
    participant: Code | None
    before: Plain
    after: Plain


class EffectsOfAct(OfTreaty):
    """What an act effects: what holds on the day with it, beside what would hold without it."""

    act: ActRef
    changes: list[ChangeByAct]
    sentences: Annotated[list[str], Field(description="What it changes, in the language asked for.")]
    irregularities: list[IrregularAct]


def routes(router: APIRouter) -> None:
    """The calls about entries and acts."""

    @call(router, "/entries", "Register")
    def entries(site: Here, question: Question, since: Since = 0, limit: Limit = 200) -> EntriesPage:
        """The entries of all treaties in the order of recording, after the entry `since`. For mirrors."""
        found = site.known.after(site.collection.in_order, since, limit + 1, question.known_at)
        asked = of_all(site, question)
        page = page_since(found, limit, "/api/v1/entries", question.given)
        return EntriesPage(**asked, **page, last=asked["entry"])

    @call(router, "/treaties/{treaty}/entries", "Register")
    def entries_of_treaty(view: Treaty, since: Since = 0, limit: Limit = 200) -> TreatyPage[EntryOfRegister]:
        """The entries of one treaty in the order of recording, after the entry `since`."""
        found = view.site.known.after((view.clauses.id,), since, limit + 1, view.asked.known_at)
        return TreatyPage(**of_treaty(view), **page_since(found, limit, view.path, view.asked.given))

    @call(router, "/treaties/{treaty}/entries/{entry}", "Register")
    def one_entry(view: Treaty, entry: EntryNumber) -> EntryAnswer:
        """One entry of the register."""
        found = view.site.known.after((view.clauses.id,), entry - 1, 1, view.asked.known_at)
        if not found or found[0].number != entry:
            raise Unanswerable(404, "no-such-entry", str(entry))
        return EntryAnswer(**of_treaty(view), item=entry_as_data(found[0]))

    @call(router, "/treaties/{treaty}/acts", "Register")
    def acts(
        view: Treaty,
        pages: Pages,
        participant: Annotated[str, Query(description="Only the acts of this participant.", max_length=10)] = "",
        action: Annotated[str, Query(description="Only acts of this kind.", max_length=60)] = "",
    ) -> TreatyPage[StandingAct]:
        """The acts up to the day as they are known, those without effect too, in the order of recording."""
        fitting = [
            entry
            for entry in as_known(view.recorded)
            if entry.act is not None
            and entry.act.date <= view.on
            and participant in ("", entry.act.participant)
            and action in ("", entry.act.action)
        ]
        cut = pages.cut(fitting, lambda entry: str(entry.number))
        return TreatyPage(**of_treaty(view), items=standing_acts(view, cut["items"]), next=cut["next"])

    @call(router, "/treaties/{treaty}/acts/{entry}/effects", "Register")
    def effects_of_act(view: Treaty, entry: EntryNumber) -> EffectsOfAct:
        """What an act effects: what holds on the day with it, beside what would hold without it."""
        known = view.site.known.acts(view.clauses.id, view.asked)
        act = next((act for act in known if act.number == entry and act.treaty == view.clauses.id), None)
        if act is None:
            raise Unanswerable(404, "no-such-entry", str(entry))
        without = [each for each in known if each.number != entry]
        compared = compare(view.site.collection, without, view.clauses.id, [act], view.on)
        return EffectsOfAct(**of_treaty(view), act=act_ref(view, act), **effects(view, compared))


def page_since(found: list[Entry], limit: int, here: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The first `limit` entries as data, and the address of those after them, if more were found."""
    more = {**given, "limit": str(limit), "since": str(found[limit - 1].number)} if found[limit:] else None
    return {
        "items": [entry_as_data(entry) for entry in found[:limit]],
        "next": with_query(here, more) if more else None,
    }


def entry_as_data(entry: Entry) -> EntryOfRegister:
    """An entry as data. By whom it was recorded stands in its bytes, which the proof has."""
    return EntryOfRegister(
        number=entry.number,
        treaty=entry.treaty,
        recorded_at=entry.recorded_at,
        act=part_of(ActOfEntry, entry.act) if entry.act else None,
        rectifies=entry.rectifies,
        reason=entry.reason,
        receipt=part_of(ReceiptOfEntry, entry.receipt) if entry.receipt else None,
        notice=part_of(NoticeOfEntry, entry.notice) if entry.notice else None,
        documents=list(entry.documents),
        proof=f"/api/v1/register/proof/{entry.number}",
    )


def part_of(model: type[P], told: Act | Receipt | Notice) -> P:
    """An act, a receipt or a notice as data: the fields that the model describes."""
    return model(**{name: getattr(told, name) for name in model.model_fields})


def standing_acts(view: View, entries: list[Entry]) -> list[StandingAct]:
    """Acts with their irregularities."""
    wrong: dict[int, list[dict[str, Any]]] = {}
    for row in irregularity_rows(irregularities(view.effects), view.effects, view.words):
        wrong.setdefault(row["row"], []).append(row)
    return [
        StandingAct(
            entry=entry.number,
            act=part_of(ActOfEntry, entry.act),
            words=view.act_line(entry.act),
            irregularities=[IrregularAct(**row) for row in wrong.get(entry.number, ())],
        )
        for entry in entries
        if entry.act is not None
    ]


def effects(view: View, compared: Comparison) -> dict[str, Any]:
    """What differs between two states of a treaty, as data and in sentences."""
    before, after, on = compared.before, compared.after, compared.on
    return {
        "changes": [
            ChangeByAct(
                concerns=change.concerns,
                participant=change.participant or None,
                before=change.before,
                after=change.after,
            )
            for change in changes(before, after, on)
        ],
        "sentences": [each.sentence for each in effect(view.words, before, after, on)],
        "irregularities": [
            IrregularAct(**row)
            for row in irregularity_rows((*compared.irregularities, *compared.elsewhere), after, view.words)
        ],
    }
