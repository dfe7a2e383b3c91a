"""What every request of the desk passes: its host, where it was sent from, its length."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from depositary.web.security import HEADERS

DESK_HEADERS = HEADERS | {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
}

LONGEST_FORM, LONGEST_BODY = 1024 * 1024, 26 * 1024 * 1024
"""A form; a scan or a file of acts, with the form around it. In bytes."""

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


def from_here(app: ASGIApp) -> Asgi:
    """The application, asked to do something only from its own pages: by Sec-Fetch-Site, or else by Origin.

    The browser tells either; what tells neither is not a browser, and nothing else has a session.
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
                await PlainTextResponse("This was not sent from the desk's own pages.\n", 403)(scope, receive, send)
                return
        await app(scope, receive, send)

    return answer


def at_home(app: ASGIApp, hosts: frozenset[str]) -> Asgi:
    """The application under its own names only."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and Headers(scope=scope).get("host", "") not in hosts:
            await PlainTextResponse("There is nothing under this name.\n", 421)(scope, receive, send)
            return
        await app(scope, receive, send)

    return answer


def limited(app: ASGIApp) -> Asgi:
    """The application, to which nobody sends more than a form, or with files a scan, at a time."""
    form, files = RequestBodyLimitMiddleware(app, LONGEST_FORM), RequestBodyLimitMiddleware(app, LONGEST_BODY)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        with_files = scope["type"] == "http" and Headers(scope=scope).get("content-type", "").startswith("multipart/")
        await (files if with_files else form)(scope, receive, send)

    return answer
