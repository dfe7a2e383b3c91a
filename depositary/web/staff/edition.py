"""An edition of the annual circulation at the desk: its copies, its letters, and who decides what about them."""

import logging
from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import RedirectResponse, Response

from depositary.correspondence.circulation import decisions, dispatch, editions
from depositary.correspondence.circulation.dispatch import circulate_edition
from depositary.correspondence.circulation.edition import Recipient
from depositary.correspondence.circulation.editions import EditionState, KeptEdition
from depositary.correspondence.circulation.preparation import Entitling, Registers, edition_list, read_registers
from depositary.correspondence.mail.decisions import is_delivery_proposed
from depositary.correspondence.mail.letters import Attachment, Letter
from depositary.correspondence.mail.outcomes import UNDER_WAY
from depositary.correspondence.mail.steps import Posted, counts, letters, unsettled
from depositary.desk.audit import Doing
from depositary.desk.codes import plain_code
from depositary.errors import DepositaryError
from depositary.law.clauses import CONVENTION
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.circulation_pages import CopyPage, EditionPage
from depositary.web.staff.desk import Desk
from depositary.web.staff.letters import copy_line, decide_delivery
from depositary.web.staff.parts import StepLine
from depositary.web.staff.rendering import answer
from depositary.words import Language, circulation
from depositary.words.circulation import DUE, EDITION_STATES, LETTER_STATES, MANNERS

log = logging.getLogger(__name__)

STEP: Mapping[str, EditionState] = {"approve": "approved", "withdraw": "withdrawn", "close": "closed"}
"""The step that a decision adds to an edition."""


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
            if was_decided(desk, actor, name, what):
                return RedirectResponse(address_of(kept.name), 303)
            return edition_page(desk, actor, known_edition(desk, name), fault.sentence, 409)
        task = BackgroundTask(send, desk, name, actor.doing) if what in ("approve", "send") else None
        return RedirectResponse(address_of(kept.name), 303, background=task)

    @router.get("/staff/circulation/{name}/copies/{copy}")
    def open_copy(name: str, copy: int, actor: Actor = may("contacts")) -> Response:
        return answer(copy_page(desk, actor, known_edition(desk, name), copy))

    @router.get("/staff/circulation/{name}/copies/{copy}/{place}")
    def open_part(name: str, copy: int, place: int, actor: Actor = may("contacts")) -> Response:
        return part_of(attachments_of(desk, known_edition(desk, name), copy), place)

    return router


def decide_on_edition(desk: Desk, actor: Actor, kept: KeptEdition, what: str) -> None:
    """Approves, withdraws or closes an edition; to send it is decided already. Raises Missing and DepositaryError."""
    form, seal, doing = actor.form, desk.letters, actor.doing
    if what == "approve":
        decisions.approve(
            desk.store, registers_now(desk), kept.name, form["shown"], plain_code(form["count"]), seal, doing
        )
    elif what == "withdraw":
        decisions.withdraw(desk.store, kept.name, form.reason, seal, doing)
    elif what == "close":
        decisions.close(desk.store, kept.name, seal, doing)
    elif what in ("deliver", "delivered"):
        decide_delivery(desk, actor, kept.name, what)
    elif what != "send":
        raise Missing


def was_decided(desk: Desk, actor: Actor, name: str, what: str) -> bool:
    """Whether this person took this decision about an edition: a second click asks for what the first one did."""
    me, kept = actor.account.name, known_edition(desk, name)
    return any((step.what, step.done_by) == (STEP.get(what), me) for step in kept.steps)


def address_of(edition: str) -> str:
    """The page of an edition."""
    return f"/staff/circulation/{edition.replace('/', '-')}"


def registers_now(desk: Desk) -> Registers:
    """The register of acts and the registers of authorities as they are now."""
    assert desk.contacts is not None, "the routes are there with the registers of authorities alone"
    return read_registers(desk.collection, desk.store, desk.contacts)


