"""Treaties and their participants as data."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from depositary.law.clauses import Clauses
from depositary.law.participants import Kind, Participant
from depositary.treaties.answer import participant
from depositary.web.addresses import slug
from depositary.web.api.calls import Here, Pages, Question, Treaty, Whose, call
from depositary.web.api.envelope import (
    ActRef,
    Asked,
    Code,
    OfTreaty,
    Page,
    Part,
    TreatyPage,
    act_ref,
    of_all,
    of_treaty,
)
from depositary.web.api.status_answer import EntryIntoForceOfTreaty, NotExpressed, ParticipantStatus, Status, Totals
from depositary.web.formats.data import status_data
from depositary.web.public.routes import json_of
from depositary.web.query import PageQuery
from depositary.web.view import Site, View, look


class TreatyOverview(Part):
    """A treaty with its numbers on the day."""

    id: Annotated[str, Field(examples=["XVIII-16"])]
    name: Annotated[str, Field(description="Its short title, in the language asked for where there is one.")]
    title: str
    adopted: date | None
    parent: Annotated[str | None, Field(description="Of a protocol: its convention.")]
    entry_into_force: EntryIntoForceOfTreaty
    totals: Totals
    not_expressed: list[NotExpressed]
    complete_as_of: Annotated[date | None, Field(description="The last day up to which the acts are complete.")]
    missing: Annotated[str | None, Field(description="The page that tells what is known to be missing of the acts.")]
    articles: Annotated[list[str], Field(description="The articles whose text is here.")]
    page: Annotated[str, Field(description="The address of its page.")]


class TreatyAnswer(OfTreaty):
    """One treaty with its numbers on the day."""

    overview: TreatyOverview


class ClausesAnswer(OfTreaty):
    """The final clauses of a treaty, as its clause file has them."""

    clauses: Clauses


class DateOfParticipant(Part):
    """A date of effect of a participant; null: it does not follow, or not yet."""

    concerns: Annotated[str, Field(examples=["entry_into_force"])]
    words: str
    date: date | None
    reasons: Annotated[str, Field(description="The address of its reasons.")]


class ParticipantUnderTreaty(OfTreaty):
    """One participant under a treaty: its status, its acts and its dates."""

    participant: ParticipantStatus
    acts: list[ActRef]
    dates: list[DateOfParticipant]


class ParticipantNames(Part):
    """A State or an organization, and what it is called."""

    code: Code
    kind: Kind
    name: Annotated[str, Field(description="Its name on the day, in the language asked for.")]
    formal_name: str
    since: Annotated[date | None, Field(description="The first day of its existence, where that is dated here.")]
    until: Annotated[date | None, Field(description="The last day of its existence; null while it exists.")]
    members: Annotated[list[str], Field(description="Of an organization: its members on the day.")]


class StandingUnderTreaty(Part):
    """What a participant is under one treaty."""

    treaty: str
    name: str
    complete_as_of: date | None
    status: ParticipantStatus


class ParticipantAnswer(Asked):
    """One participant, and what it is under each treaty under which it acted."""

    participant: ParticipantNames
    treaties: list[StandingUnderTreaty]


def routes(router: APIRouter) -> None:
    """The calls about treaties and participants."""

    @call(router, "/treaties", "Treaties")
    def treaties(site: Here, question: Question, pages: Pages) -> Page[TreatyOverview]:
        """All treaties, by chapter and number, each with its numbers on the day."""
        cut = pages.cut(site.collection.in_order, str)
        items = [overview(look(site, question, treaty, pages.here)) for treaty in cut["items"]]
        return Page(**of_all(site, question), items=items, next=cut["next"])

    @call(router, "/treaties/{treaty}", "Treaties")
    def treaty(view: Treaty) -> TreatyAnswer:
        """One treaty with its numbers on the day."""
        return TreatyAnswer(**of_treaty(view), overview=overview(view))

    @call(router, "/treaties/{treaty}/clauses", "Treaties")
    def clauses(view: Treaty) -> ClausesAnswer:
        """The final clauses of a treaty, from which every date is derived."""
        return ClausesAnswer(**of_treaty(view), clauses=view.clauses)

    @call(router, "/treaties/{treaty}/status", "Treaties")
    def status(request: Request, view: Treaty) -> Status:
        """The whole legal status of a treaty on a day."""
        return json_of(request, view)  # type: ignore[return-value]

    @call(router, "/treaties/{treaty}/participants", "Participants")
    def participants_of_treaty(view: Treaty, pages: Pages) -> TreatyPage[ParticipantStatus]:
        """The participants that acted under a treaty, by code, each with its standing and dates."""
        cut = pages.cut(view.effects.codes, str)
        rows = [participant_status(view, code) for code in cut["items"]]
        return TreatyPage(**of_treaty(view), items=rows, next=cut["next"])

    @call(router, "/treaties/{treaty}/participants/{code}", "Participants")
    def participant_of_treaty(view: Treaty, whose: Whose) -> ParticipantUnderTreaty:
        """One participant under a treaty: its status, its acts and its dates."""
        return ParticipantUnderTreaty(
            **of_treaty(view),
            participant=participant_status(view, whose.code),
            acts=[act_ref(view, act) for act in view.effects.case.acts if act.participant == whose.code],
            dates=list(dates_of(view, whose.code)),
        )

    @call(router, "/participants", "Participants")
    def participants(site: Here, question: Question, pages: Pages) -> Page[ParticipantNames]:
        """All States and organizations that are known here, by code."""
        cut = pages.cut(sorted(site.collection.participants), str)
        items = [names(site, question, site.collection.participants[code]) for code in cut["items"]]
        return Page(**of_all(site, question), items=items, next=cut["next"])

    @call(router, "/participants/{code}", "Participants")
    def one_participant(site: Here, question: Question, whose: Whose) -> ParticipantAnswer:
        """One participant, and what it is under each treaty under which it acted."""
        views = [look(site, question, treaty, "") for treaty in site.collection.in_order]
        return ParticipantAnswer(
            **of_all(site, question),
            participant=names(site, question, whose),
            treaties=[standing(view, whose.code) for view in views if whose.code in view.effects.codes],
        )


def overview(view: View) -> TreatyOverview:
    """A treaty with its numbers on the day."""
    told = status_data(view)
    return TreatyOverview(
        id=view.clauses.id,
        name=view.words.treaty(view.clauses),
        title=view.clauses.title,
        adopted=view.clauses.adopted,
        parent=view.clauses.parent or None,
        entry_into_force=told["entry_into_force"],
        totals=told["totals"],
        not_expressed=told["not_expressed"],
        complete_as_of=view.complete_as_of,
        missing=view.site.base_url + view.addresses.missing if view.completeness.gaps else None,
        articles=list(view.site.text(view.clauses.id)),
        page=view.site.base_url + view.addresses.status,
    )


def participant_status(view: View, code: str) -> ParticipantStatus:
    """The status of a participant, with its name in the language asked for."""
    return ParticipantStatus.model_validate(participant(view.effects, code, view.on, view.words))


def dates_of(view: View, code: str) -> list[DateOfParticipant]:
    """The dates of effect of a participant; of the treaty itself for no code."""
    return [
        DateOfParticipant(
            concerns=concerns, words=view.words.concerns(concerns), date=day, reasons=reasons_of(view, concerns, code)
        )
        for (concerns, whose), day in view.effects.dates.items()
        if whose == code
    ]


def reasons_of(view: View, concerns: str, code: str = "") -> str:
    """The address of the reasons of a date, in this API."""
    whose = f"/participants/{code}" if code else ""
    return f"/api/v1/treaties/{view.clauses.id}{whose}/reasons/{slug(concerns)}{view.asked.query}"


def names(site: Site, asked: PageQuery, whose: Participant) -> ParticipantNames:
    """A participant and what it is called."""
    known = site.collection.participants
    return ParticipantNames(
        code=whose.code,
        kind=whose.kind,
        name=asked.language.name(known, whose.code, asked.on),
        formal_name=whose.name_on(asked.on).formal,
        since=None if whose.since == date.min else whose.since,
        until=whose.until,
        members=sorted(known.members(whose.code, asked.on)) if whose.is_organization else [],
    )


def standing(view: View, code: str) -> StandingUnderTreaty:
    """What a participant is under a treaty."""
    return StandingUnderTreaty(
        treaty=view.clauses.id,
        name=view.words.treaty(view.clauses),
        complete_as_of=view.complete_as_of,
        status=participant_status(view, code),
    )
