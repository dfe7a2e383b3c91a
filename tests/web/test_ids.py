"""Identifiers in addresses: each route answers each malformed identifier in a sentence, never by a 500."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Scope

from depositary.correspondence.notifications.archive import Archive
from depositary.register.recording import record
from depositary.treaties.collection import Collection
from depositary.web.app import create_app
from depositary.web.sitemap import COMPUTED, PUBLISHED
from tests.register.sample_acts import AT
from tests.stores import ON_BOTH, alerts_at, register_at
from tests.threads import apart
from tests.web.conftest import ACTS

MALFORMED = (
    "99999999999999999999",
    "18446744073709551616",
    "-1",
    "0",
    "1" * 400,
    "%00",
    "1%00",
    "%D9%A1",
    "%E0%A5%A7%E0%A5%A8",
    "%EF%BC%91",
    "%C2%B2",
    "%ff",
    "%E2%80%8F1",
    "%0d%0aX:%20y",
    "..",
    "a" * 3000,
    "C.N.99999999999999999999.2026.TREATIES-I.1",
    "C.N.1.99999999999999999999.TREATIES-I.1",
    "C.N.%D9%A1.2026.TREATIES-I.1",
    "C.N.1.2026.TREATIES-I.1%00",
)
WELL_FORMED = {"lang": "en", "treaty": "I-1", "code": "RUR", "number": "1", "entry": "1", "year": "2026"}
ROUTES = [*(row.path for row in PUBLISHED), *COMPUTED]


@pytest.fixture
def client(database: str, collection: Collection, tmp_path: Path) -> Iterator[TestClient]:
    with register_at(database, tmp_path) as store:
        for act in ACTS[:5]:
            record(act, "clerk", AT, store)
        own = database if database.startswith("postgresql") else f"sqlite:///{tmp_path / 'alerts.sqlite'}"
        with alerts_at(own, tmp_path) as alerts:
            alerts.migrate()
            app = create_app(collection, store.entries, proofs=store, archive=Archive(store), alerts=alerts)
            yield TestClient(app, raise_server_exceptions=False)


async def status_of(app: ASGIApp, method: str, address: str) -> int:
    """The status of an application's answer to a request without a body; 500 where it raises an error."""
    path, _, query = address.partition("?")
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        statuses.extend([message["status"]] if message["type"] == "http.response.start" else [])

    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
        "method": method,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"testserver")],
        "client": ("testclient", 50000),
        "server": ("testserver", 80),
    }
    try:
        await app(scope, receive, send)
    except Exception:
        return 500
    return statuses[0]


def faults(app: ASGIApp, requests: Iterable[tuple[str, str]]) -> tuple[int, list[tuple[str, str]]]:
    """The number of requests, and those that an application answers with a fault of its own."""

    async def ask() -> tuple[int, list[tuple[str, str]]]:
        asked = [(method, path, await status_of(app, method, path)) for method, path in requests]
        return len(asked), [(method, path) for method, path, status in asked if status >= 500]

    counted: tuple[int, list[tuple[str, str]]] = apart(asyncio.run, ask())
    return counted


@ON_BOTH
def test_every_route_answers_every_malformed_identifier(client: TestClient, database: str) -> None:
    """What is posted to an address that only reads never comes to a database: one is enough for these questions."""
    on_sqlite = database.startswith("sqlite")

    def requests() -> Iterator[tuple[str, str]]:
        for route in ROUTES:
            methods = ("GET", "POST") if on_sqlite or "/alerts/" in route else ("GET",)
            names = re.findall(r"{(\w+)", route)
            for name, value in product(names, MALFORMED):
                filled = {each: WELL_FORMED.get(each, "x") for each in names} | {name: value}
                path = re.sub(r"{(\w+)(?::path)?}", lambda found: filled[found[1]], route)  # noqa: B023
                yield from ((method, path) for method in methods)

    tried, failed = faults(client.app, requests())
    assert failed == []
    assert tried > (2500 if on_sqlite else 1250)


PARAMETERS = (
    *("on", "known_at", "from", "a", "b", "q", "day", "sort", "region", "names", "year", "treaty", "participant"),
    *("state", "act", "rows", "reached", "by", "day2", "v"),
)


def test_every_route_answers_every_malformed_parameter(client: TestClient) -> None:
    paths = {re.sub(r"{(\w+)(?::path)?}", lambda found: WELL_FORMED.get(found[1], "x"), route) for route in ROUTES}

    def requests() -> Iterator[tuple[str, str]]:
        for value in (*MALFORMED[:14:2], "2026-01-01T00:00:00%2B99:99", "10000-01-01", "2026-02-30"):
            yield from (("GET", f"/en/treaties/I-1/calculator?{name}={value}") for name in PARAMETERS)
            query = "&".join(f"{name}={value}" for name in PARAMETERS)
            yield from (("GET", f"{path}?{query}") for path in sorted(paths))

    assert faults(client.app, requests())[1] == []


@ON_BOTH
@pytest.mark.parametrize("field", ["email", "treaty", "participant", "other"])
def test_a_form_answers_every_malformed_field(client: TestClient, field: str) -> None:
    for value in MALFORMED:
        form = {"email": "flora@example.int", "treaty": "I-1", "participant": "RUR", field: "@"}
        body = "&".join(f"{name}={given}" for name, given in form.items()).replace("=@", f"={value}")
        response = client.post("/en/alerts", content=body)
        assert response.status_code < 500, value
