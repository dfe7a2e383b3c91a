"""The outermost application of the public site: published pages come from memory, the snapshot answers the rest."""

import asyncio

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from depositary.web.cache_control import OTHERWISE, holds
from depositary.web.publication.page import PublishedPage
from depositary.web.publication.publication import Publication
from depositary.web.publication.waiting_room import Busy
from depositary.web.security import HEADERS
from depositary.web.watch import Watch

AT_ONCE, WAITING = 4, 64
"""How many requests are computed at a time, and how many wait. More are asked to come again."""


class PublishedSite:
    """The published site as an ASGI application."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.watch: Watch | None = None
        self.answered = {"from memory": 0, "rendered": 0, "computed": 0, "refused": 0}
        """How many requests were answered how."""
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if self.watch and self.watch.answers(scope):
            await self.watch(scope, receive, send)
            return
        if scope["method"] in ("GET", "HEAD"):
            query = scope["query_string"].decode("latin-1")
            try:
                page = await self.publication.page(scope["path"] + (f"?{query}" if query else ""))
            except Busy:
                self.answered["refused"] += 1
                await _busy()(scope, receive, send)
                return
            except Exception:  # what fails is told by the application, under a reference
                page = None
            if page is not None:
                self.answered["rendered"] += 1
                await self._give(page, scope, send)
                return
        await self._work_out(scope, receive, send)

    async def _give(self, page: PublishedPage, scope: Scope, send: Send) -> None:
        asked = Headers(scope=scope)
        accepted = ", ".join(asked.getlist("accept-encoding")).encode("latin-1")
        known = ", ".join(asked.getlist("if-none-match")).encode("latin-1")
        if not holds(", ".join(asked.getlist("if-match")), page.variant(accepted).tag.decode()):
            await PlainTextResponse(OTHERWISE, 412, {**HEADERS, "Cache-Control": "no-store"})(scope, _nothing, send)
            return
        status, headers, body = page.answer(accepted, known, self.publication.age())
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _work_out(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._waiting >= AT_ONCE + WAITING:
            self.answered["refused"] += 1
            await _busy()(scope, receive, send)
            return
        self.answered["computed"] += 1
        self._waiting += 1
        try:
            async with self._turns:
                await self.publication.current.app(scope, receive, send)
        finally:
            self._waiting -= 1


def _busy() -> PlainTextResponse:
    headers = {**HEADERS, "Cache-Control": "no-store", "Retry-After": "2"}
    return PlainTextResponse("Too much is asked at this moment. Try again.\n", 503, headers)


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
