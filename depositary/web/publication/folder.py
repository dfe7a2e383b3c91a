"""The published folder: a snapshot as files for any web server. One rename replaces the whole snapshot.

`current` is a symbolic link to the snapshot shown. A page at `/a/b` is the file `a/b/index.html`; a download has its
own name, or is `a/b/index.json` where others are below it; each has a `.br` and a `.gz` beside it. `.pages` lists the
pages with their headers, one on each line, so that a process can serve the snapshot again from these files alone.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from depositary import clock
from depositary.web.alarm import NAME, Alarm
from depositary.web.publication.page import Headers, PublishedPage, page_of_codings
from depositary.web.publication.snapshot import Snapshot
from depositary.web.sitemap import has_below

HTML = b"text/html"

PAGES, SNAPSHOTS = ".pages", "snapshots"

Rank = tuple[date, int]
"""The day and the number of entries of a snapshot."""


@dataclass(frozen=True)
class KeptSnapshot:
    """A snapshot as it was written: its last entry, its day, and its pages by address."""

    size: int
    day: date
    pages: dict[str, PublishedPage]


class Folder:
    """The folder `published` of the program's home. One thread of one process writes in it at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._of: dict[Rank, Path] = {}
        (path / SNAPSHOTS).mkdir(parents=True, exist_ok=True)

    def write(self, snapshot: Snapshot, *, shown: bool, recorded: int) -> None:
        """Writes the pages that a snapshot has, and shows it if `shown`, unless a newer snapshot is shown already.

        `recorded` is the number of entries that the register has now.
        """
        rank = (snapshot.day, snapshot.size)
        with self._alone():
            if shown and self._newer_than(rank, recorded):
                return
            place = self._of.get(rank)
            if place is None or not place.is_dir():
                place = self.path / SNAPSHOTS / f"{snapshot.day}-{snapshot.size}-{secrets.token_hex(4)}"
                write_all(place, snapshot)
                list_pages(place, list(snapshot.pages.values()))
                self._of[rank] = place
            if shown:
                self._show(place)

    def add(self, snapshot: Snapshot, page: PublishedPage) -> None:
        """Writes one more page of a snapshot that was written; nothing if its files are gone."""
        with self._alone():
            place = self._of.get((snapshot.day, snapshot.size))
            if place and place.is_dir():
                write_page(place, page)
                list_pages(place, [page])

    def kept(self, path: str = "") -> KeptSnapshot | None:
        """The snapshot shown last, whole or one page of it; None if there is none."""
        place = (self.path / "current").resolve()
        if not (place / PAGES).is_file():
            return None
        day, size = rank_of(place)
        return KeptSnapshot(size, day, {page.path: page for page in read_pages(place, path)})

    def alarm(self, alarm: Alarm | None) -> None:
        """Writes for the desk why the site is not up to date; None removes the alarm."""
        path = self.path / NAME
        if alarm is None:
            path.unlink(missing_ok=True)
        else:
            _replace(path, json.dumps(asdict(alarm)).encode())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the lock of the folder. The system frees it if the process is killed."""
        with (self.path / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _newer_than(self, rank: Rank, recorded: int) -> bool:
        """Whether the snapshot shown is newer. It does not count if its day has not come (a clock was wrong), or if
        the register has fewer entries (it was restored from a backup)."""
        link = self.path / "current"
        if not link.is_dir():
            return False
        day, size = rank_of(link.resolve())
        return (day, size) > rank and day <= clock.today() and size <= recorded

    def _show(self, place: Path) -> None:
        """Turns the link, and removes the snapshots older than the one shown, but for the one shown before it: a
        reader may still be in it."""
        link, new = self.path / "current", self.path / f".current-{secrets.token_hex(4)}"
        before = link.resolve() if link.is_symlink() else None
        if before == place.resolve():
            return
        new.symlink_to(place.relative_to(self.path))
        os.replace(new, link)
        for other in (self.path / SNAPSHOTS).iterdir():
            if other.resolve() not in (before, place.resolve()) and rank_of(other) <= rank_of(place):
                shutil.rmtree(other, ignore_errors=True)
        shutil.rmtree(self.path / "editions", ignore_errors=True)  # where earlier versions of the program kept them
        self._of = {rank: written for rank, written in self._of.items() if written.is_dir()}
        for left in self.path.glob(".current-*"):
            left.unlink(missing_ok=True)


def rank_of(place: Path) -> Rank:
    """The day and the number of entries of a written snapshot, by which one is newer than another."""
    day, size, _ = place.name.rsplit("-", 2)
    return date.fromisoformat(day), int(size)


def write_all(place: Path, snapshot: Snapshot) -> None:
    """Writes the pages of a snapshot and their assets into a folder."""
    for page in list(snapshot.pages.values()):
        write_page(place, page)


def write_page(place: Path, page: PublishedPage) -> None:
    """Writes a page in three codings, each whole or not at all, the plain file last."""
    path = file_of(place, page.path, page.own)
    for suffix, variant in ((".br", page.br), (".gz", page.gzip), ("", page.identity)):
        _replace(path.with_name(path.name + suffix), variant.body)


def list_pages(place: Path, pages: list[PublishedPage]) -> None:
    """Adds pages to the list of written pages."""
    with (place / PAGES).open("a", encoding="utf-8") as file:
        for page in pages:
            own = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in page.own]
            file.write(json.dumps([page.path, page.treaty, own, page.forever]) + "\n")


def read_pages(place: Path, wanted: str = "") -> Iterator[PublishedPage]:
    """The written pages, or one of them. A line or a file that a crash cut short is passed over."""
    for line in dict.fromkeys((place / PAGES).read_text(encoding="utf-8").splitlines()):
        with suppress(ValueError, FileNotFoundError):
            path, treaty, listed, forever = json.loads(line)
            if wanted in ("", path):
                own = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in listed)
                file = file_of(place, path, own)
                plain, zipped, br = (file.with_name(file.name + one).read_bytes() for one in ("", ".gz", ".br"))
                yield page_of_codings(path, treaty, own, (plain, zipped, br), forever=forever)


def file_of(place: Path, path: str, own: Headers) -> Path:
    """The file of a page, or of an answer."""
    kind = dict(own).get(b"content-type", b"")
    name = path.partition("?")[0].strip("/")
    if kind.startswith(HTML):
        return place / name / "index.html"
    return place / name / "index.json" if has_below(path) else place / name


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with new.open("wb") as file:
        file.write(content)
    new.chmod(0o644)
    os.replace(new, path)
