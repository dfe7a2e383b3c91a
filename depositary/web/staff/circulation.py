"""The annual circulation at the desk: prepared by one, approved by another, and every copy until it is settled."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.correspondence.circulation import editions
from depositary.correspondence.circulation.confirmation_round import ConfirmationRound, unanswered
from depositary.correspondence.circulation.due import Due, due_at
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.circulation.preparation import new_edition
from depositary.correspondence.mail.outcomes import SETTLED
from depositary.correspondence.mail.steps import letters
from depositary.errors import BadInput, DepositaryError
from depositary.law.clauses import CONVENTION
from depositary.treaties.written_dates import one_meaning
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, may
from depositary.web.staff.authorities.inquiries import house_of
from depositary.web.staff.circulation_pages import CirculationPage, DueLine, EditionLine
from depositary.web.staff.desk import Desk
from depositary.web.staff.edition import address_of, entitling_now, letters_of, registers_now
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.circulation import DUE, EDITION_STATES


def routes(desk: Desk) -> APIRouter:
    """The routes of the circulation. Every change needs both factors shown again."""
    router = APIRouter()

    @router.get("/staff/circulation")
    def page(actor: Actor = may("contacts")) -> Response:
        return circulation_page(desk, actor, clock.today().isoformat(), (), 200)

    @router.post("/staff/circulation")
    def prepare(actor: Actor = may("contacts", binding=True)) -> Response:
        try:
            kept = prepare_edition(desk, actor)
        except BadInput as fault:
            return circulation_page(desk, actor, actor.form["on"], fault.faults, 422)
        except DepositaryError as fault:
            if (there := prepared_already(desk, actor)) is not None:
                return RedirectResponse(address_of(there.name), 303)
            return circulation_page(desk, actor, actor.form["on"], (fault.sentence,), 409)
        return RedirectResponse(address_of(kept.name), 303)

    return router


def prepare_edition(desk: Desk, actor: Actor) -> KeptEdition:
    """Prepares the edition of the day that was typed. Raises BadInput and DepositaryError."""
    try:
        on = one_meaning(actor.form["on"].strip())
    except ValueError as fault:
        raise BadInput([fault.args[0]]) from None
    own, officer = registers_now(desk), actor.account.name if actor.form["in_clear"] else ""
    with desk.store.session() as session:
        kept = editions.editions(session, desk.letters)
    edition = new_edition(own, kept, CONVENTION, on.year, on, actor.doing.at, in_clear_by=officer)
    with desk.store.session(writing=True) as session:
        return editions.prepare(session, edition, desk.letters, actor.doing)


def prepared_already(desk: Desk, actor: Actor) -> KeptEdition | None:
    """The edition of the day that was typed, if this person has just prepared it: a second click asks for it again."""
    with desk.store.session() as session:
        last = editions.editions(session, desk.letters)[-1:]
    return next(
        (
            kept
            for kept in last
            if (kept.state, kept.prepared_by, kept.edition.on.isoformat())
            == ("prepared", actor.account.name, actor.form["on"])
        ),
        None,
    )


def due_now(desk: Desk) -> Due:
    """What the circulation needs now."""
    with desk.store.session() as session:
        posted = letters(session, desk.letters)
        kept = editions.editions(session, desk.letters)
    return due_at(entitling_now(desk), kept, posted, CONVENTION, clock.now())


def due_lines(desk: Desk, words: Language, needs: Due) -> list[DueLine]:
    """What is due, in lines: what it is, and whom it concerns."""

    def names(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(words.name(desk.collection.participants, code, needs.on) for code in codes)

    late = tuple(posted for posted in needs.late if posted not in needs.to_resolve)
    rows: list[tuple[str, tuple[str, ...], bool]] = [
        ("overdue", (words.date(needs.next_on),) if needs.is_overdue and needs.next_on else (), True),
        ("resolve", tuple(f"{posted.edition} ({posted.copy})" for posted in needs.to_resolve), True),
        ("unsettled", tuple(f"{posted.edition} ({posted.copy})" for posted in late), True),
        ("unanswered", names(tuple(silent_missions(desk, needs))), False),
        ("address", names(needs.lacking), False),
        ("contact", names(needs.without_contact), False),
        ("certificate", names(needs.without_certificate), False),
        ("unconfirmed", names(tuple(code for code, _, _ in needs.unconfirmed)), False),
    ]
    return [DueLine(words.gettext(DUE[what]), whose, grave) for what, whose, grave in rows if whose]


def silent_missions(desk: Desk, needs: Due) -> list[str]:
    """The participants whose missions were asked to confirm before the next circulation, and gave no answer."""
    if needs.next_on is None:
        return []
    return unanswered(house_of(desk), desk.store, ConfirmationRound(needs.next_on), clock.now())


def alarms(desk: Desk, words: Language) -> tuple[Link, ...]:
    """What the circulation needs from a person now, for the work list: each line with its number."""
    grave = [line for line in due_lines(desk, words, due_now(desk)) if line.grave]
    of_circulation = words.gettext(DUE["overdue"])
    return tuple(
        Link(
            f"{line.what} ({len(line.whose)})",
            "/staff/circulation" if line.what == of_circulation else "/staff/letters",
        )
        for line in grave
    )


def circulation_page(desk: Desk, actor: Actor, on: str, faults: tuple[str, ...], status: int) -> Response:
    """What is due, all editions, and the form that prepares the edition of a day."""
    words, now = actor.words, due_now(desk)
    with desk.store.session() as session:
        every = editions.editions(session, desk.letters)
    lines = tuple(edition_line(desk, words, kept) for kept in reversed(every))
    is_free = not any(line.edition.words.startswith(f"{on[:4]}/") for line in lines) or now.is_overdue
    due_today = tuple(due_lines(desk, words, now))
    page = CirculationPage(desk.frame_of(actor), now.next_on, due_today, lines, is_free, on, faults)
    return answer(page, status)


def edition_line(desk: Desk, words: Language, kept: KeptEdition) -> EditionLine:
    """An edition in the list, with how many of its copies are settled."""
    settled = sum(posted.state in SETTLED for posted in letters_of(desk, kept.name))
    state = words.gettext(EDITION_STATES[kept.state])
    link = Link(kept.name, address_of(kept.name))
    return EditionLine(link, kept.edition.on, state, len(kept.edition.recipients), settled)
