"""The published folder: an edition as files, which any web server can serve, replaced as a whole by one rename.

`current` is a symbolic link to the edition shown. A page at `/a/b` is `a/b/index.html`, a download its own name; each
has its `.br` and `.gz` beside it.
"""

import json
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from depositary.web.published.edition import Edition
from depositary.web.published.page import Page

if TYPE_CHECKING:
    from depositary.web.published.publication import Alarm

HTML = b"text/html"


class Folder:
    """The folder `published` of the program's home."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._of: dict[tuple[int, str], Path] = {}
        (path / "editions").mkdir(parents=True, exist_ok=True)

    def write(self, edition: Edition, shown: bool) -> None:
        """Writes what there is of an edition, and shows it if it is the one shown."""
        key = (edition.size, edition.day.isoformat())
        if key not in self._of:
            place = self.path / "editions" / f"{key[1]}-{key[0]}-{secrets.token_hex(4)}"
            write_all(place, edition)
            self._of[key] = place
        if shown:
            self._show(self._of[key])

    def add(self, edition: Edition, page: Page) -> None:
        """Writes one page more of an edition that is written."""
        place = self._of.get((edition.size, edition.day.isoformat()))
        if place and place.is_dir():
            write_page(place, page)

    def alarm(self, alarm: "Alarm | None") -> None:
        """Tells the desk, which has the folder before it, why the site stays as it was."""
        path = self.path / "alarm.json"
        if alarm is None:
            path.unlink(missing_ok=True)
        else:
            _replace(path, json.dumps(asdict(alarm)).encode())

    def _show(self, place: Path) -> None:
        link, new = self.path / "current", self.path / f".current-{secrets.token_hex(4)}"
        before = link.resolve() if link.is_symlink() else None
        if before == place.resolve():
            return
        new.symlink_to(place.relative_to(self.path))
        os.replace(new, link)
        kept = {place.resolve(), before, *(one.resolve() for one in self._of.values() if one.name > place.name)}
        for other in (self.path / "editions").iterdir():
            if other.resolve() not in kept:
                shutil.rmtree(other, ignore_errors=True)
        self._of = {key: one for key, one in self._of.items() if one.is_dir()}
        for left in self.path.glob(".current-*"):
            with suppress(FileNotFoundError):
                left.unlink()


def write_all(place: Path, edition: Edition) -> None:
    """Writes the pages of an edition, and the files they need, into a folder."""
    for page in list(edition.pages.values()):
        write_page(place, page)


def write_page(place: Path, page: Page) -> None:
    """Writes a page in its three codings, each whole or not at all; the plain one last."""
    path = file_of(place, page)
    for suffix, variant in ((".br", page.br), (".gz", page.gzip), ("", page.identity)):
        _replace(path.with_name(path.name + suffix), variant.body)


def file_of(place: Path, page: Page) -> Path:
    """Where a page is written."""
    kind = dict(page.own).get(b"content-type", b"")
    name = page.path.partition("?")[0].strip("/")
    return place / name / "index.html" if kind.startswith(HTML) else place / name


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with new.open("wb") as file:
        file.write(content)
    new.chmod(0o644)
    os.replace(new, path)
