"""Signing in and out, showing both factors again, taking up an invitation, and one's own account."""

import segno
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.desk import accounts, passwords, sessions
from depositary.desk.audit import Doing
from depositary.errors import BadInput, Sentence
from depositary.web.parts import Choice
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
from depositary.web.staff.pages import ContinuePage, InvitationPage, RecoveryPage, SelfPage, SignInPage
from depositary.web.staff.parts import SessionLine
from depositary.web.staff.rendering import answer
from depositary.words import AVAILABLE, NAMES, language

TOO_OFTEN = Sentence("Too many tries: wait a minute, then try again.")
DIFFER = Sentence("The two passwords differ.")


def signing_in(desk: Desk) -> APIRouter:
    """The routes by which one comes in and goes."""
    router = APIRouter()

    def doing(request: Request, name: str) -> Doing:
        return Doing(name, clock.now(), address_of(request))

    @router.get("/staff/sign-in")
    def sign_in_page(request: Request) -> Response:
        then = safe_path(request.query_params.get("then", ""))
        elsewhere = "/staff/openid" if desk.provider else ""
        return answer(SignInPage(desk.nobodys("/staff/sign-in", words_of(request.scope)), "", then, (), "", elsewhere))

    @router.post("/staff/sign-in")
    def sign_in(request: Request, form: Form = Depends(anybody)) -> Response:
        name, then = form["name"][:100], safe_path(form["then"])
        kept = kept_of(form)

        def again(fault: str, status: int) -> Response:
            return answer(
                SignInPage(desk.nobodys("/staff/sign-in", words_of(request.scope)), fault, then, kept, ""), status
            )

        if not desk.throttle.allows(address_of(request), name):
            return again(TOO_OFTEN, 429)
        try:
            person = accounts.sign_in(
                desk.store, name, form.fields.get("password", ""), form["code"], desk.seal, doing(request, name)
            )
        except accounts.Denied as fault:
            return again(fault.sentence, 401)
        with desk.store.session(writing=True) as session:
            # An older session of this browser ends: a cookie set beforehand is never taken over.
            if old := request.cookies.get(COOKIE):
                sessions.end(session, old, doing(request, person.name))
            token = sessions.begin(session, person, request.headers.get("user-agent", ""), doing(request, person.name))
        return onward(desk, token, person.name, then, kept)

    @router.post("/staff/confirm")
    def confirm(request: Request, actor: Actor = may()) -> Response:
        name, then, kept = actor.account.name, safe_path(actor.form["then"]), kept_of(actor.form)

        def again(fault: str, status: int) -> Response:
            return answer(SignInPage(desk.frame_of(actor), fault, then, kept, name), status)

        if not desk.throttle.allows(address_of(request), name):
            return again(TOO_OFTEN, 429)
        password, code = actor.form.fields.get("password", ""), actor.form["code"]
        try:
            accounts.sign_in(desk.store, name, password, code, desk.seal, actor.doing)
        except accounts.Denied as fault:
            return again(fault.sentence, 401)
        with desk.store.session(writing=True) as session:
            token = sessions.renew(session, actor.signed_in, actor.doing)
        return onward(desk, token, name, then, kept)

    @router.post("/staff/sign-out")
    def sign_out(actor: Actor = may()) -> Response:
        with desk.store.session(writing=True) as session:
            sessions.end(session, actor.signed_in.token, actor.doing)
        response = RedirectResponse("/staff/sign-in", 303)
        response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
        return response

    @router.get("/staff/invitation/{token}")
    def invitation(request: Request, token: str) -> Response:
        return invitation_page(desk, request, token, (), 200)

    @router.post("/staff/invitation/{token}")
    def take_up(request: Request, token: str, form: Form = Depends(anybody)) -> Response:
        if not desk.throttle.allows(address_of(request), "invitation"):
            return invitation_page(desk, request, token, (TOO_OFTEN,), 429)
        password = form.fields.get("password", "")
        faults: tuple[str, ...] = () if password == form.fields.get("again", "") else (DIFFER,)
        with desk.store.session() as session:
            invited = accounts.invitation(session, token, desk.seal, clock.now())
        if faults or invited is None:
            return invitation_page(desk, request, token, faults, 422)
        try:
            codes = accounts.accept(
                desk.store, token, password, form["code"], desk.seal, doing(request, invited[0].name)
            )
        except BadInput as fault:
            return invitation_page(desk, request, token, fault.faults, 422)
        return answer(RecoveryPage(desk.nobodys("/staff/invitation", words_of(request.scope)), tuple(codes)))

    @router.get("/staff/self")
    def own(actor: Actor = may()) -> Response:
        return self_page(desk, actor, (), 200)

    @router.post("/staff/self/language")
    def speak(actor: Actor = may()) -> Response:
        if actor.form["language"] in AVAILABLE:
            with desk.store.session(writing=True) as session:
                accounts.set_language(session, actor.account.name, actor.form["language"])
        return RedirectResponse("/staff/self", 303)

    @router.post("/staff/self/sessions")
    def end_session(actor: Actor = may()) -> Response:
        with desk.store.session(writing=True) as session:
            sessions.end(session, actor.form["session"], actor.doing)
        return RedirectResponse("/staff/self", 303)

    @router.post("/staff/self/password")
    def change_password(actor: Actor = may(binding=True)) -> Response:
        new = actor.form.fields.get("new", "")
        if new != actor.form.fields.get("again", ""):
            return self_page(desk, actor, (DIFFER,), 422)
        try:
            accounts.change_password(desk.store, actor.account.name, new, actor.doing)
        except BadInput as fault:
            return self_page(desk, actor, fault.faults, 422)
        return RedirectResponse("/staff/sign-in", 303)

    return router


