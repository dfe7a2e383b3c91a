"""The published folder: its link leads to the newest whole snapshot, whatever threads, processes and kills do."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from depositary import clock
from depositary.web.publication import folder as folders
from depositary.web.publication.folder import Folder
from depositary.web.publication.page import make_page
from tests.faults.conftest import LONGER
from tests.waiting import until

HTML = ((b"content-type", b"text/html"),)
NAMES = [f"/p{number}" for number in range(12)]


def snapshot_of(size: int, day: date | None = None) -> Any:
    """A snapshot whose pages say which snapshot they are of."""
    pages = {name: make_page(name, "", HTML, f"{size}".encode()) for name in NAMES}
    return SimpleNamespace(size=size, day=day or clock.today(), pages=pages)


def shown(folder: Folder) -> list[str]:
    """What each page of the snapshot shown says, in the order of the pages."""
    current = os.open(folder.path / "current", os.O_RDONLY | os.O_DIRECTORY)
    try:
        files = [os.open(f"{name.strip('/')}/index.html", os.O_RDONLY, dir_fd=current) for name in NAMES]
        said = [os.read(file, 100).decode() for file in files]
        for file in files:
            os.close(file)
        return said
    finally:
        os.close(current)


def sizes_kept(folder: Folder) -> set[int]:
    return {int(place.name.rsplit("-", 2)[1]) for place in (folder.path / "snapshots").iterdir()}


def test_a_snapshot_written_slowly_does_not_come_after_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, begun, write_page = Folder(tmp_path), threading.Event(), folders.write_page

    def slow(place: Path, page: Any) -> None:
        if page.identity.body == b"8":
            begun.set()
            time.sleep(0.05)
        write_page(place, page)

    monkeypatch.setattr(folders, "write_page", slow)
    first = threading.Thread(target=folder.write, args=(snapshot_of(8),), kwargs={"shown": True, "recorded": 9})
    first.start()
    begun.wait()
    folder.write(snapshot_of(9), shown=True, recorded=9)
    first.join()
    assert shown(folder) == ["9"] * len(NAMES)


def test_old_snapshots_are_removed_by_their_number(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write(snapshot_of(200, clock.today() + timedelta(days=1)), shown=False, recorded=79)
    for size in (79, 119, 120):
        folder.write(snapshot_of(size), shown=True, recorded=120)
    assert sizes_kept(folder) == {119, 120, 200}  # the one shown, the one before it, the one of the next day
    assert shown(folder) == ["120"] * len(NAMES)


def test_a_snapshot_whose_files_are_gone_is_written_again(tmp_path: Path) -> None:
    folder, snapshot = Folder(tmp_path), snapshot_of(5)
    folder.write(snapshot, shown=True, recorded=5)
    place = (folder.path / "current").resolve()
    place.rename(tmp_path / "elsewhere")
    folder.write(snapshot, shown=True, recorded=5)
    assert shown(folder) == ["5"] * len(NAMES)
    folder.add(snapshot_of(4), make_page("/more", "", HTML, b"4"))
    assert not list((folder.path / "snapshots").glob("*-4-*"))


def test_a_register_that_was_restored_and_a_clock_set_right_are_followed(
    tmp_path: Path, frozen: Callable[[str], AbstractContextManager[Any]]
) -> None:
    folder = Folder(tmp_path)
    folder.write(snapshot_of(50), shown=True, recorded=50)
    folder.write(snapshot_of(40), shown=True, recorded=50)
    assert shown(folder)[0] == "50"
    folder.write(snapshot_of(40), shown=True, recorded=40)
    assert shown(folder)[0] == "40"
    with frozen("2030-01-01T12:00:00"):
        folder.write(snapshot_of(41), shown=True, recorded=41)
    folder.write(snapshot_of(41), shown=True, recorded=41)
    assert (folder.path / "current").resolve().name.startswith(clock.today().isoformat())


@pytest.mark.timeout(300)
def test_the_link_never_goes_back_under_threads_processes_and_kills(tmp_path: Path) -> None:
    chance, root = random.Random(11), tmp_path / "published"
    Folder(root).write(snapshot_of(0), shown=True, recorded=10**6)
    seen, faults, over = 0, list[str](), threading.Event()

    def read() -> None:
        nonlocal seen
        folder, last = Folder(root), 0
        while not over.is_set():
            with suppress(FileNotFoundError):  # the folder was opened, and was the one before the last by then
                said = shown(folder)
                seen += 1
                if len(set(said)) > 1 or int(said[0]) < last:
                    faults.append(f"after {last}: {said}")
                last = int(said[0])

    reader = threading.Thread(target=read)
    reader.start()
    kills = 25 * LONGER
    for turn in range(kills):
        children = [begin(root, range(turn * 10, turn * 10 + 10)) for _ in range(2)]
        time.sleep(chance.random() / 8)
        until(lambda: seen > 20 * (turn + 1), "the reader reads on")  # noqa: B023
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    last = kills * 10
    Folder(root).write(snapshot_of(last), shown=True, recorded=10**6)
    over.set()
    reader.join()
    assert faults == []
    assert shown(Folder(root)) == [f"{last}"] * len(NAMES)
    assert len(sizes_kept(Folder(root))) <= 2


def begin(root: Path, sizes: range) -> int:
    """A process of two threads that write the snapshots of these sizes, in the wrong order as well."""
    child = os.fork()
    if child:
        return child
    folder = Folder(root)

    def write(order: list[int]) -> None:
        for size in order:
            folder.write(snapshot_of(size), shown=True, recorded=10**6)

    threads = [threading.Thread(target=write, args=(order,)) for order in ([*sizes], [*sizes][::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(60)
    os._exit(0)
