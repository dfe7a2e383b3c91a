"""Identifiers in addresses: each route answers each malformed identifier in a sentence, never by a 500."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from depositary.correspondence.alerts.store import AlertStore
from depositary.correspondence.notifications.archive import Archive
from depositary.register.recording import record
from depositary.treaties.collection import Collection
from depositary.web.app import create_app
from depositary.web.sitemap import COMPUTED, PUBLISHED
from tests.conftest import ON_BOTH, register_at
from tests.register.sample_acts import AT
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
        alerts = AlertStore(own, tmp_path / "keys")
        alerts.migrate()
        app = create_app(collection, store.entries, proofs=store, archive=Archive(store), alerts=alerts)
        yield TestClient(app, raise_server_exceptions=False)
        alerts.close()


@ON_BOTH
def test_every_route_answers_every_malformed_identifier(client: TestClient) -> None:
    tried = 0
    for route in ROUTES:
        names = re.findall(r"{(\w+)", route)
        for name in names:
            for value in MALFORMED:
                others = {each: WELL_FORMED.get(each, "x") for each in names}
                path = re.sub(r"{(\w+)(?::path)?}", lambda found: {**others, name: value}[found[1]], route)  # noqa: B023
                for method in ("GET", "POST"):
                    response = client.request(method, path, follow_redirects=False)
                    assert response.status_code < 500, (method, path)
                    tried += 1
    assert tried > 2500


PARAMETERS = (
    *("on", "known_at", "from", "a", "b", "q", "day", "sort", "region", "names", "year", "treaty", "participant"),
    *("state", "act", "rows", "reached", "by", "day2", "v"),
)


def test_every_route_answers_every_malformed_parameter(client: TestClient) -> None:
    paths = {re.sub(r"{(\w+)(?::path)?}", lambda found: WELL_FORMED.get(found[1], "x"), route) for route in ROUTES}
    for value in (*MALFORMED[:14:2], "2026-01-01T00:00:00%2B99:99", "10000-01-01", "2026-02-30"):
        for name in PARAMETERS:
            assert client.get(f"/en/treaties/I-1/calculator?{name}={value}").status_code < 500, (name, value)
        for path in paths:
            query = "&".join(f"{name}={value}" for name in PARAMETERS)
            assert client.get(f"{path}?{query}", follow_redirects=False).status_code < 500, (path, value)


@ON_BOTH
@pytest.mark.parametrize("field", ["email", "treaty", "participant", "other"])
def test_a_form_answers_every_malformed_field(client: TestClient, field: str) -> None:
    for value in MALFORMED:
        form = {"email": "flora@example.int", "treaty": "I-1", "participant": "RUR", field: "@"}
        body = "&".join(f"{name}={given}" for name, given in form.items()).replace("=@", f"={value}")
        response = client.post("/en/alerts", content=body)
        assert response.status_code < 500, value
