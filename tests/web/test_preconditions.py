"""Preconditions and methods as RFC 9110 has them: in the connection, in the published site, and in the application."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
from starlette.testclient import TestClient

from depositary.correspondence.alerts.store import AlertStore
from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.app import create_app
from depositary.web.connection import Connection
from depositary.web.publication.protocol import PublicProtocol
from depositary.web.publication.publisher import publication_of
from depositary.web.publication.server import PublishedSite
from tests.register.sample_acts import AT
from tests.web.conftest import ACTS
from tests.web.wire import get, serving

PUBLISHED, COMPUTED = "/en/treaties/I-1/", "/en/treaties/I-1/?on=2026-09-01"


@pytest.fixture(scope="module", params=[PublicProtocol, Connection])
def port(
    request: pytest.FixtureRequest, collection: Collection, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    home = tmp_path_factory.mktemp("home")
    store = Store(f"sqlite:///{home / 'register.sqlite'}", Keys(home / "keys"))
    store.migrate()
    for act in ACTS[:4]:
        record(act, "clerk", AT, store)
    publication = publication_of(collection, store)
    publication.start()
    with serving(PublishedSite(publication), request.param) as at:
        yield at
    publication.stop()
    store.close()


@pytest.mark.parametrize("path", [PUBLISHED, COMPUTED])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (["If-Match: {tag}"], 200),
        (["If-Match: *"], 200),
        (['If-Match: "other"'], 412),
        (["If-Match: W/{tag}"], 412),
        (['If-Match: "a,b", {tag}'], 200),
        (['If-Match: "other"', "If-Match: {tag}"], 200),
        (['If-Match: "other"', "If-None-Match: {tag}"], 412),
        (["If-Match: {tag}", "If-None-Match: {tag}"], 304),
        (["If-None-Match: W/{tag}"], 304),
        (['If-None-Match: "a,b", {tag}'], 304),
        (['If-None-Match: "x"', "If-None-Match: {tag}"], 304),
        (["If-None-Match: *"], 304),
        (['If-None-Match: "other"'], 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_precondition_decides(port: int, path: str, headers: list[str], status: int, method: str) -> None:
    tag = get(port, path)[1]["etag"]
    found, answered, body = get(port, path, *(line.format(tag=tag) for line in headers), method=method)
    assert found == status
    assert "x-content-type-options" in answered or status == 304
    if status == 412 and method == "GET":
        assert body.endswith(b".\n")


def test_a_weak_tag_satisfies_no_if_match(port: int) -> None:
    path = "/api/v1/treaties/I-1/status?on=2026-09-01"
    tag = get(port, path)[1]["etag"]
    assert tag.startswith("w/")
    assert get(port, path, f"If-Match: {tag.replace('w/', 'W/')}")[0] == 412


def test_allow_names_every_method_of_an_address(collection: Collection, tmp_path: Path) -> None:
    alerts = AlertStore(f"sqlite:///{tmp_path / 'alerts.sqlite'}", tmp_path / "keys")
    alerts.migrate()
    client = TestClient(create_app(collection, lambda after, treaty: [], alerts=alerts))
    for path, methods in (("/en/alerts", "GET, HEAD, POST"), ("/en/", "GET, HEAD"), ("/healthz", "GET, HEAD")):
        for method in ("PUT", "DELETE", "OPTIONS"):
            response = client.request(method, path)
            assert (response.status_code, response.headers["allow"]) == (405, methods)
    alerts.close()


@pytest.mark.parametrize(("coding", "unpacked"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
@pytest.mark.parametrize("page", [COMPUTED, "/en/treaties/I-1/calculator", "/en/search?q=ruritania", "/en/nowhere"])
def test_a_computed_page_is_compressed(
    client: TestClient, page: str, coding: str, unpacked: Callable[[bytes], bytes]
) -> None:
    plain = client.get(page, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with client.stream("GET", page, headers={"Accept-Encoding": coding}) as answer:
        packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == coding
        assert "Accept-Encoding" in answer.headers["vary"]
    assert unpacked(packed) == plain.content
    assert len(packed) < len(plain.content) / 2
    assert len(packed) == int(answer.headers["content-length"])
    if "etag" in answer.headers:
        again = client.get(page, headers={"Accept-Encoding": coding, "If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
