"""Corrections of a treaty's text at the desk: drafted by one person, issued by another."""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary.correspondence.notifications.archive import Issued, find, issued
from depositary.correspondence.notifications.corrections import Correction, Passage, correction, propose
from depositary.correspondence.notifications.issue import issue_correction
from depositary.correspondence.notifications.notification import Following, of_correction
from depositary.errors import BadInput, DepositaryError
from depositary.web.parts import Choice
from depositary.web.staff.access import Actor, Form, Missing, may, new_form
from depositary.web.staff.desk import Desk
from depositary.web.staff.issue_page import in_language, issue_page, to_issued
from depositary.web.staff.notification_pages import CorrectionPage
from depositary.web.staff.rendering import answer
from depositary.words import AVAILABLE, NAMES

PASSAGES = 5
"""How many passages one correction has room for."""


def routes(desk: Desk) -> APIRouter:
    """The routes of corrections."""
    router = APIRouter()

    @router.get("/staff/notifications/corrections")
    def new(actor: Actor = may("draft")) -> Response:
        return correction_page(desk, actor, new_form(), (), 200)

    @router.post("/staff/notifications/corrections")
    def draft(actor: Actor = may("draft")) -> Response:
        form = actor.form
        try:
            with desk.store.session(writing=True) as session:
                made = propose(session, form["form"], typed_correction(form), desk.collection.treaties, actor.doing)
        except BadInput as fault:
            return correction_page(desk, actor, form["form"], fault.faults, 422)
        return RedirectResponse(f"/staff/notifications/corrections/{made.number}", 303)

    @router.get("/staff/notifications/corrections/{number}")
    def look(number: int, request: Request, actor: Actor = may("read")) -> Response:
        return issue_page(desk, actor, notification_of_correction(desk, number), in_language(request, actor))

    @router.post("/staff/notifications/corrections/{number}")
    def issue(number: int, actor: Actor = may("release", binding=True)) -> Response:
        notification = notification_of_correction(desk, number)
        try:
            made = issue_correction(desk.store, desk.collection, number, actor.doing, base_url=desk.public_url)
        except DepositaryError as fault:
            if (there := issued_correction(desk, number)) and there.issued_by == actor.account.name:
                return to_issued(there)
            return issue_page(desk, actor, notification, actor.words.code, fault.sentence, 409)
        return to_issued(made)

    return router


def typed_correction(form: Form) -> Correction:
    """The correction that a form has."""
    languages = tuple(code for code in AVAILABLE if form[f"language-{code}"])
    return Correction(form["treaty"], languages, tuple(passages(form)))


def passages(form: Form) -> Iterator[Passage]:
    """The passages of a form that are not empty."""
    for place in range(1, PASSAGES + 1):
        typed = tuple(form[f"{name}-{place}"] for name in ("where", "stands", "read"))
        if any(typed):
            yield Passage(*typed)


def notification_of_correction(desk: Desk, number: int) -> Following:
    """The notification of a correction that was drafted. Raises Missing."""
    with desk.store.session() as session:
        drafted = correction(session, number)
        if drafted is None:
            raise Missing
        proposal = find(session, drafted.follows) if drafted.follows else None
    return of_correction(desk.collection, drafted, proposal)


def issued_correction(desk: Desk, number: int) -> Issued | None:
    """The notification of a correction that was issued; None before that."""
    with desk.store.session() as session:
        return next((each for each in issued(session) if each.correction == number), None)


def correction_page(desk: Desk, actor: Actor, key: str, faults: Sequence[str], status: int) -> Response:
    """The form in which a correction of a text is drafted, with what was typed. `key` is the form's own."""
    form = actor.form
    return answer(
        CorrectionPage(
            desk.frame_of(actor),
            key,
            desk.choices(desk.chosen(form["treaty"]), actor.words),
            tuple(Choice(code, NAMES[code], bool(form[f"language-{code}"])) for code in AVAILABLE),
            tuple(
                (str(place), form[f"where-{place}"], form[f"stands-{place}"], form[f"read-{place}"])
                for place in range(1, PASSAGES + 1)
            ),
            tuple(faults),
        ),
        status,
    )
