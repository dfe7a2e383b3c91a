"""Accounts, their roles and invitations: what an administrator does alone, and what a second person agrees to."""

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
from depositary.web.staff.account_links import to_link
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
        return accounts_page(desk, actor, (), 200, Form())

    @router.post("/staff/accounts")
    def add(actor: Actor = may("accounts", binding=True)) -> Response:
        return desk.answered.once(actor, lambda: carried_out(desk, actor, "add", actor.form["name"]), led)

    @router.post("/staff/accounts/{name}/{what}")
    def change(name: str, what: str, actor: Actor = may("accounts", binding=True)) -> Response:
        return desk.answered.once(actor, lambda: carried_out(desk, actor, what, name), led)

    @router.get("/staff/grants")
    def grant_page(request: Request, actor: Actor = may("agree")) -> Response:
        query = request.query_params
        return answer(page_of_grant(desk, actor, query.get("request", ""), is_done=query.get("done") == "yes"))

    @router.post("/staff/grants")
    def agree(actor: Actor = may("agree", binding=True)) -> Response:
        return desk.answered.once(actor, lambda: agreed(desk, actor), led)

    return router


def led(location: str) -> Response:
    """The answer to a second click: where the first one led."""
    return RedirectResponse(location, 303)


def agreed(desk: Desk, actor: Actor) -> Response:
    """Carries out what another person asked for, or says why not."""
    sealed = actor.form["request"]
    try:
        with desk.store.session(writing=True) as session:
            grant = grants.read(sealed, desk.seal, actor.doing.at)
            token = grants.agree(session, grant, desk.seal, actor.doing)
    except BadInput as fault:
        return answer(page_of_grant(desk, actor, sealed, fault.faults), 422)
    if token:
        return to_link(desk, actor, grant.name, invitation=token)
    return RedirectResponse("/staff/grants?done=yes", 303)


def carried_out(desk: Desk, actor: Actor, what: str, name: str) -> Response:
    """Carries a change of an account out, or makes the link by which a second person agrees to it."""
    try:
        with desk.store.session(writing=True) as session:
            request, invitation = change_account(session, desk, actor, what, name)
    except BadInput as fault:
        return accounts_page(desk, actor, fault.faults, 422, actor.form if what == "add" else Form())
    if request or invitation:
        return to_link(desk, actor, name, invitation=invitation, request=request)
    return RedirectResponse("/staff/accounts", 303)


def change_account(session: Session, desk: Desk, actor: Actor, what: str, name: str) -> tuple[str, str]:
    """The request for a second person, and the token of an invitation; "" for none. Raises BadInput."""
    form, doing, roles = actor.form, actor.doing, roles_of(actor.form)
    person = accounts.account(session, name)
    had = person.roles if person else frozenset[Role]()
    if what == "disable" and name == actor.account.name:
        raise BadInput([Sentence("You cannot disable your own account.")])
    if what == "disable":
        accounts.disable(session, name, doing)
    elif what == "enable":
        accounts.enable(session, name, doing)
    elif what == "add" and not grants.needs_two(roles):
        accounts.add(session, name, form["full_name"], roles, actor.words.code, doing)
        return "", accounts.invite(session, name, desk.seal, doing)
    elif what == "roles" and not grants.needs_two(roles, had):
        accounts.set_roles(session, name, roles, doing)
    elif what == "invite" and not grants.needs_two(had):
        return "", accounts.invite(session, name, desk.seal, doing)
    elif what in WHAT:
        asked = had if what == "invite" else roles
        return grants.ask(session, what, name, form["full_name"], asked, actor.words.code, desk.seal, doing), ""
    else:
        raise BadInput([Sentence("There is no such change.")])
    return "", ""


def page_of_grant(
    desk: Desk, actor: Actor, sealed: str, faults: tuple[str, ...] = (), *, is_done: bool = False
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
    return GrantPage(desk.frame_of(actor), facts, sealed if grant else "", faults, is_done)


def roles_of(form: Form) -> list[Role]:
    """The roles that are ticked in a form."""
    return [role for role in ROLES if form[f"role-{role}"]]


def accounts_page(desk: Desk, actor: Actor, faults: tuple[str, ...], status: int, typed: Form) -> Response:
    """All accounts, and the form of a new one with what was typed."""
    with desk.store.session() as session:
        lines = tuple(account_line(account) for account in accounts.accounts(session))
    ticked = roles_of(typed)
    roles = tuple(Choice(role, role, role in ticked) for role in ROLES)
    return answer(AccountsPage(desk.frame_of(actor), lines, roles, faults, typed["name"], typed["full_name"]), status)


def account_line(account: Account) -> AccountLine:
    """An account in the list."""
    state = "disabled" if account.disabled else "active" if account.has_password else "invited"
    roles = tuple(Choice(role, role, role in account.roles) for role in ROLES)
    return AccountLine(account.name, account.full_name, roles, state, account.disabled)
