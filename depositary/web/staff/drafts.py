"""A draft before a second person: the act, the scan, the examination, the difference it makes, and what follows."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.desk import drafts
from depositary.desk.draft import OPEN, STATES, Draft
from depositary.desk.preview import examine
from depositary.errors import DepositaryError
from depositary.web.parts import Link
from depositary.web.staff import preview as looking
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
    def look(number: int, actor: Actor = may("read")) -> Response:
        return draft_page(desk, actor, known_draft(desk, number), "", 200)

    def done(number: int, actor: Actor, what: str) -> Response:
        form = actor.form
        known_draft(desk, number)
        try:
            if what == "release":
                drafts.release(desk.store, number, form["shown"], actor.doing)
            else:
                with desk.store.session(writing=True) as session:
                    seen = form.number("seen")
                    if what == "submit":
                        drafts.submit(session, number, seen, actor.doing)
                    elif what == "received":
                        drafts.submit(session, number, seen, actor.doing, received=True)
                    elif what == "withdraw":
                        drafts.withdraw(session, number, seen, actor.doing)
                    else:
                        drafts.refuse(session, number, seen, form["reason"], actor.doing)
        except DepositaryError as fault:
            return draft_page(desk, actor, known_draft(desk, number), fault.sentence, 409)
        return RedirectResponse(f"/staff/drafts/{number}", 303)

    @router.post("/staff/drafts/{number}/submit")
    def submit(number: int, actor: Actor = may("draft")) -> Response:
        return done(number, actor, "submit")

    @router.post("/staff/drafts/{number}/received")
    def received(number: int, actor: Actor = may("draft")) -> Response:
        return done(number, actor, "received")

    @router.post("/staff/drafts/{number}/withdraw")
    def withdraw(number: int, actor: Actor = may("draft")) -> Response:
        return done(number, actor, "withdraw")

    @router.post("/staff/drafts/{number}/refuse")
    def refuse(number: int, actor: Actor = may("release")) -> Response:
        return done(number, actor, "refuse")

    @router.post("/staff/drafts/{number}/release")
    def release(number: int, actor: Actor = may("release", binding=True)) -> Response:
        return done(number, actor, "release")

    return router


def draft_page(desk: Desk, actor: Actor, draft: Draft, fault: str, status: int) -> Response:
    """A draft with all that is to be seen before it is released."""
    words, proposal, state = actor.words, draft.last.proposal, draft.state
    is_open = state in OPEN
    preview = looking.preview(desk, words, proposal)
    examined = examine(proposal, desk.collection, desk.entries, clock.today()) if state != "released" else ()
    own = actor.account.name in draft.authors
    old = looking.entry_facts(desk, words, known_entry(desk, proposal.target)) if proposal.target else []
    treaty = proposal.acts[0].treaty if proposal.acts else ""
    return answer(
        DraftPage(
            desk.frame_of(actor),
            draft.number,
            draft.last.number,
            state,
            looking.title_of(desk, words, proposal),
            tuple(looking.facts_of(desk, words, proposal)),
            tuple(old),
            tuple(Link(each[:16], f"/staff/documents/{each}") for each in proposal.documents),
            preview,
            tuple(looking.beside(words, examined)),
            looking.notifications(desk, words, proposal) if state != "released" else (),
            tuple(steps(draft, words)),
            tuple(
                Link(str(each), desk.public(f"/{words.code}/treaties/{treaty}/register/{each}"))
                for each in draft.entries[:50]
            ),
            looking.letter(desk, proposal) if state == "received" else None,
            drafts.shown(draft.last, desk.root),
            actor.account.may("draft") and is_open and proposal.kind != "import",
            actor.account.may("draft") and is_open,
            actor.account.may("release") and state == "submitted" and not own,
            own,
            fault,
        ),
        status,
    )


def steps(draft: Draft, words: Language) -> list[StepLine]:
    """What became of a draft, its savings among the steps."""
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
