"""The registers at the desk: the participants with their authorities, found as one types; one, with its history."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.authorities import links, proposal
from depositary.authorities.designations import FUNCTIONS, Function
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.validity import Confirmed, Held, confirmations, entries_known, held, mission_entry
from depositary.law.dates import parse_date
from depositary.treaties.names import plain, search
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.authorities.facts import (
    convention,
    facts,
    is_stale,
    mission_facts,
    name_of,
    note_read,
    proposal_lines,
    registers,
    title_of,
)
from depositary.web.staff.authorities.pages import (
    AuthorityShown,
    ContactsPage,
    ContactsPart,
    ProposalLine,
    StateContactsPage,
    StateLine,
)
from depositary.web.staff.desk import Desk
from depositary.web.staff.parts import StepLine
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words import authorities as said

MOST = 200
"""The lines of one page."""


def routes(desk: Desk) -> APIRouter:
    """The routes that show authorities."""
    router = APIRouter()

    @router.get("/staff/contacts")
    def every(request: Request, actor: Actor = may("contacts")) -> Response:
        words, typed = actor.words, request.query_params.get("q", "")[:100]
        functions = tuple(words.gettext(said.FUNCTIONS[one]) for one in FUNCTIONS)
        lines, more = state_lines(desk, words, typed)
        if "hx-request" in request.headers:
            return answer(ContactsPart(desk.frame_of(actor), functions, lines, more))
        waiting = proposal.proposals(registers(desk), *proposal.OPEN)
        return answer(
            ContactsPage(
                desk.frame_of(actor),
                typed,
                functions,
                lines,
                more,
                proposal_lines(desk, words, waiting),
                tuple(replies(desk, words)),
                sections(words),
            )
        )

    @router.get("/staff/contacts/of/{code}")
    def one(request: Request, code: str, actor: Actor = may("contacts")) -> Response:
        if code not in desk.collection.participants:
            raise Missing
        note_read(desk, actor, code)
        return answer(state_page(desk, actor, code, request))

    return router


def sections(words: Language) -> tuple[Link, ...]:
    """What else there is of the registers."""
    say = words.gettext
    return (
        Link(say("Obligations"), "/staff/contacts/obligations"),
        Link(say("Lists"), "/staff/contacts/lists"),
        Link(say("Confirmations and checks"), "/staff/contacts/asking"),
        Link(say("Emergency"), "/staff/emergency"),
    )


def state_lines(desk: Desk, words: Language, typed: str) -> tuple[tuple[StateLine, ...], str]:
    """The participants that fit: by name in any language, code, or the name of an authority; and how many more do."""
    today, entries = clock.today(), registers(desk).entries()
    effects, confirmed = convention(desk), confirmations(entries)
    of: dict[str, list[Held]] = {}
    for one in held(entries):
        if one.on(today):
            of.setdefault(one.entry.participant, []).append(one)
    if typed.strip():
        found = search(desk.collection.participants, typed, today)
        wanted = plain(typed)
        found += [
            code
            for code, ours in of.items()
            if code not in found
            and any(wanted in plain(f"{o.designation.authority} {o.designation.unit}") for o in ours)
        ]
    else:
        taking_part = {code for code in effects.codes if effects.standing(code, today) != "none"}
        found = sorted(taking_part | set(of), key=lambda code: plain(name_of(desk, words, code)))
    lines = tuple(
        state_line(
            name_of(desk, words, code),
            code,
            words.standing(effects.standing(code, today)),
            words,
            of.get(code, []),
            confirmed,
        )
        for code in found[:MOST]
    )
    rest = len(found) - MOST
    return lines, words.ngettext("and %(number)d more", "and %(number)d more", rest) if rest > 0 else ""


def state_line(
    name: str, code: str, standing: str, words: Language, ours: Sequence[Held], confirmed: dict[int, Confirmed]
) -> StateLine:
    """One participant in the list."""
    oldest = min((confirmed[one.entry.number].at for one in ours), default=None)
    return StateLine(
        Link(name, f"/staff/contacts/of/{code}"),
        code,
        standing,
        tuple("; ".join(o.designation.authority for o in ours if o.designation.function == each) for each in FUNCTIONS),
        words.short_date(clock.day_of(oldest)) if oldest else "",
        oldest is not None and is_stale(oldest),
    )


def replies(desk: Desk, words: Language) -> Iterable[ProposalLine]:
    """What missions would have changed, and nobody has taken up since."""
    store = registers(desk)
    changed = {one.entry.participant: one.proposed_at for one in reversed(proposal.proposals(store))}
    for link in links.inquiries(store, "confirmation"):
        if link.said == "changes" and link.answered_at:
            since = changed.get(link.participant)
            if since is None or since < link.answered_at:
                yield ProposalLine(
                    Link(name_of(desk, words, link.participant), f"/staff/contacts/replies/{link.token}"),
                    words.gettext("would have something changed"),
                    "",
                    link.participant,
                    words.date(clock.day_of(link.answered_at)),
                )


def state_page(desk: Desk, actor: Actor, code: str, request: Request) -> StateContactsPage:
    """One participant's authorities and mission on a day, as they were known, with all that was recorded."""
    words, asked = actor.words, request.query_params
    on, at = clock.today(), None
    try:
        on = parse_date(asked["on"]) if asked.get("on") else on
        at = clock.parse_instant(asked["known_at"]) if asked.get("known_at") else None
    except ValueError:
        raise Missing from None
    store = registers(desk)
    every = store.entries()
    ours = [entry for entry in entries_known(every, at) if entry.participant == code]
    confirmed, now = confirmations(ours), on == clock.today() and at is None
    groups = []
    for function in FUNCTIONS:
        shown = tuple(
            authority_shown(words, one, confirmed[one.entry.number], now)
            for one in held(ours)
            if one.on(on) and one.designation.function == function
        )
        add = Link(words.gettext("Designate"), f"/staff/contacts/of/{code}/new/{slug(function)}") if now else None
        groups.append((words.gettext(said.FUNCTIONS[function]), add, shown))
    groups.append(mission_group(words, ours, code, confirmed, now))
    return StateContactsPage(
        desk.frame_of(actor),
        name_of(desk, words, code, on),
        code,
        words.standing(convention(desk, on).standing(code, on)),
        on.isoformat(),
        asked.get("known_at", ""),
        tuple(groups),
        proposal_lines(desk, words, proposal.proposals(store, participant=code)),
        history(desk, words, ours),
    )


