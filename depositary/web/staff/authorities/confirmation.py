"""The page behind a link that was sent to a mission or a contact, who have no account.

To open the link changes nothing, so a mail scanner confirms nothing; the answer is sent from the page. Protected fields
are shown whole where the letter was encrypted. Otherwise they are masked, so that only who knows them recognizes them.
"""

from collections.abc import Sequence
from dataclasses import replace

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
from depositary.web.staff.access import Form, address_of, anybody, words_of
from depositary.web.staff.authorities.facts import facts, name_of, registers, side_by_side, title_of
from depositary.web.staff.authorities.inquiries import house_of
from depositary.web.staff.authorities.inquiry_pages import InquiryAnswerPage, InquiryPage
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
        inquiry = links.find(registers(desk), token, clock.now())
        if inquiry is None:
            return nothing_to_answer(desk, request, links.OVER)
        return answer(asked_page(desk, inquiry, token))

    @router.post("/contacts/confirm/{token}")
    def reply(request: Request, token: str, form: Form = Depends(anybody)) -> Response:
        store, doing = registers(desk), Doing("a link", clock.now(), address_of(request))
        inquiry = links.find(store, token, doing.at)
        if inquiry is None:
            return nothing_to_answer(desk, request, links.OVER)
        try:
            links.answer(store, token, form["say"], form["text"], form["seen"], doing.at)
        except DepositaryError as fault:
            return not_answered(desk, request, inquiry, token, form["text"], fault)
        note_answer(desk, inquiry, form["say"], doing)
        return answer(answered_page(desk, request, inquiry, form["say"]))

    return router


def answered_page(desk: Desk, request: Request, inquiry: Inquiry, said: str) -> InquiryAnswerPage:
    """What became of an answer, in the language of the mission or contact that gave it."""
    return InquiryAnswerPage(desk.frame(request.scope["path"], words_of_inquiry(desk, inquiry)), "", said)


def not_answered(
    desk: Desk, request: Request, inquiry: Inquiry, token: str, text: str, fault: DepositaryError
) -> Response:
    """The question again where the answer is not allowed; the page without a question where it can be given no more."""
    if isinstance(fault, ProposalRefused):
        return answer(asked_page(desk, inquiry, token, fault.sentence, text), 422)
    return nothing_to_answer(desk, request, fault.sentence, 409)


def note_answer(desk: Desk, inquiry: Inquiry, answered: str, doing: Doing) -> None:
    """Notes an answer in the audit, and tells the contacts that it concerns."""
    about = f"{inquiry.participant}: {inquiry.purpose} {inquiry.token[:16]}"
    with desk.store.session(writing=True) as session:
        log(session, doing, f"link answered: {answered}", about)
    tell_changes(house_of(desk), lambda: desk.store.session(writing=True), doing)


def nothing_to_answer(desk: Desk, request: Request, sentence: str, status: int = 404) -> Response:
    """The page without a question: it does not say whether a link is used, is expired or was never sent."""
    frame = desk.frame_of_nobody("/contacts/confirm", words_of(request.scope))
    return answer(InquiryAnswerPage(frame, sentence, ""), status)


def words_of_inquiry(desk: Desk, inquiry: Inquiry) -> Language:
    """The language of the mission or contact that is asked."""
    return house_of(desk).words_for(registers(desk).entries(), inquiry.participant)


def asked_page(desk: Desk, inquiry: Inquiry, token: str, fault: str = "", text: str = "") -> InquiryPage:
    """What is asked, with what is recorded, in the language of the mission or contact that is asked."""
    at, entries = clock.now(), registers(desk).entries()
    words = words_of_inquiry(desk, inquiry)
    concerned = links.asked_about(inquiry, entries, at)
    if inquiry.purpose == "change":
        authorities = proposed_facts(desk, words, inquiry, entries)
    else:
        designations = (entry.designation for entry in concerned if entry.designation)
        authorities = [(designation_title(words, one), visible_facts(words, one, inquiry)) for one in designations]
    return InquiryPage(
        desk.frame(f"/contacts/confirm/{token}", words),
        inquiry.purpose,
        name_of(desk, words, inquiry.participant),
        tuple(authorities),
        what_changes(desk, words, inquiry, entries),
        links.digest_of_question(concerned),
        words.instant(inquiry.expires_at),
        inquiry.whole,
        links.LONGEST,
        text,
        fault,
    )


def proposed_facts(
    desk: Desk, words: Language, inquiry: Inquiry, entries: Sequence[AuthorityEntry]
) -> list[tuple[str, tuple[Fact, ...]]]:
    """What a change would make of the contact, masked: the old contact does not learn how the new one is reached."""
    change = proposal.proposal(registers(desk), inquiry.about)
    if change is None:
        return []
    old = next((entry for entry in entries if entry.number == change.entry.concerns), None)
    designation = change.entry.designation
    facts = visible_facts(words, designation, inquiry) if designation else ()
    return [(title_of(desk, words, change.entry, old), facts)]


def what_changes(
    desk: Desk, words: Language, inquiry: Inquiry, entries: Sequence[AuthorityEntry]
) -> tuple[tuple[str, str, str], ...]:
    """The contact as it stands beside the contact as it would be; a change that the masks would hide is said."""
    change = proposal.proposal(registers(desk), inquiry.about) if inquiry.purpose == "change" else None
    old = next((entry.designation for entry in entries if change and entry.number == change.entry.concerns), None)
    if change is None or old is None:
        return ()
    new = change.entry.designation
    masked = side_by_side(visible_facts(words, old, inquiry), visible_facts(words, new, inquiry) if new else ())
    whole = side_by_side(facts(words, old, "parties"), facts(words, new, "parties") if new else ())
    changed = {label for label, before, after in whole if before != after}
    return tuple(
        (label, before, f"{after} ({words.gettext('changed')})" if before == after and label in changed else after)
        for label, before, after in masked
    )


def designation_title(words: Language, designation: Designation) -> str:
    """A designation in a line: its function and its authority."""
    return f"{words.gettext(FUNCTIONS[designation.function])}: {designation.authority}"


def visible_facts(words: Language, designation: Designation, inquiry: Inquiry) -> tuple[Fact, ...]:
    """What the mission or contact that is asked may see of a designation: what States Parties may, whole or masked."""
    return facts(words, designation if inquiry.whole else mask_designation(designation), "parties")


def mask_designation(designation: Designation) -> Designation:
    """A designation with masked fields: who knows a field recognizes it, and nobody else can use it."""
    return replace(
        designation,
        telephones=tuple(Telephone(mask(telephone.number), telephone.always) for telephone in designation.telephones),
        email=f"{designation.email[:1]}•••@{designation.email.rpartition('@')[2]}" if designation.email else "",
        secure_channel=mask(designation.secure_channel),
        certificate=mask(designation.certificate.strip().removesuffix("-----END CERTIFICATE-----").strip()),
        person="",
        remarks="",
        note="",
        note_date=None,
    )


def mask(text: str) -> str:
    """The last three characters of a text, behind three dots."""
    return f"•••{text[-3:]}" if len(text) > 6 else "•••" if text else ""
