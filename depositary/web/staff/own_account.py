"""A person's own account: their language, their password, and the sessions in which they are signed in."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.desk import accounts, passkeys, recovery_codes, sessions
from depositary.desk.codes import digest
from depositary.errors import BadInput
from depositary.web.parts import Choice
from depositary.web.staff.access import Actor, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.invitation import DIFFER
from depositary.web.staff.pages import RecoveryPage, SelfPage
from depositary.web.staff.parts import PasskeyLine, SessionLine
from depositary.web.staff.rendering import answer
from depositary.words import AVAILABLE, NAMES


def routes(desk: Desk) -> APIRouter:
    """The routes of a person's own account."""
    router = APIRouter()

    @router.get("/staff/self")
    def page(actor: Actor = may()) -> Response:
        return own_page(desk, actor, (), 200)

    @router.post("/staff/self/language")
    def set_language(actor: Actor = may()) -> Response:
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
            return own_page(desk, actor, (DIFFER,), 422)
        try:
            accounts.change_password(desk.store, actor.account.name, new, actor.doing, desk.breached)
        except BadInput as fault:
            return own_page(desk, actor, fault.faults, 422)
        return RedirectResponse("/staff/sign-in", 303)

    @router.post("/staff/self/recovery")
    def renew_recovery_codes(actor: Actor = may(binding=True)) -> Response:
        with desk.store.session(writing=True) as session:
            codes = recovery_codes.renew(session, actor.account.name, actor.doing)
        return answer(RecoveryPage(desk.frame_of(actor), tuple(codes), "/staff/self"))

    @router.post("/staff/self/passkeys")
    def add_passkey(actor: Actor = may(binding=True)) -> Response:
        form = actor.form
        try:
            with desk.store.session(writing=True) as session:
                passkeys.add(session, form["new-passkey"], form["called"], desk.url, desk.seal, actor.doing)
        except BadInput as fault:
            return own_page(desk, actor, fault.faults, 422)
        return RedirectResponse("/staff/self", 303)

    @router.post("/staff/self/passkeys/remove")
    def remove_passkey(actor: Actor = may(binding=True)) -> Response:
        with desk.store.session(writing=True) as session:
            passkeys.remove(session, actor.form["credential"], actor.doing)
        return RedirectResponse("/staff/self", 303)

    return router


def own_page(desk: Desk, actor: Actor, faults: tuple[str, ...], status: int) -> Response:
    """A person's own account, with the sessions that have not ended."""
    name, words = actor.account.name, actor.words
    with desk.store.session() as session:
        lines = tuple(
            SessionLine(
                words.stored_instant(row.begun_at),
                words.stored_instant(row.seen_at),
                row.address,
                row.agent,
                row.token,
                row.token == digest(actor.signed_in.token),
            )
            for row in sessions.open_sessions(session, name, actor.doing.at)
        )
        left = recovery_codes.left(session, name)
        keys = tuple(
            PasskeyLine(
                row.called,
                words.stored_instant(row.added_at),
                words.stored_instant(row.used_at) if row.used_at else "",
                row.credential,
            )
            for row in passkeys.passkeys(session, name)
        )
        options = passkeys.options_to_add(session, actor.account, desk.url, desk.seal, clock.exactly())
    languages = tuple(Choice(code, NAMES[code], code == actor.account.language) for code in AVAILABLE)
    return answer(SelfPage(desk.frame_of(actor), name, lines, faults, languages, left, keys, options), status)
