"""Data is for other sites and for programs: they may read it (CORS), and calls are counted. Every answer is compressed.

An answer that was published is sent from memory and counts as no call.
"""

import gzip
import re
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

import brotli
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from depositary import clock
from depositary.web.api.problems import is_data, problem_response
from depositary.web.formats.calendars import BEFORE_ALL
from depositary.web.publication.page import preferred_coding
from depositary.web.query import Unanswerable
from depositary.web.rate_limits import network_of
from depositary.web.view import Site

FOR_ANY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type, If-Match, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}

CALLS = RateLimitItemPerMinute(600)
"""How many calls a network may make in a minute."""

IMAGE = ".svg"
"""The ending of images, which other sites may show."""

WORTH = 512
"""The size in bytes from which an answer is compressed."""

OK, NOT_MODIFIED = 200, 304
OF_A_TREATY = re.compile("/treaties/([^/]+)")


def shared(app: ASGIApp) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The application whose data other sites may read; calls of the API are counted by network."""
    limiter = MovingWindowRateLimiter(MemoryStorage())

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if not is_data(scope["path"]) and not scope["path"].endswith(IMAGE):
            await app(scope, receive, _Packing(asked, None, {}, send))
            return
        headers = dict(FOR_ANY_SITE)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in asked:
            await Response(status_code=204, headers=headers | PREFLIGHT)(scope, receive, send)
            return
        packed = _Packing(asked, modified_at(scope), headers, send)
        if scope["path"].startswith("/api/") and not scope.get("alone"):
            network = network_of(scope["client"][0] if scope.get("client") else "")
            allowed = limiter.hit(CALLS, network)
            reset, left = limiter.get_window_stats(CALLS, network)
            seconds = max(1, round(reset - time.time()))
            headers["RateLimit-Policy"] = f'"calls";q={CALLS.amount};w=60'
            headers["RateLimit"] = f'"calls";r={left};t={seconds}'
            if not allowed:
                headers["Retry-After"] = str(seconds)
                await problem_response(scope, Unanswerable(429, "too-many-calls", str(seconds)))(scope, receive, packed)
                return
        await app(scope, receive, packed)

    return answer


def modified_at(scope: Scope) -> datetime:
    """When what an answer tells began to be so, at the latest: its last entry was recorded, or the day began."""
    site: Site = scope["site"]
    asked = QueryParams(scope["query_string"])
    named = OF_A_TREATY.search(scope["path"])
    treaties = site.collection.shown_with(named[1]) if named else site.collection.treaties
    recorded = site.known.recorded_last(treaties) or BEFORE_ALL
    return recorded if "on" in asked else max(recorded, clock.midnight(clock.today()))


class _Packing:
    """Sends an answer with these headers, and its body in the coding that the reader prefers.

    Where the reader has no tag, it is told by the day of its copy that nothing changed (RFC 9110, 13.1.3). A page has
    no such day: its words change with the program.
    """

    def __init__(self, asked: Headers, modified: datetime | None, headers: dict[str, str], send: Send) -> None:
        self._coding = preferred_coding(asked.get("accept-encoding", "").encode("latin-1")).decode()
        self._copy = "" if "if-none-match" in asked else asked.get("if-modified-since", "")
        self._modified = modified.replace(microsecond=0) if modified else None
        self._headers = headers
        self._send = send
        self._begun: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begin(message)
            return
        body = message.get("body", b"")
        if self._begun is not None:
            own = MutableHeaders(scope=self._begun)
            if self._coding and len(body) >= WORTH and not message.get("more_body") and is_plain(own):
                body = brotli.compress(body, quality=5) if self._coding == "br" else gzip.compress(body, 6, mtime=0)
                own["Content-Encoding"], own["Content-Length"] = self._coding, str(len(body))
                if own.get("etag", "").startswith('"'):
                    own["ETag"] = f"W/{own['etag']}"  # the plain answer and this one are one answer in two codings
            await self._send(self._begun)
        await self._send({**message, "body": b"" if self._begun and self._begun["status"] == NOT_MODIFIED else body})
        self._begun = None

    def _begin(self, message: Message) -> None:
        own = MutableHeaders(scope=message)
        for name, value in self._headers.items():
            own[name] = value
        if self._coding:
            own.add_vary_header("Accept-Encoding")
        if self._modified and message["status"] in (OK, NOT_MODIFIED) and "etag" in own:
            own["Last-Modified"] = format_datetime(self._modified.astimezone(UTC), usegmt=True)
            if message["status"] == OK and is_since(self._copy, self._modified):
                message = {**message, "status": NOT_MODIFIED}
                del own["content-length"], own["content-type"]
        self._begun = message


def is_plain(headers: MutableHeaders) -> bool:
    """Whether a body is not compressed yet, neither in its coding nor in its own format."""
    packed = headers.get("content-type", "").startswith(("image/png", "application/pdf", "application/zip"))
    return not packed and "content-encoding" not in headers


def is_since(copied: str, modified: datetime) -> bool:
    """Whether a copy with this date is as recent as the answer."""
    try:
        return bool(copied) and parsedate_to_datetime(copied) >= modified
    except (TypeError, ValueError):
        return False
