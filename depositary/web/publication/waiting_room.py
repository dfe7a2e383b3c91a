"""The waiting room: the pages for which readers wait, few rendered at a time, and none while a snapshot is made."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from depositary.web.publication.page import PublishedPage

MOST, AT_ONCE = 64, 2
"""How many pages readers may wait for, and how many of them are rendered at a time."""

Render = Callable[[], Awaitable[PublishedPage | None]]


class Busy(Exception):
    """Readers already wait for as many pages as they may."""


class WaitingRoom:
    """The pages for which readers wait, rendered in the event loop of the publication."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._asked: dict[str, Future[PublishedPage | None]] = {}
        self._lock = threading.Lock()
        self._turns, self._open = asyncio.Semaphore(AT_ONCE), asyncio.Event()
        self._open.set()

    async def page(self, path: str, render: Render) -> PublishedPage | None:
        """A page, rendered once however many readers wait for it. For any event loop. Raises Busy."""
        with self._lock:
            asked = self._asked.get(path)
            if asked is None:
                if len(self._asked) >= MOST:
                    raise Busy
                asked = self._asked[path] = asyncio.run_coroutine_threadsafe(self._rendered(render), self._loop)
                asked.add_done_callback(lambda _: self._asked.pop(path, None))
        return await asyncio.shield(asyncio.wrap_future(asked))

    async def _rendered(self, render: Render) -> PublishedPage | None:
        async with self._turns:
            await self._open.wait()
            return await render()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Holds the readers back, so that an entry never waits for them. In the loop of the publication only."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()
