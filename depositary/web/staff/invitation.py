"""Taking up an invitation: a person sets their password and their second factor, and is shown the recovery codes."""

import segno
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.desk import accounts, passwords
from depositary.desk.codes import provisioning
from depositary.errors import BadInput, Sentence
from depositary.web.staff.access import Form, anybody, words_of
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import TOO_OFTEN
from depositary.web.staff.pages import InvitationPage, RecoveryPage
from depositary.web.staff.rendering import answer
from depositary.web.staff.sign_in import doing_of

DIFFER = Sentence("The two passwords differ.")


def routes(desk: Desk) -> APIRouter:
    """The routes of an invitation."""
    router = APIRouter()

    @router.get("/staff/invitation/{token}")
    def page(request: Request, token: str) -> Response:
        return invitation_page(desk, request, token, (), 200)

    @router.post("/staff/invitation/{token}")
    def take_up(request: Request, token: str, form: Form = Depends(anybody)) -> Response:
        if not desk.throttle.allows_with(token):
            return invitation_page(desk, request, token, (TOO_OFTEN,), 429)
        try:
            codes = recovery_codes(desk, request, token, form)
        except BadInput as fault:
            return invitation_page(desk, request, token, fault.faults, 422)
        frame = desk.frame_of_nobody("/staff/invitation", words_of(request.scope))
        return answer(RecoveryPage(frame, tuple(codes), "/staff/sign-in"))

    return router


def recovery_codes(desk: Desk, request: Request, token: str, form: Form) -> list[str]:
    """The recovery codes of one who takes up an invitation. Raises BadInput."""
    password = form.fields.get("password", "")
    if password != form.fields.get("again", ""):
        raise BadInput([DIFFER])
    with desk.store.session() as session:
        invited = accounts.invitation(session, token, desk.seal, clock.now())
    if invited is None:
        raise BadInput([accounts.USED_UP])
    doing = doing_of(request, invited[0].name)
    return accounts.accept(desk.store, token, password, form["code"], desk.seal, doing, desk.breached)


def invitation_page(desk: Desk, request: Request, token: str, faults: tuple[str, ...], status: int) -> Response:
    """The form of an invitation, with the second factor's secret; or, with 404, that the invitation is used up."""
    frame = desk.frame_of_nobody("/staff/invitation", words_of(request.scope))
    with desk.store.session() as session:
        invited = accounts.invitation(session, token, desk.seal, clock.now())
    if invited is None:
        return answer(InvitationPage(frame, "", "", "", (accounts.USED_UP,), passwords.SHORTEST), 404)
    person, secret = invited
    code = segno.make(provisioning(person.name, secret))
    picture = code.svg_data_uri(scale=4, border=2, dark="#000", light="#fff")
    return answer(InvitationPage(frame, person.name, secret, picture, faults, passwords.SHORTEST), status)
