"""An edition of the annual circulation at the desk: its copies, its letters, and who decides what about them."""

import logging
from datetime import date

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import RedirectResponse, Response

from depositary.authorities.validity import missions
from depositary.correspondence.circulation import decisions, editions
from depositary.correspondence.circulation.dispatch import circulate_edition
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.circulation.preparation import Registers, read_registers
from depositary.correspondence.mail.decisions import (
    Choice,
    agree_delivery,
    agree_outcome,
    is_delivery_proposed,
    note_outcome,
    propose_delivery,
    propose_outcome,
)
from depositary.correspondence.mail.outcomes import FOR_A_PERSON
from depositary.correspondence.mail.steps import Posted, counts, letters, posted_letter, said_openly
from depositary.desk.audit import Doing
from depositary.desk.codes import plain_code
from depositary.errors import DepositaryError
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.authorities.facts import registers
from depositary.web.staff.circulation_pages import CopyLine, EditionPage
from depositary.web.staff.desk import Desk
from depositary.web.staff.parts import StepLine
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.circulation import CHOICES, DUE, EDITION_STATES, LETTER_STATES, MANNERS

log = logging.getLogger(__name__)

ON_A_LETTER = ("propose", "agree", "received", "bounced")


def routes(desk: Desk) -> APIRouter:
    """The routes of an edition and of its letters. Every change needs both factors shown again."""
    router = APIRouter()

    @router.get("/staff/circulation/{name}")
    def look(name: str, actor: Actor = may("contacts")) -> Response:
        return edition_page(desk, actor, known_edition(desk, name), "", 200)

    @router.post("/staff/circulation/{name}/{what}")
    def decide(name: str, what: str, actor: Actor = may("contacts", binding=True)) -> Response:
        kept = known_edition(desk, name)
        try:
            decide_on_edition(desk, actor, kept, what)
        except DepositaryError as fault:
            return edition_page(desk, actor, known_edition(desk, name), fault.sentence, 409)
        task = BackgroundTask(send, desk, name, actor.doing) if what in ("approve", "send") else None
        return RedirectResponse(address_of(kept.name), 303, background=task)

    @router.post("/staff/letters/{number}/{what}")
    def resolve(number: int, what: str, actor: Actor = may("contacts", binding=True)) -> Response:
        posted = known_letter(desk, number)
        try:
            resolve_letter(desk, actor, number, what)
        except DepositaryError as fault:
            kept = known_edition(desk, posted.edition.replace("/", "-"))
            return edition_page(desk, actor, kept, fault.sentence, 409)
        return RedirectResponse(f"{address_of(posted.edition)}#copy-{posted.copy}", 303)

    return router


def decide_on_edition(desk: Desk, actor: Actor, kept: KeptEdition, what: str) -> None:
    """Approves, withdraws or closes an edition; to send it is decided already. Raises Missing and DepositaryError."""
    form, seal, doing = actor.form, desk.letters, actor.doing
    if what == "approve":
        decisions.approve(
            desk.store, registers_now(desk), kept.name, form["shown"], plain_code(form["count"]), seal, doing
        )
    elif what == "withdraw":
        decisions.withdraw(desk.store, kept.name, form["reason"], seal, doing)
    elif what == "close":
        decisions.close(desk.store, kept.name, seal, doing)
    elif what in ("deliver", "delivered"):
        with desk.store.session(writing=True) as session:
            if what == "deliver":
                propose_delivery(session, kept.name, form["reason"], seal, doing)
            else:
                agree_delivery(session, kept.name, seal, doing)
    elif what != "send":
        raise Missing


def known_letter(desk: Desk, number: int) -> Posted:
    """The letter of a number. Raises Missing."""
    with desk.store.session() as session:
        posted = posted_letter(session, number, desk.letters)
    if posted is None:
        raise Missing
    return posted


def resolve_letter(desk: Desk, actor: Actor, number: int, what: str) -> None:
    """Takes one step with a letter whose fate a person decides. Raises Missing and DepositaryError."""
    form, seal, doing = actor.form, desk.letters, actor.doing
    if form["choice"] not in ("", *CHOICES):
        raise Missing
    choice: Choice = form["choice"] or "delivered"  # type: ignore[assignment]
    with desk.store.session(writing=True) as session:
        if what == "propose":
            propose_outcome(session, number, choice, form["reason"], seal, doing)
        elif what == "agree":
            agree_outcome(session, number, choice, seal, doing, missions(registers(desk).entries()))
        elif what == "received":
            note_outcome(session, number, "received", form["reason"], seal, doing)
        elif what == "bounced":
            note_outcome(session, number, "bounced", form["reason"], seal, doing)
        else:
            raise Missing


def address_of(edition: str) -> str:
    """The page of an edition."""
    return f"/staff/circulation/{edition.replace('/', '-')}"


def registers_now(desk: Desk) -> Registers:
    """The register of acts and the registers of authorities as they are now."""
    assert desk.contacts is not None, "the routes are there with the registers of authorities alone"
    return read_registers(desk.collection, desk.store, desk.contacts)


