"""The published site while publishers are killed, pages fail and registers do not hold: what is shown stays whole."""

import gzip
import http.client
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest

from depositary.register.recording import record
from depositary.register.store import Store
from depositary.register.verification import Untrue
from depositary.treaties.collection import Collection
from depositary.web.alarm import alarm_in
from depositary.web.public import routes as public_routes
from depositary.web.publication import publication as publishing
from depositary.web.publication.page import tag_of
from depositary.web.publication.publication import Publication
from depositary.web.publication.publisher import publication_of
from depositary.web.publication.server import PublishedSite
from depositary.web.sitemap import published_addresses
from tests.faults.conftest import injected, many
from tests.kills import tried
from tests.longer import LONGER
from tests.register.forging import FORGED, forge, unguard
from tests.register.sample_acts import AT
from tests.stores import ON_BOTH, register_at
from tests.waiting import until
from tests.web.conftest import ACTS
from tests.web.published_site import DATA, STATUS, answer, published, register

__all__ = ["injected", "many", "published", "register"]


KILLS = 15
"""So many publishers are killed."""


@pytest.mark.timeout(1800)
def test_readers_never_see_a_page_that_is_not_whole(
    published: Publication,
    register: Store,
    serve: Any,
    many: Callable[[int], int],
    injected: Callable[..., None],
) -> None:
    """The register grows while many read; every body is what its tag says, and nothing goes back."""
    faults: list[str] = []
    reads: list[str] = []
    done = threading.Event()

    def reader(address: str, coding: str) -> None:
        connection = http.client.HTTPConnection(address.removeprefix("http://"))
        seen = 0
        while not done.is_set():
            for path in (STATUS, DATA):
                connection.request("GET", path, headers={"Accept-Encoding": coding})
                response = connection.getresponse()
                body = response.read()
                reads.append(path)
                if response.status != 200 or response.headers["ETag"] != f'"{tag_of(body)}"':
                    faults.append(f"{path}: {response.status}, not what its tag says")
                if path == DATA:
                    plain = gzip.decompress(body) if coding == "gzip" else brotli.decompress(body)
                    size = len(json.loads(plain)["participants"]) + json.loads(plain)["totals"]["contracting"]
                    if size < seen:
                        faults.append(f"{seen} went back to {size}")
                    seen = size
        connection.close()

    with serve(PublishedSite(published)) as address:
        threads = [threading.Thread(target=reader, args=(address, coding)) for coding in ("br", "gzip") * 2]
        for thread in threads:
            thread.start()
        for act in (ACTS[7], ACTS[8], ACTS[10]):
            record(act, "clerk", AT, register)
            injected(1)
            size = len(register.digests())
            until(lambda size=size: published.current.size == size)  # type: ignore[misc]
        until(lambda: len(reads) > many(1000))
        done.set()
        for thread in threads:
            thread.join()
    print(f"{len(reads)} reads")
    assert faults == []


@pytest.mark.timeout(1800 * LONGER)
def test_a_killed_publisher_leaves_a_whole_snapshot(
    collection: Collection, tmp_path: Path, many: Callable[[int], int], injected: Callable[..., None]
) -> None:
    """Killed anywhere; each file shown is whole, and page and data are of one snapshot for who reads."""
    with register_at(f"sqlite:///{tmp_path / 'register.sqlite'}", tmp_path):
        pass
    told = tried("tests.web.killed", tmp_path, collection.folder, many(KILLS), 17)
    injected(told["kills"])
    print({name: count for name, count in told.items() if name != "faults"})
    assert told["faults"] == []
    assert (told["kills"], told["kills"] > told["places"] > told["kills"] / 3) == (many(KILLS), True)
    assert told["looked"] > 50 * many(KILLS)
    assert told["reads"] > many(1000)


