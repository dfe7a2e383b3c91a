"""A snapshot: the site as at one entry of the register and one day in New York. Each page is rendered once."""

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Protocol

from starlette.types import ASGIApp, Message

from depositary import clock
from depositary.register.entry import Entry
from depositary.register.heads import Head, SigningKey
from depositary.treaties.collection import Collection
from depositary.web.assets import Assets
from depositary.web.cache_control import FOR_GOOD
from depositary.web.known import Known
from depositary.web.publication.page import SMALL, PublishedPage, make_page
from depositary.web.publication.render_time import RENDERING
from depositary.web.sitemap import Address
from depositary.web.view import Site

KEPT = 128 * 1024 * 1024
"""How many bytes of pages on request a snapshot keeps in memory; the oldest page goes first."""

OK, SERVER_ERROR = 200, 500

_OURS = {b"etag", b"cache-control", b"vary", b"content-length", b"content-encoding"}


class Register(Protocol):
    """The register, as the site asks it."""

    def entries(self, after: int = 0, *treaties: str) -> list[Entry]: ...

    def size(self) -> int: ...

    def head(self, size: int | None = None) -> Head | None: ...

    def signing_keys(self) -> list[SigningKey]: ...

    def content(self, number: int) -> tuple[str, str] | None: ...

    def digests(self, size: int | None = None) -> list[bytes]: ...


@dataclass(frozen=True)
class AsAt:
    """A register as it was with `size` entries; later entries do not show."""

    register: Register
    size: int
    nothing: set[tuple[int, tuple[str, ...]]] = field(default_factory=set)
    """After which entries these treaties have no more entries up to `size`."""

    def entries(self, after: int = 0, *treaties: str) -> list[Entry]:
        if after >= self.size or (after, treaties) in self.nothing:
            return []
        entries = [entry for entry in self.register.entries(after, *treaties) if entry.number <= self.size]
        if not entries:
            self.nothing.add((after, treaties))
        return entries

    def head(self, size: int | None = None) -> Head | None:
        return self.register.head(self.size if size is None else size)

    def signing_keys(self) -> list[SigningKey]:
        return [key for key in self.register.signing_keys() if key.since <= self.size]

    def content(self, number: int) -> tuple[str, str] | None:
        return self.register.content(number) if number <= self.size else None

    def digests(self, size: int | None = None) -> list[bytes]:
        return self.register.digests(self.size if size is None else min(size, self.size))


class RenderingFailed(Exception):
    """A page could not be rendered: its path, and the status of the answer."""


class Snapshot:
    """The site as at `size` entries on `day`. `app` answers requests; `pages` are the rendered pages."""

    def __init__(self, size: int, day: date, site: Site, app: ASGIApp, before: "Snapshot | None" = None) -> None:
        self.size = size
        self.day = day
        self.site = site
        self.app = app
        self.made_at = time.time()
        self.until = clock.midnight(clock.day_after(day)).timestamp()
        self.pages: dict[str, PublishedPage] = dict(asset_pages(site.assets))
        self.rendered = 0
        """How many pages were rendered for this snapshot, and not carried over."""
        self.small: set[str] = before.small.copy() if before and before.day == day else set()
        """The paths of pages that are compressed as small as possible."""
        self.last: dict[str, PublishedPage] = before.pages if before else {}
        """The pages of the previous snapshot, for a page that can no longer be rendered."""
        self._kept: deque[str] = deque()
        self._weight = 0
        self._rendering: dict[str, asyncio.Task[PublishedPage | None]] = {}

    @property
    def known(self) -> Known:
        return self.site.known

    def carry(self, before: "Snapshot", changed: Iterable[str]) -> None:
        """Takes over the pages that show nothing of the changed treaties, if the day is the same."""
        if before.day == self.day:
            touched = treaties_showing(self.site.collection, changed)
            same = {path: page for path, page in before.pages.items() if page.treaty and page.treaty not in touched}
            self.pages.update(same)

    async def page(self, address: Address) -> PublishedPage | None:
        """A page; it is rendered once, however many ask for it. None if there is no such page.

        Raises RenderingFailed. To be called in one event loop only.
        """
        path = address.path
        if path in self.pages:
            return self.pages[path]
        task = self._rendering.get(path)
        if task is None:
            task = self._rendering[path] = asyncio.create_task(self._render(address))
            task.add_done_callback(lambda _: self._rendering.pop(path, None))
        return await asyncio.shield(task)

    async def _render(self, address: Address) -> PublishedPage | None:
        with RENDERING.time(), clock.stopped(self.instant(address.treaty)):
            status, headers, body = await fetch(self.app, address.path)
        self.rendered += 1
        if status >= SERVER_ERROR:
            raise RenderingFailed(address.path, status)
        if status != OK:
            return None
        own = tuple((name, value) for name, value in headers if name not in _OURS)
        forever = (b"cache-control", FOR_GOOD.encode()) in headers
        page = await asyncio.to_thread(make_page, address.path, address.treaty, own, body, forever=forever)
        self.pages[address.path] = page
        self.small.discard(address.path)
        if address.when == "asked":
            self._keep(page)
        return page

    def instant(self, treaty: str) -> datetime:
        """Since when the pages of a treaty ("": of all) are so: its last entry, or the beginning of the day."""
        begun, ends = clock.midnight(self.day), clock.midnight(clock.day_after(self.day))
        treaties = self.site.collection.shown_with(treaty) if treaty else self.site.collection.treaties
        last = max([begun, *(at for each in treaties if (at := self.known.latest_of(each)) is not None)])
        return min(last, ends - timedelta(seconds=1))  # whatever a clock said when it was recorded

    def is_small(self, page: PublishedPage) -> bool:
        return page.path in self.small

    def _keep(self, page: PublishedPage) -> None:
        self._kept.append(page.path)
        self._weight += page.weight
        while self._weight > KEPT and (oldest := self.pages.pop(self._kept.popleft(), None)):
            self._weight -= oldest.weight


@cache
def asset_page(name: str, content: bytes, kind: str, version: str) -> PublishedPage:
    """An asset as a page; its address changes with its content."""
    own = ((b"content-type", kind.encode()),)
    return make_page(f"/static/{name}?v={version}", "", own, content, SMALL, forever=True)


def asset_pages(files: Assets) -> Iterator[tuple[str, PublishedPage]]:
    """The assets as pages, by address."""
    for name, (content, kind, version) in files.files.items():
        page = asset_page(name, content, kind, version)
        yield page.path, page


def treaties_showing(collection: Collection, changed: Iterable[str]) -> set[str]:
    """The treaties whose pages show something of the changed treaties."""
    treaties = set(changed)
    return {one for one in collection.treaties if collection.shown_with(one) & treaties}


async def fetch(app: ASGIApp, path: str, method: str = "GET") -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body of an application's answer to a plain request. It holds the event loop meanwhile."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, object] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [],
        "client": None,
        "server": None,
        "state": {},
        "alone": True,
    }
    with suppress(asyncio.CancelledError):
        await app(scope, receive, send)
    start = sent[0]
    return start["status"], list(start["headers"]), b"".join(each.get("body", b"") for each in sent[1:])