def known_edition(desk: Desk, name: str) -> KeptEdition:
    """The edition of an address. Raises Missing."""
    with desk.store.session() as session:
        kept = editions.edition(session, name.replace("-", "/", 1), desk.letters)
    if kept is None:
        raise Missing
    return kept


def send(desk: Desk, name: str, doing: Doing) -> None:
    """Sends the letters that were not sent yet, after the page was answered; the log says what hindered it."""
    if desk.post_office is None:
        return
    try:
        carrier = desk.post_office.carrier()
        circulate_edition(
            desk.store,
            registers_now(desk),
            known_edition(desk, name),
            desk.letters,
            carrier,
            desk.post_office.sender,
            doing,
        )
    except DepositaryError as fault:
        log.warning("circulation %s: %s", name, fault)


def letters_of(desk: Desk, edition: str) -> list[Posted]:
    """The letters of an edition."""
    with desk.store.session() as session:
        return letters(session, desk.letters, edition)


def edition_page(desk: Desk, actor: Actor, kept: KeptEdition, fault: str, status: int) -> Response:
    """An edition with its copies and what this person may do."""
    words, say, edition = actor.words, actor.words.gettext, kept.edition
    posted = {letter.recipient: letter for letter in letters_of(desk, kept.name)}
    copies = tuple(
        copy_line(desk, actor, to.copy, to.participant, to.manner, posted.get(to.participant), edition.on)
        for to in edition.recipients
    )
    here = actor.account.name
    own = kept.prepared_by == here
    is_settled = len(posted) == len(edition.recipients) and not any(copy.grave or copy.choices for copy in copies)
    page = EditionPage(
        desk.frame_of(actor),
        kept.name,
        edition.on,
        say(EDITION_STATES[kept.state]),
        address_of(kept.name),
        edition_facts(desk, words, kept),
        copies,
        tuple((say(LETTER_STATES[state]), number) for state, number in sorted(counts(posted.values()).items())),
        edition_steps(words, kept),
        edition.digest,
        kept.state == "prepared" and not own,
        own,
        kept.state == "prepared",
        kept.state == "approved" and not is_settled and desk.post_office is not None,
        kept.state == "approved" and is_settled,
        sum(letter.state == "written" for letter in posted.values()),
        sum(is_delivery_proposed(letter) and letter.steps[-1].done_by != here for letter in posted.values()),
        fault,
    )
    return answer(page, status)


def edition_facts(desk: Desk, words: Language, kept: KeptEdition) -> tuple[tuple[str, str], ...]:
    """What an edition is, field by field; empty fields are left out."""
    say, edition, without_address = words.gettext, kept.edition, DUE["address"]
    lacking = (words.name(desk.collection.participants, code, edition.on) for code in edition.lacking)
    facts = (
        (say("Prepared by"), kept.prepared_by),
        (say("Copies"), str(len(edition.recipients))),
        *(
            (say(label).capitalize(), str(sum(to.manner == manner for to in edition.recipients)))
            for manner, label in MANNERS.items()
        ),
        (say("Chosen to go in clear by"), edition.in_clear_by),
        (say("Edition before"), edition.before),
        (say(without_address), words.listed(lacking)),
        (say("Digest of the list (SHA-256)"), edition.digest_of_list),
        (say("Digest of this edition (SHA-256)"), edition.digest),
    )
    return tuple((label, value) for label, value in facts if value)


def edition_steps(words: Language, kept: KeptEdition) -> tuple[StepLine, ...]:
    """What was done with an edition, from its preparation on."""
    prepared = StepLine(words.gettext("Prepared"), kept.prepared_by, words.short_instant(kept.prepared_at), "")
    return (
        prepared,
        *(
            StepLine(
                words.gettext(EDITION_STATES[step.what]), step.done_by, words.short_instant(step.done_at), step.reason
            )
            for step in kept.steps
        ),
    )


def copy_line(desk: Desk, actor: Actor, copy: int, code: str, manner: str, posted: Posted | None, on: date) -> CopyLine:
    """A copy with what may be done about it."""
    words, say = actor.words, actor.words.gettext
    state = posted.state if posted else ""
    last = posted.steps[-1] if posted and posted.steps else None
    offered = {value: label for value, label in CHOICES.items() if state != "written" or value != "resend"}
    choices = tuple((value, say(label)) for value, label in offered.items()) if state in FOR_A_PERSON else ()
    proposed, agree_to = "", ("", "")
    if last is not None and last.what == "proposed":
        proposed = f"{last.done_by}: {say(CHOICES[last.choice])}"
        if last.done_by != actor.account.name:
            agree_to = (last.choice, say(CHOICES[last.choice]))
    return CopyLine(
        copy,
        words.name(desk.collection.participants, code, on),
        say(MANNERS[manner]),
        say(LETTER_STATES[state]),
        said_openly(posted) if posted else "",
        state in FOR_A_PERSON,
        posted.number if posted else 0,
        choices,
        agree_to,
        proposed,
        state in ("accepted", "delivered"),
    )
