"""The connection of the public site: it answers published pages directly, and closes when a client is too slow.

Uvicorn still parses, queues and keeps connections alive.
"""

from asyncio import TimerHandle
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from depositary.web.publication.page import Headers
from depositary.web.publication.publication import Publication
from depositary.web.publication.server import PublishedSite

ASKING, READING = 10.0, 30.0
"""The seconds that a client may take to ask, and to read an answer."""


class PublicProtocol(HttpToolsProtocol):
    """A connection. A page in memory is answered here; the application answers the rest."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        app: Any = self.config.app
        self._publication: Publication | None = app.publication if isinstance(app, PublishedSite) else None
        self._answered = False
        self._receiving = False
        self._asking: TimerHandle | None = None
        self._reading: TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._asking = self.loop.call_later(ASKING, self._let_go)

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._asking, self._reading):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._receiving:
            if self._asking is None:
                self._asking = self.loop.call_later(ASKING, self._let_go)
        elif self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reading = self.loop.call_later(READING, self._let_go)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _let_go(self) -> None:
        if not self.transport.is_closing():
            self.transport.abort()

    def on_message_begin(self) -> None:
        self._receiving = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        answer = self._from_memory()
        if answer is None:
            super().on_headers_complete()
            return
        self._answered = True
        self.transport.writelines(answer)

    def on_body(self, body: bytes) -> None:
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._receiving = False
        if not self._answered:
            super().on_message_complete()
            return
        self._answered = False
        if self.parser.get_http_version() == "1.1" and self.parser.should_keep_alive():
            self.on_response_complete()
        else:
            self.server_state.total_requests += 1
            self.transport.close()

    def _from_memory(self) -> tuple[bytes, bytes] | None:
        """Head and body of the answer, if a published page is asked for and no earlier request is open."""
        if self._publication is None or self.pipeline or self.flow.write_paused or self.transport.is_closing():
            return None
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.response_complete:
            return None
        page = self._publication.find(self.url.decode("latin-1"))
        method = self.parser.get_method()
        if page is None or method not in (b"GET", b"HEAD") or self.parser.should_upgrade():
            return None
        accepted = known = b""
        for name, value in self.headers:
            if name == b"accept-encoding":
                accepted = accepted + b"," + value if accepted else value
            elif name == b"if-none-match":
                known = known + b"," + value if known else value
            elif name in (b"content-length", b"transfer-encoding", b"expect"):
                return None
        status, headers, body = page.answer(accepted, known, self._publication.age())
        keep = self.parser.get_http_version() == "1.1" and self.parser.should_keep_alive()
        head = on_the_wire(status, (*self.server_state.default_headers, *headers), keep)
        return head, b"" if method == b"HEAD" else body


def on_the_wire(status: int, headers: Headers, keep: bool) -> bytes:
    """The head of an answer in bytes. The body is never copied: it is sent from where it is in memory."""
    lines = [STATUS_LINE[status]]
    for name, value in headers:
        lines += (name, b": ", value, b"\r\n")
    lines.append(b"\r\n" if keep else b"connection: close\r\n\r\n")
    return b"".join(lines)
