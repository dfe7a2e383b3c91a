"""A draft before a second person: the act, the scan, the examination, the difference it makes, and what follows."""

from collections.abc import Callable

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from depositary.desk import drafts
from depositary.desk.draft import OPEN, STATES, Draft
from depositary.errors import DepositaryError
from depositary.web.parts import Link
from depositary.web.staff import preview
from depositary.web.staff.access import Actor, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_page import known_draft, known_entry
from depositary.web.staff.pages import DraftPage
from depositary.web.staff.parts import StepLine
from depositary.web.staff.rendering import answer
from depositary.words import Language


def routes(desk: Desk) -> APIRouter:
    """The routes of a draft."""
    router = APIRouter()

    @router.get("/staff/drafts/{number}")
    def page(number: int, actor: Actor = may("read")) -> Response:
        return draft_page(desk, actor, known_draft(desk, number), "", 200)

    @router.post("/staff/drafts/{number}/submit")
    def submit(number: int, actor: Actor = may("draft")) -> Response:
        return step(desk, actor, number, lambda session, seen: drafts.submit(session, number, seen, actor.doing))

    @router.post("/staff/drafts/{number}/received")
    def received(number: int, actor: Actor = may("draft")) -> Response:
        return step(
            desk, actor, number, lambda session, seen: drafts.submit(session, number, seen, actor.doing, received=True)
        )

    @router.post("/staff/drafts/{number}/withdraw")
    def withdraw(number: int, actor: Actor = may("draft")) -> Response:
        return step(desk, actor, number, lambda session, seen: drafts.withdraw(session, number, seen, actor.doing))

    @router.post("/staff/drafts/{number}/refuse")
    def refuse(number: int, actor: Actor = may("release")) -> Response:
        reason = actor.form["reason"]
        return step(
            desk, actor, number, lambda session, seen: drafts.refuse(session, number, seen, reason, actor.doing)
        )

    @router.post("/staff/drafts/{number}/release")
    def release(number: int, actor: Actor = may("release", binding=True)) -> Response:
        known_draft(desk, number)
        try:
            drafts.release(desk.store, number, actor.form["shown"], actor.doing)
        except DepositaryError as fault:
            return draft_page(desk, actor, known_draft(desk, number), fault.sentence, 409)
        return RedirectResponse(f"/staff/drafts/{number}", 303)

    return router


def step(desk: Desk, actor: Actor, number: int, take: Callable[[Session, int], Draft]) -> Response:
    """Takes one step with the version of a draft that the person saw, or says why it cannot be taken."""
    known_draft(desk, number)
    try:
        with desk.store.session(writing=True) as session:
            take(session, actor.form.number("seen"))
    except DepositaryError as fault:
        return draft_page(desk, actor, known_draft(desk, number), fault.sentence, 409)
    return RedirectResponse(f"/staff/drafts/{number}", 303)


def draft_page(desk: Desk, actor: Actor, draft: Draft, fault: str, status: int) -> Response:
    """A draft with all that a second person must see before the release."""
    words, proposal, state, account = actor.words, draft.last.proposal, draft.state, actor.account
    is_open, is_released = state in OPEN, state == "released"
    comparisons = preview.comparisons_of(desk, proposal)
    own = account.name in draft.authors
    old = preview.entry_facts(desk, words, known_entry(desk, proposal.target)) if proposal.target else []
    return answer(
        DraftPage(
            desk.frame_of(actor),
            draft.number,
            draft.last.number,
            state,
            preview.title_of(desk, words, proposal),
            tuple(preview.facts_of(desk, words, proposal)),
            tuple(old),
            tuple(Link(digest[:16], f"/staff/documents/{digest}") for digest in proposal.documents),
            preview.preview_of(desk, words, proposal, comparisons),
            () if is_released else tuple(preview.before_and_after(words, comparisons)),
            () if is_released else preview.notifications(desk, words, proposal),
            tuple(steps(draft, words)),
            entry_links(desk, words, draft),
            preview.letter(desk, proposal, comparisons) if state == "received" else None,
            drafts.view_digest(draft.last, desk.root),
            account.may("draft") and is_open and proposal.kind != "import",
            account.may("draft") and is_open,
            account.may("release") and state == "submitted" and not own,
            own,
            fault,
        ),
        status,
    )


def entry_links(desk: Desk, words: Language, draft: Draft) -> tuple[Link, ...]:
    """The first entries that a draft became, on the public site."""
    treaty = draft.last.proposal.acts[0].treaty if draft.last.proposal.acts else ""
    return tuple(
        Link(str(number), desk.public(f"/{words.code}/treaties/{treaty}/register/{number}"))
        for number in draft.entries[:50]
    )


def steps(draft: Draft, words: Language) -> list[StepLine]:
    """What became of a draft: its versions and its steps by the time of each."""
    lines = []
    for version in draft.versions:
        what = words.gettext("version %(number)d", number=version.number)
        lines.append((version.saved_at, StepLine(what, version.saved_by, words.stored_instant(version.saved_at), "")))
    lines += [
        (
            step.done_at,
            StepLine(words.said(STATES[step.what]), step.done_by, words.stored_instant(step.done_at), step.reason),
        )
        for step in draft.steps
    ]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]
