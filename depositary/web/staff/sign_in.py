"""Signing in and out, and showing both factors again before something binding."""

import logging
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.desk import accounts, passkeys, sessions
from depositary.desk.audit import Doing
from depositary.web.staff.access import (
    Actor,
    ConfirmNeeded,
    Form,
    SignInNeeded,
    address_of,
    anybody,
    may,
    safe_path,
    words_of,
)
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import COOKIE, TOO_OFTEN, Refusal, person_of, set_cookie
from depositary.web.staff.pages import ContinuePage, SignedOutPart, SignInPage
from depositary.web.staff.rendering import answer
from depositary.words import language

log = logging.getLogger(__name__)

Fields = tuple[tuple[str, str], ...]


def routes(desk: Desk) -> APIRouter:
    """The routes by which a person comes in and goes."""
    router = APIRouter()

    @router.get("/staff/sign-in")
    def page(request: Request) -> Response:
        return sign_in_page(desk, request, safe_path(request.query_params.get("then", "")))

    @router.post("/staff/sign-in")
    def sign_in(request: Request, form: Form = Depends(anybody)) -> Response:
        name, then, kept = form["name"][:100].casefold(), safe_path(form["then"]), fields_kept(form)
        try:
            if not form["passkey"] and not desk.throttle.allows(address_of(request), name):
                log.warning("refused a try to sign in, of too many, from %s", address_of(request))
                raise Refusal(TOO_OFTEN, 429)
            person = person_of(desk.store, desk.seal, desk.url, form.fields, doing_of(request, name))
        except Refusal as refusal:
            return sign_in_page(desk, request, then, kept, refusal.sentence, refusal.status)
        token = begin_session(desk, request, person, doing_of(request, person.name))
        return onward(desk, token, then, kept)

    @router.post("/staff/sign-out")
    def sign_out(actor: Actor = may()) -> Response:
        with desk.store.session(writing=True) as session:
            sessions.end(session, actor.signed_in.token, actor.doing)
        response = RedirectResponse("/staff/sign-in", 303)
        response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
        return response

    return router


def doing_of(request: Request, name: str) -> Doing:
    """What a request does now, by a name."""
    return Doing(name, clock.now(), address_of(request))


def begin_session(desk: Desk, request: Request, person: accounts.Account, doing: Doing) -> str:
    """A new session's token. An older session of this browser ends: a cookie set beforehand is never taken over."""
    with desk.store.session(writing=True) as session:
        if old := request.cookies.get(COOKIE):
            sessions.end(session, old, doing)
        return sessions.begin(session, person, request.headers.get("user-agent", ""), doing)


def fields_kept(form: Form) -> Fields:
    """What a person typed before they signed in; it came along with the name and the password."""
    return tuple((name[5:], value) for name, value in form.fields.items() if name.startswith("kept-"))


def onward(desk: Desk, token: str, then: str, kept: Fields) -> Response:
    """The answer to one who has signed in: to where they were going, or the page that sends on what they typed."""
    response: Response = RedirectResponse(then, 303)
    if kept:
        with desk.store.session(writing=True) as session:
            signed_in = sessions.find(session, token, clock.now())
        assert signed_in is not None, "a session just begun"
        words = language(signed_in.account.language)
        frame = desk.frame("/staff/sign-in", words, signed_in.account, signed_in.form_token)
        response = answer(ContinuePage(frame, then, kept))
    set_cookie(response, token)
    return response


def sign_in_needed(desk: Desk, request: Request, needed: SignInNeeded) -> Response:
    """The page that asks to sign in, or to show both factors again; it keeps what was typed.

    A part of a page gets a sentence in place of that page, and the page around it keeps what was typed.
    """
    path = request.scope["path"]
    if request.headers.get("hx-request"):
        return answer(SignedOutPart(desk.frame_of_nobody(path, words_of(request.scope))))
    if request.method in ("GET", "HEAD"):
        asked = request.scope["query_string"].decode("ascii", "replace")
        return RedirectResponse(f"/staff/sign-in?{urlencode({'then': f'{path}?{asked}' if asked else path})}", 303)
    kept = tuple(needed.kept.items())
    if not isinstance(needed, ConfirmNeeded):
        return sign_in_page(desk, request, path, kept, status=401)
    person, fault = needed.signed_in.account, needed.fault
    frame = desk.frame(path, language(person.language), person, needed.signed_in.form_token)
    page = SignInPage(frame, fault.sentence if fault else "", path, path, kept, True, "", passkey_options(desk))
    return answer(page, fault.status if fault else 401)


def sign_in_page(
    desk: Desk, request: Request, then: str, kept: Fields = (), fault: str = "", status: int = 200
) -> Response:
    """The page on which a person signs in, with every way to do so. `kept` is what they typed before."""
    frame = desk.frame_of_nobody("/staff/sign-in", words_of(request.scope))
    elsewhere = "/staff/openid" if desk.provider else ""
    page = SignInPage(frame, fault, "/staff/sign-in", then, kept, False, elsewhere, passkey_options(desk))
    return answer(page, status)


def passkey_options(desk: Desk) -> str:
    """What a browser asks a device for; "" where nobody has a passkey yet."""
    with desk.store.session() as session:
        used = passkeys.are_used(session)
    return passkeys.options_to_use(desk.url, desk.seal, clock.exactly()) if used else ""
