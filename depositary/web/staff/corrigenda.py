"""Corrigenda at the desk: an officer types what is wrong in a notification that was issued, and another issues it."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary.correspondence.notifications.corrections import Correction, Passage, correct
from depositary.errors import BadInput
from depositary.web.parts import Choice
from depositary.web.staff.access import Actor, Form, may, new_form
from depositary.web.staff.archive import known_notification
from depositary.web.staff.desk import Desk
from depositary.web.staff.issue_page import in_language
from depositary.web.staff.notification_pages import CorrigendumPage
from depositary.web.staff.rendering import answer
from depositary.words import AVAILABLE, NAMES

PASSAGES = 6
"""How many passages one corrigendum has room for."""


def routes(desk: Desk) -> APIRouter:
    """The routes of corrigenda."""
    router = APIRouter()

    @router.get("/staff/notifications/issued/{name}/corrigendum")
    def new(name: str, request: Request, actor: Actor = may("draft")) -> Response:
        return corrigendum_page(desk, actor, name, in_language(request, actor), new_form(), (), 200)

    @router.post("/staff/notifications/issued/{name}/corrigendum")
    def draft(name: str, actor: Actor = may("draft")) -> Response:
        form, reference = actor.form, known_notification(desk, name).reference
        try:
            with desk.store.session(writing=True) as session:
                made = correct(session, form["form"], typed(form, reference), actor.doing)
        except BadInput as fault:
            return corrigendum_page(desk, actor, name, actor.words.code, form["form"], fault.faults, 422)
        return RedirectResponse(f"/staff/notifications/corrections/{made.number}", 303)

    return router


def typed(form: Form, reference: str) -> Correction:
    """The corrigendum that a form has."""
    rows = (tuple(form[f"{name}-{place}"] for name in ("where", "stands", "read")) for place in range(1, PASSAGES + 1))
    passages = tuple(Passage(*row) for row in rows if any(row[1:]))
    treaty = f"{reference.partition('TREATIES-')[2]}".replace(".", "-")
    languages = tuple(dict.fromkeys(passage.where for passage in passages))
    withdraws = form["withdraws"] == "yes"
    return Correction(treaty, languages, passages, reference, reason=form["reason"].strip(), withdraws=withdraws)


def corrigendum_page(
    desk: Desk, actor: Actor, name: str, code: str, key: str, faults: Sequence[str], status: int
) -> Response:
    """The form in which a corrigendum is typed, beside the notification in a language. `key` is the form's own."""
    notification, form = known_notification(desk, name), actor.form
    rows = []
    for place in range(1, PASSAGES + 1):
        chosen = form[f"where-{place}"] or code
        languages = tuple(Choice(each, NAMES[each], each == chosen) for each in AVAILABLE)
        rows.append((str(place), languages, form[f"stands-{place}"], form[f"read-{place}"]))
    return answer(
        CorrigendumPage(
            desk.frame_of(actor),
            key,
            notification.reference,
            notification.document(code),
            tuple(rows),
            form["reason"],
            form["withdraws"] == "yes",
            tuple(faults),
        ),
        status,
    )
