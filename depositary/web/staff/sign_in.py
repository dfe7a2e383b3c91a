"""Signing in and out, and showing both factors again before something binding."""

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.desk import accounts, sessions
from depositary.desk.audit import Doing
from depositary.errors import Sentence
from depositary.web.staff.access import (
    COOKIE,
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
from depositary.web.staff.pages import ContinuePage, SignInPage
from depositary.web.staff.rendering import answer
from depositary.words import language

TOO_OFTEN = Sentence("Too many tries: wait a minute, then try again.")

Fields = tuple[tuple[str, str], ...]


def routes(desk: Desk) -> APIRouter:
    """The routes by which a person comes in and goes."""
    router = APIRouter()

    @router.get("/staff/sign-in")
    def page(request: Request) -> Response:
        then = safe_path(request.query_params.get("then", ""))
        elsewhere = "/staff/openid" if desk.provider else ""
        return answer(
            SignInPage(desk.frame_of_nobody("/staff/sign-in", words_of(request.scope)), "", then, (), "", elsewhere)
        )

    @router.post("/staff/sign-in")
    def sign_in(request: Request, form: Form = Depends(anybody)) -> Response:
        name, then, kept = form["name"][:100], safe_path(form["then"]), fields_kept(form)
        try:
            if not desk.throttle.allows(address_of(request), name):
                raise Refusal(TOO_OFTEN, 429)
            person = sign_in_with_both(desk, form, doing_of(request, name))
        except Refusal as refusal:
            frame = desk.frame_of_nobody("/staff/sign-in", words_of(request.scope))
            return answer(SignInPage(frame, refusal.sentence, then, kept, ""), refusal.status)
        token = begin_session(desk, request, person, doing_of(request, person.name))
        return onward(desk, token, then, kept)

    @router.post("/staff/confirm")
    def confirm(actor: Actor = may()) -> Response:
        name, then, kept = actor.account.name, safe_path(actor.form["then"]), fields_kept(actor.form)
        try:
            if not desk.throttle.allows_with(actor.signed_in.token):
                raise Refusal(TOO_OFTEN, 429)
            sign_in_with_both(desk, actor.form, actor.doing)
        except Refusal as refusal:
            return answer(SignInPage(desk.frame_of(actor), refusal.sentence, then, kept, name), refusal.status)
        with desk.store.session(writing=True) as session:
            token = sessions.renew(session, actor.signed_in, actor.doing)
        return onward(desk, token, then, kept)

    @router.post("/staff/sign-out")
    def sign_out(actor: Actor = may()) -> Response:
        with desk.store.session(writing=True) as session:
            sessions.end(session, actor.signed_in.token, actor.doing)
        response = RedirectResponse("/staff/sign-in", 303)
        response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
        return response

    return router


class Refusal(Exception):
    """Nobody was let in: why, and with which status that is answered."""

    def __init__(self, sentence: str, status: int) -> None:
        self.sentence, self.status = sentence, status


def doing_of(request: Request, name: str) -> Doing:
    """What a request does now, by a name."""
    return Doing(name, clock.now(), address_of(request))


def sign_in_with_both(desk: Desk, form: Form, doing: Doing) -> accounts.Account:
    """The account whose password and code a form has, for the name in `doing`. Raises Refusal."""
    password = form.fields.get("password", "")
    try:
        return accounts.sign_in(desk.store, doing.by, password, form["code"], desk.seal, doing)
    except accounts.Denied as fault:
        raise Refusal(fault.sentence, 401) from None


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
    response.set_cookie(COOKIE, token, path="/", secure=True, httponly=True, samesite="lax")
    return response


def sign_in_needed(desk: Desk, request: Request, needed: SignInNeeded) -> Response:
    """The page that asks to sign in, or to show both factors again; it keeps what was typed."""
    path = request.scope["path"]
    if request.method in ("GET", "HEAD"):
        query = request.scope["query_string"].decode("ascii", "replace")
        there = f"/staff/sign-in?then={path}" if not query else "/staff/sign-in"
        return RedirectResponse(there, 303)
    kept = tuple(needed.kept.items())
    if isinstance(needed, ConfirmNeeded):
        person = needed.signed_in.account
        frame = desk.frame(path, language(person.language), person, needed.signed_in.form_token)
        return answer(SignInPage(frame, "", path, kept, person.name), 401)
    return answer(SignInPage(desk.frame_of_nobody(path, words_of(request.scope)), "", path, kept, ""), 401)
