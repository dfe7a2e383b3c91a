"""The headers of every answer, and the answer to an error: the reader sees a reference, the log has the rest."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}

WITH_SCRIPT = {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"] + "; script-src 'self'; connect-src 'self'"
}
"""The headers of pages with a script. These pages also work without it."""

log = logging.getLogger(__name__)


def guarded(
    app: ASGIApp, failure: Callable[[Scope, str], Response], headers: Mapping[str, str] = HEADERS
) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The application with these headers on every answer. An exception is logged, and `failure` answers it.

    A header that an answer already has stays: a page with a script allows that script. `failure` gets the reference
    under which the log has the traceback; the reader sees only the reference.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                own = MutableHeaders(scope=message)
                for name, value in headers.items():
                    own.setdefault(name, value)
            await send(message)

        try:
            await app(scope, receive, send_guarded)
        except Exception:
            reference = secrets.token_hex(6)
            log.exception("failure %s at %s", reference, route_of(scope))
            if begun:
                raise
            await failure(scope, reference)(scope, receive, send_guarded)

    return answer


def route_of(scope: Scope) -> str:
    """The route of a request for the log: an address itself may have a token, which no log has."""
    return str(getattr(scope.get("route"), "path", "an address of no route"))
