"""A connection of either site: what a client may send, and how long it may take. Uvicorn does the rest.

A request has one Host, at most 64 KB and 100 lines of headers, and 10 seconds. Bytes that are no request, such as an
empty line, give no more time. A refusal has the headers of every other answer.
"""

from asyncio import TimerHandle
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from depositary.web.security import HEADERS

MOST_BYTES, MOST_LINES = 64 * 1024, 100
"""How much a client may send before the body of a request, and how many lines of headers."""

READING = 30.0
"""The seconds that a client may take to read what fills its buffers."""

LOOK = 0.1
"""The seconds in which what came before a time was over is still read: after a pause of the process the loop looks at
its timers before its sockets."""

REFUSALS = {
    400: "This is not a request of HTTP/1.1 with one Host.\n",
    431: f"The headers of a request have at most {MOST_BYTES // 1024} KB and {MOST_LINES} lines.\n",
}


class Connection(HttpToolsProtocol):
    """A connection that refuses boundless headers, and closes when its client is too slow."""

    asking: ClassVar[float] = 10.0
    """The seconds that a client may take to send a request."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._receiving = False
        self._refused = False
        self._hosts = 0
        self._piece, self._alone, self._unread = 0, True, 0
        """The bytes of the last piece received; whether no request ended in it; the bytes since a request began, or
        since its last piece of body."""
        self._asking: TimerHandle | None = None
        self._reading: TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._asking = self.loop.call_later(self.asking, self._look_for_request)

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._asking, self._reading):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._piece, self._alone = len(data), True
        self._unread += self._piece
        super().data_received(data)
        if self._receiving and self._unread > MOST_BYTES:
            self.refuse(431)
        if self._receiving or self.is_idle:
            if self._asking is None:
                self._asking = self.loop.call_later(self.asking, self._look_for_request)
        elif self._asking is not None:
            self._asking.cancel()
            self._asking = None

    @property
    def is_idle(self) -> bool:
        """Whether no request is open, and nothing closes the connection yet."""
        return self.timeout_keep_alive_task is None and self.is_answered and not self.transport.is_closing()

    @property
    def is_answered(self) -> bool:
        """Whether each request that was accepted has its answer."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def on_message_begin(self) -> None:
        self._receiving, self._hosts = True, 0
        self._unread = self._piece if self._alone else 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if name == b"host":
            self._hosts += 1
        elif name == b"expect" and value.lower() == b"100-continue":
            self.expect_100_continue = True
        if len(self.headers) <= MOST_LINES:  # one more is enough to refuse them
            self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        if self._refused:
            return
        large = self._unread > MOST_BYTES or self._piece > MOST_BYTES
        if len(self.headers) > MOST_LINES or (large and self._head() > MOST_BYTES):
            self.refuse(431)
        elif self._hosts != 1 and (self._hosts or self.parser.get_http_version() != "1.0"):
            self.refuse(400)
        else:
            self.accept()

    def accept(self) -> None:
        """Answers a request whose headers are complete."""
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unread = 0
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self.end_message()
        if not self._refused:
            super().on_message_complete()

    def end_message(self) -> None:
        """Notes that a request was received to its end."""
        self._receiving, self._alone, self._unread = False, False, 0

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            self.await_reader()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.await_reader()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def timeout_keep_alive_handler(self) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(LOOK, self._close_idle)

    def await_reader(self) -> None:
        """Gives the client its time to read what was sent to it."""
        if self._reading is None:
            self._reading = self.loop.call_later(READING, self._look_for_reader)

    def send_400_response(self, msg: str) -> None:
        self.refuse(400)

    def refuse(self, status: int) -> None:
        """Refuses a request, and closes. While an earlier request is open there is no place for an answer."""
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        self.await_reader()
        if self.is_answered:
            sentence = REFUSALS[status].encode()
            lines = [
                *self.server_state.default_headers,
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", b"%d" % len(sentence)),
                (b"connection", b"close"),
                (b"cache-control", b"no-store"),
                *((name.lower().encode(), value.encode()) for name, value in HEADERS.items()),
            ]
            head = b"".join(b"%s: %s\r\n" % line for line in lines)
            self.transport.write(STATUS_LINE[status] + head + b"\r\n" + sentence)
        self.transport.close()

    def _head(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _look_for_request(self) -> None:
        self._asking = self.loop.call_later(LOOK, self._let_go)

    def _look_for_reader(self) -> None:
        self._reading = self.loop.call_later(LOOK, self._let_go)

    def _close_idle(self) -> None:
        super().timeout_keep_alive_handler()
        self.await_reader()

    def _let_go(self) -> None:
        self.transport.abort()


class DeskConnection(Connection):
    """A connection of the desk, whose clients also send files."""

    asking = 60.0
