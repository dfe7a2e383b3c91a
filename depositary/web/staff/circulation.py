"""The annual circulation at the desk: prepared by one, approved by another, and every copy until it is settled."""

import logging
from datetime import date

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.correspondence.circulation import decisions, editions
from depositary.correspondence.circulation.dispatch import circulate_edition
from depositary.correspondence.circulation.due import Due, due_at
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.circulation.preparation import Registers, new_edition, read_registers
from depositary.correspondence.mail import decisions as resolving
from depositary.correspondence.mail.outcomes import FOR_A_PERSON, SETTLED
from depositary.correspondence.mail.steps import Posted, counts, letters, posted_letter, said_openly
from depositary.desk.audit import Doing
from depositary.errors import BadInput, DepositaryError
from depositary.law.clauses import CONVENTION
from depositary.law.dates import parse_date
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.circulation_pages import CirculationPage, CopyLine, DueLine, EditionLine, EditionPage
from depositary.web.staff.desk import Desk
from depositary.web.staff.parts import StepLine
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.circulation import CHOICES, DUE, EDITION_STATES, LETTER_STATES, MANNERS

log = logging.getLogger(__name__)

ON_A_LETTER = ("propose", "agree", "received", "bounced")


def routes(desk: Desk) -> APIRouter:
    """The routes of the circulation. All that changes something needs both factors shown again."""
    router = APIRouter()

    @router.get("/staff/circulation")
    def look(actor: Actor = may("contacts")) -> Response:
        return circulation_page(desk, actor, clock.today().isoformat(), (), 200)

    @router.post("/staff/circulation")
    def prepare(actor: Actor = may("contacts", binding=True)) -> Response:
        try:
            kept = prepared(desk, actor)
        except BadInput as fault:
            return circulation_page(desk, actor, actor.form["on"], fault.faults, 422)
        except DepositaryError as fault:
            return circulation_page(desk, actor, actor.form["on"], (fault.sentence,), 409)
        return RedirectResponse(address_of(kept.name), 303)

    @router.get("/staff/circulation/{name}")
    def look_at(name: str, actor: Actor = may("contacts")) -> Response:
        return edition_page(desk, actor, known(desk, name), "", 200)

    @router.post("/staff/circulation/{name}/{what}")
    def decide(name: str, what: str, actor: Actor = may("contacts", binding=True)) -> Response:
        kept, form = known(desk, name), actor.form
        try:
            if what == "approve":
                own = present(desk)
                decisions.approve(desk.store, own, kept.name, form["shown"], form["count"], desk.letters, actor.doing)
            elif what == "withdraw":
                decisions.withdraw(desk.store, kept.name, form["reason"], desk.letters, actor.doing)
            elif what == "close":
                decisions.close(desk.store, kept.name, desk.letters, actor.doing)
            elif what != "send":
                raise Missing
        except DepositaryError as fault:
            return edition_page(desk, actor, known(desk, name), fault.sentence, 409)
        task = BackgroundTask(send, desk, name, actor.doing) if what in ("approve", "send") else None
        return RedirectResponse(address_of(kept.name), 303, background=task)

    @router.post("/staff/letters/{number}/{what}")
    def resolve(number: int, what: str, actor: Actor = may("contacts", binding=True)) -> Response:
        form, seal = actor.form, desk.letters
        with desk.store.session() as session:
            one = posted_letter(session, number, seal)
        if (
            one is None
            or what not in ("propose", "agree", "received", "bounced")
            or form["choice"] not in ("", *CHOICES)
        ):
            raise Missing
        choice: resolving.Choice = "resend" if form["choice"] == "resend" else "delivered"
        try:
            with desk.store.session(writing=True) as session:
                if what == "propose":
                    resolving.propose_outcome(session, number, choice, form["reason"], seal, actor.doing)
                elif what == "agree":
                    resolving.agree_outcome(session, number, choice, seal, actor.doing)
                else:
                    noted = "received" if what == "received" else "bounced"
                    resolving.note_outcome(session, number, noted, form["reason"], seal, actor.doing)  # type: ignore[arg-type]
        except DepositaryError as fault:
            return edition_page(desk, actor, known(desk, one.edition.replace("/", "-")), fault.sentence, 409)
        return RedirectResponse(f"{address_of(one.edition)}#copy-{one.copy}", 303)

    return router


