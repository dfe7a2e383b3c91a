"""The desk's application, put together: its guards outside, its routes within."""

import logging
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from depositary.errors import DepositaryError, Sentence, Unavailable
from depositary.web.security import guarded
from depositary.web.staff import access
from depositary.web.staff.access import Missing, words_of
from depositary.web.staff.accounts import administering
from depositary.web.staff.authorities.confirmation import confirming
from depositary.web.staff.authorities.decisions import deciding
from depositary.web.staff.authorities.emergency import emergency
from depositary.web.staff.authorities.inquiries import asking
from depositary.web.staff.authorities.lists import files
from depositary.web.staff.authorities.obligations import owing
from depositary.web.staff.authorities.proposals import proposing
from depositary.web.staff.authorities.registers import listing
from depositary.web.staff.bench import benching
from depositary.web.staff.circulation import circulating
from depositary.web.staff.desk import Desk
from depositary.web.staff.drafts import releasing
from depositary.web.staff.intake import intake
from depositary.web.staff.notifications import notifying
from depositary.web.staff.origin import DESK_HEADERS, Asgi, at_home, from_here
from depositary.web.staff.pages import DeskFaultPage
from depositary.web.staff.rendering import answer
from depositary.web.staff.sign_in import asked_to_sign_in, signing_in
from depositary.web.staff.sign_in_openid import signing_in_elsewhere
from depositary.web.staff.work import working

LONGEST_FORM, LONGEST_BODY = 1024 * 1024, 26 * 1024 * 1024
"""A form; a scan or a file of acts, and the form around it."""

SENTENCES: dict[int, Sentence] = {
    403: Sentence("You may not do this, or the page was too old: go back, load it again, and try once more."),
    404: Sentence("There is nothing here."),
    405: Sentence("This address can only be read."),
    409: Sentence("Somebody else was first. Nothing was done."),
    413: Sentence("This is too long: at most 25 MB."),
    422: Sentence("This was not sent by one of the desk's own forms."),
    503: Sentence("The register cannot be reached at this moment; nothing was done. Try again in a minute."),
}


def limited(app: ASGIApp) -> Asgi:
    """The application, sent no more than a form or, with files, a scan at a time."""
    form, files = RequestBodyLimitMiddleware(app, LONGEST_FORM), RequestBodyLimitMiddleware(app, LONGEST_BODY)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        with_files = scope["type"] == "http" and Headers(scope=scope).get("content-type", "").startswith("multipart/")
        await (files if with_files else form)(scope, receive, send)

    return answer


log = logging.getLogger(__name__)


def create_desk(desk: Desk) -> FastAPI:
    """The desk. It answers under its own name only, and tells nothing to nobody."""
    app = FastAPI(title="Desk", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.desk = desk

    def fault(scope: Scope, status: int, sentence: str = "", reference: str = "") -> Response:
        said = (
            sentence
            or SENTENCES.get(status)
            or Sentence("Something went wrong on our side (%(reference)s). Nothing was recorded.", reference=reference)
        )
        return answer(DeskFaultPage(desk.nobodys("/staff/", words_of(scope)), status, said, "/staff/"), status)

    async def sign_in_needed(request: Request, needed: Exception) -> Response:
        assert isinstance(needed, access.SignInNeeded)
        return asked_to_sign_in(desk, request, needed)

    async def of_http(request: Request, raised: Exception) -> Response:
        assert isinstance(raised, HTTPException)
        status = 422 if raised.status_code == HTTPStatus.BAD_REQUEST else raised.status_code
        response = fault(request.scope, status)
        response.headers.update(raised.headers or {})
        return response

    async def unavailable(request: Request, raised: Exception) -> Response:
        log.warning("unavailable at %s: %s", request.scope["path"], raised)
        return fault(request.scope, 503)

    async def refused(request: Request, raised: Exception) -> Response:
        assert isinstance(raised, DepositaryError)
        return fault(request.scope, 409, raised.sentence)

    def always(status: int) -> object:
        async def handler(request: Request, raised: Exception) -> Response:
            return fault(request.scope, status)

        return handler

    for kind, handler in (
        (access.SignInNeeded, sign_in_needed),
        (access.Forbidden, always(403)),
        (access.Malformed, always(422)),
        (RequestValidationError, always(404)),
        (Missing, always(404)),
        (HTTPException, of_http),
        (Unavailable, unavailable),
        (DepositaryError, refused),
    ):
        app.add_exception_handler(kind, handler)  # type: ignore[arg-type]
    app.add_middleware(limited)
    app.add_middleware(from_here)
    app.add_middleware(at_home, hosts=frozenset({urlsplit(desk.url).netloc}))
    app.add_middleware(
        guarded, failure=lambda scope, reference: fault(scope, 500, reference=reference), headers=DESK_HEADERS
    )

    @app.get("/")
    def root() -> Response:
        return Response(status_code=307, headers={"Location": "/staff/"})

    @app.get("/healthz")
    def health() -> Response:
        return Response("ok\n", media_type="text/plain")

    @app.get("/static/{name:path}")
    def static(name: str) -> Response:
        if name not in desk.assets.files:
            raise Missing
        content, kind, _ = desk.assets.files[name]
        return Response(content, media_type=kind)

    for routes in (signing_in, working, intake, releasing, notifying, benching, administering):
        app.include_router(routes(desk))
    if desk.contacts:
        for routes in (listing, owing, files, asking, proposing, deciding, emergency, confirming, circulating):
            app.include_router(routes(desk))
    if desk.provider:
        app.include_router(signing_in_elsewhere(desk, desk.provider))
    return app
