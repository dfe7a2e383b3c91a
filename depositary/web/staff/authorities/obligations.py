"""The board of obligations: what each participant owes the depositary, what it furnished, and the letter that asks."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.authorities.obligations import DUTIES, Duty, Owed, board, owed
from depositary.authorities.proposal import OPEN, proposals
from depositary.authorities.validity import confirmations, missions, valid
from depositary.law.dates import parse_date
from depositary.treaties.names import plain
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.authorities.facts import convention, is_stale, name_of, note_read, registers
from depositary.web.staff.authorities.pages import BoardLine, BoardPage, ObligationShown, OwedPage
from depositary.web.staff.desk import Desk
from depositary.web.staff.rendering import answer
from depositary.words import Language, language
from depositary.words import authorities as said


def routes(desk: Desk) -> APIRouter:
    """The routes of the board."""
    router = APIRouter()

    @router.get("/staff/contacts/obligations")
    def every(request: Request, actor: Actor = may("contacts")) -> Response:
        words = actor.words
        try:
            on = parse_date(request.query_params["on"]) if request.query_params.get("on") else clock.today()
        except ValueError:
            raise Missing from None
        effects = convention(desk, on)
        found = board(effects, registers(desk).entries(), on)
        order = sorted(found, key=lambda code: plain(name_of(desk, words, code, on)))
        note_read(desk, actor, f"obligations: {len(found)} participants")
        return answer(
            BoardPage(
                desk.frame_of(actor),
                on.isoformat(),
                tuple((duty.provision, words.gettext(said.DUTIES[duty.provision])) for duty in DUTIES),
                tuple(
                    BoardLine(
                        Link(name_of(desk, words, code, on), f"/staff/contacts/obligations/{code}"),
                        words.standing(effects.standing(code, on)),
                        tuple(cell(words, duty, found[code]) for duty in DUTIES),
                        since_said(words, found[code]),
                    )
                    for code in order
                ),
            )
        )

    @router.get("/staff/contacts/obligations/{code}")
    def one(code: str, actor: Actor = may("contacts")) -> Response:
        if code not in desk.collection.participants:
            raise Missing
        entries, today = registers(desk).entries(), clock.today()
        owes = owed(convention(desk), entries, code, today)
        note_read(desk, actor, f"{code}: obligations")
        mission = missions(entries).get(code)
        theirs = language(mission.language if mission else "en")
        return answer(
            OwedPage(
                desk.frame_of(actor),
                name_of(desk, actor.words, code),
                f"/staff/contacts/of/{code}",
                tuple(shown(actor.words, each) for each in owes),
                letter(desk, theirs, code, owes),
                theirs.code,
                theirs.direction,
            )
        )

    return router


def overdue(desk: Desk) -> int:
    """How many participants owe something that is overdue today."""
    found = board(convention(desk), registers(desk).entries(), clock.today())
    return sum(any(each.state == "overdue" for each in owes) for owes in found.values())


def cell(words: Language, duty: Duty, owes: tuple[Owed, ...]) -> tuple[str, str]:
    """What the board shows of a duty: its state, and the word for it; nothing for one that is not theirs."""
    for each in owes:
        if each.duty == duty:
            return each.state.replace(" ", "-"), words.gettext(said.OWED[each.state])
    return "none", ""


def since_said(words: Language, owes: tuple[Owed, ...]) -> str:
    """Since when something is overdue."""
    days = [each.since for each in owes if each.state == "overdue" and each.since]
    return words.short_date(min(days)) if days else ""


def shown(words: Language, each: Owed) -> ObligationShown:
    """A duty with what was furnished for it."""
    say = words.gettext
    due = say(said.WHEN[each.duty.when])
    return ObligationShown(
        each.duty.provision,
        say(said.DUTIES[each.duty.provision]),
        f"{due}: {words.date(each.since)}" if each.since else due,
        each.state.replace(" ", "-"),
        say(said.OWED[each.state]),
        tuple(" · ".join(filter(None, (one.what, one.by, words.date(one.on)))) for one in each.furnished),
    )


def letter(desk: Desk, words: Language, code: str, owes: tuple[Owed, ...]) -> str:
    """The letter that asks for what was not received, in the language of the mission; "" where nothing is asked."""
    missing = [
        (each.duty.provision, said.DUTIES[each.duty.provision])
        for each in owes
        if each.state in ("overdue", "not received") and each.duty.when != "continuing"
    ]
    if not missing:
        return ""
    formal = desk.collection.participants[code].name_on(clock.today()).formal if words.code == "en" else ""
    treaty = words.treaty(desk.collection.treaties[desk.chosen("")])
    return said.request(words, formal or name_of(desk, words, code), treaty, missing)


def tasks(desk: Desk, words: Language) -> tuple[Link, ...]:
    """What is to be done about authorities, as the work list says it: each line with its number, none for nothing."""
    store, say = registers(desk), words.gettext
    entries, today = store.entries(), clock.today()
    confirmed = confirmations(entries)
    stale = sum(is_stale(confirmed[entry.number].at) for entry in valid(entries, today))
    rows = (
        (say("Proposals to be decided: %(number)s", number=(n := len(proposals(store, *OPEN)))), n, ""),
        (say("Participants with something overdue: %(number)s", number=(n := overdue(desk))), n, "/obligations"),
        (say("Authorities unconfirmed for a year: %(number)s", number=stale), stale, "/asking"),
    )
    return tuple(Link(line, f"/staff/contacts{where}") for line, number, where in rows if number)
