"""Readers who ask for pages that are not rendered: they hold up no entry, and each other only so far."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from depositary.register.recording import record
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.publication.publication import Publication
from depositary.web.publication.publisher import publication_of
from depositary.web.publication.server import PublishedSite
from depositary.web.publication.snapshot import fetch
from depositary.web.publication.waiting_room import MOST, Busy, WaitingRoom
from tests.register.sample_acts import AT
from tests.stores import register_at
from tests.threads import apart
from tests.waiting import until
from tests.web.conftest import ACTS


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Store]:
    with register_at(f"sqlite:///{tmp_path / 'register.sqlite'}", tmp_path) as store:
        record(ACTS[0], "clerk", AT, store)
        yield store


@pytest.fixture
def published(collection: Collection, register: Store) -> Iterator[Publication]:
    publication = publication_of(collection, register)
    publication.start()
    yield publication
    publication.stop()


@pytest.mark.parametrize(
    "path",
    [
        "/xx/treaties/I-1/",
        "/en/treaties/I-9/",
        "/en/treaties/I-1/participants/NOBODY",
        "/en/treaties/I-1/articles/99",
        "/en/treaties/I-1/register/x",
        "/register/proof/99999999999999999999",
        "/participants/NOBODY/feed.atom",
    ],
)
def test_what_does_not_exist_never_reaches_the_renderer(published: Publication, path: str) -> None:
    assert apart(asyncio.run, published.page(path)) is None
    assert path not in published._readers._asked
    status, _, _ = apart(asyncio.run, fetch(PublishedSite(published), path))
    assert status == 404


def test_an_entry_is_shown_while_many_ask_for_pages_that_do_not_exist(published: Publication, register: Store) -> None:
    over, answers = threading.Event(), list[int]()

    async def ask(reader: int) -> None:
        number = 0
        while not over.is_set():
            number += 1
            path = f"/en/treaties/I-1/reasons/x{reader}-{number}"
            answers.append((await fetch(PublishedSite(published), path))[0])

    async def flood() -> None:
        await asyncio.gather(*(ask(reader) for reader in range(100)))

    thread = threading.Thread(target=asyncio.run, args=(flood(),))
    thread.start()
    until(lambda: len(answers) >= 200, "the flood is on")
    meanwhile = []
    for act in ACTS[1:5]:
        before = len(answers)
        record(act, "clerk", AT, register)
        until(lambda: published.current.size == register.size(), "the entry is shown", pause=0.005)
        meanwhile.append(len(answers) - before)
    over.set()
    thread.join()
    print(meanwhile)
    assert set(answers) <= {404, 503}
    assert min(meanwhile) < 30_000, (
        "an entry waits for the answers to others; a quiet machine gives as many in two seconds"
    )


def test_as_many_wait_as_may_and_each_page_is_rendered_once() -> None:
    async def run() -> tuple[int, int]:
        room, rendered, refused = WaitingRoom(asyncio.get_running_loop()), 0, 0

        async def render() -> None:
            nonlocal rendered
            await asyncio.sleep(0)
            rendered += 1

        with room.closed():
            waiting = [asyncio.create_task(room.page(f"/{n % (MOST + 5)}", render)) for n in range((MOST + 5) * 3)]
            await asyncio.sleep(0.05)
            assert rendered == 0
        for each in await asyncio.gather(*waiting, return_exceptions=True):
            refused += isinstance(each, Busy)
        return rendered, refused

    assert apart(asyncio.run, run()) == (MOST, 15)