def address_of(edition: str) -> str:
    return f"/staff/circulation/{edition.replace('/', '-')}"


def present(desk: Desk) -> Registers:
    """Both registers as they are now."""
    assert desk.contacts is not None, "the routes are there with the registers of authorities alone"
    return read_registers(desk.collection, desk.store, desk.contacts)


def known(desk: Desk, name: str) -> KeptEdition:
    """The edition of an address. Raises Missing."""
    with desk.store.session() as session:
        found = editions.edition(session, name.replace("-", "/", 1), desk.letters)
    if found is None:
        raise Missing
    return found


def prepared(desk: Desk, actor: Actor) -> KeptEdition:
    """Prepares the edition of the day that was typed. Raises BadInput and DepositaryError."""
    try:
        on = parse_date(actor.form["on"])
    except ValueError as fault:
        raise BadInput([f"{actor.form['on'][:20]!r}: {fault}"]) from None
    own, officer = present(desk), actor.account.name if actor.form["in_clear"] else ""
    with desk.store.session() as session:
        kept = editions.editions(session, desk.letters)
    edition = new_edition(own, kept, CONVENTION, on.year, on, actor.doing.at, in_clear_by=officer)
    with desk.store.session(writing=True) as session:
        return editions.prepare(session, edition, desk.letters, actor.doing)


def send(desk: Desk, name: str, doing: Doing) -> None:
    """Sends what is left to send, after the page has been answered; what hinders it is told in the log."""
    if desk.post_office is None:
        return
    try:
        carrier = desk.post_office.carrier()
        circulate_edition(
            desk.store, present(desk), known(desk, name), desk.letters, carrier, desk.post_office.sender, doing
        )
    except DepositaryError as fault:
        log.warning("circulation %s: %s", name, fault)


def due_now(desk: Desk) -> Due:
    """What is due now."""
    with desk.store.session() as session:
        posted = letters(session, desk.letters)
        kept = editions.editions(session, desk.letters)
    return due_at(present(desk), kept, posted, CONVENTION, clock.now())