def mission_group(
    words: Language, ours: Sequence[AuthorityEntry], code: str, confirmed: dict[int, Confirmed], now: bool
) -> tuple[str, Link | None, tuple[AuthorityShown, ...]]:
    """The permanent mission, beside the authorities."""
    entry = mission_entry(ours, code)
    change = Link(words.gettext("Change") if entry else words.gettext("Enter"), f"/staff/contacts/of/{code}/mission")
    shown: tuple[AuthorityShown, ...] = ()
    if entry and entry.mission:
        at = confirmed[entry.number].at
        since = words.date(clock.day_of(at))
        shown = (
            AuthorityShown(entry.mission.name, entry.number, "", since, False, mission_facts(words, entry.mission), ()),
        )
    return words.gettext("Permanent mission"), change if now else None, shown


def authority_shown(words: Language, one: Held, confirmed: Confirmed, now: bool) -> AuthorityShown:
    """An authority, with when it holds and when it was last confirmed, by whom and how."""
    number, say = one.entry.number, words.gettext
    period = say("from %(day)s", day=words.date(one.since))
    if one.until:
        period = say("from %(since)s to %(until)s", since=words.date(one.since), until=words.date(one.until))
    by = f"{confirmed.by}, {confirmed.how}" if confirmed.how else say("recorded")
    actions = (
        (say("Change"), "change"),
        (say("Rectify"), "rectify"),
        (say("Withdraw"), "withdraw"),
        (say("Strike out"), "strike"),
        (say("Confirm"), "confirm"),
    )
    return AuthorityShown(
        one.designation.authority,
        number,
        period,
        f"{words.date(clock.day_of(confirmed.at))} ({by})",
        is_stale(confirmed.at),
        facts(words, one.designation),
        tuple(Link(label, f"/staff/contacts/entries/{number}/{what}") for label, what in actions) if now else (),
    )


def history(desk: Desk, words: Language, ours: Sequence[AuthorityEntry]) -> tuple[StepLine, ...]:
    """All that was recorded of a participant, the latest first."""
    by_number = {entry.number: entry for entry in ours}
    return tuple(
        StepLine(
            f"{entry.number}. {title_of(desk, words, entry, by_number.get(entry.concerns))}",
            entry.recorded_by,
            moment_said(words, entry.recorded_at),
            entry.reason or entry.how,
        )
        for entry in reversed(ours)
    )


def moment_said(words: Language, at: datetime) -> str:
    return words.instant(at)


def slug(function: Function) -> str:
    """A function as part of an address."""
    return function.replace(" ", "-")


def function_of(slugged: str) -> Function:
    """The function of a slug. Raises Missing."""
    for one in FUNCTIONS:
        if slug(one) == slugged:
            return one
    raise Missing
