"""The intake: a form for each kind of act, what it would do beside it, and the draft it becomes."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.desk import drafts
from depositary.desk.draft import OPEN, Draft
from depositary.desk.proposal import Proposal
from depositary.law.acts import Action
from depositary.register.transaction import Refused
from depositary.web.staff import intake_forms, preview
from depositary.web.staff.access import Actor, Forbidden, Missing, may, new_form
from depositary.web.staff.desk import Desk
from depositary.web.staff.documents import keep_scans
from depositary.web.staff.intake_page import fill, form_page, known_draft, known_entry, values_of_proposal
from depositary.web.staff.pages import OptionsPart, PreviewPart
from depositary.web.staff.rendering import answer

OPTIONS = 20
FROM_ADDRESS = ("treaty", "participant", "reading", "subject", "source")
"""The fields that the address of a new form may fill."""

WITH_NAMES = ("participant", "addressee")
"""The fields that take the name of a participant."""


def routes(desk: Desk) -> APIRouter:
    """The routes of the forms."""
    router = APIRouter()

    @router.get("/staff/new/{slug}")
    def new(request: Request, slug: str, actor: Actor = may("draft")) -> Response:
        action = intake_forms.action_of(slug)
        if action is None:
            raise Missing
        require_right_to_rule(actor, action)
        return form_page(desk, actor, values_of_address(slug, request.query_params), {})

    @router.get("/staff/entries/{number}/rectify")
    def rectify(number: int, actor: Actor = may("draft")) -> Response:
        entry = known_entry(desk, number)
        if entry.act is None:
            raise Missing
        proposal = Proposal("rectify", (entry.act,), number, receipt=entry.receipt)
        return form_page(desk, actor, values_of_proposal(desk, actor, proposal), {})

    @router.get("/staff/entries/{number}/strike")
    def strike(number: int, actor: Actor = may("draft")) -> Response:
        known_entry(desk, number)
        return form_page(desk, actor, values_of_proposal(desk, actor, Proposal("strike", (), number)), {})

    @router.get("/staff/drafts/{number}/edit")
    def edit(number: int, actor: Actor = may("draft")) -> Response:
        draft = known_draft(desk, number)
        if draft.state not in OPEN or draft.last.proposal.kind == "import":
            raise Missing
        values = values_of_proposal(desk, actor, draft.last.proposal)
        return form_page(desk, actor, values | {"draft": str(number), "seen": str(draft.last.number)}, {})

    @router.post("/staff/form/preview")
    def follow(actor: Actor = may("draft")) -> Response:
        filled = fill(desk, actor.form, ())
        part = preview.preview(desk, actor.words, filled.proposal, dict(filled.faults))
        return answer(PreviewPart(desk.frame_of(actor), part))

    @router.post("/staff/form")
    def save(actor: Actor = may("draft")) -> Response:
        form = actor.form
        require_right_to_rule(actor, intake_forms.action_of(form["action"]))
        try:
            documents = keep_scans(desk, form)
        except Refused as fault:
            return form_page(desk, actor, dict(form.fields), {"documents": fault.sentence}, 422)
        filled = fill(desk, form, documents)
        if filled.proposal is None or form["do"] == "examine":
            status = 422 if filled.proposal is None else 200
            return form_page(desk, actor, dict(form.fields), dict(filled.faults), status, documents)
        return RedirectResponse(f"/staff/drafts/{save_draft(desk, actor, filled.proposal).number}", 303)

    @router.get("/staff/participants")
    def participants(request: Request, actor: Actor = may("read")) -> Response:
        typed = next((request.query_params[name] for name in WITH_NAMES if name in request.query_params), "")[:100]
        codes = desk.collection.gazetteer.search(typed, clock.today())[:OPTIONS]
        options = tuple(intake_forms.option(desk.collection, code, actor.words, clock.today()) for code in codes)
        return answer(OptionsPart(desk.frame_of(actor), options))

    return router


def require_right_to_rule(actor: Actor, action: Action | None) -> None:
    """A ruling is drafted by a legal officer. Raises Forbidden."""
    if action == "ruling" and not actor.account.may("rule"):
        raise Forbidden


def values_of_address(slug: str, query: Mapping[str, str]) -> dict[str, str]:
    """The values with which a new form begins: today's date, and what its address names."""
    values = {"form": new_form(), "kind": "record", "action": slug, "date": clock.today().isoformat()}
    return values | {name: query[name] for name in FROM_ADDRESS if name in query}


def save_draft(desk: Desk, actor: Actor, proposal: Proposal) -> Draft:
    """The draft of a filled form, saved and, where the form says so, submitted or noted as received."""
    form, what = actor.form, actor.form["do"]
    with desk.store.session(writing=True) as session:
        number = form.number("draft")
        if number:
            draft = drafts.save(session, number, form.number("seen"), proposal, actor.doing)
        else:
            draft = drafts.begin(session, form["form"], proposal, actor.doing)
        if what in ("submit", "received") and draft.state in OPEN:
            is_received = what == "received"
            draft = drafts.submit(session, draft.number, draft.last.number, actor.doing, received=is_received)
    return draft
