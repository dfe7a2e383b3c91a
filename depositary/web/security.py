"""What every answer bears, errors included, and what is left of an error when it reaches the reader."""

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
"""For the pages that answer as one types; without scripts they work the same."""

log = logging.getLogger(__name__)


def guarded(
    app: ASGIApp, failure: Callable[[Scope, str], Response], headers: Mapping[str, str] = HEADERS
) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The application with the headers on every answer; what it raises is logged, and answered by `failure`.

    A header that an answer sets itself stays: a page with a script allows that one script.

    `failure` is given a reference under which the log has the traceback; the reader sees nothing else of it.
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
            log.exception("failure %s at %s", reference, scope["path"])
            if begun:
                raise
            await failure(scope, reference)(scope, receive, send_guarded)

    return answer
