"""A site that is published from a register of seven entries, and how a test looks at it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from depositary.register.recording import record
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.publication.publication import Publication
from depositary.web.publication.publisher import publication_of
from depositary.web.publication.server import PublishedSite
from depositary.web.publication.snapshot import Snapshot, fetch
from depositary.web.sitemap import published_addresses
from tests.register.sample_acts import AT
from tests.stores import register_at
from tests.threads import apart
from tests.web.conftest import ACTS

STATUS, DATA = "/en/treaties/I-1/", "/treaties/I-1/status.json"

Frozen = Callable[[str], AbstractContextManager[Any]]


@pytest.fixture
def register(database: str, tmp_path: Path) -> Iterator[Store]:
    """Seven entries."""
    with register_at(database, tmp_path) as store:
        for act in ACTS[:7]:
            record(act, "clerk", AT, store)
        yield store


@pytest.fixture
def published(collection: Collection, register: Store, tmp_path: Path) -> Iterator[Publication]:
    publication = publication_of(collection, register, tmp_path, base_url="https://treaties.example")
    publication.start()
    yield publication
    publication.stop()


def answer(publication: Publication, path: str) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = apart(asyncio.run, fetch(PublishedSite(publication), path))
    return status, {name.decode(): value.decode() for name, value in headers}, body


def whole(snapshot: Snapshot) -> dict[str, bytes]:
    """Every page that is not on request, by its address."""

    async def pages() -> dict[str, bytes]:
        found = [(one.path, await snapshot.page(one)) for one in published_addresses(snapshot.site, "at once", "soon")]
        return {path: page.identity.body for path, page in found if page}

    return apart(asyncio.run, pages())
