"""A proposal before a second person, who approves, overrides or refuses it; its author may withdraw it."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.authorities import links, proposal, proposals
from depositary.authorities.checks import doubts
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.links import Inquiry
from depositary.authorities.proposal import AuthorityProposal, Became
from depositary.authorities.validity import valid
from depositary.correspondence.inquiries import ask_old_contacts, tell_changes
from depositary.desk.audit import log
from depositary.errors import DepositaryError
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, Missing, is_number, may
from depositary.web.staff.authorities.facts import entry_facts, name_of, note_read, registers, side_by_side, title_of
from depositary.web.staff.authorities.inquiries import house_of
from depositary.web.staff.authorities.inquiry_pages import ReplyPage
from depositary.web.staff.authorities.pages import ProposalPage, ProposalsPage
from depositary.web.staff.desk import Desk
from depositary.web.staff.parts import StepLine
from depositary.web.staff.rendering import answer
from depositary.words import Language, authorities

MOST = 200
"""The proposals of one page."""

STEP: Mapping[str, Became] = {
    "approve": "approved",
    "override": "overridden",
    "refuse": "refused",
    "withdraw": "withdrawn",
}
"""The step that a decision adds to a proposal."""


def routes(desk: Desk) -> APIRouter:
    """The routes of a proposal."""
    router = APIRouter()

    @router.get("/staff/contacts/proposals")
    def page_of_all(actor: Actor = may("contacts")) -> Response:
        return answer(proposals_page(desk, actor))

    @router.post("/staff/contacts/proposals")
    def approve_all(actor: Actor = may("contacts", binding=True)) -> Response:
        numbers = [int(text) for text in actor.form["numbers"].split() if is_number(text)][:MOST]
        try:
            seen, by, at = actor.form["shown"], actor.account.name, actor.doing.at
            approved = proposals.approve_all(registers(desk), numbers, seen, by, at)
        except DepositaryError as fault:
            if were_approved(desk, numbers, by=actor.account.name):
                return RedirectResponse("/staff/contacts", 303)
            return answer(proposals_page(desk, actor, fault.sentence), 409)
        follow_up(desk, actor, approved, "approve")
        return RedirectResponse("/staff/contacts", 303)

    @router.get("/staff/contacts/proposals/{number}")
    def page(number: int, actor: Actor = may("contacts")) -> Response:
        change = known_proposal(desk, number)
        note_read(desk, actor, f"{change.entry.participant}: proposal {number}")
        return answer(proposal_page(desk, actor, change))

    @router.post("/staff/contacts/proposals/{number}/approve")
    def approve(number: int, actor: Actor = may("contacts", binding=True)) -> Response:
        return decide(desk, actor, number, "approve")

    @router.post("/staff/contacts/proposals/{number}/override")
    def override(number: int, actor: Actor = may("contacts", binding=True)) -> Response:
        return decide(desk, actor, number, "override")

    @router.post("/staff/contacts/proposals/{number}/ask")
    def ask(number: int, actor: Actor = may("contacts", binding=True)) -> Response:
        with desk.store.session(writing=True) as session:
            ask_old_contacts(house_of(desk), session, [known_proposal(desk, number)], actor.doing)
        return RedirectResponse(f"/staff/contacts/proposals/{number}", 303)

    @router.post("/staff/contacts/proposals/{number}/refuse")
    def refuse(number: int, actor: Actor = may("contacts")) -> Response:
        return decide(desk, actor, number, "refuse")

    @router.post("/staff/contacts/proposals/{number}/withdraw")
    def withdraw(number: int, actor: Actor = may("contacts")) -> Response:
        return decide(desk, actor, number, "withdraw")

    @router.get("/staff/contacts/replies/{token}")
    def reply(token: str, actor: Actor = may("contacts")) -> Response:
        inquiry = known_reply(desk, token)
        note_read(desk, actor, f"{inquiry.participant}: reply")
        return answer(reply_page(desk, actor, inquiry))

    return router


def were_approved(desk: Desk, numbers: Sequence[int], *, by: str) -> bool:
    """Whether this person approved all of these proposals, as after a second click. Raises Missing."""
    return bool(numbers) and all(known_proposal(desk, number).was_decided("approved", by) for number in numbers)


def known_reply(desk: Desk, token: str) -> Inquiry:
    """The inquiry to which a mission replied that something is to be changed. Raises Missing."""
    for inquiry in links.inquiries(registers(desk), "confirmation"):
        if inquiry.token == token and inquiry.said == "changes" and inquiry.answered_at:
            return inquiry
    raise Missing


def reply_page(desk: Desk, actor: Actor, inquiry: Inquiry) -> ReplyPage:
    """What a mission would have changed, in its own words."""
    code, words = inquiry.participant, actor.words
    at = words.instant(inquiry.answered_at) if inquiry.answered_at else ""
    name = name_of(desk, words, code)
    return ReplyPage(desk.frame_of(actor), name, f"/staff/contacts/of/{code}", at, inquiry.text)


def decide(desk: Desk, actor: Actor, number: int, what: str) -> Response:
    """Carries out a decision once, however often the person clicks, or says why it cannot be carried out."""
    known_proposal(desk, number)
    store, by, at, reason = registers(desk), actor.account.name, actor.doing.at, actor.form.reason
    try:
        if what == "approve":
            change = proposals.approve(store, number, actor.form["shown"], by, at)
        elif what == "override":
            change = proposals.override(store, number, reason, by, at)
        elif what == "refuse":
            change = proposals.refuse(store, number, reason, by, at)
        else:
            change = proposals.withdraw(store, number, by, at)
    except DepositaryError as fault:
        now = known_proposal(desk, number)
        if now.was_decided(STEP[what], by):
            return RedirectResponse(f"/staff/contacts/proposals/{number}", 303)
        note_read(desk, actor, f"{now.entry.participant}: proposal {number}")
        return answer(proposal_page(desk, actor, now, fault.sentence), 409)
    follow_up(desk, actor, [change], what)
    return RedirectResponse(f"/staff/contacts/proposals/{number}", 303)


def follow_up(desk: Desk, actor: Actor, changes: Sequence[AuthorityProposal], what: str) -> None:
    """What follows from decisions: lines in the audit, and letters to the old contacts and the contacts concerned."""
    with desk.store.session(writing=True) as session:
        for change in changes:
            log(session, actor.doing, f"contact {what}", f"proposal {change.number}: {change.state}")
        ask_old_contacts(house_of(desk), session, changes, actor.doing)
    tell_changes(house_of(desk), lambda: desk.store.session(writing=True), actor.doing)


def proposals_page(desk: Desk, actor: Actor, fault: str = "") -> ProposalsPage:
    """The proposals of others that await a second person, the oldest first."""
    words, store = actor.words, registers(desk)
    entries = store.entries()
    by_number = {entry.number: entry for entry in entries}
    of_others = (each for each in proposal.proposals(store, "proposed") if each.proposed_by != actor.account.name)
    waiting = sorted(of_others, key=lambda each: each.number)[:MOST]
    if waiting:
        note_read(desk, actor, f"{len(waiting)} proposals, from {waiting[0].number} to {waiting[-1].number}")
    return ProposalsPage(
        desk.frame_of(actor),
        tuple(
            (
                title_of(desk, words, waits.entry, by_number.get(waits.entry.concerns)),
                Link(str(waits.number), f"/staff/contacts/proposals/{waits.number}"),
                entry_facts(words, waits.entry),
                tuple(questions_about(desk, words, waits, entries)),
            )
            for waits in waiting
        ),
        " ".join(str(waits.number) for waits in waiting),
        proposal.digest_of_proposals(waiting, store.root),
        fault,
    )


def known_proposal(desk: Desk, number: int) -> AuthorityProposal:
    """The proposal of a number. Raises Missing."""
    known = proposal.proposal(registers(desk), number)
    if known is None:
        raise Missing
    return known


def proposal_page(desk: Desk, actor: Actor, change: AuthorityProposal, fault: str = "") -> ProposalPage:
    """All that a second person must see before the decision."""
    words, store = actor.words, registers(desk)
    entries = store.entries()
    old = next((entry for entry in entries if entry.number == change.entry.concerns), None)
    own = change.proposed_by == actor.account.name
    is_stated = change.entry.designation or change.entry.mission
    compared = side_by_side(entry_facts(words, old), entry_facts(words, change.entry)) if old and is_stated else ()
    return ProposalPage(
        desk.frame_of(actor),
        change.number,
        title_of(desk, words, change.entry, old),
        change.state.replace(" ", "-"),
        words.gettext(authorities.STATES[change.state]),
        entry_facts(words, change.entry),
        compared,
        entry_facts(words, old) if old and not compared else (),
        tuple(questions_about(desk, words, change, entries)),
        tuple(old_contact_lines(desk, words, change, entries)),
        steps(words, change),
        proposal.digest_of_proposal(change, store.root),
        own,
        change.state == "proposed" and not own,
        change.state in ("awaiting the old contact", "objected") and not own,
        change.state in proposal.OPEN,
        f"/staff/contacts/of/{change.entry.participant}",
        fault,
    )


def questions_about(desk: Desk, words: Language, change: AuthorityProposal, entries: list[AuthorityEntry]) -> list[str]:
    """What a careful officer asks about a designation."""
    if change.entry.designation is None or change.state not in proposal.OPEN:
        return []
    today = clock.today()
    others = [
        entry.designation
        for entry in valid(entries, today)
        if entry.designation and entry.number != change.entry.concerns
    ]
    return [
        words.gettext(
            authorities.QUESTIONS[question.about],
            date=words.date(question.day) if question.day else "",
            authority=question.authority,
            state=name_of(desk, words, question.participant) if question.participant else "",
        )
        for question in doubts(change.entry.designation, others, clock.now(), today)
    ]


def old_contact_lines(
    desk: Desk, words: Language, change: AuthorityProposal, entries: list[AuthorityEntry]
) -> list[str]:
    """Who confirms the change of a 24/7 contact, and when they were asked; nothing for another change."""
    store = registers(desk)
    if not proposal.needs_old_contact(store, change.number):
        return []
    inquiries = links.inquiries(store, "change", about=change.number)
    if inquiries:
        return [
            words.gettext(
                "A link was sent on %(sent)s, and works until %(until)s.",
                sent=words.instant(inquiry.made_at),
                until=words.instant(inquiry.expires_at),
            )
            for inquiry in inquiries
        ]
    contacts = proposal.old_contacts(entries, change, "point of contact", clock.now())
    if not any(entry.designation and entry.designation.email for entry in contacts):
        return [
            words.gettext("There is no old contact that has an address: only an override, with its reason, remains.")
        ]
    return [words.gettext("Upon approval a link is sent to the old contact.")]


def steps(words: Language, change: AuthorityProposal) -> tuple[StepLine, ...]:
    """What became of a proposal, from its first step on."""
    first = StepLine(
        words.gettext(authorities.STATES["proposed"]), change.proposed_by, words.instant(change.proposed_at), ""
    )
    return (
        first,
        *(
            StepLine(
                words.gettext(authorities.STATES[step.what]), step.done_by, words.instant(step.done_at), step.reason
            )
            for step in change.steps
        ),
    )
