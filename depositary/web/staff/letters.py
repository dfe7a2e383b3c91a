"""Letters of any kind that wait for a person: which, to whom, why, and what two persons make of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.authorities.validity import missions
from depositary.correspondence.mail.decisions import (
    Choice,
    agree_delivery,
    agree_outcome,
    is_delivery_proposed,
    note_outcome,
    propose_delivery,
    propose_outcome,
)
from depositary.correspondence.mail.outbox import NOWHERE, letter_of
from depositary.correspondence.mail.outcomes import FOR_A_PERSON
from depositary.correspondence.mail.replacement import is_to_a_mission
from depositary.correspondence.mail.steps import (
    Posted,
    counts,
    for_a_person,
    letters,
    posted_letter,
    said_openly,
    was_decided,
)
from depositary.correspondence.mail.tables import LetterRow
from depositary.correspondence.mission_letters import code_of, send_to_mission
from depositary.errors import DepositaryError
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.authorities.facts import registers
from depositary.web.staff.circulation_pages import CopyLine, FilesOfEdition, LetterPage, LettersPage
from depositary.web.staff.cross_references import sent_lines
from depositary.web.staff.desk import Desk
from depositary.web.staff.parts import LetterShown, StepLine
from depositary.web.staff.rendering import answer
from depositary.words.circulation import CHOICES, LETTER_STATES

SECRET = re.compile(r"/(confirm|leave)/[\w-]+")
"""What in a link works once for its reader alone: nobody at the desk sees it."""


def routes(desk: Desk) -> APIRouter:
    """The routes of letters. Every decision needs both factors shown again."""
    router = APIRouter()

    @router.get("/staff/letters")
    def page(actor: Actor = may("letters")) -> Response:
        return letters_page(desk, actor, "", 200)

    @router.get("/staff/letters/{number}")
    def look(number: int, actor: Actor = may("letters")) -> Response:
        return answer(letter_page(desk, actor, known_letter(desk, number)))

    @router.post("/staff/letters/in-files/{what}")
    def deliver(what: str, actor: Actor = may("letters", binding=True)) -> Response:
        if what not in ("deliver", "delivered"):
            raise Missing
        try:
            decide_delivery(desk, actor, actor.form["edition"], what)
        except DepositaryError as fault:
            return letters_page(desk, actor, fault.sentence, 409)
        return RedirectResponse("/staff/letters", 303)

    @router.post("/staff/letters/{number}/{what}")
    def resolve(number: int, what: str, actor: Actor = may("letters", binding=True)) -> Response:
        posted, form = known_letter(desk, number), actor.form
        if was_decided(posted, what, form["choice"] or "delivered", actor.account.name):
            return RedirectResponse(page_of(posted, actor), 303)
        try:
            resolve_letter(desk, actor, number, what)
        except DepositaryError as fault:
            return letters_page(desk, actor, fault.sentence, 409)
        return RedirectResponse(page_of(posted, actor), 303)

    return router


def page_of(letter: Posted, actor: Actor) -> str:
    """Where a person goes on after a decision: the edition of the circulation, or all letters."""
    if re.fullmatch(r"\d{4}/\d+", letter.edition) and actor.account.may("contacts"):
        return f"/staff/circulation/{letter.edition.replace('/', '-')}#copy-{letter.copy}"
    return "/staff/letters"


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
            propose_outcome(session, number, choice, form.reason, seal, doing)
        elif what == "agree":
            agree_outcome(session, number, choice, seal, doing, missions(registers(desk).entries()))
        elif what == "received":
            note_outcome(session, number, "received", form.reason, seal, doing)
        elif what == "bounced":
            note_outcome(session, number, "bounced", form.reason, seal, doing)
        else:
            raise Missing


def decide_delivery(desk: Desk, actor: Actor, edition: str, what: str) -> None:
    """One person says how the letters in files of an edition were delivered, or a second person agrees to it.

    A second click does nothing. Raises DepositaryError.
    """
    step, me, seal = "proposed" if what == "deliver" else "delivered", actor.account.name, desk.letters
    with desk.store.session(writing=True) as session:
        posted = letters(session, seal, edition)
        is_left = any(
            letter.state == "written" if what == "deliver" else is_delivery_proposed(letter) for letter in posted
        )
        if not is_left and any((letter.state, letter.steps[-1].done_by) == (step, me) for letter in posted):
            return
        if what == "deliver":
            propose_delivery(session, edition, actor.form.reason, seal, actor.doing)
        else:
            agree_delivery(session, edition, seal, actor.doing)


def files_of(posted: Sequence[Posted], name: str) -> Iterator[FilesOfEdition]:
    """The editions of which several letters stand in files, with how many this person may agree were delivered."""
    for edition in dict.fromkeys(letter.edition for letter in posted):
        own = [letter for letter in posted if letter.edition == edition]
        written = sum(letter.state == "written" for letter in own)
        to_agree = sum(is_delivery_proposed(letter) and letter.steps[-1].done_by != name for letter in own)
        if max(written, to_agree) > 1:
            yield FilesOfEdition(edition, written, to_agree)


def letters_page(desk: Desk, actor: Actor, fault: str, status: int) -> Response:
    """All letters about which two persons decide, by edition, and how many letters are in each state."""
    say = actor.words.gettext
    with desk.store.session() as session:
        every = letters(session, desk.letters)
    on = clock.today()
    lines = tuple(
        copy_line(desk, actor, letter.number, letter.recipient, letter.edition, letter, on)
        for letter in for_a_person(every)
    )
    in_states = tuple((say(LETTER_STATES[state]), number) for state, number in sorted(counts(every).items()))
    in_files = tuple(files_of(every, actor.account.name))
    return answer(LettersPage(desk.frame_of(actor), in_states, in_files, lines, fault), status)


def letter_page(desk: Desk, actor: Actor, letter: Posted) -> LetterPage:
    """A letter as it is sent, but for its address and what in a link works once."""
    words = actor.words
    with desk.store.session() as session:
        sent = letter_of(session, session.get_one(LetterRow, letter.number), desk.letters)
    steps = tuple(
        StepLine(
            words.gettext(LETTER_STATES[step.what]),
            step.done_by,
            words.short_instant(step.done_at),
            step.said.replace(letter.to, "…"),
        )
        for step in letter.steps
    )
    return LetterPage(
        desk.frame_of(actor),
        letter.number,
        letter.edition,
        copy_line(desk, actor, letter.copy, letter.recipient, letter.edition, letter, clock.today()),
        sent.subject,
        SECRET.sub(r"/\1/…", sent.text).replace(letter.to, "…"),
        tuple((attachment.name, len(attachment.content)) for attachment in sent.attachments),
        steps,
    )


def with_letters_sent(
    desk: Desk, actor: Actor, letters: Sequence[LetterShown], file: str, action: str
) -> tuple[LetterShown, ...]:
    """Letters of one file, each with those that its mission was sent, and where it is sent from, if this person may."""
    if desk.contacts is None:
        return tuple(letters)
    sent = list(sent_lines(desk, actor, file))
    number = max((line.number for _, line in sent), default=0) + 1
    names = desk.collection.participants
    return tuple(
        replace(
            letter,
            sent=tuple(line for code, line in sent if code == letter.code),
            action=action if actor.account.may("letters") else "",
            next=number,
            to=actor.words.name(names, letter.code, clock.today()) if len(letters) > 1 else "",
        )
        for letter in letters
    )


def send_shown(desk: Desk, actor: Actor, letters: Sequence[LetterShown], file: str, code: str) -> None:
    """Sends the letter to a participant's mission as it is shown. Raises DepositaryError."""
    known = missions(registers(desk).entries()) if desk.contacts else {}
    domain = urlsplit(desk.public_url).hostname or NOWHERE
    text = next((letter.text for letter in letters if letter.code == code), "")
    number = actor.form.number("letter")
    with desk.store.session(writing=True) as session:
        send_to_mission(session, file, known.get(code), text, desk.letters, actor.doing, domain, number)


