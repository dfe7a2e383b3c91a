"""Sends an approved edition: it posts a letter for each recipient, and sends letters until all are settled.

A second run does what the first has left, and nothing twice: each recipient has one letter of an edition.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice

import sqlalchemy as sa

from depositary import clock
from depositary.authorities.missions import plain_address
from depositary.authorities.validity import missions
from depositary.correspondence.circulation import editions
from depositary.correspondence.circulation.edition import Recipient
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.circulation.lists import (
    CSV,
    EditionList,
    cover_note,
    cover_note_pdf,
    list_files_in,
    manifest,
    pdf_name,
)
from depositary.correspondence.circulation.preparation import Registers, edition_list
from depositary.correspondence.mail.letters import Attachment, Letter, write
from depositary.correspondence.mail.outbox import Sender, Summary, post, send_letters
from depositary.correspondence.mail.outcomes import Carrier
from depositary.correspondence.mail.steps import LetterStep, Posted, insert, letters
from depositary.desk.audit import Doing
from depositary.errors import DepositaryError, Sentence
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.words import AVAILABLE, Language, circulation, language
from depositary.words.circulation import EDITION_STATES

AT_ONCE = 20
"""The number of letters that are posted in one transaction."""

HELD_BACK = "Not sent: the mission's address or certificate is no longer the one that was approved."


def circulate_edition(
    store: Store,
    own: Registers,
    kept: KeptEdition,
    seal: Seal,
    carrier: Carrier,
    sender: Sender,
    doing: Doing,
    *,
    now: Callable[[], datetime] = clock.now,
    passed: Callable[[int, int], None] = lambda done, of: None,
) -> Summary:
    """Posts the missing letters of an approved edition, and sends the letters whose time has come.

    Raises DepositaryError.
    """
    if kept.state == "closed":
        return Summary()
    if kept.state != "approved":
        raise DepositaryError(
            Sentence(
                "State of edition %(name)s: %(state)s; a second person approves it first. Nothing was sent.",
                name=kept.name,
                state=Sentence(EDITION_STATES[kept.state]),
            )
        )
    if to := unposted(store, kept, seal):
        with store.session() as session:
            others = [one.edition for one in editions.editions(session, seal)]
        listed = edition_list(own, kept.edition, others)
        if listed.present.digest != kept.edition.digest_of_list:
            raise DepositaryError(
                Sentence(
                    "The registers do not give the list of edition %(name)s again: its digest is another. "
                    "Nothing was sent.",
                    name=kept.name,
                )
            )
        post_letters(store, letters_of(listed, kept, to), kept, seal, doing, sender.domain, passed)
    hold_back(store, own, kept, seal, doing)
    return send_letters(store, seal, carrier, sender, edition=kept.name, now=now, passed=passed)


def unposted(store: Store, kept: KeptEdition, seal: Seal) -> list[Recipient]:
    """The recipients for whom no letter is posted yet."""
    with store.session() as session:
        there = {each.recipient for each in letters(session, seal, kept.name)}
    return [to for to in kept.edition.recipients if to.participant not in there]


def post_letters(
    store: Store,
    made: Iterator[tuple[Recipient, Letter]],
    kept: KeptEdition,
    seal: Seal,
    doing: Doing,
    domain: str,
    passed: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Posts letters, several in each transaction. It leaves out letters that another run has posted meanwhile."""
    while batch := list(islice(made, AT_ONCE)):
        with suppress(sa.exc.IntegrityError), store.session(writing=True) as session:
            for to, letter in batch:
                post(session, kept.name, to.participant, letter, seal, doing, domain=domain, copy=to.copy)
        passed(batch[-1][0].copy, len(kept.edition.recipients))


def letters_of(
    listed: EditionList, kept: KeptEdition, recipients: list[Recipient]
) -> Iterator[tuple[Recipient, Letter]]:
    """The letter to each recipient in the language of its mission: the cover note, and the list where it may travel."""
    lists: dict[str, tuple[Attachment, ...]] = {}
    for to in recipients:
        words = language(to.language if to.language in AVAILABLE else "en")
        if words.code not in lists:
            lists[words.code] = attached_list(listed, kept.name, words)
        told = cover_note(kept, to, listed, words)
        subject, text, html = write("circulation", words, {**told, "subject": circulation.subject(words, kept.name)})
        year = circulation.year_of(kept.name)
        cover = Attachment(f"{circulation.title(words)} {year}.pdf", cover_note_pdf(told), "application/pdf")
        proof = Attachment(f"{year}.json", manifest(kept), "application/json")
        attachments = (cover, proof) if to.manner == "notice" else (cover, *lists[words.code], proof)
        yield (
            to,
            Letter(
                to.email,
                subject,
                text,
                html,
                attachments,
                (("X-Edition", kept.name),),
                to.certificate,
                to.manner != "notice",
                kept.edition.in_clear_by if to.manner == "clear" else "",
            ),
        )


def attached_list(listed: EditionList, edition: str, words: Language) -> tuple[Attachment, ...]:
    """The list as a document and as a table, in a language."""
    made = list_files_in(listed, words.code)
    name = circulation.file_name(words, edition)
    return (
        Attachment(f"{name}.pdf", made[pdf_name(words.code)], "application/pdf"),
        Attachment(f"{name}.csv", made[CSV], "text/csv"),
    )


def hold_back(store: Store, own: Registers, kept: KeptEdition, seal: Seal, doing: Doing) -> int:
    """Stops the letters whose mission has another address or certificate than was approved. Gives their number.

    A letter that replaces one goes where two persons sent it.
    """
    changed = changed_since(own, kept, doing.at)
    with store.session() as session:
        held = [
            one
            for one in letters(session, seal, kept.name)
            if one.recipient in changed and not one.again and _is_waiting(one)
        ]
    for letter in held:
        with store.session(writing=True) as session:
            insert(
                session,
                letter.number,
                len(letter.steps) + 1,
                LetterStep("refused", doing.by, doing.at, HELD_BACK),
                seal,
            )
    return len(held)


def changed_since(own: Registers, kept: KeptEdition, at: datetime) -> frozenset[str]:
    """The recipients whose mission has another address or certificate now than was approved."""
    now = missions(list(own.authorities), at)
    return frozenset(
        to.participant
        for to in kept.edition.recipients
        if (mission := now.get(to.participant)) is None
        or plain_address(mission.email) != plain_address(to.email)
        or (to.certificate and mission.certificate != to.certificate)
    )


def _is_waiting(letter: Posted) -> bool:
    return letter.state in ("queued", "deferred")