def kept_of(form: Form) -> tuple[tuple[str, str], ...]:
    """What was typed before signing in, which came along with the name and the password."""
    return tuple((name[5:], value) for name, value in form.fields.items() if name.startswith("kept-"))


def onward(desk: Desk, token: str, name: str, then: str, kept: tuple[tuple[str, str], ...]) -> Response:
    """Signed in: to where one was going, or to the page that sends on what was typed."""
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


def asked_to_sign_in(desk: Desk, request: Request, fault: SignInNeeded) -> Response:
    """The page that asks to sign in, or to show both factors again; it keeps what was typed."""
    path = request.scope["path"]
    if request.method in ("GET", "HEAD"):
        query = request.scope["query_string"].decode("ascii", "replace")
        there = f"/staff/sign-in?then={path}" if not query else "/staff/sign-in"
        return RedirectResponse(there, 303)
    kept = tuple(fault.kept.items())
    if isinstance(fault, ConfirmNeeded):
        person = fault.signed_in.account
        frame = desk.frame(path, language(person.language), person, fault.signed_in.form_token)
        return answer(SignInPage(frame, "", path, kept, person.name), 401)
    return answer(SignInPage(desk.nobodys(path, words_of(request.scope)), "", path, kept, ""), 401)


def invitation_page(desk: Desk, request: Request, token: str, faults: tuple[str, ...], status: int) -> Response:
    with desk.store.session() as session:
        invited = accounts.invitation(session, token, desk.seal, clock.now())
    if invited is None:
        frame = desk.nobodys("/staff/invitation", words_of(request.scope))
        return answer(InvitationPage(frame, "", "", "", (accounts.USED_UP,), passwords.SHORTEST), 404)
    person, secret = invited
    picture = segno.make(accounts.provisioning(person.name, secret)).svg_data_uri(
        scale=4, border=2, dark="#000", light="#fff"
    )
    frame = desk.nobodys("/staff/invitation", words_of(request.scope))
    return answer(InvitationPage(frame, person.name, secret, picture, faults, passwords.SHORTEST), status)


def self_page(desk: Desk, actor: Actor, faults: tuple[str, ...], status: int) -> Response:
    with desk.store.session() as session:
        rows = sessions.open_sessions(session, actor.account.name, actor.doing.at)
        lines = tuple(
            SessionLine(
                row.begun_at[:16].replace("T", " "),
                row.seen_at[:16].replace("T", " "),
                row.address,
                row.agent,
                row.token,
                row.token == accounts.digest(actor.signed_in.token),
            )
            for row in rows
        )
    languages = tuple(Choice(code, NAMES[code], code == actor.account.language) for code in AVAILABLE)
    return answer(SelfPage(desk.frame_of(actor), actor.account.name, lines, faults, languages), status)
