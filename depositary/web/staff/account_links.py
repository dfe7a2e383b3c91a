"""The page of a link that was made for another person: it can be loaded again by who made it, until it is used."""

import json
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary.desk import accounts, grants
from depositary.errors import BadInput, DepositaryError
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import AccountLinkPage
from depositary.web.staff.rendering import answer

TAG = "link"
"""The beginning of what an address of this page seals, so that no other sealed text is taken for one."""


def routes(desk: Desk) -> APIRouter:
    """The routes of the page, for who looks after accounts and for who agrees to a request."""
    router = APIRouter()

    @router.get("/staff/accounts/link")
    def of_an_account(request: Request, actor: Actor = may("accounts")) -> Response:
        return answer(link_page(desk, actor, request.query_params.get("shown", "")))

    @router.get("/staff/grants/link")
    def of_a_grant(request: Request, actor: Actor = may("agree")) -> Response:
        return answer(link_page(desk, actor, request.query_params.get("shown", "")))

    return router


def to_link(desk: Desk, actor: Actor, name: str, *, invitation: str = "", request: str = "") -> Response:
    """Leads to the page of an invitation's token, or of a request for a second person, about an account."""
    sealed = desk.seal.seal(json.dumps([TAG, actor.account.name, name, invitation, request]))
    where = "grants" if actor.path.startswith("/staff/grants") else "accounts"
    return RedirectResponse(f"/staff/{where}/link?{urlencode({'shown': sealed})}", 303)


def link_page(desk: Desk, actor: Actor, sealed: str) -> AccountLinkPage:
    """The link of an address of this page. Raises Missing for another person, and for no such address."""
    try:
        tag, made_by, name, invitation, request = json.loads(desk.seal.open(sealed))
    except (DepositaryError, ValueError, TypeError):
        raise Missing from None
    if tag != TAG or made_by != actor.account.name:
        raise Missing
    if invitation:
        with desk.store.session() as session:
            used = accounts.invitation(session, invitation, desk.seal, actor.doing.at) is None
        link = f"{desk.url}/staff/invitation/{invitation}"
    else:
        used, link = is_used(desk, actor, request), f"{desk.url}/staff/grants?{urlencode({'request': request})}"
    back = "/staff/accounts" if actor.account.may("accounts") else "/staff/"
    return AccountLinkPage(desk.frame_of(actor), name, "" if used else link, used, bool(request), back)


def is_used(desk: Desk, actor: Actor, request: str) -> bool:
    """Whether a request was carried out, or works no more."""
    try:
        grant = grants.read(request, desk.seal, actor.doing.at)
    except BadInput:
        return True
    with desk.store.session() as session:
        return grants.is_carried_out(session, grant)
