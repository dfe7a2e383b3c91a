"""The registers at the desk: the participants with their authorities, and each participant with its history."""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.authorities import proposal
from depositary.authorities.designations import FUNCTIONS, Function
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.validity import Confirmed, Held, confirmations, entries_known, held, mission_entry
from depositary.correspondence.inquiries import replies_to_follow
from depositary.treaties.names import plain
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
    ParticipantLine,
    ProposalLine,
    StateContactsPage,
)
from depositary.web.staff.desk import Desk
from depositary.web.staff.parts import StepLine
from depositary.web.staff.rendering import answer
from depositary.web.staff.typed_dates import typed_day, typed_instant
from depositary.words import Language, authorities

MOST = 200
"""The lines of one page."""


def routes(desk: Desk) -> APIRouter:
    """The routes that show authorities."""
    router = APIRouter()

    @router.get("/staff/contacts")
    def page(request: Request, actor: Actor = may("contacts")) -> Response:
        typed = request.query_params.get("q", "")[:100]
        part = contacts_part(desk, actor, typed)
        return answer(part if "hx-request" in request.headers else contacts_page(desk, actor, typed, part))

    @router.get("/staff/contacts/of/{code}")
    def page_of_one(request: Request, code: str, actor: Actor = may("contacts")) -> Response:
        if code not in desk.collection.participants:
            raise Missing
        note_read(desk, actor, code)
        page = state_page(desk, actor, code, request)
        return answer(page, 422 if page.fault else 200)

    return router


def contacts_part(desk: Desk, actor: Actor, typed: str) -> ContactsPart:
    """The participants that match what is typed, each with its authorities."""
    functions = tuple(actor.words.gettext(authorities.FUNCTIONS[function]) for function in FUNCTIONS)
    lines, more = participant_lines(desk, actor.words, typed)
    return ContactsPart(desk.frame_of(actor), functions, lines, more)


def contacts_page(desk: Desk, actor: Actor, typed: str, part: ContactsPart) -> ContactsPage:
    """The page of the registers: its participants, the open proposals, and what missions replied."""
    words, waiting = actor.words, proposal.proposals(registers(desk), *proposal.OPEN)
    return ContactsPage(
        part.frame,
        typed,
        part.functions,
        part.states,
        part.more,
        proposal_lines(desk, words, waiting),
        tuple(replies(desk, words)),
        sections(words),
    )


def sections(words: Language) -> tuple[Link, ...]:
    """The other pages of the registers."""
    say = words.gettext
    return (
        Link(say("Obligations"), "/staff/contacts/obligations"),
        Link(say("Lists"), "/staff/contacts/lists"),
        Link(say("Confirmations and checks"), "/staff/contacts/asking"),
        Link(say("Emergency"), "/staff/emergency"),
    )


def participant_lines(desk: Desk, words: Language, typed: str) -> tuple[tuple[ParticipantLine, ...], str]:
    """The participants that match by name in any language, by code or by authority; and how many more there are."""
    today, entries = clock.today(), registers(desk).entries()
    effects, confirmed = convention(desk), confirmations(entries)
    by_code: dict[str, list[Held]] = {}
    for authority in held(entries):
        if authority.on(today):
            by_code.setdefault(authority.entry.participant, []).append(authority)
    if typed.strip():
        codes = desk.collection.gazetteer.search(typed, today)
        codes += [code for code, ours in by_code.items() if code not in codes and any_named(ours, typed)]
    else:
        taking_part = {code for code in effects.codes if effects.standing(code, today) != "none"}
        codes = sorted(taking_part | set(by_code), key=lambda code: plain(name_of(desk, words, code)))
    lines = tuple(
        participant_line(
            name_of(desk, words, code),
            code,
            words.standing(effects.standing(code, today)),
            words,
            by_code.get(code, []),
            confirmed,
        )
        for code in codes[:MOST]
    )
    rest = len(codes) - MOST
    return lines, words.ngettext("and %(number)d more", "and %(number)d more", rest) if rest > 0 else ""


def any_named(ours: Sequence[Held], typed: str) -> bool:
    """Whether the name or the unit of one of the authorities contains what is typed."""
    wanted = plain(typed)
    return any(wanted in plain(f"{one.designation.authority} {one.designation.unit}") for one in ours)


