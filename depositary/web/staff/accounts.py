"""Accounts, their roles and invitations: what an administrator does alone, and what a second person agrees to."""

from urllib.parse import urlencode

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary.desk import accounts, grants
from depositary.desk.accounts import Account
from depositary.desk.roles import ROLES, Role
from depositary.errors import BadInput, Sentence
from depositary.web.parts import Choice
from depositary.web.staff.access import Actor, Form, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import AccountsPage, GrantPage
from depositary.web.staff.parts import AccountLine
from depositary.web.staff.rendering import answer
from depositary.words.labels import N_

WHAT: dict[grants.What, str] = {
    "add": N_("Add an account"),
    "roles": N_("Change the roles of an account"),
    "invite": N_("Invite a person anew"),
}


def routes(desk: Desk) -> APIRouter:
    """The routes of accounts. Every change needs both factors shown again."""
    router = APIRouter()

    @router.get("/staff/accounts")
    def look(actor: Actor = may("accounts")) -> Response:
        return accounts_page(desk, actor, (), "", "", 200)

    @router.post("/staff/accounts")
    def add(actor: Actor = may("accounts", binding=True)) -> Response:
        return carried_out(desk, actor, "add", actor.form["name"], 201)

    @router.post("/staff/accounts/{name}/{what}")
    def change(name: str, what: str, actor: Actor = may("accounts", binding=True)) -> Response:
        return carried_out(desk, actor, what, name, 200)

    @router.get("/staff/grants")
    def grant_page(request: Request, actor: Actor = may("agree")) -> Response:
        return answer(page_of_grant(desk, actor, request.query_params.get("request", "")))

    @router.post("/staff/grants")
    def agree(actor: Actor = may("agree", binding=True)) -> Response:
        sealed = actor.form["request"]
        try:
            with desk.store.session(writing=True) as session:
                token = grants.agree(session, grants.read(sealed, desk.seal, actor.doing.at), desk.seal, actor.doing)
        except BadInput as fault:
            return answer(page_of_grant(desk, actor, sealed, fault.faults), 422)
        return answer(page_of_grant(desk, actor, "", (), link(desk, token) if token else "", is_done=True))

    return router


def carried_out(desk: Desk, actor: Actor, what: str, name: str, status: int) -> Response:
    """Carries a change of an account out, or makes the link by which a second person agrees to it."""
    try:
        with desk.store.session(writing=True) as session:
            request, invitation = change_account(session, desk, actor, what, name)
    except BadInput as fault:
        return accounts_page(desk, actor, fault.faults, "", "", 422)
    if request or invitation:
        return accounts_page(desk, actor, (), invitation, request, status)
    return RedirectResponse("/staff/accounts", 303)


def change_account(session: Session, desk: Desk, actor: Actor, what: str, name: str) -> tuple[str, str]:
    """The link for a second person, and the link of an invitation; "" for none. Raises BadInput."""
    form, doing, roles = actor.form, actor.doing, roles_of(actor.form)
    person = accounts.account(session, name)
    had = person.roles if person else frozenset[Role]()
    if what == "disable" and name == actor.account.name:
        raise BadInput([Sentence("Nobody disables their own account.")])
    if what == "disable":
        accounts.disable(session, name, doing)
    elif what == "enable":
        accounts.enable(session, name, doing)
    elif what == "add" and not grants.needs_two(roles):
        accounts.add(session, name, form["full_name"], roles, actor.words.code, doing)
        return "", link(desk, accounts.invite(session, name, desk.seal, doing))
    elif what == "roles" and not grants.needs_two(roles, had):
        accounts.set_roles(session, name, roles, doing)
    elif what == "invite" and not grants.needs_two(had):
        return "", link(desk, accounts.invite(session, name, desk.seal, doing))
    elif what in WHAT:
        asked = had if what == "invite" else roles
        sealed = grants.ask(session, what, name, form["full_name"], asked, actor.words.code, desk.seal, doing)
        return f"{desk.url}/staff/grants?{urlencode({'request': sealed})}", ""
    else:
        raise BadInput([Sentence("There is no such change.")])
    return "", ""


def page_of_grant(
    desk: Desk, actor: Actor, sealed: str, faults: tuple[str, ...] = (), invitation: str = "", *, is_done: bool = False
) -> GrantPage:
    """What a second person is asked to agree to, or what came of it."""
    facts: tuple[tuple[str, str], ...] = ()
    say = actor.words.gettext
    try:
        grant = grants.read(sealed, desk.seal, actor.doing.at) if not is_done else None
    except BadInput as fault:
        grant, faults = None, fault.faults
    if grant:
        facts = (
            (say("Request"), say(WHAT[grant.what])),
            (say("Name"), grant.name),
            *(((say("Person"), grant.full_name),) if grant.full_name else ()),
            (say("Roles"), actor.words.listed(say(role) for role in grants.known_roles(grant.roles))),
            (say("Asked by"), grant.asked_by),
        )
    return GrantPage(desk.frame_of(actor), facts, sealed if grant else "", faults, invitation, is_done)


def roles_of(form: Form) -> list[Role]:
    """The roles that are ticked in a form."""
    return [role for role in ROLES if form[f"role-{role}"]]


def link(desk: Desk, token: str) -> str:
    """The address of an invitation, from the desk's own configured address."""
    return f"{desk.url}/staff/invitation/{token}"


def accounts_page(
    desk: Desk, actor: Actor, faults: tuple[str, ...], invitation: str, request: str, status: int
) -> Response:
    """All accounts; `invitation` and `request` are links that were just made, "" for none."""
    with desk.store.session() as session:
        lines = tuple(account_line(account) for account in accounts.accounts(session))
    return answer(AccountsPage(desk.frame_of(actor), lines, ROLES, faults, invitation, request), status)


def account_line(account: Account) -> AccountLine:
    """An account in the list."""
    state = "disabled" if account.disabled else "active" if account.has_password else "invited"
    roles = tuple(Choice(role, role, role in account.roles) for role in ROLES)
    return AccountLine(account.name, account.full_name, roles, state, account.disabled)
