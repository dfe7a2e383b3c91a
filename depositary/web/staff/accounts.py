"""The administrator's page: accounts, their roles, invitations."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary.desk import accounts
from depositary.desk.accounts import Account
from depositary.desk.roles import ROLES
from depositary.errors import BadInput, Sentence
from depositary.web.parts import Choice
from depositary.web.staff.access import Actor, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import AccountsPage
from depositary.web.staff.parts import AccountLine
from depositary.web.staff.rendering import answer


def routes(desk: Desk) -> APIRouter:
    """The routes of accounts. All that changes one needs both factors shown again."""
    router = APIRouter()

    @router.get("/staff/accounts")
    def look(actor: Actor = may("accounts")) -> Response:
        return accounts_page(desk, actor, (), "", 200)

    @router.post("/staff/accounts")
    def add(actor: Actor = may("accounts", binding=True)) -> Response:
        form = actor.form
        roles = [role for role in ROLES if form[f"role-{role}"]]
        try:
            with desk.store.session(writing=True) as session:
                accounts.add(session, form["name"], form["full_name"], roles, actor.words.code, actor.doing)
                token = accounts.invite(session, form["name"], desk.seal, actor.doing)
        except BadInput as fault:
            return accounts_page(desk, actor, fault.faults, "", 422)
        return accounts_page(desk, actor, (), link(desk, token), 201)

    @router.post("/staff/accounts/{name}/{what}")
    def change(name: str, what: str, actor: Actor = may("accounts", binding=True)) -> Response:
        made = ""
        try:
            with desk.store.session(writing=True) as session:
                if what == "invite":
                    made = link(desk, accounts.invite(session, name, desk.seal, actor.doing))
                elif what == "disable" and name == actor.account.name:
                    raise BadInput([Sentence("Nobody disables their own account.")])
                elif what == "disable":
                    accounts.disable(session, name, actor.doing)
                elif what == "enable":
                    accounts.enable(session, name, actor.doing)
                elif what == "roles":
                    roles = [role for role in ROLES if actor.form[f"role-{role}"]]
                    accounts.set_roles(session, name, roles, actor.doing)
                else:
                    raise BadInput([Sentence("There is no such change.")])
        except BadInput as fault:
            return accounts_page(desk, actor, fault.faults, "", 422)
        return accounts_page(desk, actor, (), made, 200) if made else RedirectResponse("/staff/accounts", 303)

    return router


def link(desk: Desk, token: str) -> str:
    """The address of an invitation, from the desk's own configured address."""
    return f"{desk.url}/staff/invitation/{token}"


def accounts_page(desk: Desk, actor: Actor, faults: tuple[str, ...], made: str, status: int) -> Response:
    with desk.store.session() as session:
        lines = tuple(account_line(one) for one in accounts.accounts(session))
    return answer(AccountsPage(desk.frame_of(actor), lines, ROLES, faults, made), status)


def account_line(one: Account) -> AccountLine:
    state = "disabled" if one.disabled else "active" if one.has_password else "invited"
    roles = tuple(Choice(role, role, role in one.roles) for role in ROLES)
    return AccountLine(one.name, one.full_name, roles, state, one.disabled)
