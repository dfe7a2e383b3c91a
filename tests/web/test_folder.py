"""The published folder: its link leads to the newest whole snapshot, whatever threads, processes and kills do."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from depositary import clock
from depositary.web.publication import folder as folders
from depositary.web.publication.folder import Folder
from depositary.web.publication.page import make_page
from tests.faults.conftest import injected
from tests.kills import tried
from tests.longer import LONGER
from tests.web.folder_writers import HTML, NAMES, shown, sizes_kept, snapshot_of

__all__ = ["injected"]


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


@pytest.mark.timeout(600 * LONGER)
def test_the_link_never_goes_back_under_threads_processes_and_kills(
    tmp_path: Path, injected: Callable[..., None]
) -> None:
    kills = 50 * LONGER
    found = tried("tests.web.folder_writers", tmp_path / "published", kills)
    injected(found["kills"])
    assert found["kills"] == kills
    assert found["faults"] == []
    assert found["shown"] == [f"{found['last']}"] * len(NAMES)
    assert found["seen"]
    assert found["kept"] <= 2