def entitling_now(desk: Desk) -> Entitling:
    """What entitles to the circulation now, from the entries that the desk has read already."""
    assert desk.contacts is not None, "the routes are there with the registers of authorities alone"
    needed = (entry for treaty in desk.collection.needed_by(CONVENTION) for entry in desk.entries(treaty))
    return Entitling(desk.collection, sorted(needed, key=lambda entry: entry.number), desk.contacts.entries())


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
        copy_line(desk, actor, to.copy, to.participant, say(MANNERS[to.manner]), posted.get(to.participant), edition.on)
        for to in edition.recipients
    )
    carried = sum(letter.state not in ("queued", "claimed") for letter in posted.values())
    here = actor.account.name
    own = kept.prepared_by == here
    is_posted = len(posted) == len(edition.recipients)
    is_settled = is_posted and not unsettled(posted.values())
    is_left = not is_posted or any(letter.state in UNDER_WAY for letter in posted.values())
    page = EditionPage(
        desk.frame_of(actor),
        kept.name,
        edition.on,
        say(EDITION_STATES[kept.state]),
        address_of(kept.name),
        edition_facts(desk, words, kept),
        copies,
        tuple((say(LETTER_STATES[state]), number) for state, number in sorted(counts(posted.values()).items())),
        carried,
        kept.state == "approved" and carried < len(copies) and desk.post_office is not None,
        edition_steps(words, kept),
        edition.digest,
        kept.state == "prepared" and not own,
        own,
        kept.state == "prepared",
        kept.state == "approved" and is_left and desk.post_office is not None,
        kept.state == "approved" and is_settled,
        sum(letter.state == "written" for letter in posted.values()),
        sum(is_delivery_proposed(letter) and letter.steps[-1].done_by != here for letter in posted.values()),
        fault,
    )
    return answer(page, status)


def copy_page(desk: Desk, actor: Actor, kept: KeptEdition, copy: int) -> CopyPage:
    """A copy as it goes out: how, what the letter says, and what is attached. Raises Missing."""
    to, letter = copy_of(desk, kept, copy)
    words, here = actor.words, f"{address_of(kept.name)}/copies/{copy}"
    return CopyPage(
        desk.frame_of(actor),
        kept.name,
        address_of(kept.name),
        to.copy,
        len(kept.edition.recipients),
        words.name(desk.collection.participants, to.participant, kept.edition.on),
        to.mission,
        words.gettext(MANNERS[to.manner]),
        to.language,
        letter.subject,
        letter.text,
        tuple(Link(part.name, f"{here}/{place}") for place, part in enumerate(letter.attachments, 1)),
    )


def copy_of(desk: Desk, kept: KeptEdition, copy: int) -> tuple[Recipient, Letter]:
    """A copy's recipient, and the letter that it is, made from the edition. Raises Missing."""
    recipients = [to for to in kept.edition.recipients if to.copy == copy]
    if not recipients:
        raise Missing
    with desk.store.session() as session:
        every = [other.edition for other in editions.editions(session, desk.letters)]
    listed = edition_list(registers_now(desk), kept.edition, every)
    return next(dispatch.letters_of(listed, kept, recipients))


def attachments_of(desk: Desk, kept: KeptEdition, copy: int) -> tuple[Attachment, ...]:
    """What goes with a copy."""
    return copy_of(desk, kept, copy)[1].attachments


def part_of(attachments: tuple[Attachment, ...], place: int) -> Response:
    """An attachment as a file. Raises Missing."""
    if not 1 <= place <= len(attachments):
        raise Missing
    part = attachments[place - 1]
    kind = "inline" if part.media_type == "application/pdf" else "attachment"
    headers = {"Content-Disposition": f"{kind}; filename*=UTF-8''{quote(part.name)}"}
    return Response(part.content, media_type=part.media_type, headers=headers)


def edition_facts(desk: Desk, words: Language, kept: KeptEdition) -> tuple[tuple[str, str], ...]:
    """What an edition is, field by field; empty fields are left out."""
    say, edition, without_address = words.gettext, kept.edition, DUE["address"]
    lacking = (words.name(desk.collection.participants, code, edition.on) for code in edition.lacking)
    facts = (
        (say("The missions read"), circulation.edition_line(words, edition.name, edition.on)),
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
