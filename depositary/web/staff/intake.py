"""The intake: a form for each kind of act, what it would do beside it, and the case it begins or belongs to."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.desk import case_steps
from depositary.desk.case import OPEN, Case
from depositary.desk.case_content import CaseContent, Document
from depositary.desk.case_steps import CaseChanged
from depositary.errors import Sentence
from depositary.law.acts import Action
from depositary.register.transaction import Refused
from depositary.web.staff import intake_forms, preview
from depositary.web.staff.access import Actor, Forbidden, Form, Missing, may, new_form
from depositary.web.staff.case_page import submit_case
from depositary.web.staff.desk import Desk
from depositary.web.staff.documents import keep_scans
from depositary.web.staff.intake_page import changed_page, day_in_words, fill, form_page
from depositary.web.staff.pages import OptionsPart, PreviewPart
from depositary.web.staff.rendering import answer
from depositary.web.staff.typed_dates import DATES, understood

OPTIONS = 20
LOOK_AT_DATES = Sentence("The dates were understood as the words beside them say. Nothing is saved yet: send it again.")
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

    @router.post("/staff/form/preview")
    def follow(actor: Actor = may("draft")) -> Response:
        filled = fill(desk, actor.form, ())
        part = preview.preview(desk, actor.words, filled.content, dict(filled.faults))
        typed = actor.form.fields
        days = tuple((name, day_in_words(actor.words, name, typed[name])) for name in sorted(DATES & typed.keys()))
        return answer(PreviewPart(desk.frame_of(actor), part, days))

    @router.post("/staff/form")
    def save(actor: Actor = may("draft")) -> Response:
        require_right_to_rule(actor, intake_forms.action_of(actor.form["action"]))
        try:
            documents = keep_scans(desk, actor.form)
        except Refused as fault:
            return form_page(desk, actor, dict(actor.form.fields), {"documents": fault.sentence}, 422)
        filled = fill(desk, actor.form, documents)
        if filled.content is None or is_shown_again(actor.form):
            return shown_again(desk, actor, filled, documents)
        return save_case(desk, actor, filled.content, documents)

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


def is_shown_again(form: Form) -> bool:
    """Whether a form without faults is shown once more before it is saved: to be examined, or for its dates."""
    return form["do"] == "examine" or bool(understood(form.fields).keys() & DATES)


def shown_again(
    desk: Desk, actor: Actor, filled: intake_forms.FilledIntake, documents: tuple[Document, ...]
) -> Response:
    """The form that was sent, with its faults, or with its dates as they were understood. Nothing is saved."""
    typed = actor.form.fields
    if filled.content and (read := understood(typed)).keys() & DATES:
        return form_page(desk, actor, {**typed, **read}, {"understood": LOOK_AT_DATES}, 200, documents)
    return form_page(desk, actor, dict(typed), dict(filled.faults), 200 if filled.content else 422, documents)


def save_case(desk: Desk, actor: Actor, content: CaseContent, documents: tuple[Document, ...]) -> Response:
    """Saves the case of a filled form, and submits it where the form says so."""
    what = actor.form["do"]
    try:
        case = saved_case(desk, actor, content)
    except CaseChanged as fault:
        return changed_page(desk, actor, fault, documents)
    if what in ("submit", "received") and case.state in OPEN:
        return submit_case(desk, actor, case, received=what == "received")
    return RedirectResponse(f"/staff/cases/{case.number}", 303)


def saved_case(desk: Desk, actor: Actor, content: CaseContent) -> Case:
    """The case of a filled form, saved. Raises CaseChanged."""
    form = actor.form
    with desk.store.session(writing=True) as session:
        if number := form.number("case"):
            return case_steps.save(session, number, form.number("seen"), content, actor.doing)
        return case_steps.begin(session, form["form"], content, actor.doing)
