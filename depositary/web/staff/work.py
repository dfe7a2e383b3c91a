"""The work list: what awaits somebody, what was done last, and the days that come."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.desk.case import STATES, Case, cases_at_work, cases_done
from depositary.law.clauses import CONVENTION
from depositary.law.dates import LATEST
from depositary.law.effects import Effects
from depositary.web.parts import Link
from depositary.web.staff import case_facts, intake_forms
from depositary.web.staff.access import Actor, may
from depositary.web.staff.authorities.obligations import tasks
from depositary.web.staff.circulation import alarms
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_page import link_to
from depositary.web.staff.pages import WorkPage
from depositary.web.staff.parts import CaseLine, DayLine, OpenReading
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.labels import CONCERNS

RECENT, DAYS_AHEAD, NAMED = 10, 12, 3


def routes(desk: Desk) -> APIRouter:
    """The routes of the work list."""
    router = APIRouter()

    @router.get("/staff")
    def without_slash() -> Response:
        return RedirectResponse("/staff/", 307)

    @router.get("/staff/")
    def page(actor: Actor = may()) -> Response:
        if not actor.account.may("read"):
            return RedirectResponse("/staff/accounts", 303)
        return answer(work_page(desk, actor))

    return router


def work_page(desk: Desk, actor: Actor) -> WorkPage:
    """All that there is to do for a person, by their rights."""
    words = actor.words
    with desk.store.session() as session:
        cases = (*cases_at_work(session), *cases_done(session, RECENT))
    to_issue = len(desk.agenda.events(clock.today()))

    def lines(*states: str) -> tuple[CaseLine, ...]:
        return tuple(case_line(desk, words, case) for case in cases if case.state in states)

    keeps_authorities = desk.contacts and actor.account.may("contacts")
    return WorkPage(
        desk.frame_of(actor),
        desk.alarm,
        lines("submitted"),
        (Link(f"{words.gettext('To be issued')}: {to_issue}", "/staff/notifications"),) if to_issue else (),
        lines("received"),
        lines("open", "refused"),
        lines("released"),
        tuple(open_readings(desk, actor)),
        tuple(coming_days(desk, words)),
        (*alarms(desk, words), *tasks(desk, words)) if keeps_authorities else (),
        forms_of_acts(words) if actor.account.may("draft") else (),
    )


def forms_of_acts(words: Language) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """The forms of the intake, by group."""
    return tuple(
        (words.gettext(group), tuple(link_to(action, CONVENTION, words.action(action)) for action in actions))
        for group, actions in intake_forms.KINDS_OF_ACT
    )


def case_line(desk: Desk, words: Language, case: Case) -> CaseLine:
    """A case in a list."""
    last = case.last
    return CaseLine(
        Link(str(case.number), f"/staff/cases/{case.number}"),
        case_facts.title_of(desk, words, last.content),
        last.saved_by,
        words.stored_instant(last.saved_at),
        words.said(STATES[case.state]),
    )


def open_readings(desk: Desk, actor: Actor) -> Iterator[OpenReading]:
    """The open readings on which a date rests now, each with both results."""
    for treaty in desk.collection.in_order:
        effects = desk.effects(treaty, clock.today())
        for name in dict.fromkeys(result.reading for result in effects.open_readings(clock.today())):
            yield open_reading(effects, actor, name)


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
        for result in effects.open_readings(today)
        if result.reading == name
    )
    form = f"/staff/new/ruling?treaty={quote(treaty)}&reading={quote(name)}" if actor.account.may("rule") else ""
    state = words.gettext("ruled upon") if name in effects.rulings else ""
    return OpenReading(f"{words.treaty(effects.clauses)}: {name}", default, otherwise, lines, state, form)


def coming_days(desk: Desk, words: Language) -> list[DayLine]:
    """The next days on which something happens with no further act, under all treaties, and what happens."""
    names_by_event: dict[tuple[date, str], list[str]] = {}
    for treaty in desk.collection.in_order:
        for day, event, name in events(desk.effects(treaty, clock.today()), words):
            names_by_event.setdefault((day, event), []).extend([name] if name else [])
    lines = []
    for (day, event), names in sorted(names_by_event.items())[:DAYS_AHEAD]:
        several = words.ngettext("%(number)d participant", "%(number)d participants", len(names))
        whose = words.listed(names) if len(names) <= NAMED else several
        lines.append(DayLine(day, f"{event}{f' ({whose})' if names else ''}"))
    return lines


def events(effects: Effects, words: Language) -> Iterator[tuple[date, str, str]]:
    """What happens under a treaty after today: the day, the event, and the participant's name or ""."""
    today, treaty = clock.today(), words.treaty(effects.clauses)
    for (concerns, code), day in effects.dates.items():
        if day is not None and day > today:
            event = words.gettext(CONCERNS.get(concerns.partition(" ")[0].partition(":")[0], concerns))
            yield day, f"{treaty}: {event}", words.name(effects.participants, code, today) if code else ""
    closing = words.gettext("last day of signature")
    for period in effects.clauses.signature.periods if effects.clauses.signature else ():
        if today <= period.until < LATEST:
            yield period.until, f"{treaty}: {closing}", ""
