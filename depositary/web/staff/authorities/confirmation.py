"""The page behind a link that was sent: for missions and contacts, who have no account.

Looking changes nothing, so that a mail scanner that opens the link confirms nothing; an answer is sent from the page.
What is protected is shown whole only to one whose mail was encrypted; to others masked, enough to know it by.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.authorities import links, proposal
from depositary.authorities.designations import Designation, Telephone
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.links import Inquiry
from depositary.authorities.proposal import ProposalRefused
from depositary.correspondence.inquiries import tell_changes
from depositary.desk.audit import Doing, log
from depositary.errors import DepositaryError
from depositary.web.staff import access
from depositary.web.staff.access import Form, address_of, anybody
from depositary.web.staff.authorities.facts import facts, name_of, registers, title_of
from depositary.web.staff.authorities.inquiries import house_of
from depositary.web.staff.authorities.inquiry_pages import AnsweredPage, AskedPage
from depositary.web.staff.authorities.pages import Fact
from depositary.web.staff.desk import Desk
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.authorities import FUNCTIONS


def routes(desk: Desk) -> APIRouter:
    """The routes behind links."""
    router = APIRouter()

    @router.get("/contacts/confirm/{token}")
    def look(request: Request, token: str) -> Response:
        link = links.find(registers(desk), token, clock.now())
        if link is None:
            return over(desk, request, links.OVER)
        return answer(asked_page(desk, link, token))

    @router.post("/contacts/confirm/{token}")
    def reply(request: Request, token: str, form: Form = Depends(anybody)) -> Response:
        store, at = registers(desk), clock.now()
        link = links.find(store, token, at)
        if link is None:
            return over(desk, request, links.OVER)
        try:
            links.answer(store, token, form["say"], form["text"], form["seen"], at)
        except ProposalRefused as fault:
            return answer(asked_page(desk, link, token, fault.sentence, form["text"]), 422)
        except DepositaryError as fault:
            return over(desk, request, fault.sentence, 409)
        doing = Doing("a link", at, address_of(request))
        with desk.store.session(writing=True) as session:
            log(
                session, doing, f"link answered: {form['say']}", f"{link.participant}: {link.purpose} {link.token[:16]}"
            )
        tell_changes(house_of(desk), lambda: desk.store.session(writing=True), doing)
        words = words_of(desk, link)
        return answer(AnsweredPage(desk.frame(request.scope["path"], words), "", form["say"]))

    return router


def over(desk: Desk, request: Request, said: str, status: int = 404) -> Response:
    """That there is nothing to be answered here; the same for a link that is used, expired or was never sent."""
    return answer(AnsweredPage(desk.nobodys("/contacts/confirm", access.words_of(request.scope)), said, ""), status)


def words_of(desk: Desk, link: Inquiry) -> Language:
    """The language of the one who was asked."""
    return house_of(desk).words_for(registers(desk).entries(), link.participant)


def asked_page(desk: Desk, link: Inquiry, token: str, fault: str = "", text: str = "") -> AskedPage:
    """What is asked, with what is recorded, in the language of the one who is asked."""
    store, at = registers(desk), clock.now()
    entries = store.entries()
    words = words_of(desk, link)
    asked = links.asked_about(link, entries, at)
    shown: list[tuple[str, tuple[Fact, ...]]] = []
    if link.purpose == "change":
        shown = what_is_proposed(desk, words, link, entries, at)
    else:
        shown = [(title(words, one), visible(words, one, link)) for entry in asked if (one := entry.designation)]
    return AskedPage(
        desk.frame(f"/contacts/confirm/{token}", words),
        link.purpose,
        name_of(desk, words, link.participant),
        tuple(shown),
        links.digest_of_question(asked),
        words.instant(link.expires_at),
        link.whole,
        links.LONGEST,
        text,
        fault,
    )


def what_is_proposed(
    desk: Desk, words: Language, link: Inquiry, entries: Sequence[AuthorityEntry], at: datetime
) -> list[tuple[str, tuple[Fact, ...]]]:
    """What a change would make of the contact, masked: the old one is asked, not told how to reach the new one."""
    one = proposal.proposal(registers(desk), link.about)
    if one is None:
        return []
    old = next((entry for entry in entries if entry.number == one.entry.concerns), None)
    told = visible(words, one.entry.designation, link) if one.entry.designation else ()
    return [(title_of(desk, words, one.entry, old), told)]


def title(words: Language, one: Designation) -> str:
    return f"{words.gettext(FUNCTIONS[one.function])}: {one.authority}"


def visible(words: Language, one: Designation, link: Inquiry) -> tuple[Fact, ...]:
    """What the one who was asked may see of a designation: what States Parties may, whole or masked."""
    return facts(words, one if link.whole else masked(one), "parties")


def masked(one: Designation) -> Designation:
    """A designation whose protected fields can be recognized by one who knows them, and used by nobody."""
    return replace(
        one,
        telephones=tuple(Telephone(mask(telephone.number), telephone.always) for telephone in one.telephones),
        email=f"{one.email[:1]}•••@{one.email.rpartition('@')[2]}" if one.email else "",
        secure_channel=mask(one.secure_channel),
        certificate=mask(one.certificate.strip().removesuffix("-----END CERTIFICATE-----").strip()),
        person="",
        remarks="",
        note="",
        note_date=None,
    )


def mask(text: str) -> str:
    """The last three characters of a text."""
    return f"•••{text[-3:]}" if len(text) > 6 else "•••" if text else ""
