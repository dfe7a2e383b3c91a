"""The list of a built site: of which state it is, and each page with its headers, so that the next build goes on.

`.site.json` is for the next build, and for an upload that gives each file its headers. `_headers` says the same by
patterns, as several CDNs read it: a rule for a folder stands for all files below it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from depositary.settings import PACKAGE
from depositary.web.cache_control import FOR_GOOD
from depositary.web.publication.folder import file_of
from depositary.web.publication.page import GUARDS, Headers, PublishedPage, page_of_codings
from depositary.words.templates import TEMPLATES

LIST, RULES = ".site.json", "_headers"
CODINGS = ("", ".gz", ".br")
SHORT = "public, max-age=5"
"""How long a CDN and a reader may keep a page, as the process says it of each."""
EVERYWHERE: Headers = (*GUARDS, (b"cache-control", SHORT.encode()))


@dataclass(frozen=True)
class BuiltPage:
    """A page of a built site: whose it is, the digest of its bytes, its own headers."""

    treaty: str
    digest: str
    own: Headers
    forever: bool


@dataclass
class Built:
    """A built site: the state from which it was made, and its pages by address."""

    size: int
    day: date
    made_with: str
    pages: dict[str, BuiltPage] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Writes the list, and the rules for a CDN."""
        pages = {
            path: [page.treaty, page.digest, _as_text(page.own), page.forever] for path, page in self.pages.items()
        }
        told = {"size": self.size, "day": self.day.isoformat(), "made_with": self.made_with, "pages": pages}
        (folder / RULES).write_text("".join(rules(self.pages)), encoding="utf-8")
        (folder / LIST).write_text(json.dumps(told, indent=0, ensure_ascii=False), encoding="utf-8")

    def page(self, folder: Path, path: str) -> PublishedPage | None:
        """A page as its files have it; None where one of them is not there, or is not as it was written."""
        known = self.pages[path]
        file = file_of(folder, path, known.own)
        try:
            plain, zipped, br = (file.with_name(file.name + ending).read_bytes() for ending in CODINGS)
        except FileNotFoundError:
            return None
        if sha256(plain).hexdigest() != known.digest:
            return None
        return page_of_codings(path, known.treaty, known.own, (plain, zipped, br), forever=known.forever)

    def remove(self, folder: Path, paths: Iterable[str]) -> int:
        """Removes pages that are no longer there; their number."""
        gone = [*paths]
        for path in gone:
            file = file_of(folder, path, self.pages[path].own)
            for ending in CODINGS:
                file.with_name(file.name + ending).unlink(missing_ok=True)
        return len(gone)


def read_built(folder: Path) -> Built | None:
    """The list of a folder; None where it has none."""
    if not (folder / LIST).is_file():
        return None
    told = json.loads((folder / LIST).read_text(encoding="utf-8"))
    pages = {
        path: BuiltPage(treaty, digest, tuple((one.encode(), two.encode()) for one, two in own), forever)
        for path, (treaty, digest, own, forever) in told["pages"].items()
    }
    return Built(told["size"], date.fromisoformat(told["day"]), told["made_with"], pages)


def made_with(data: Path, base_url: str) -> str:
    """What a page depends on beside the register and the day: the program, its templates, the data, the address."""
    found = sha256(base_url.encode())
    for folder in (PACKAGE, TEMPLATES, data):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                state = path.stat()
                found.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()


def rules(pages: dict[str, BuiltPage]) -> Iterator[str]:
    """The rules of `_headers`: what every answer has, then what a page or a whole folder has of its own.

    A header that a rule gives in place of a general one is taken away first (`! name`): else both would be sent.
    """
    yield _rule("/*", EVERYWHERE)
    said = {path: _said(path, page) for path, page in pages.items() if not path.startswith("/static/")}
    yield _rule("/static/*", ((b"cache-control", FOR_GOOD.encode()),))
    yield from _below("/", said)


def _said(path: str, page: BuiltPage) -> Headers:
    """What a file must be given: a server knows the media type of most files by their names."""
    kind = dict(page.own).get(b"content-type", b"").partition(b";")[0].decode()
    known = guess_type(file_of(Path("/"), path, page.own).name)[0] == kind
    own = tuple(
        (name, value)
        for name, value in page.own
        if (name, value) not in EVERYWHERE and (name != b"content-type" or not known)
    )
    return (*own, (b"cache-control", FOR_GOOD.encode())) if page.forever else own


def _below(folder: str, said: dict[str, Headers]) -> Iterator[str]:
    """The rules of the pages below a folder: one, where all say the same."""
    if len({*said.values()}) == 1:
        headers = next(iter(said.values()))
        if headers:
            yield _rule(f"{folder}*", headers)
        return
    below: dict[str, dict[str, Headers]] = {}
    for path, headers in said.items():
        first, _, more = path.removeprefix(folder).partition("/")
        if more:
            below.setdefault(f"{folder}{first}/", {})[path] = headers
        elif headers:
            yield _rule(path, headers)
    for name, group in below.items():
        yield from _below(name, group)


def _rule(path: str, headers: Headers) -> str:
    general = {} if headers is EVERYWHERE else dict(EVERYWHERE)
    taken = "".join(f"  ! {name.decode()}\n" for name, _ in headers if name in general)
    return f"{path}\n{taken}" + "".join(f"  {name}: {value}\n" for name, value in _as_text(headers))


def _as_text(headers: Headers) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
