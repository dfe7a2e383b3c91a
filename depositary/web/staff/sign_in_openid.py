"""Signing in with the organization's own accounts."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.desk import accounts, sessions
from depositary.desk.audit import Doing
from depositary.errors import Sentence
from depositary.web.staff.access import address_of
from depositary.web.staff.desk import Desk
from depositary.web.staff.openid import LASTS, NotVouchedFor, Provider
from depositary.web.staff.sign_in import onward, sign_in_page

STATE = "__Host-openid"
NOT_HERE = Sentence("You have no account at this desk, or you did not sign in with two factors.")


def routes(desk: Desk, provider: Provider) -> APIRouter:
    """The routes to the provider and back."""
    router = APIRouter()
    back = f"{desk.url}/staff/openid/back"

    @router.get("/staff/openid")
    def there() -> Response:
        address, kept = provider.way_there(back, desk.seal)
        response = RedirectResponse(address, 303)
        response.set_cookie(STATE, kept, max_age=LASTS, path="/", secure=True, httponly=True, samesite="lax")
        return response

    @router.get("/staff/openid/back")
    def came_back(request: Request) -> Response:
        state, code = request.query_params.get("state", ""), request.query_params.get("code", "")
        try:
            subject, name = provider.who_came(request.cookies.get(STATE, ""), state, code, back, desk.seal)
            token = session_of(desk, request, subject, name)
        except NotVouchedFor:
            return sign_in_page(desk, request, "/staff/", fault=NOT_HERE, status=401)
        response = onward(desk, token, "/staff/", ())
        response.delete_cookie(STATE, path="/", secure=True, httponly=True, samesite="lax")
        return response

    return router


def session_of(desk: Desk, request: Request, subject: str, name: str) -> str:
    """The token of a session that begins for a person. Raises NotVouchedFor where the desk has no open account."""
    doing = Doing(name, clock.now(), address_of(request))
    with desk.store.session(writing=True) as session:
        person = accounts.of_subject(session, subject, name, doing)
        if person is not None and not person.disabled:
            begun = replace(doing, by=person.name)
            return sessions.begin(session, person, request.headers.get("user-agent", ""), begun)
    raise NotVouchedFor
