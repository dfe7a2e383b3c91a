"""Renders the pages of a snapshot for a built site: in this process, or in several beside it."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from depositary.web.publication.page import PublishedPage
from depositary.web.publication.snapshot import Snapshot
from depositary.web.sitemap import Address

AT_ONCE = 40
"""How many pages a process beside this one is asked for at a time."""

Pages = list[PublishedPage]


class Renderer:
    """Takes the addresses of pages, and gives the pages as they are done.

    A process beside this one is a copy of it, with the same snapshot; it is made before the first page is rendered.
    """

    def __init__(self, snapshot: Snapshot, processes: int = 1, copied: Callable[[], None] = lambda: None) -> None:
        self._runner = asyncio.Runner()
        self._pool = (
            ProcessPoolExecutor(processes, get_context("fork"), _begin, (snapshot, copied)) if processes > 1 else None
        )
        self._snapshot = snapshot
        self._asked: set[Future[Pages]] = set()
        self._most = 3 * processes if processes > 1 else 1
        self.at_once = AT_ONCE if processes > 1 else 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    @property
    def ready(self) -> bool:
        """Whether it takes more addresses now."""
        return len(self._asked) < self._most

    @property
    def busy(self) -> bool:
        """Whether pages were asked for that are not given yet."""
        return bool(self._asked)

    def ask(self, addresses: list[Address]) -> None:
        """Asks for pages."""
        if self._pool:
            self._asked.add(self._pool.submit(_render_here, addresses))
            return
        done: Future[Pages] = Future()
        done.set_result(_render(self._runner, self._snapshot, addresses))
        self._asked.add(done)

    def rendered(self) -> Iterator[PublishedPage]:
        """The pages that are done next. An address without a page gives none. Raises RenderingFailed."""
        done, self._asked = wait(self._asked, return_when=FIRST_COMPLETED)
        for each in done:
            yield from each.result()


def _render(runner: asyncio.Runner, snapshot: Snapshot, addresses: list[Address]) -> Pages:
    pages = [runner.run(snapshot.page(address)) for address in addresses]
    for address in addresses:
        snapshot.pages.pop(address.path, None)
    return [page for page in pages if page is not None]


_COPY: list[tuple[asyncio.Runner, Snapshot]] = []
"""In a process beside: what it renders with."""


def _begin(snapshot: Snapshot, copied: Callable[[], None]) -> None:
    copied()
    _COPY.append((asyncio.Runner(), snapshot))


def _render_here(addresses: list[Address]) -> Pages:
    ((runner, snapshot),) = _COPY
    return _render(runner, snapshot, addresses)