def due_lines(desk: Desk, words: Language, told: Due) -> list[DueLine]:
    """What is due in lines: what, and whose."""

    def names(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(words.name(desk.collection.participants, code, told.on) for code in codes)

    late = tuple(one for one in told.late if one not in told.to_resolve)
    rows: list[tuple[str, tuple[str, ...], bool]] = [
        ("overdue", (words.date(told.next_on),) if told.is_overdue and told.next_on else (), True),
        ("resolve", tuple(f"{one.edition} ({one.copy})" for one in told.to_resolve), True),
        ("unsettled", tuple(f"{one.edition} ({one.copy})" for one in late), True),
        ("address", names(told.lacking), False),
        ("contact", names(told.without_contact), False),
        ("certificate", names(told.without_certificate), False),
        ("unconfirmed", names(tuple(code for code, _, _ in told.unconfirmed)), False),
    ]
    return [DueLine(words.gettext(DUE[what]), whose, grave) for what, whose, grave in rows if whose]


def alarms(desk: Desk, words: Language) -> tuple[Link, ...]:
    """What of the circulation needs a person now, as the work list says it: each line with its number."""
    found = [line for line in due_lines(desk, words, due_now(desk)) if line.grave]
    return tuple(Link(f"{line.what} ({len(line.whose)})", "/staff/circulation") for line in found)


def circulation_page(desk: Desk, actor: Actor, on: str, faults: tuple[str, ...], status: int) -> Response:
    words, told = actor.words, due_now(desk)
    lines = []
    with desk.store.session() as session:
        for kept in reversed(editions.editions(session, desk.letters)):
            settled = sum(one.state in SETTLED for one in _posted(desk, kept.name))
            lines.append(
                EditionLine(
                    Link(kept.name, address_of(kept.name)),
                    kept.edition.on,
                    words.gettext(EDITION_STATES[kept.state]),
                    len(kept.edition.recipients),
                    settled,
                )
            )
    year = on[:4]
    is_free = not any(one.edition.words.startswith(f"{year}/") for one in lines) or told.is_overdue
    page = CirculationPage(
        desk.frame_of(actor), told.next_on, tuple(due_lines(desk, words, told)), tuple(lines), is_free, on, faults
    )
    return answer(page, status)


def _posted(desk: Desk, edition: str) -> list[Posted]:
    with desk.store.session() as session:
        return letters(session, desk.letters, edition)


def edition_page(desk: Desk, actor: Actor, kept: KeptEdition, fault: str, status: int) -> Response:
    """An edition with its copies and what this person may do."""
    words, say, edition = actor.words, actor.words.gettext, kept.edition
    posted = {one.recipient: one for one in _posted(desk, kept.name)}
    copies = tuple(
        copy_line(desk, actor, to.copy, to.participant, to.manner, posted.get(to.participant), edition.on)
        for to in edition.recipients
    )
    found = counts(posted.values())
    without = DUE["address"]
    own = kept.prepared_by == actor.account.name
    facts = [
        (say("Prepared by"), kept.prepared_by),
        (say("Copies"), str(len(edition.recipients))),
        *((say(MANNERS[one]).capitalize(), str(sum(to.manner == one for to in edition.recipients))) for one in MANNERS),
        (say("Chosen to go in clear by"), edition.in_clear_by),
        (say("Edition before"), edition.before),
        (
            say(without),
            words.listed(words.name(desk.collection.participants, one, edition.on) for one in edition.lacking),
        ),
        (say("Digest of the list (SHA-256)"), edition.digest_of_list),
        (say("Digest of this edition (SHA-256)"), edition.digest),
    ]
    steps = [StepLine(say("Prepared"), kept.prepared_by, words.short_instant(kept.prepared_at), "")]
    steps += [
        StepLine(say(EDITION_STATES[one.what]), one.done_by, words.short_instant(one.done_at), one.reason)
        for one in kept.steps
    ]
    settled = len(posted) == len(edition.recipients) and not any(one.grave or one.choices for one in copies)
    page = EditionPage(
        desk.frame_of(actor),
        kept.name,
        edition.on,
        say(EDITION_STATES[kept.state]),
        address_of(kept.name),
        tuple((label, value) for label, value in facts if value),
        copies,
        tuple((say(LETTER_STATES[state]), number) for state, number in sorted(found.items())),
        tuple(steps),
        edition.digest,
        kept.state == "prepared" and not own,
        own,
        kept.state == "prepared",
        kept.state == "approved" and not settled and desk.post_office is not None,
        kept.state == "approved" and settled,
        fault,
    )
    return answer(page, status)


def copy_line(desk: Desk, actor: Actor, copy: int, code: str, manner: str, one: Posted | None, on: date) -> CopyLine:
    """A copy with what may be done about it."""
    words, say = actor.words, actor.words.gettext
    state = one.state if one else ""
    last = one.steps[-1] if one and one.steps else None
    choices = tuple((value, say(label)) for value, label in CHOICES.items()) if state in FOR_A_PERSON else ()
    agree = ("", "")
    if last is not None and last.what == "proposed" and last.done_by != actor.account.name:
        agree = (last.choice, say(CHOICES[last.choice]))
    return CopyLine(
        copy,
        words.name(desk.collection.participants, code, on),
        say(MANNERS[manner]),
        say(LETTER_STATES[state]),
        said_openly(one) if one else "",
        state in FOR_A_PERSON,
        one.number if one else 0,
        choices,
        agree,
        f"{last.done_by}: {say(CHOICES[last.choice])}" if last is not None and last.what == "proposed" else "",
        state in ("accepted", "delivered"),
    )
