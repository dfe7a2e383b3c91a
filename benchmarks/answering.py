"""The API: the status of today beside a published page, and the register read by pages of entries."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.testclient import TestClient

from benchmarks.keeping import AT, ENTRIES, register
from benchmarks.measuring import Figure, Skipped, measure
from benchmarks.processes import free_port, load, missing, started
from benchmarks.publishing import PAGE, ROUNDS, TREATY, consents, data, environment_of, fetch, figure
from depositary.law.acts import Act
from depositary.register.batch import record_all
from depositary.register.store import Store
from depositary.web.api import cross_origin
from depositary.web.app import create_app

STATUS = f"/api/v1/treaties/{TREATY}/status"
PAGES, OF_PAGE = 1000, 100


def figures() -> Iterator[Figure | Skipped]:
    """All of this part."""
    with TemporaryDirectory(prefix="depositary-bench-") as name:
        home = Path(name)
        world = data(home / "data")
        store = register(home, "register")
        record_all(consents(world), "bench", AT, store)
        if absent := missing():
            yield Skipped("the API's status of today, beside a page", f"not here: {absent}")
        else:
            yield status_of_today(home)
        declarations = (
            Act(TREATY, "GHA", "declaration", date(2026, 8, 1) + timedelta(days=n % 90), text=f"A statement, {n}.")
            for n in range(ENTRIES - len(consents(world)))
        )
        record_all(declarations, "bench", AT, store)
        yield pages_of_entries(TestClient(create_app(world, store.entries)), store)
        store.close()


def status_of_today(home: Path) -> Figure:
    """The status as the API publishes it, beside the page of the same treaty, in brotli."""
    port, brotli = free_port(), "Accept-Encoding: br"
    command = (sys.executable, "-m", "depositary", "serve", "--port", str(port))
    with ExitStack() as stack:
        ours = stack.enter_context(started(port, *command, environment=environment_of(home)))
        told = json.loads(fetch(ours, STATUS)[0])
        assert told["totals"]["parties"] + told["totals"]["contracting"] > 100
        fetch(ours, PAGE)
        ours.settle()
        pairs = [(load(ours, STATUS, brotli), load(ours, PAGE, brotli)) for _ in range(ROUNDS)]
    return figure("the API's status of today, beside a page", pairs, 1.2)


def pages_of_entries(client: TestClient, store: Store) -> Figure:
    """A mirror reads 100,000 entries in 1,000 pages; the last of them, beside the first."""
    cross_origin.CALLS = type(cross_origin.CALLS)(10 * PAGES)
    address, addresses, last = f"/api/v1/entries?limit={OF_PAGE}", list[str](), 0
    while address:
        page = client.get(address).json()
        assert page["items"][0]["number"] == last + 1
        addresses.append(address)
        last, address = page["items"][-1]["number"], page["next"]
    assert (len(addresses), last) == (PAGES, store.size())
    first, *_, late = addresses
    name = f"{PAGES:,} pages of {ENTRIES:,} entries, last beside first"
    return measure(name, lambda: client.get(late).content, lambda: client.get(first).content, times=20, goal=1.2)
