"""The published site of the invented treaty, served at a port for the tests of a file."""

import time
from collections.abc import Iterator

import pytest

from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.connection import Connection
from depositary.web.publication.protocol import PublicProtocol
from depositary.web.publication.publication import Publication
from depositary.web.publication.publisher import publication_of
from depositary.web.publication.server import PublishedSite
from depositary.web.publication.snapshot import Snapshot
from depositary.web.sitemap import published_addresses
from tests.register.sample_acts import AT
from tests.web.conftest import ACTS
from tests.web.wire import serving

STATUS = "/en/treaties/I-1/"


def is_filled(snapshot: Snapshot) -> bool:
    """Whether every page that is published was rendered, and compressed after the last was rendered."""
    published = {address.path for address in published_addresses(snapshot.site, "at once", "soon")}
    return bool(snapshot.small) and published & snapshot.pages.keys() <= snapshot.small


@pytest.fixture(scope="module")
def published(collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publication]:
    home = tmp_path_factory.mktemp("home")
    store = Store(f"sqlite:///{home / 'register.sqlite'}", Keys(home / "keys"))
    store.migrate()
    for act in ACTS:
        record(act, "clerk", AT, store)
    publication = publication_of(
        collection, store, home, base_url="https://treaties.example", contact="mailto:security@treaties.example"
    )
    publication.start()
    for _ in range(60_000):
        if is_filled(publication.current):
            break
        time.sleep(0.01)
    else:
        pytest.fail("the site was not filled in ten minutes")
    yield publication
    publication.stop()
    store.close()


@pytest.fixture(scope="module")
def port(published: Publication) -> Iterator[int]:
    with serving(PublishedSite(published), PublicProtocol) as at:
        yield at


@pytest.fixture(scope="module")
def plain_port(published: Publication) -> Iterator[int]:
    """The published site, each answer of which goes through the application."""
    with serving(PublishedSite(published), Connection) as at:
        yield at
