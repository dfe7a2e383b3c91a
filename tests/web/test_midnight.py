"""The published site around New York's midnight: each page is right at every minute, and the next day is ready."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

from depositary import clock
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.publication.publication import Publication
from depositary.web.publication.publisher import publication_of
from depositary.web.publication.server import PublishedSite
from depositary.web.publication.snapshot import AsAt, fetch
from depositary.web.sitemap import address_of
from tests.faults.conftest import injected
from tests.threads import apart
from tests.waiting import until
from tests.web.published_site import DATA, STATUS, Frozen, answer, published, register

__all__ = ["injected", "published", "register"]


async def _anew(publication: Publication, path: str) -> bytes:
    snapshot = publication._made(AsAt(publication.register, publication.current.size), publication.current.day, None)
    address = address_of(path)
    assert address is not None
    page = await snapshot.page(address)
    assert page is not None
    return page.identity.body


def test_every_minute_around_a_date_of_effect_is_right(
    collection: Collection, register: Store, frozen: Frozen, injected: Callable[..., None]
) -> None:
    """In force on 30 August 2026; three days and nights, each minute, with no writing."""
    wrong = asked_in_all = 0
    start = clock.midnight(date(2026, 8, 28)).replace(hour=12)
    with frozen(start.isoformat()) as time_machine:
        publication = publication_of(collection, register)
        publication.start()
        served = PublishedSite(publication)
        with ThreadPoolExecutor(1) as thread:  # see `apart`
            runner = asyncio.Runner()
            for minute in range(3 * 24 * 60):
                now = start + timedelta(minutes=minute)
                time_machine.move_to(now.isoformat())
                status, headers, body = thread.submit(runner.run, fetch(served, DATA)).result()
                told = json.loads(body)
                day = clock.day_of(now)
                parties = told["totals"]["parties"]
                right = told["on"] == day.isoformat() and bool(parties) == (day >= date(2026, 8, 30))
                wrong += status != 200 or not right
                age = int(dict(headers)[b"cache-control"].rpartition(b"=")[2])
                left = (clock.midnight(clock.day_after(day)) - now).total_seconds()
                wrong += age > left
                asked_in_all += 1
            thread.submit(runner.close).result()
        publication.stop()
    injected(3)
    assert (wrong, asked_in_all) == (0, 4320)


def test_the_next_day_is_made_before_it_begins(
    collection: Collection, register: Store, tmp_path: Path, frozen: Frozen
) -> None:
    with frozen("2026-08-29T23:59:50-04:00") as time_machine:
        publication = publication_of(collection, register, tmp_path)
        publication.start()
        until(lambda: publication._ahead is not None)
        ahead = publication._ahead
        until(lambda: ahead is not None and STATUS in ahead.pages)
        rendered = ahead.rendered if ahead else 0
        assert publication.current.day == date(2026, 8, 29)
        time_machine.move_to("2026-08-30T00:00:00-04:00")
        assert publication.current is ahead
        assert answer(publication, STATUS)[0] == 200
        assert ahead is not None
        assert ahead.pages[STATUS].identity.body == apart(asyncio.run, _anew(publication, STATUS))
        assert rendered
        current = tmp_path / "published/current"
        until(lambda: current.is_symlink() and current.resolve().name.startswith("2026-08-30"))
        publication.stop()
