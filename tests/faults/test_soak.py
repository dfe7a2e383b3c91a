"""Hours of work in one run: many requests and many entries, and the public process keeps nothing of them.

The suite asks 800 times, and `DEPOSITARY_TEST_LONGER=5` a million times with 10,000 entries.
"""

import contextlib
import os
import socket
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import BinaryIO

import pytest

from depositary import clock
from depositary.law.acts import Act
from depositary.register.heads import Keys
from depositary.register.recording import enter_instead, record
from depositary.register.store import Store
from tests.cli.conftest import call, get, served
from tests.longer import LONGER
from tests.waiting import until

REQUESTS, ENTRIES = (200_000 * LONGER, 2_000 * LONGER) if LONGER > 1 else (800, 8)
QUARTERS = 4

MOST_GROWTH = 0.05
"""Of the memory after the first half: until then caches and the allocator warm up."""

OF_AN_ENTRY = 6
"""The kilobytes that an entry adds to what is published and so is kept in memory: the entry itself (0.8), and its line
on the page of the register in six languages (0.65 each), compressed as well."""

MOST_OF_THE_HOME = 50
"""Fifteen connections of a pool, each with the file of the database and its log, and files that are being written."""

PUBLISHED = (
    "/en/treaties/XVIII-16/",
    "/ar/treaties/XVIII-16/",
    "/register/head",
    "/treaties/XVIII-16/status.json",
    "/en/treaties/XVIII-16/participants/GHA",
)
COMPUTED = ("/en/treaties/XVIII-16/?on=2026-01-01", "/en/search?q=Ghana", "/nothing", "/register/proof/1")
PATHS = (*PUBLISHED * 32, *COMPUTED)
"""A computed page takes a hundred times what a published one takes."""

AT_ONCE = 100
"""The requests that are sent over one connection before the first answer is read."""

BATCH = 25 if LONGER > 1 else 1
"""The entries of one recording, after each of which the site publishes the register anew."""

needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell of a process")


@needs_proc
@pytest.mark.timeout(14_400)
def test_memory_and_descriptors_stay(tmp_path: Path, injected: Callable[..., None]) -> None:
    assert call(tmp_path, "record", "2025-10-25 GHA signature place=Hanoi", "--by", "Flora").returncode == 0
    store = Store(f"sqlite:///{tmp_path / 'var' / 'register.sqlite'}", Keys(tmp_path / "var" / "keys"))
    record(Act("XVIII-16", "VNM", "signature", date(2025, 10, 25)), "clerk", clock.now(), store)
    figures, paths = [], cycle(PATHS)
    with served(tmp_path) as (process, port):
        assert len(priorities(process)) == 1, "a thread that gives way holds the others up, since they share a lock"
        for _ in range(QUARTERS):
            answers = set[tuple[str, int]]()
            for _ in range(ENTRIES // QUARTERS // BATCH):
                rectify_the_last(store, BATCH)
                answers |= set(asked(port, paths, REQUESTS // ENTRIES * BATCH))
            said = (tmp_path / "served.log").read_text(encoding="utf-8")
            assert answers == {(path, 404 if path == "/nothing" else 200) for path in PATHS}, said
            await_entry(port, store.size())
            figures.append((memory(process), descriptors(process, tmp_path)))
            assert sum(1 for _ in open_files(process)) <= figures[-1][1] + MOST_OF_THE_HOME
            injected((REQUESTS + ENTRIES) // QUARTERS)
        (warm, files), (grown, _) = figures[QUARTERS // 2 - 1], figures[-1]
        until(lambda: descriptors(process, tmp_path) <= files, f"no more is open than at half time: {figures}")
    print(f"{REQUESTS} requests, {store.size()} entries; kilobytes and descriptors after each quarter: {figures}")
    store.close()
    if LONGER > 1:
        assert grown <= warm * (1 + MOST_GROWTH) + OF_AN_ENTRY * ENTRIES / 2, figures


def rectify_the_last(store: Store, times: int) -> None:
    """Rectifies one act again and again, in one recording, so that the register grows and the site does not."""
    with store.recording() as recording:
        for _ in range(times):
            last = recording.size
            act = Act("XVIII-16", "VNM", "signature", date(2025, 10, 26) + timedelta(days=last % 300))
            enter_instead(recording, last, act, "clerk", clock.now(), reason="soak", receipt=None)


def asked(port: int, paths: Iterator[str], times: int) -> Iterator[tuple[str, int]]:
    """Asks for the next addresses; each with the status of its answer."""
    for _ in range(0, times, AT_ONCE):
        chosen = list(islice(paths, AT_ONCE))
        with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
            connection.sendall(b"".join(request(path, place % 2) for place, path in enumerate(chosen)))
            with connection.makefile("rb") as answers:
                yield from ((path, status_of(answers)) for path in chosen)


def request(path: str, compressed: int) -> bytes:
    coding = "br" if compressed else "identity"
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {coding}\r\n\r\n".encode()


def status_of(answers: BinaryIO) -> int:
    """The status of the next answer, which is read to its end."""
    status, length = int(answers.readline().split()[1]), 0
    while (line := answers.readline()) != b"\r\n":
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    answers.read(length)
    return status


def await_entry(port: int, number: int) -> None:
    """Waits until the site shows the register up to an entry. The test ends where it never does."""
    size = f'"size":{number}'.encode()
    until(lambda: size in get(port, "/register/head")[1].replace(b" ", b""), "the site shows the last entry", pause=0.1)


def memory(process: int) -> int:
    """The kilobytes that a process alone has in memory."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def priorities(process: int) -> set[int]:
    """The priorities of the threads of a process."""
    return {os.getpriority(os.PRIO_PROCESS, int(thread)) for thread in os.listdir(f"/proc/{process}/task")}


def descriptors(process: int, home: Path) -> int:
    """How many sockets and pipes are open, and what else is outside of the home, whose files come and go."""
    return sum(not name.startswith(str(home)) for name in open_files(process))


def open_files(process: int) -> Iterator[str]:
    folder = f"/proc/{process}/fd"
    for number in os.listdir(folder):
        with contextlib.suppress(FileNotFoundError):
            yield os.readlink(f"{folder}/{number}")
