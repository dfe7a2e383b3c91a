"""Writers of a published folder that are killed: `folder_writers.py ROOT KILLS`; it answers with JSON.

Two processes at a time write snapshots, each in two threads; meanwhile this one reads what the folder's link leads to.
"""

import json
import os
import random
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from depositary import clock
from depositary.web.publication.folder import Folder
from depositary.web.publication.page import make_page
from tests.kills import Child

HTML = ((b"content-type", b"text/html"),)
NAMES = [f"/p{number}" for number in range(12)]
RECORDED = 10**6
WRITERS = 2


def snapshot_of(size: int, day: date | None = None) -> Any:
    """A snapshot whose pages say which snapshot they are of."""
    pages = {name: make_page(name, "", HTML, f"{size}".encode()) for name in NAMES}
    return SimpleNamespace(size=size, day=day or clock.today(), pages=pages)


def shown(folder: Folder) -> list[str]:
    """What each page of the snapshot shown says, in the order of the pages."""
    current = os.open(folder.path / "current", os.O_RDONLY | os.O_DIRECTORY)
    files = []
    try:
        files = [os.open(f"{name.strip('/')}/index.html", os.O_RDONLY, dir_fd=current) for name in NAMES]
        return [os.read(file, 100).decode() for file in files]
    finally:
        for opened in (current, *files):
            os.close(opened)


def sizes_kept(folder: Folder) -> set[int]:
    return {int(place.name.rsplit("-", 2)[1]) for place in (folder.path / "snapshots").iterdir()}


@dataclass
class Reader:
    """Reads the snapshot shown again and again. Its faults: a mixture of two, and one that is older than the last."""

    folder: Folder
    seen: int = 0
    last: int = 0
    faults: list[str] = field(default_factory=list)

    def read(self, seconds: float) -> None:
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            with suppress(FileNotFoundError):  # the folder was opened, and was the one before the last by then
                said = shown(self.folder)
                self.seen += 1
                if len(set(said)) > 1 or int(said[0]) < self.last:
                    self.faults.append(f"after {self.last}: {said}")
                self.last = int(said[0])


def write(root: Path, sizes: range, _: int) -> None:
    """Writes the snapshots of these sizes in two threads, in the wrong order as well, and waits to be killed."""
    folder = Folder(root)

    def write_all(order: list[int]) -> None:
        for size in order:
            folder.write(snapshot_of(size), shown=True, recorded=RECORDED)

    threads = [threading.Thread(target=write_all, args=(order,)) for order in ([*sizes], [*sizes][::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(60)


def main(root: Path, kills: int) -> dict[str, object]:
    chance, folder = random.Random(11), Folder(root)
    folder.write(snapshot_of(0), shown=True, recorded=RECORDED)
    reader, killed, turns = Reader(folder), 0, kills // WRITERS
    for turn in range(turns):
        children = [Child(partial(write, root, range(turn * 10, turn * 10 + 10))) for _ in range(WRITERS)]
        reader.read(chance.random() / 8)
        for child in children:
            child.kill()
            killed += child.ended()
    folder.write(snapshot_of(turns * 10), shown=True, recorded=RECORDED)
    reader.read(0.01)
    return {
        "kills": killed,
        "seen": reader.seen,
        "faults": reader.faults,
        "last": turns * 10,
        "shown": shown(folder),
        "kept": len(sizes_kept(folder)),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
