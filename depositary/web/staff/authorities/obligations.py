"""The board of obligations: what each participant owes the depositary, what it furnished, and the letter that asks."""

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.authorities.obligations import DUTIES, Duty, Owed, board, owed
from depositary.authorities.validity import missions
from depositary.correspondence.mission_letters import owed_file
from depositary.errors import DepositaryError
from depositary.treaties.names import plain
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.authorities.facts import convention, name_of, note_read, registers
from depositary.web.staff.authorities.pages import BoardLine, BoardPage, ObligationShown, OwedPage
from depositary.web.staff.authorities.registers import slug
from depositary.web.staff.desk import Desk
from depositary.web.staff.letters import send_shown, with_letters_sent
from depositary.web.staff.parts import LetterShown
from depositary.web.staff.rendering import answer
from depositary.web.staff.typed_dates import typed_day
from depositary.words import Language, authorities, language


def routes(desk: Desk) -> APIRouter:
    """The routes of the board."""
    router = APIRouter()

    @router.get("/staff/contacts/obligations")
    def page(request: Request, actor: Actor = may("contacts")) -> Response:
        try:
            on = typed_day(request.query_params.get("on", "")) or clock.today()
        except ValueError as fault:
            return answer(board_page(desk, actor, clock.today(), fault.args[0]), 422)
        return answer(board_page(desk, actor, on))

    @router.get("/staff/contacts/obligations/{code}")
    def page_of_one(code: str, actor: Actor = may("contacts")) -> Response:
        if code not in desk.collection.participants:
            raise Missing
        note_read(desk, actor, f"{code}: obligations")
        return answer(owed_page(desk, actor, code))

    @router.post("/staff/contacts/obligations/{code}/letter")
    def send_letter(code: str, actor: Actor = may("contacts", binding=True)) -> Response:
        if code not in desk.collection.participants:
            raise Missing
        try:
            send_shown(desk, actor, owed_letters(desk, code), owed_file(code), code)
        except DepositaryError as fault:
            return answer(owed_page(desk, actor, code, fault.sentence), 409)
        return RedirectResponse(f"/staff/contacts/obligations/{code}#letter-{code}", 303)

    return router


def board_page(desk: Desk, actor: Actor, on: date, fault: str = "") -> BoardPage:
    """What each participant owes on a day. The audit notes that somebody read it."""
    words, effects = actor.words, convention(desk, on)
    obligations = board(effects, registers(desk).entries(), on)
    codes = sorted(obligations, key=lambda code: plain(name_of(desk, words, code, on)))
    note_read(desk, actor, f"obligations: {len(obligations)} participants")
    return BoardPage(
        desk.frame_of(actor),
        on.isoformat(),
        tuple((duty.provision, words.gettext(authorities.DUTIES[duty.provision])) for duty in DUTIES),
        tuple(
            BoardLine(
                Link(name_of(desk, words, code, on), f"/staff/contacts/obligations/{code}"),
                words.standing(effects.standing(code, on)),
                tuple(cell(words, duty, obligations[code]) for duty in DUTIES),
                overdue_since(words, obligations[code]),
            )
            for code in codes
        ),
        fault,
    )


def owed_page(desk: Desk, actor: Actor, code: str, fault: str = "") -> OwedPage:
    """What one participant owes today, and the letter that asks for it in the language of its mission."""
    entries = registers(desk).entries()
    obligations = owed(convention(desk), entries, code, clock.today())
    return OwedPage(
        desk.frame_of(actor),
        name_of(desk, actor.words, code),
        f"/staff/contacts/of/{code}",
        tuple(obligation_shown(actor.words, code, obligation) for obligation in obligations),
        with_letters_sent(
            desk, actor, owed_letters(desk, code), owed_file(code), f"/staff/contacts/obligations/{code}/letter"
        ),
        fault,
    )


def owed_letters(desk: Desk, code: str) -> list[LetterShown]:
    """The letter that asks a participant for what it owes today, in the language of its mission; none for nothing."""
    entries = registers(desk).entries()
    mission = missions(entries).get(code)
    theirs = language(mission.language if mission else "en")
    text = letter(desk, theirs, code, owed(convention(desk), entries, code, clock.today()))
    return [LetterShown(code, text, theirs.code, theirs.direction)] if text else []


def cell(words: Language, duty: Duty, obligations: tuple[Owed, ...]) -> tuple[str, str]:
    """The state of a duty on the board, and the word for it; `none` for a duty that the participant does not have."""
    for obligation in obligations:
        if obligation.duty == duty:
            return obligation.state.replace(" ", "-"), words.gettext(authorities.OWED[obligation.state])
    return "none", ""


def overdue_since(words: Language, obligations: tuple[Owed, ...]) -> str:
    """The first day since which something is overdue; "" for nothing."""
    days = [one.since for one in obligations if one.state == "overdue" and one.since]
    return words.short_date(min(days)) if days else ""


def obligation_shown(words: Language, code: str, obligation: Owed) -> ObligationShown:
    """An obligation with what was furnished for it."""
    say, duty = words.gettext, obligation.duty
    due = say(authorities.WHEN[duty.when])
    return ObligationShown(
        duty.provision,
        say(authorities.DUTIES[duty.provision]),
        f"{due}: {words.date(obligation.since)}" if obligation.since else due,
        obligation.state.replace(" ", "-"),
        say(authorities.OWED[obligation.state]),
        tuple(
            " · ".join(filter(None, (furnished.what, furnished.by, words.date(furnished.on))))
            for furnished in obligation.furnished
        ),
        f"/staff/contacts/of/{code}/new/{slug(duty.function)}"
        if obligation.state == "to enter" and duty.function
        else "",
    )


def letter(desk: Desk, words: Language, code: str, obligations: tuple[Owed, ...]) -> str:
    """The letter that asks for what was not received, in the language of the mission; "" where nothing is missing."""
    missing = [
        (obligation.duty.provision, authorities.DUTIES[obligation.duty.provision])
        for obligation in obligations
        if obligation.state in ("overdue", "not received") and obligation.duty.when != "continuing"
    ]
    if not missing:
        return ""
    formal = desk.collection.participants[code].name_on(clock.today()).formal if words.code == "en" else ""
    treaty = words.treaty(desk.collection.treaties[desk.chosen("")])
    return authorities.request(words, formal or name_of(desk, words, code), treaty, missing)