def participant_line(
    name: str, code: str, standing: str, words: Language, ours: Sequence[Held], confirmed: dict[int, Confirmed]
) -> ParticipantLine:
    """One participant in the list."""
    oldest = min((confirmed[one.entry.number].at for one in ours), default=None)
    return ParticipantLine(
        Link(name, f"/staff/contacts/of/{code}"),
        code,
        standing,
        tuple("; ".join(authorities_of(ours, function)) for function in FUNCTIONS),
        words.short_date(clock.day_of(oldest)) if oldest else "",
        oldest is not None and is_stale(oldest),
    )


def authorities_of(ours: Sequence[Held], function: Function) -> Iterator[str]:
    """The names of the authorities that have a function."""
    return (one.designation.authority for one in ours if one.designation.function == function)


def replies(desk: Desk, words: Language) -> Iterator[ProposalLine]:
    """The replies of missions that ask for a change and were followed by no proposal."""
    for inquiry in replies_to_follow(registers(desk)):
        code, at = inquiry.participant, inquiry.answered_at
        yield ProposalLine(
            Link(name_of(desk, words, code), f"/staff/contacts/replies/{inquiry.token}"),
            words.gettext("asks for a change"),
            "",
            code,
            words.date(clock.day_of(at)) if at else "",
        )


def state_page(desk: Desk, actor: Actor, code: str, request: Request) -> StateContactsPage:
    """One participant's authorities and mission on a day, as they were known, with all that was recorded."""
    words, query = actor.words, request.query_params
    on, at, fault = clock.today(), None, ""
    try:
        on = typed_day(query.get("on", "")) or on
        at = typed_instant(query.get("known_at", ""))
    except ValueError as wrong:
        fault = wrong.args[0]
    store = registers(desk)
    ours = [entry for entry in entries_known(store.entries(), at) if entry.participant == code]
    confirmed, now = confirmations(ours), on == clock.today() and at is None
    groups = []
    for function in FUNCTIONS:
        shown = tuple(
            authority_shown(words, authority, confirmed[authority.entry.number], now)
            for authority in held(ours)
            if authority.on(on) and authority.designation.function == function
        )
        add = Link(words.gettext("Designate"), f"/staff/contacts/of/{code}/new/{slug(function)}") if now else None
        groups.append((words.gettext(authorities.FUNCTIONS[function]), add, shown))
    groups.append(mission_group(words, ours, code, confirmed, now))
    return StateContactsPage(
        desk.frame_of(actor),
        name_of(desk, words, code, on),
        code,
        words.standing(convention(desk, on).standing(code, on)),
        on.isoformat(),
        query.get("known_at", ""),
        tuple(groups),
        proposal_lines(desk, words, proposal.proposals(store, participant=code)),
        history(desk, words, ours),
        fault,
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


def authority_shown(words: Language, authority: Held, confirmed: Confirmed, now: bool) -> AuthorityShown:
    """An authority: from when to when it is valid, and when, by whom and how it was last confirmed."""
    number, say = authority.entry.number, words.gettext
    period = say("from %(day)s", day=words.date(authority.since))
    if authority.until:
        period = say(
            "from %(since)s to %(until)s", since=words.date(authority.since), until=words.date(authority.until)
        )
    by = authorities.confirmed(words, confirmed.by, confirmed.how) if confirmed.how else say("recorded")
    actions = (
        (say("Change"), "change"),
        (say("Rectify"), "rectify"),
        (say("Withdraw"), "withdraw"),
        (say("Strike out"), "strike"),
        (say("Confirm"), "confirm"),
    )
    return AuthorityShown(
        authority.designation.authority,
        number,
        period,
        f"{words.date(clock.day_of(confirmed.at))} ({by})",
        is_stale(confirmed.at),
        facts(words, authority.designation),
        tuple(Link(label, f"/staff/contacts/entries/{number}/{what}") for label, what in actions) if now else (),
    )


def history(desk: Desk, words: Language, ours: Sequence[AuthorityEntry]) -> tuple[StepLine, ...]:
    """All that was recorded of a participant, the latest first."""
    by_number = {entry.number: entry for entry in ours}
    return tuple(
        StepLine(
            f"{entry.number}. {title_of(desk, words, entry, by_number.get(entry.concerns))}",
            entry.recorded_by,
            words.instant(entry.recorded_at),
            entry.reason or entry.how,
        )
        for entry in reversed(ours)
    )


def slug(function: Function) -> str:
    """A function as part of an address."""
    return function.replace(" ", "-")


def function_of(slugged: str) -> Function:
    """The function of a slug. Raises Missing."""
    for function in FUNCTIONS:
        if slug(function) == slugged:
            return function
    raise Missing