@ON_BOTH
def test_a_register_that_does_not_hold_is_not_shown(
    published: Publication, register: Store, tmp_path: Path, injected: Callable[..., None]
) -> None:
    """An entry changed behind the program's back; the last page that was verified stays, and the staff is told."""
    until(lambda: STATUS in published.current.pages)
    before = answer(published, STATUS)[2]
    unguard(register)
    with register.recording() as recording:  # it is there, and forged, at one moment
        recording.append(ACTS[7], AT, "clerk")
        recording.session.execute(FORGED, {"old": '"BOR"', "new": '"RUR"', "number": 8})
        injected(1)
    until(lambda: published.alarm is not None)
    assert (answer(published, STATUS)[2], published.current.size) == (before, 7)
    told = json.loads((tmp_path / "published/alarm.json").read_text())
    assert told["size"] == 7
    assert "entry 8: its content is not what was recorded" in told["reason"]


@ON_BOTH
def test_a_page_that_cannot_be_rendered_stays_as_it_was(
    published: Publication,
    register: Store,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    injected: Callable[..., None],
) -> None:
    """Rendering fails; the snapshot before stays up, with an alarm, until it can be rendered again."""
    monkeypatch.setattr(publishing, "AGAIN", 0.1)
    until(lambda: STATUS in published.current.pages)
    before = answer(published, STATUS)[2]

    def broken(*_: object) -> None:
        injected(1)
        raise RuntimeError("secret")

    with monkeypatch.context() as patch:
        patch.setattr(public_routes, "status_page", broken)
        record(ACTS[7], "clerk", AT, register)
        until(lambda: published.alarm is not None)
        status, _, body = answer(published, STATUS)
        assert (status, body, published.current.size) == (200, before, 7)
        assert "secret" not in (tmp_path / "published/alarm.json").read_text()
    until(lambda: published.current.size == 8)
    until(lambda: published.alarm is None)
    assert answer(published, STATUS)[2] != before
    assert not (tmp_path / "published/alarm.json").exists()


@ON_BOTH
def test_a_process_begun_on_a_register_that_does_not_hold_serves_what_was_verified_last(
    collection: Collection,
    register: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    injected: Callable[..., None],
) -> None:
    """From the folder, with its headers; what would have to be worked out is 503, never a blank nor a 500."""
    monkeypatch.setattr(publishing, "AGAIN", 0.1)
    first = publication_of(collection, register, tmp_path, base_url="https://treaties.example")
    forge(register, '"RUR"', '"LUT"')
    with pytest.raises(Untrue):
        publication_of(collection, register, tmp_path / "never published")
    forge(register, '"LUT"', '"RUR"')
    first.start()
    soon = [one.path for one in published_addresses(first.current.site, "at once", "soon")]
    until(lambda: all(path in first.current.small for path in soon if path in first.current.pages))
    until(lambda: first._filling is not None and first._filling.done())
    styles = {path for path in first.current.pages if "/static/" in path}
    before = {path: answer(first, path) for path in first.current.pages if path not in styles}
    first.stop()
    forge(register, '"RUR"', '"LUT"')
    injected(1)
    again = publication_of(collection, register, tmp_path, base_url="https://treaties.example")
    again.start()
    assert len(before) > 60
    for path, (status, headers, body) in before.items():
        status_now, headers_now, body_now = answer(again, path)
        assert (status_now, body_now) == (status, body), path
        del headers["cache-control"], headers_now["cache-control"]
        assert headers_now == headers, path
    assert again.current.size == 7
    assert all(again.find(path) for path in styles)
    for path in ("/en/search", "/en/treaties/I-1/calculator", "/en/participants/XXX", "/healthz"):
        status, headers, body = answer(again, path)
        assert (status, headers["retry-after"], bool(body)) == (503, "60", True), path
    assert answer(again, "/")[0] == 307
    told = alarm_in(tmp_path / "published")
    assert told is not None
    assert (told.size, told.reason) == (7, "entry 1: its content is not what was recorded")
    forge(register, '"LUT"', '"RUR"')
    until(lambda: again.alarm is None)
    assert answer(again, "/en/treaties/I-1/calculator")[0] == 200
    assert alarm_in(tmp_path / "published") is None
    again.stop()
