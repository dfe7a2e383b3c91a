"""A proposal before a second person, and what becomes of it: the states of `contacts.proposals`, and no other path."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.authorities import links, proposal, proposals
from depositary.authorities.checks import doubts
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.proposal import AuthorityProposal
from depositary.authorities.validity import valid
from depositary.correspondence.inquiries import ask_old_contact, tell_changes
from depositary.errors import DepositaryError
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.authorities.facts import entry_facts, name_of, note_read, registers, title_of
from depositary.web.staff.authorities.inquiries import house_of
from depositary.web.staff.authorities.inquiry_pages import ReplyPage
from depositary.web.staff.authorities.pages import ProposalPage, ProposalsPage
from depositary.web.staff.authorities.proposals import note
from depositary.web.staff.desk import Desk
from depositary.web.staff.parts import StepLine
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words import authorities as said

MOST = 200
"""The proposals of one page."""


def routes(desk: Desk) -> APIRouter:
    """The routes of a proposal."""
    router = APIRouter()

    @router.get("/staff/contacts/proposals")
    def look_at_all(actor: Actor = may("contacts")) -> Response:
        return answer(proposals_page(desk, actor))

    @router.post("/staff/contacts/proposals")
    def approve_all(actor: Actor = may("contacts", binding=True)) -> Response:
        numbers = [int(each) for each in actor.form["numbers"].split() if each.isascii() and each.isdigit()]
        store, by, at = registers(desk), actor.account.name, actor.doing.at
        try:
            proposals.approve_all(store, numbers[:MOST], actor.form["shown"], by, at)
        except DepositaryError as fault:
            return answer(proposals_page(desk, actor, fault.sentence), 409)
        for number in numbers[:MOST]:
            after(desk, actor, known_proposal(desk, number), "approve")
        return RedirectResponse("/staff/contacts", 303)

    @router.get("/staff/contacts/proposals/{number}")
    def look(number: int, actor: Actor = may("contacts")) -> Response:
        one = known_proposal(desk, number)
        note_read(desk, actor, f"{one.entry.participant}: proposal {number}")
        return answer(proposal_page(desk, actor, one))

    @router.post("/staff/contacts/proposals/{number}/approve")
    def approve(number: int, actor: Actor = may("contacts", binding=True)) -> Response:
        return decided(desk, actor, number, "approve")

    @router.post("/staff/contacts/proposals/{number}/override")
    def override(number: int, actor: Actor = may("contacts", binding=True)) -> Response:
        return decided(desk, actor, number, "override")

    @router.post("/staff/contacts/proposals/{number}/ask")
    def ask(number: int, actor: Actor = may("contacts", binding=True)) -> Response:
        with desk.store.session(writing=True) as session:
            ask_old_contact(house_of(desk), session, known_proposal(desk, number), actor.doing)
        return RedirectResponse(f"/staff/contacts/proposals/{number}", 303)

    @router.post("/staff/contacts/proposals/{number}/refuse")
    def refuse(number: int, actor: Actor = may("contacts")) -> Response:
        return decided(desk, actor, number, "refuse")

    @router.post("/staff/contacts/proposals/{number}/withdraw")
    def withdraw(number: int, actor: Actor = may("contacts")) -> Response:
        return decided(desk, actor, number, "withdraw")

    @router.get("/staff/contacts/replies/{token}")
    def reply(token: str, actor: Actor = may("contacts")) -> Response:
        for link in links.inquiries(registers(desk), "confirmation"):
            if link.token == token and link.said == "changes" and link.answered_at:
                code = link.participant
                note_read(desk, actor, f"{code}: reply")
                name = name_of(desk, actor.words, code)
                at = actor.words.instant(link.answered_at)
                return answer(ReplyPage(desk.frame_of(actor), name, f"/staff/contacts/of/{code}", at, link.text))
        raise Missing

    return router


def decided(desk: Desk, actor: Actor, number: int, what: str) -> Response:
    """Carries out a decision, or says why it cannot be."""
    one = known_proposal(desk, number)
    store, by, at, reason = registers(desk), actor.account.name, actor.doing.at, actor.form["reason"][:2000]
    try:
        if what == "approve":
            one = proposals.approve(store, number, actor.form["shown"], by, at)
        elif what == "override":
            one = proposals.override(store, number, reason, by, at)
        elif what == "refuse":
            one = proposals.refuse(store, number, reason, by, at)
        else:
            one = proposals.withdraw(store, number, by, at)
    except DepositaryError as fault:
        note_read(desk, actor, f"{one.entry.participant}: proposal {number}")
        return answer(proposal_page(desk, actor, known_proposal(desk, number), fault.sentence), 409)
    after(desk, actor, one, what)
    return RedirectResponse(f"/staff/contacts/proposals/{number}", 303)


def after(desk: Desk, actor: Actor, one: AuthorityProposal, what: str) -> None:
    """What follows from a decision: it is noted, the old contact is asked, and who is concerned is told."""
    note(desk, actor, f"contact {what}", f"proposal {one.number}: {one.state}")
    with desk.store.session(writing=True) as session:
        ask_old_contact(house_of(desk), session, one, actor.doing)
    tell_changes(house_of(desk), lambda: desk.store.session(writing=True), actor.doing)


def proposals_page(desk: Desk, actor: Actor, fault: str = "") -> ProposalsPage:
    """The proposals of others that await a second person, the first first."""
    words, store = actor.words, registers(desk)
    entries, by_number = store.entries(), {entry.number: entry for entry in store.entries()}
    waiting = [one for one in proposal.proposals(store, "proposed") if one.proposed_by != actor.account.name]
    every = sorted(waiting, key=lambda one: one.number)[:MOST]
    if every:
        note_read(desk, actor, f"{len(every)} proposals, from {every[0].number} to {every[-1].number}")
    return ProposalsPage(
        desk.frame_of(actor),
        tuple(
            (
                title_of(desk, words, one.entry, by_number.get(one.entry.concerns)),
                Link(str(one.number), f"/staff/contacts/proposals/{one.number}"),
                entry_facts(words, one.entry),
                tuple(asked(desk, words, one, entries)),
            )
            for one in every
        ),
        " ".join(str(one.number) for one in every),
        proposal.digest_of_proposals(every, store.root),
        fault,
    )


def known_proposal(desk: Desk, number: int) -> AuthorityProposal:
    """The proposal of a number. Raises Missing."""
    found = proposal.proposal(registers(desk), number)
    if found is None:
        raise Missing
    return found


def proposal_page(desk: Desk, actor: Actor, one: AuthorityProposal, fault: str = "") -> ProposalPage:
    """All that a second person must see before deciding."""
    words, store = actor.words, registers(desk)
    entries = store.entries()
    old = next((entry for entry in entries if entry.number == one.entry.concerns), None)
    own = one.proposed_by == actor.account.name
    compared = beside(words, old, one.entry) if old and (one.entry.designation or one.entry.mission) else ()
    return ProposalPage(
        desk.frame_of(actor),
        one.number,
        title_of(desk, words, one.entry, old),
        one.state.replace(" ", "-"),
        words.gettext(said.STATES[one.state]),
        entry_facts(words, one.entry),
        compared,
        entry_facts(words, old) if old and not compared else (),
        tuple(asked(desk, words, one, entries)),
        tuple(old_contacts(desk, words, one, entries)),
        steps(words, one),
        proposal.digest_of_proposal(one, store.root),
        own,
        one.state == "proposed" and not own,
        one.state in ("awaiting the old contact", "objected") and not own,
        one.state in proposal.OPEN,
        f"/staff/contacts/of/{one.entry.participant}",
        fault,
    )


def beside(words: Language, old: AuthorityEntry, new: AuthorityEntry) -> tuple[tuple[str, str, str], ...]:
    """What an entry says beside what would take its place, field by field."""
    before, after = ({fact.label: fact.value for fact in entry_facts(words, each)} for each in (old, new))
    return tuple((label, before.get(label, ""), after.get(label, "")) for label in dict.fromkeys((*before, *after)))


def asked(desk: Desk, words: Language, one: AuthorityProposal, entries: list[AuthorityEntry]) -> list[str]:
    """What a careful officer asks about a designation."""
    if one.entry.designation is None or one.state not in proposal.OPEN:
        return []
    today = clock.today()
    others = [
        each.designation for each in valid(entries, today) if each.designation and each.number != one.entry.concerns
    ]
    return [
        words.gettext(
            said.QUESTIONS[each.about],
            date=words.date(each.day) if each.day else "",
            authority=each.authority,
            state=name_of(desk, words, each.participant) if each.participant else "",
        )
        for each in doubts(one.entry.designation, others, clock.now(), today)
    ]


def old_contacts(desk: Desk, words: Language, one: AuthorityProposal, entries: list[AuthorityEntry]) -> list[str]:
    """Through whom a change of a contact is confirmed, and whether they were asked."""
    store = registers(desk)
    if not proposal.needs_old_contact(store, one.number):
        return []
    inquiries = links.inquiries(store, "change", about=one.number)
    if inquiries:
        return [
            words.gettext(
                "A link was sent on %(sent)s, and works until %(until)s.",
                sent=words.instant(link.made_at),
                until=words.instant(link.expires_at),
            )
            for link in inquiries
        ]
    stand = proposal.old_contacts(entries, one, "point of contact", clock.now())
    if not any(each.designation and each.designation.email for each in stand):
        return [
            words.gettext("There is no old contact that has an address: only an override, with its reason, remains.")
        ]
    return [words.gettext("Upon approval a link is sent to the old contact.")]


def steps(words: Language, one: AuthorityProposal) -> tuple[StepLine, ...]:
    """What became of it, from the first."""
    first = StepLine(words.gettext(said.STATES["proposed"]), one.proposed_by, words.instant(one.proposed_at), "")
    return (
        first,
        *(
            StepLine(words.gettext(said.STATES[each.what]), each.done_by, words.instant(each.done_at), each.reason)
            for each in one.steps
        ),
    )
