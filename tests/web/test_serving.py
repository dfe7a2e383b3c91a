"""How the public site answers on the wire: the same within the connection and without, whatever is sent."""

import asyncio
import gzip
import random
import re
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest

from depositary.treaties.collection import Collection
from depositary.web.publication.page import tag_of
from depositary.web.publication.publication import Publication
from depositary.web.publication.server import PublishedSite
from tests.threads import apart
from tests.web.served_site import STATUS, plain_port, port, published
from tests.web.wire import get, sent

__all__ = ["plain_port", "port", "published"]  # fixtures


def test_a_page_in_its_codings_each_under_its_hash(port: int) -> None:
    _, _, plain = get(port, STATUS)
    for coding, undone in (("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)):
        status, headers, body = get(port, STATUS, f"Accept-Encoding: {coding}")
        assert (status, headers["etag"], headers["vary"]) == (200, f'"{tag_of(body)}"', "accept-encoding")
        assert undone(body) == plain
        assert headers.get("content-encoding", "identity") == coding
        assert int(headers["content-length"]) == len(body)
        again, unchanged, none = get(
            port, STATUS, f"Accept-Encoding: {coding}", f'If-None-Match: "x", {headers["etag"]}'
        )
        assert (again, none, unchanged["etag"]) == (304, b"", headers["etag"])


def test_what_has_not_changed_is_said_in_few_bytes(port: int) -> None:
    """At most 400 bytes."""
    tag = get(port, STATUS)[1]["etag"]
    request = f"GET {STATUS} HTTP/1.1\r\nHost: x\r\nIf-None-Match: {tag}\r\nConnection: close\r\n\r\n"
    answer = sent(port, request.encode())
    assert answer.startswith(b"HTTP/1.1 304 ")
    assert len(answer) <= 400


def test_the_head_alone(port: int) -> None:
    status, headers, body = get(port, STATUS, method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) == len(get(port, STATUS)[2])


def test_it_may_be_kept_for_five_seconds_and_not_past_midnight(port: int, published: Publication) -> None:
    age = int(get(port, STATUS)[1]["cache-control"].rpartition("=")[2])
    assert age == min(5, max(0, int(published.current.until - time.time()))) or age < 5
    address = next(path for path in published.current.pages if path.startswith("/static/"))
    assert "immutable" in get(port, address)[1]["cache-control"]


def requests() -> Iterator[bytes]:
    """Requests well and badly formed, each with the end of the connection."""
    yield f"GET {STATUS} HTTP/1.0\r\n\r\n".encode()
    yield f"GET {STATUS} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".encode()
    for line in (
        "Accept-Encoding: br;q=0, gzip;q=1.0",
        "Accept-Encoding: br\r\nAccept-Encoding: gzip",
        "If-None-Match: *",
        'If-None-Match: W/"x", "y"',
        "Range: bytes=0-10",
        "Range: " + "bytes=" + ",".join(f"{n}-{n}" for n in range(1000)),
        "Expect: 100-continue",
        "Content-Length: 0",
        "Content-Length: 5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: -1",
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13",
        "Upgrade: h2c\r\nHTTP2-Settings: x",
        "Cookie: __Host-desk=abc",
        "X: \0",
        "Bad Header: x",
        " folded: x",
        "Host: evil.example",
        "Range: " + "x" * 8000,
    ):
        yield f"GET {STATUS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{line}\r\n\r\n".encode("latin-1")
    for target in (
        "*",
        "/%00",
        "/%ff",
        "//",
        "/en//",
        STATUS + "?",
        STATUS + "?x",
        STATUS + "#x",
        "http://x" + STATUS,
        "/\\",
        "x",
    ):
        yield f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    for method in ("POST", "PUT", "TRACE", "CONNECT", "OPTIONS", "FOO", "get", "PRI"):
        yield f"{method} {STATUS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    yield b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"
    chance = random.Random(7)
    base = f"GET {STATUS} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n".encode()
    for _ in range(150):
        changed = bytearray(base)
        for _ in range(chance.randrange(1, 4)):
            changed[chance.randrange(len(base) - 4)] = chance.randrange(256)
        yield bytes(changed)


def without_moments(answer: bytes) -> bytes:
    lines = answer.partition(b"\r\n\r\n")
    kept = sorted(line for line in lines[0].split(b"\r\n") if not re.match(rb"(?i)date:|cache-control:", line))
    reference = re.sub(rb"[0-9a-f]{12}", b"", lines[2]) if b" 500 " in lines[0][:20] else lines[2]
    return b"\r\n".join(kept) + reference


def test_whatever_is_sent_is_answered_as_by_the_application(port: int, plain_port: int) -> None:
    tried = 0
    for request in requests():
        ours, theirs = (sent(each, request, 0.3) or sent(each, request, 3) for each in (port, plain_port))
        assert without_moments(ours) == without_moments(theirs), request
        assert b"Traceback" not in ours
        tried += 1
    assert tried > 180
    assert get(port, STATUS)[0] == 200


def test_requests_sent_together_are_answered_in_their_order(port: int) -> None:
    paths = [STATUS, f"{STATUS}?on=2026-09-01", "/nothing", STATUS, "/healthz", "/register/head"] * 5
    request = "".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in paths[:-1])
    request += f"GET {paths[-1]} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = sent(port, request.encode())
    statuses = [int(found) for found in re.findall(rb"HTTP/1\.1 (\d+) ", answer)]
    assert statuses == [404 if path == "/nothing" else 200 for path in paths]


def test_a_connection_is_kept_for_the_next_question(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        for _ in range(3):
            connection.sendall(f"HEAD {STATUS} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_range_is_not_served_in_parts(port: int) -> None:
    many = ",".join(f"{n}-{n}" for n in range(500))
    status, headers, body = get(port, STATUS, f"Range: bytes={many}")
    assert (status, int(headers["content-length"])) == (200, len(body))


def test_published_files_are_readable_and_nothing_else_is(published: Publication, tmp_path: Path) -> None:
    """What is published may be read by the web server; database and keys by their owner alone."""
    assert published.folder is not None
    home = published.folder.path.parent
    for file in home.rglob("*"):
        if file.is_file() and not file.is_symlink():
            mode = file.stat().st_mode & 0o777
            secret = published.folder.path not in file.parents
            assert mode & (0o077 if secret and "public" not in file.name and file.suffix != ".pub" else 0o022) == 0, (
                file
            )


def test_too_many_questions_at_once_are_asked_to_come_again(
    collection: Collection, published: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = PublishedSite(published)
    gate = asyncio.Event()

    async def slow(scope: object, receive: object, send: Callable[[Any], Any]) -> None:
        await gate.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    from depositary.web.publication.snapshot import fetch

    async def many() -> list[int]:
        monkeypatch.setattr(published.current, "app", slow)
        tasks = [asyncio.create_task(fetch(served, f"/computed/{n}")) for n in range(100)]
        for _ in range(600):
            if sum(task.done() for task in tasks) == 32:
                break
            await asyncio.sleep(0.1)
        gate.set()
        return [status for status, _, _ in await asyncio.gather(*tasks)]

    statuses = apart(asyncio.run, many())
    assert (statuses.count(200), statuses.count(503)) == (68, 32)
