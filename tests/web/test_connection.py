"""A connection of either site: what a client may send, how long it may take, and how it is refused."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from depositary.web.connection import Connection, DeskConnection
from depositary.web.publication.protocol import PublicProtocol
from depositary.web.security import HEADERS
from tests.web.wire import get, sent, serving


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the length of what it was sent."""
    length = 0
    while True:
        message = await receive()
        length += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await PlainTextResponse(f"{length}")(scope, receive, send)


@pytest.fixture(scope="module", params=[PublicProtocol, DeskConnection])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    with serving(app, request.param) as at:
        yield at


def request_of(*lines: str, head: str = "GET / HTTP/1.1", body: bytes = b"") -> bytes:
    return "\r\n".join((head, "Host: x", *lines, "", "")).encode() + body


def refused(answer: bytes, status: int) -> bool:
    """Whether an answer is a refusal in a sentence, with the headers of every answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    assert {name.lower(): value for name, value in HEADERS.items()}.items() <= lines.items()
    assert lines["connection"] == "close"
    assert int(lines["content-length"]) == len(body) > 20
    assert "date" in lines
    return head.startswith(b"HTTP/1.1 %d " % status)


@pytest.mark.parametrize(
    "lines",
    [
        [f"X-{number}: y" for number in range(100)],
        ["X: " + "y" * 65_536],
        [f"X-{number}: " + "y" * 900 for number in range(80)],
        ["X" * 65_536 + ": y"],
    ],
    ids=["lines", "one long line", "many long lines", "a long name"],
)
def test_headers_without_bound_are_refused(port: int, lines: list[str]) -> None:
    assert refused(sent(port, request_of(*lines)), 431)


def test_a_long_address_is_refused(port: int) -> None:
    assert refused(sent(port, request_of(head=f"GET /{'y' * 70_000} HTTP/1.1")), 431)


def test_headers_that_fit_are_read(port: int) -> None:
    lines = [f"X-{number}: " + "y" * 500 for number in range(97)]
    assert get(port, "/", *lines)[0] == 200
    big = request_of("Connection: close", "Content-Length: 300000", head="POST / HTTP/1.1", body=b"x" * 300_000)
    assert sent(port, big).endswith(b"\r\n\r\n300000")
    many = request_of(*lines) * 10 + request_of("Connection: close")
    assert sent(port, many).count(b"HTTP/1.1 200 ") == 11


def test_a_flood_of_one_header_is_refused_before_it_ends(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")
        given = 0
        try:
            while given < 100 * 1024 * 1024:
                given += connection.send(b"y" * 16_384)
        except (ConnectionResetError, BrokenPipeError):
            pass
    assert given < 20 * 1024 * 1024  # what lies between the two in the system's buffers


def test_trailers_without_bound_end_the_connection(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request_of("Transfer-Encoding: chunked", head="POST / HTTP/1.1", body=b"1\r\nx\r\n0\r\nX: "))
        given = 0
        try:
            while given < 100 * 1024 * 1024:
                given += connection.send(b"y" * 16_384)
        except (ConnectionResetError, BrokenPipeError):
            pass
    assert given < 20 * 1024 * 1024


@pytest.mark.parametrize("hosts", [b"", b"Host: x\r\nHost: x\r\n", b"Host: x\r\nhost: y\r\n"])
def test_a_request_has_one_host(port: int, hosts: bytes) -> None:
    assert refused(sent(port, b"GET / HTTP/1.1\r\n" + hosts + b"\r\n"), 400)


def test_an_old_client_needs_no_host(port: int) -> None:
    assert sent(port, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    assert refused(sent(port, b"GET / HTTP/1.0\r\nHost: x\r\nHost: x\r\n\r\n"), 400)


@pytest.mark.parametrize("bytes_", [b"\0\0\0\0", b"GET /\r\n\r\n", b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n"])
def test_what_is_no_request_is_refused_with_all_headers(port: int, bytes_: bytes) -> None:
    assert refused(sent(port, bytes_), 400)


def test_nothing_after_a_refused_request_is_answered(port: int) -> None:
    answer = sent(port, request_of() + b"GET / HTTP/1.1\r\n\r\n" + request_of() * 3)
    assert answer.count(b"HTTP/1.1 200 ") <= 1
    assert answer.count(b"HTTP/1.1 ") <= 2


SLOW = {
    "silent": (b"", b""),
    "in the headers": (b"GET / HTTP/1.1\r\nHost: ", b"x"),
    "in the body": (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nx", b"x"),
    "empty lines": (b"", b"\r\n"),
    "empty lines after an answer": (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\r\n"),
    "a second request": (b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nX: ", b"x"),
}


@pytest.mark.parametrize("kind", [PublicProtocol, DeskConnection])
@pytest.mark.parametrize(("begun", "drip"), SLOW.values(), ids=SLOW)
def test_a_client_too_slow_to_ask_is_let_go(
    monkeypatch: pytest.MonkeyPatch, kind: type[Connection], begun: bytes, drip: bytes
) -> None:
    monkeypatch.setattr(kind, "asking", 0.4)
    with serving(app, kind) as at, socket.create_connection(("127.0.0.1", at), timeout=0.05) as connection:
        connection.sendall(begun)
        for _ in range(400):
            try:
                if connection.recv(1 << 16) == b"":
                    return
                continue
            except TimeoutError:
                pass
            except ConnectionResetError:
                return
            try:
                connection.sendall(drip)
            except (ConnectionResetError, BrokenPipeError):
                return
        pytest.fail("it was kept for twenty seconds")


@pytest.mark.parametrize("kind", [PublicProtocol, DeskConnection])
def test_a_client_too_slow_to_read_is_let_go(monkeypatch: pytest.MonkeyPatch, kind: type[Connection]) -> None:
    monkeypatch.setattr("depositary.web.connection.READING", 0.3)
    let_go = threading.Event()

    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await PlainTextResponse("x" * 30_000_000)(scope, receive, send)
            message = await receive()
            while message["type"] != "http.disconnect":
                message = await receive()
        except OSError:
            pass
        let_go.set()

    with serving(large, kind) as at, socket.create_connection(("127.0.0.1", at), timeout=60) as connection:
        connection.sendall(request_of())
        assert let_go.wait(120)


def test_a_client_that_takes_its_time_between_two_requests_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "asking", 4)
    with serving(app, Connection) as at, socket.create_connection(("127.0.0.1", at), timeout=60) as connection:
        for _ in range(4):
            time.sleep(1.1)  # together longer than a request may take
            connection.sendall(request_of())
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("kept", [False, True], ids=["a new connection", "a connection that was kept"])
def test_a_request_that_came_while_the_process_stood_still_is_answered(kept: bool) -> None:
    standing, sent_meanwhile = threading.Event(), threading.Event()
    reading, writing = os.pipe()

    def stand_still() -> None:
        os.read(reading, 1)
        standing.set()
        sent_meanwhile.wait(20)
        time.sleep(1.3)  # by now every time of the connection is over

    class Pausing(PublicProtocol):
        asking = 1.0

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self.timeout_keep_alive = 1
            self.loop.add_reader(reading, stand_still)
            if not kept:
                os.write(writing, b"x")

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if kept and not standing.is_set():
                os.write(writing, b"x")

    with serving(app, Pausing) as at, socket.create_connection(("127.0.0.1", at), timeout=30) as connection:
        if kept:
            connection.sendall(request_of())
        assert standing.wait(20)
        connection.sendall(request_of("Connection: close"))
        sent_meanwhile.set()
        answers = b""
        while more := connection.recv(4096):
            answers += more
    assert answers.count(b"HTTP/1.1 200") == 1 + kept
    for end in (reading, writing):
        os.close(end)


def test_idle_connections_cost_nobody_else(port: int) -> None:
    idle = [socket.create_connection(("127.0.0.1", port), timeout=60) for _ in range(200)]
    assert get(port, "/")[0] == 200
    for connection in idle:
        connection.close()