def offered(letter: Posted) -> list[str]:
    """What may be proposed of a letter: one in a file is not sent again, and only a mission has another address."""
    if letter.state not in FOR_A_PERSON:
        return []
    left_out = {"resend" if letter.state == "written" else "", "" if is_to_a_mission(letter.edition) else "replaced"}
    return [value for value in CHOICES if value not in left_out]


def copy_line(desk: Desk, actor: Actor, copy: int, code: str, manner: str, posted: Posted | None, on: date) -> CopyLine:
    """A letter, or a copy that is to become one, with what this person may do about it."""
    words, say, known = actor.words, actor.words.gettext, desk.collection.participants
    state = posted.state if posted else ""
    last = posted.steps[-1] if posted and posted.steps else None
    choices = tuple((value, say(CHOICES[value])) for value in offered(posted)) if posted else ()
    proposed, agree_to = "", ("", "")
    if last is not None and last.what == "proposed":
        proposed = f"{last.done_by}: {say(CHOICES[last.choice])}"
        if last.done_by != actor.account.name:
            agree_to = (last.choice, say(CHOICES[last.choice]))
    return CopyLine(
        copy,
        words.name(known, code_of(code), on) if code_of(code) in known else code,
        manner,
        say(LETTER_STATES[state]),
        said_openly(posted) if posted else "",
        state in FOR_A_PERSON,
        posted.number if posted else 0,
        choices,
        agree_to,
        proposed,
        state in ("accepted", "delivered"),
    )
