"""The administrator's page: accounts, their roles, invitations."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary.desk import accounts
from depositary.desk.accounts import Account
from depositary.desk.roles import ROLES, Role
from depositary.errors import BadInput, Sentence
from depositary.web.parts import Choice
from depositary.web.staff.access import Actor, Form, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import AccountsPage
from depositary.web.staff.parts import AccountLine
from depositary.web.staff.rendering import answer


def routes(desk: Desk) -> APIRouter:
    """The routes of accounts. Every change needs both factors shown again."""
    router = APIRouter()

    @router.get("/staff/accounts")
    def look(actor: Actor = may("accounts")) -> Response:
        return accounts_page(desk, actor, (), "", 200)

    @router.post("/staff/accounts")
    def add(actor: Actor = may("accounts", binding=True)) -> Response:
        try:
            invitation = add_account(desk, actor)
        except BadInput as fault:
            return accounts_page(desk, actor, fault.faults, "", 422)
        return accounts_page(desk, actor, (), invitation, 201)

    @router.post("/staff/accounts/{name}/{what}")
    def change(name: str, what: str, actor: Actor = may("accounts", binding=True)) -> Response:
        try:
            invitation = change_account(desk, actor, name, what)
        except BadInput as fault:
            return accounts_page(desk, actor, fault.faults, "", 422)
        if invitation:
            return accounts_page(desk, actor, (), invitation, 200)
        return RedirectResponse("/staff/accounts", 303)

    return router


def add_account(desk: Desk, actor: Actor) -> str:
    """Adds the account of a form; the link that invites its person. Raises BadInput."""
    form = actor.form
    with desk.store.session(writing=True) as session:
        accounts.add(session, form["name"], form["full_name"], roles_of(form), actor.words.code, actor.doing)
        return link(desk, accounts.invite(session, form["name"], desk.seal, actor.doing))


def change_account(desk: Desk, actor: Actor, name: str, what: str) -> str:
    """Changes an account; the link of a new invitation, "" for any other change. Raises BadInput."""
    with desk.store.session(writing=True) as session:
        if what == "invite":
            return link(desk, accounts.invite(session, name, desk.seal, actor.doing))
        if what == "disable" and name == actor.account.name:
            raise BadInput([Sentence("Nobody disables their own account.")])
        if what == "disable":
            accounts.disable(session, name, actor.doing)
        elif what == "enable":
            accounts.enable(session, name, actor.doing)
        elif what == "roles":
            accounts.set_roles(session, name, roles_of(actor.form), actor.doing)
        else:
            raise BadInput([Sentence("There is no such change.")])
    return ""


def roles_of(form: Form) -> list[Role]:
    """The roles that are ticked in a form."""
    return [role for role in ROLES if form[f"role-{role}"]]


def link(desk: Desk, token: str) -> str:
    """The address of an invitation, from the desk's own configured address."""
    return f"{desk.url}/staff/invitation/{token}"


def accounts_page(desk: Desk, actor: Actor, faults: tuple[str, ...], invitation: str, status: int) -> Response:
    """All accounts; `invitation` is the link that was just made, "" for none."""
    with desk.store.session() as session:
        lines = tuple(account_line(account) for account in accounts.accounts(session))
    return answer(AccountsPage(desk.frame_of(actor), lines, ROLES, faults, invitation), status)


def account_line(account: Account) -> AccountLine:
    """An account in the list."""
    state = "disabled" if account.disabled else "active" if account.has_password else "invited"
    roles = tuple(Choice(role, role, role in account.roles) for role in ROLES)
    return AccountLine(account.name, account.full_name, roles, state, account.disabled)
