"""Puts the public application together."""

import logging
from collections.abc import Iterable
from http import HTTPStatus

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from depositary import clock
from depositary.correspondence.alerts.store import AlertStore
from depositary.errors import Unavailable
from depositary.treaties.collection import Collection
from depositary.web.api import endpoints, files, subscriptions, well_known
from depositary.web.api.cross_origin import shared
from depositary.web.api.problems import Refused, field_faults, is_data, problem_response
from depositary.web.assets import load_assets
from depositary.web.known import Known, Later
from depositary.web.proofs import Proofs, ProvenRegister
from depositary.web.public import (
    about,
    alerts,
    briefing,
    calculator,
    notifications,
    overview_routes,
    reasons,
    routes,
    search,
)
from depositary.web.public.likely import likely_address, suggestions
from depositary.web.public.notifications import NothingIssued, NotificationArchive
from depositary.web.public.pages import FaultPage
from depositary.web.query import PageQuery, Unanswerable
from depositary.web.rendering import HTML, html
from depositary.web.security import guarded
from depositary.web.view import Site
from depositary.words import AVAILABLE, language
from depositary.words.templates import read_templates

log = logging.getLogger(__name__)


def create_app(
    collection: Collection,
    later: Later,
    *,
    proofs: ProvenRegister | None = None,
    archive: NotificationArchive | None = None,
    base_url: str = "",
    alerts: AlertStore | None = None,
    contact: str = "",
    secretariat: str = "",
) -> ASGIApp:
    """The public site. `later` gives the register's entries under a treaty.

    `proofs` is the register that proves its entries, `archive` the archive of notifications, `alerts` the store of
    requests for alerts; without it, none are offered. The permanent addresses on the pages begin with `base_url`,
    never with the Host header. `contact` is whom to tell of a weakness, `secretariat` who publishes the site.
    """
    known, assets = Known(collection, later), load_assets()
    site = Site(
        collection, known, base_url.rstrip("/"), assets, Proofs(proofs), alerts is not None, contact, secretariat
    )
    return with_site(application(archive, alerts), site)


def with_site(app: ASGIApp, site: Site) -> ASGIApp:
    """The application as it answers for one site."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        scope["site"] = site
        await app(scope, receive, send)

    return answer


def application(archive: NotificationArchive | None = None, subscribers: AlertStore | None = None) -> FastAPI:
    """The application for any site; `with_site` says which. It is made once, because that takes as long as a page."""
    read_templates()
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,  # it would trust the Host header
    )
    app.state.archive = archive or NothingIssued()
    routers = [
        endpoints.routes(),
        files.routes(),
        subscriptions.routes(),
        well_known.routes(),  # before the routes that take any first word for a language
        *([alerts.routes(subscribers)] if subscribers is not None else []),
        notifications.routes(app.state.archive),
        about.routes(),
        routes.routes(),
        reasons.routes(),
        calculator.routes(),
        briefing.routes(),
        overview_routes.routes(),
        search.routes(),
    ]

    async def unanswerable(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, Unanswerable)
        if fault.status == HTTPStatus.NOT_FOUND and (address := likely_address(request.scope["site"], request)):
            return RedirectResponse(address, 308, {"Cache-Control": "public, max-age=300"})
        return refusal(request.scope, fault)

    async def not_routed(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        if fault.status_code == HTTPStatus.NOT_FOUND and (address := likely_address(request.scope["site"], request)):
            return RedirectResponse(address, 308, {"Cache-Control": "public, max-age=300"})
        key = "method" if fault.status_code == HTTPStatus.METHOD_NOT_ALLOWED else "no-such-page"
        response = refusal(request.scope, Unanswerable(fault.status_code, key))
        response.headers.update(fault.headers or {})
        if fault.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = ", ".join(sorted(methods_of(routers, request.scope)))
        return response

    async def not_understood(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, RequestValidationError)
        return refusal(request.scope, Refused(422, "bad-question", field_faults(fault.errors())))

    async def unavailable(request: Request, fault: Exception) -> Response:
        log.warning("unavailable at %s: %s", request.scope["path"], fault)
        response = refusal(request.scope, Unanswerable(503, "unavailable"))
        response.headers["Retry-After"] = "60"
        return response

    def failure(scope: Scope, reference: str) -> Response:
        return refusal(scope, Unanswerable(500, "failure"), reference)

    app.add_exception_handler(Unanswerable, unanswerable)
    app.add_exception_handler(HTTPException, not_routed)
    app.add_exception_handler(RequestValidationError, not_understood)
    app.add_exception_handler(Unavailable, unavailable)
    app.add_middleware(shared)
    app.add_middleware(guarded, failure=failure)
    for router in routers:
        app.router.routes.extend(router.routes)  # each has the same routes for every site, so none is copied
    return app


def methods_of(routers: Iterable[APIRouter], scope: Scope) -> set[str]:
    """The methods of an address: those of all its routes, for each route knows only its own (RFC 9110, 10.2.1)."""
    every = (route for router in routers for route in router.routes if isinstance(route, Route))
    return {method for route in every if route.matches(scope)[0] != Match.NONE for method in route.methods or ()}


def refusal(scope: Scope, fault: Unanswerable, reference: str = "") -> Response:
    """The answer that says why there is no answer: a page, or a problem if data was asked for."""
    path = scope["path"]
    if is_data(path):
        return problem_response(scope, fault, reference)
    first = path.removeprefix("/").partition("/")[0]
    words = language(first if first in AVAILABLE else AVAILABLE[0])
    site: Site = scope["site"]
    asked = PageQuery(words, clock.today())
    frame = site.frame(asked, path, lasting=False)
    wanted, found = suggestions(site, asked, path) if fault.status == HTTPStatus.NOT_FOUND else ("", ())
    page = FaultPage(frame, fault.status, words.fault(fault.fault, asked=fault.asked), reference, wanted, found)
    return Response(html(page), fault.status, {"Cache-Control": "no-store"}, HTML)
