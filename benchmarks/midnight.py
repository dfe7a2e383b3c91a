"""Midnight in New York while readers ask without a pause, in a process whose clock is set shortly before it."""

import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Thread

from benchmarks.measuring import Figure
from benchmarks.processes import free_port, started

PAGE = "/en/treaties/XVIII-16/"
DAY = date(2026, 5, 10)
"""Ninety days after the fortieth accession the Convention is in force; here that is the next day."""

BEFORE, AFTER, WINDOW, READERS = 12.0, 6.0, 16, 2
EXACT = 0.005
"""Two processes agree on the instant to so many seconds."""


@dataclass
class Seen:
    """What a reader saw."""

    answers: int = 0
    wrong: int = 0
    new_at: float = float("inf")
    faults: list[str] = field(default_factory=list)


def flip(home: Path) -> Iterator[Figure]:
    """The wrong answers; and how soon the new page was there, beside one second."""
    port, at = free_port(), time.time() + BEFORE
    command = (sys.executable, "-m", "benchmarks.midnight", str(home), str(port), str(at))
    with started(port, *command):
        seen = [Seen() for _ in range(READERS)]
        readers = [Thread(target=ask, args=(port, at, one)) for one in seen]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    answers = sum(one.answers for one in seen)
    wrong = sum(one.wrong for one in seen)
    late = (min(one.new_at for one in seen) - at) * 1e6
    for fault in [each for one in seen for each in one.faults][:3]:
        print(fault, file=sys.stderr)
    yield Figure(f"wrong of {answers:,} answers around midnight", wrong, answers, float(wrong), 0)
    yield Figure("the next day's page after midnight, beside 1 s", round(late, 1), 1e6, round(late / 1e6, 4), 1)
    yield Figure("answers, beside the 100,000 to be asked", 100_000, answers, round(100_000 / answers, 4), 1)


def ask(port: int, at: float, seen: Seen) -> None:
    """Asks for the page again and again, some requests at a time, and judges each answer by the instant."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(asking('"-"'))
        old = tag_of(connection, seen)
        tag, new = old, ""
        while time.time() < at + AFTER:
            sent = time.time()
            connection.sendall(asking(tag) * WINDOW)
            found = [one_answer(connection, seen) for _ in range(WINDOW)]
            received = time.time()
            for status, its, age in found:
                seen.answers += 1
                if its == old:
                    right = status == 304 and sent < at + EXACT and sent + age <= at + EXACT
                elif not new:
                    right, new, seen.new_at = status == 200 and received > at - EXACT, its, received
                else:
                    right = its == new and (status == 304 or tag == old)
                if not right:
                    seen.wrong += 1
                    seen.faults.append(f"{status} {its}, kept for {age}, asked {sent - at:.4f} s after midnight")
            tag = new or old


def asking(tag: str) -> bytes:
    return f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-None-Match: {tag}\r\n\r\n".encode()


def tag_of(connection: socket.socket, seen: Seen) -> str:
    """The tag of the page as it is."""
    status, tag, _ = one_answer(connection, seen)
    assert status == 200, status
    return tag


_LEFT: dict[int, bytes] = {}


def one_answer(connection: socket.socket, seen: Seen) -> tuple[int, str, int]:
    """Status, tag and max-age of the next answer; its body is checked against its tag."""
    data = _LEFT.pop(connection.fileno(), b"")
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += received(connection)
    head, data = data[:end].decode(), data[end + 4 :]
    status = int(head[9:12])
    told = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    length = 0 if status == 304 else int(told["content-length"])
    while len(data) < length:
        data += received(connection)
    body, _LEFT[connection.fileno()] = data[:length], data[length:]
    tag = told["etag"]
    if status == 200 and sha256(body).hexdigest()[:32] != tag.strip('"'):
        seen.wrong += 1
        seen.faults.append(f"{tag}: not the hash of the body")
    return status, tag, int(told["cache-control"].rpartition("=")[2])


def received(connection: socket.socket) -> bytes:
    more = connection.recv(1 << 18)
    if not more:
        raise ConnectionError("the site closed the connection")
    return more


def serve(home: Path, port: int, at: float) -> None:
    """Serves the site with a clock by which midnight in New York is at that instant of the machine's."""
    import uvicorn
    from freezegun import freeze_time

    from depositary import clock
    from depositary.register.heads import Keys
    from depositary.register.store import Store
    from depositary.treaties.collection import load_collection
    from depositary.web.app import create_app
    from depositary.web.publication.protocol import PublicProtocol
    from depositary.web.publication.publisher import publication_of
    from depositary.web.publication.server import PublishedSite

    world = load_collection(home / "data")
    store = Store(f"sqlite:///{home / 'register.sqlite'}", Keys(home / "keys"), public=True)
    create_app(world, store.entries)  # what is imported late is imported before the clock is another
    midnight = datetime.fromtimestamp(clock.midnight(clock.day_after(DAY)).timestamp(), UTC)
    with freeze_time(midnight - timedelta(seconds=at - time.time()), tick=True, real_asyncio=True):
        publication = publication_of(world, store)
        publication.start()
        uvicorn.run(
            PublishedSite(publication),
            port=port,
            http=PublicProtocol,
            ws="none",
            lifespan="off",
            log_level="critical",
        )


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
