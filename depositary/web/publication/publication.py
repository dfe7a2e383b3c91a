"""The publication watches the register and the clock, and holds the snapshot of the site that is shown.

A new snapshot is verified and its first pages are rendered before it is shown. If that fails, the previous snapshot
stays up and an alarm says so. The snapshot of the next day is made before midnight, and the clock shows it.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from datetime import date
from typing import Any, TypeVar

from depositary import clock
from depositary.register.bell import Bell
from depositary.web.alarm import Alarm
from depositary.web.publication import garbage
from depositary.web.publication.fallback import restore
from depositary.web.publication.folder import Folder
from depositary.web.publication.page import PublishedPage, compress
from depositary.web.publication.snapshot import AsAt, Register, RenderingFailed, Snapshot, treaties_showing
from depositary.web.publication.waiting_room import WaitingRoom
from depositary.web.sitemap import Address, address_of, may_exist, published_addresses
from depositary.words import AVAILABLE

log = logging.getLogger(__name__)

T = TypeVar("T")

EVERY = 0.1
"""The seconds between two looks at the register and the clock while no bell rings."""

BEFOREHAND = 60 * 60
"""How many seconds before midnight in New York the snapshot of the next day is made."""

AGAIN = 5
"""The seconds after which a failure is tried again."""

SHORT = 5

Maker = Callable[[AsAt, date, Snapshot | None], Snapshot]
"""Makes the snapshot of a register and a day, after a previous snapshot."""

Verify = Callable[[int], None]
"""Checks the register up to an entry. Raises if it does not verify."""


class Publication:
    """The publication of a register: the snapshot that is shown, and the thread that makes the next one.

    `start` begins to watch, in a thread of its own; without it the first snapshot stays. If the register does not
    verify at the start, the snapshot of the folder is shown until it does. Raises if the folder has none.
    """

    def __init__(
        self,
        register: Register,
        made: Maker,
        folder: Folder | None = None,
        verify: Verify = lambda size: None,
        bell: Bell | None = None,
    ) -> None:
        self.register = register
        self.bell = bell
        self.folder = folder
        self.alarm: Alarm | None = None
        self._made = made
        self._verify = verify
        self._ahead: Snapshot | None = None
        self._retry_at = 0.0
        self._stopping = False
        self._standing = self._unfilled = False
        self._filling: asyncio.Task[None] | None = None
        self._preparing: asyncio.Task[None] | None = None
        self._turning = threading.Lock()
        self._rung = asyncio.Event()
        try:
            verify(self.register.size())
        except Exception as fault:
            kept = folder.kept() if folder else None
            self._raise_alarm(kept.size if kept else 0, fault)
            if kept is None:
                raise
            self._standing = True
            self._retry_at = time.monotonic() + AGAIN
            self._current = restore(made(AsAt(register, 0), kept.day, None), kept)
        else:
            self._current = made(AsAt(register, register.size()), clock.today(), None)
        self._loop = asyncio.new_event_loop()  # last, so that what is refused leaves none open
        self._readers = WaitingRoom(self._loop)
        self._thread = threading.Thread(target=self._run, name="publication", daemon=True)

    def start(self) -> None:
        """Begins to watch, and to fill the snapshot."""
        garbage.keep()
        if self.bell:
            self.bell.hang()
        self._thread.start()

    def stop(self) -> None:
        """Ends the publication; a file that is being written is finished."""
        self._stopping = True
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._rung.set)
            self._thread.join(10)
        if self.bell:
            self.bell.close()

    @property
    def current(self) -> Snapshot:
        """The snapshot that is shown: always the one of today."""
        if time.time() >= self._current.until:
            self._turn()
        return self._current

    def age(self) -> int:
        """The seconds that an answer may be kept: five, or the rest of the day in New York."""
        return max(0, int(min(SHORT, self._current.until - time.time())))

    def find(self, path: str) -> PublishedPage | None:
        """A page that is already rendered."""
        return self.current.pages.get(path)

    async def page(self, path: str) -> PublishedPage | None:
        """A published page, rendered if necessary; None for an address that is not published. For any event loop.

        A page that can no longer be rendered is given as it was. Raises RenderingFailed if it never was rendered.
        """
        snapshot = self.current
        if path in snapshot.pages:
            return snapshot.pages[path]
        address = address_of(path)
        if address is None or not may_exist(snapshot.site, path):
            return None
        try:
            return await self._readers.page(path, lambda: self.current.page(address))
        except RenderingFailed as fault:
            self._raise_alarm(snapshot.size, fault)
            if last := snapshot.last.get(path):
                return last
            if (kept := self.folder.kept(path) if self.folder else None) and path in kept.pages:
                return kept.pages[path]
            raise

    def call(self, wanted: Coroutine[Any, Any, T]) -> "Future[T]":
        """Runs a coroutine in the event loop that renders the pages."""
        return asyncio.run_coroutine_threadsafe(wanted, self._loop)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._watch())
        finally:
            left = asyncio.all_tasks(self._loop)
            for task in left:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _watch(self) -> None:
        if not self._standing:
            self._fill(self._current)
        if self.bell and (bell := self.bell.fileno()) is not None:
            self._loop.add_reader(bell, self._rung.set)
        while not self._stopping:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._rung.wait(), EVERY)
            self._rung.clear()
            if self.bell:
                self.bell.hush()
            try:
                await self.look()
            except Exception as fault:  # whatever it is: what was shown stays up
                self._retry_at = time.monotonic() + AGAIN
                self._raise_alarm(self._current.size, fault)
        for task in (self._filling, self._preparing):
            if task:
                task.cancel()
                await asyncio.wait([task])

    async def look(self) -> None:
        """Looks at the register and the clock, and brings the snapshot up to date."""
        current = self.current
        if self._standing:
            if time.monotonic() >= self._retry_at:
                await self._advance(None, self.register.size())
            return
        size = current.size if time.monotonic() < self._retry_at else self.register.size()
        if size > current.size:
            await self._advance(current, size)
        elif self.alarm and time.monotonic() >= self._retry_at:
            if self._unfilled:
                self._retry_at = time.monotonic() + AGAIN
                self._fill(current)
            else:
                self._clear_alarm()
        current = self._current
        ready = self._ahead is not None and self._ahead.size == current.size
        if not ready and self._preparing is None and time.time() >= current.until - BEFOREHAND:
            self._preparing = self._loop.create_task(self._prepare(current))
            self._preparing.add_done_callback(self._prepared)

    async def _advance(self, current: Snapshot | None, size: int) -> None:
        """Verifies the register up to `size`, renders its snapshot, and shows it.

        The filling of the current snapshot stops; it goes on if the new snapshot fails.
        """
        if self._filling:
            self._filling.cancel()
        try:
            with garbage.postpone(), self._readers.closed():
                self._verify(size)
                snapshot = await self.rendered(size, current.day if current else clock.today(), current)
        except Exception:
            if current:
                self._fill(current)
            raise
        self._current, self._ahead, self._standing = snapshot, None, False
        self._clear_alarm()
        self._fill(snapshot)

    async def rendered(self, size: int, day: date, before: Snapshot | None) -> Snapshot:
        """A snapshot whose first pages are rendered, in the first language. Raises RenderingFailed.

        If these pages can be rendered, the snapshot holds. A reader who asks for another page waits for it.
        """
        snapshot = self._made(AsAt(self.register, size), day, before)
        changed = {entry.treaty for entry in AsAt(self.register, size).entries(before.size)} if before else set()
        wanted = {"", *snapshot.site.collection.treaties}
        if before and before.day == day:
            snapshot.carry(before, changed)
            wanted = {"", *treaties_showing(snapshot.site.collection, changed)}
        first = [
            address
            for address in published_addresses(snapshot.site, "at once")
            if address.treaty in wanted and address.lang == AVAILABLE[0]
        ]
        await asyncio.gather(*(snapshot.page(address) for address in first))  # one is compressed while another is made
        return snapshot

    async def _prepare(self, current: Snapshot) -> None:
        """Makes the snapshot of the next day, with all pages that are not on request."""
        ahead = await self.rendered(current.size, clock.day_after(current.day), current)
        self._ahead = ahead
        await self._fill_up(ahead)

    def _prepared(self, task: asyncio.Task[None]) -> None:
        self._preparing = None
        if not task.cancelled() and (fault := task.exception()):
            self._retry_at = time.monotonic() + AGAIN
            self._raise_alarm(self._current.size, fault)

    def _turn(self) -> None:
        """Shows the snapshot of the new day: the prepared one, or one that has no page yet."""
        with self._turning:
            if time.time() < self._current.until:
                return
            day, ahead = clock.today(), self._ahead
            if ahead is None or ahead.day != day or ahead.size != self._current.size:
                ahead = self._made(AsAt(self.register, self._current.size), day, self._current)
            self._current, self._ahead = ahead, None
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._fill, ahead)

    def _fill(self, snapshot: Snapshot) -> None:
        if self._filling:
            self._filling.cancel()
        self._filling = self._loop.create_task(self._filled(snapshot))

    async def _filled(self, snapshot: Snapshot) -> None:
        try:
            await self._fill_up(snapshot)
            self._unfilled = False
        except Exception as fault:
            self._unfilled, self._retry_at = True, time.monotonic() + AGAIN
            self._raise_alarm(snapshot.size, fault)

    async def _fill_up(self, snapshot: Snapshot) -> None:
        """Renders the pages that are not on request, writes the folder, and compresses the pages further."""
        at_once: list[Address] = list(published_addresses(snapshot.site, "at once"))
        for address in at_once:
            await snapshot.page(address)
        if self.folder:
            shown, recorded = snapshot is self._current, self.register.size()
            await asyncio.to_thread(self.folder.write, snapshot, shown=shown, recorded=recorded)
        for address in published_addresses(snapshot.site, "soon"):
            page = await snapshot.page(address)
            if page and self.folder:
                await asyncio.to_thread(self.folder.add, snapshot, page)
        for address in published_addresses(snapshot.site, "at once", "soon"):
            page = snapshot.pages.get(address.path)
            if page is not None and not snapshot.is_small(page):
                snapshot.pages[address.path] = page = await asyncio.to_thread(compress, page)
                snapshot.small.add(page.path)
                if self.folder:
                    await asyncio.to_thread(self.folder.add, snapshot, page)

    def _raise_alarm(self, size: int, fault: BaseException) -> None:
        if self.alarm is None:
            log.error("the site stays as at entry %d: %s", size, fault, exc_info=fault)
            alarm = Alarm(clock.now().isoformat(), size, str(fault))
            if self.folder:
                self.folder.alarm(alarm)
            self.alarm = alarm

    def _clear_alarm(self) -> None:
        if self.alarm:
            log.warning("the site is up to date again")
            if self.folder:
                self.folder.alarm(None)
            self.alarm = None
