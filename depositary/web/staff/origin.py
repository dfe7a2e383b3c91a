"""The guards that every request passes: its host, the page it was sent from, its length."""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from depositary.web.security import HEADERS

DESK_HEADERS = HEADERS | {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
}

LONGEST_FORM, LONGEST_BODY = 4 * 1024 * 1024, 64 * 1024 * 1024
"""A form; a form with scans or a file of acts. In bytes. Scans are longer than the limit that a page names: only then
can the page say so and keep what was typed."""

log = logging.getLogger(__name__)

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


def refuse_foreign_forms(app: ASGIApp) -> Asgi:
    """The application behind a guard that takes forms from the desk's own pages only.

    Browsers name the page in Sec-Fetch-Site or in Origin. A request with neither is refused: it is not from a browser.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            headers = Headers(scope=scope)
            site, origin = headers.get("sec-fetch-site"), headers.get("origin", "")
            same = (
                site in ("same-origin", "none")
                if site
                else bool(origin) and urlsplit(origin).netloc == headers.get("host")
            )
            if not same or (origin not in ("", "null") and urlsplit(origin).netloc != headers.get("host")):
                log.warning("refused a form that was not sent from the desk's own pages, from %s", client_of(scope))
                await PlainTextResponse("This was not sent from the desk's own pages.\n", 403)(scope, receive, send)
                return
        await app(scope, receive, send)

    return answer


def require_own_host(app: ASGIApp, hosts: frozenset[str]) -> Asgi:
    """The application behind a guard that answers under its own host names only."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and Headers(scope=scope).get("host", "") not in hosts:
            log.warning("refused a request under another name, from %s", client_of(scope))
            await PlainTextResponse("There is nothing under this name.\n", 421)(scope, receive, send)
            return
        await app(scope, receive, send)

    return answer


def client_of(scope: Scope) -> str:
    """The address of the client, for the log."""
    return str((scope.get("client") or ("",))[0])


def limit_length(app: ASGIApp) -> Asgi:
    """The application behind a guard that refuses more than a form, or with files more than a scan."""
    form, files = RequestBodyLimitMiddleware(app, LONGEST_FORM), RequestBodyLimitMiddleware(app, LONGEST_BODY)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        with_files = scope["type"] == "http" and Headers(scope=scope).get("content-type", "").startswith("multipart/")
        await (files if with_files else form)(scope, receive, send)

    return answer
