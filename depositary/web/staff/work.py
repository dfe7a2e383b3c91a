"""The work list: what awaits somebody, what was done last, and the days that come."""

import sys
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.authorities.designations import FUNCTIONS as DESIGNATED
from depositary.correspondence.tasks import URGENCIES, House, Task, Urgency, tasks, when
from depositary.correspondence.tasks_of_authorities import not_handed_on, of_authorities
from depositary.desk.case import STATES, Case, cases_at_work, cases_done
from depositary.law.clauses import CONVENTION
from depositary.law.effects import Effects
from depositary.law.readings import Moved
from depositary.treaties.memory import once_for_effects
from depositary.web.parts import Link
from depositary.web.staff import case_facts
from depositary.web.staff.access import Actor, may
from depositary.web.staff.authorities.registers import slug
from depositary.web.staff.circulation import alarms
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_kinds import KINDS_OF_ACT
from depositary.web.staff.intake_page import link_to
from depositary.web.staff.pages import WorkPage
from depositary.web.staff.parts import CaseLine, OpenReading, TaskLine
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.authorities import FUNCTIONS

RECENT, SHOWN = 10, 12
"""How many drafts were released last, and how many tasks a group shows."""


def routes(desk: Desk) -> APIRouter:
    """The routes of the work list."""
    router = APIRouter()

    @router.get("/staff")
    def without_slash() -> Response:
        return RedirectResponse("/staff/", 307)

    @router.get("/staff/")
    def page(request: Request, actor: Actor = may()) -> Response:
        if not actor.account.may("read"):
            return RedirectResponse("/staff/accounts", 303)
        with desk.known.held(desk.store.entries):
            return answer(work_page(desk, actor, sys.maxsize if request.query_params.get("all") else SHOWN))

    return router


def work_page(desk: Desk, actor: Actor, shown: int) -> WorkPage:
    """All that there is to do for a person, by their rights; `shown` tasks of each group."""
    words = actor.words
    with desk.store.session() as session:
        cases = (*cases_at_work(session), *cases_done(session, RECENT))

    def lines(*states: str) -> tuple[CaseLine, ...]:
        return tuple(case_line(desk, words, case) for case in cases if case.state in states)

    return WorkPage(
        desk.frame_of(actor),
        desk.alarm,
        lines("submitted"),
        lines("received"),
        lines("open", "refused"),
        lines("released"),
        tuple(open_readings(desk, actor)),
        morning(desk, actor, shown),
        (*forms_of_acts(words), *forms_of_designations(desk, words)) if actor.account.may("draft") else (),
    )


def forms_of_acts(words: Language) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """The forms of the intake, by group."""
    return tuple(
        (words.gettext(group), tuple(link_to(action, CONVENTION, words.action(action)) for action in actions))
        for group, actions in KINDS_OF_ACT
    )


def forms_of_designations(desk: Desk, words: Language) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """The forms of a note that designates authorities and contains no act."""
    if desk.contacts:
        links = (
            Link(words.gettext(FUNCTIONS[function]), f"/staff/designations/{slug(function)}") for function in DESIGNATED
        )
        yield words.gettext("Authorities"), tuple(links)


def case_line(desk: Desk, words: Language, case: Case) -> CaseLine:
    """A case in a list."""
    last = case.last
    return CaseLine(
        Link(str(case.number), f"/staff/cases/{case.number}"),
        case_facts.title_of(desk, words, last.content),
        f"{last.saved_by} → {last.content.handed_to}" if last.content.handed_to else last.saved_by,
        words.stored_instant(last.saved_at),
        words.said(STATES[case.state]),
    )


def open_readings(desk: Desk, actor: Actor) -> Iterator[OpenReading]:
    """The open readings on which a date rests now, each with both results."""
    for treaty in desk.collection.in_order:
        effects = desk.effects(treaty, clock.today())
        for name in dict.fromkeys(result.reading for result in moved_by_open_readings(effects, clock.today())):
            yield open_reading(effects, actor, name)


@once_for_effects
def moved_by_open_readings(effects: Effects, on: date) -> tuple[Moved, ...]:
    """What rests on an open reading under a treaty."""
    return effects.open_readings(on)


def open_reading(effects: Effects, actor: Actor, name: str) -> OpenReading:
    """A reading with the dates that it moves, and the link by which a legal officer rules upon it."""
    words, today, treaty = actor.words, clock.today(), effects.clauses.id
    default, otherwise = words.reading(name)
    lines = tuple(
        words.moved(
            words.name(effects.participants, result.participant, today)
            if result.participant
            else words.treaty(effects.clauses),
            result.concerns,
            result.value,
            result.otherwise,
        )
        for result in moved_by_open_readings(effects, today)
        if result.reading == name
    )
    form = f"/staff/new/ruling?treaty={quote(treaty)}&reading={quote(name)}" if actor.account.may("rule") else ""
    state = words.gettext("ruled upon") if name in effects.rulings else ""
    return OpenReading(
        f"{words.treaty(effects.clauses)}: {words.reading_title(name)}", default, otherwise, lines, state, form
    )


def morning(desk: Desk, actor: Actor, shown: int) -> tuple[tuple[str, tuple[TaskLine, ...]], ...]:
    """The tasks of a person, by their rights, in groups: the most urgent first. A group shows its first tasks."""
    words, today, account = actor.words, clock.today(), actor.account
    house = House(desk.collection, desk.entries, desk.effects, desk.agenda.events, words, today)
    with desk.store.session() as session:
        every = tasks(house, session)
        if desk.contacts:
            every = [*not_handed_on(house, session, desk.contacts), *every]
    if desk.contacts and account.may("contacts"):
        # They come first: each is a line for many letters, and would be lost behind the cases and events of a busy day.
        every = [Task("overdue", link.words, None, link.url, "contacts") for link in alarms(desk, words)] + every
        every += of_authorities(house, desk.contacts)
    lines: dict[Urgency, list[TaskLine]] = {urgency: [] for urgency in URGENCIES}
    for task in (task for task in every if account.may(task.right)):
        lines[task.urgency].append(
            TaskLine(Link(task.said, task.where), when(words, task.on, today) if task.on else "")
        )
    for group in lines.values():
        if (rest := len(group) - shown) > 0:
            more = words.ngettext("and %(number)d more", "and %(number)d more", rest)
            group[shown:] = [TaskLine(Link(more, "/staff/?all=yes"), "")]
    return tuple((urgency, tuple(group)) for urgency, group in lines.items() if group)
