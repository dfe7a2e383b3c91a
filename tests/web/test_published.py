"""The site as it is published: rendered once, correct at New York's midnight, whole whatever is killed or fails."""

import asyncio
import gzip
import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import brotli
import pytest
from starlette.testclient import TestClient

from depositary import clock
from depositary.law.acts import Act
from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.register.verification import Untrue
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from depositary.web.alarm import alarm_in
from depositary.web.app import application, create_app
from depositary.web.public import routes as public_routes
from depositary.web.publication import publication as publishing
from depositary.web.publication.page import make_page, preferred_coding, tag_of
from depositary.web.publication.publication import Publication
from depositary.web.publication.publisher import maker, publication_of
from depositary.web.publication.server import PublishedSite
from depositary.web.publication.snapshot import AsAt, Snapshot, fetch
from depositary.web.sitemap import COMPUTED, PUBLISHED, address_of, published_addresses
from tests.conftest import ON_BOTH, register_at
from tests.faults.conftest import LONGER, injected, many
from tests.kills import tried
from tests.register.forging import FORGED, forge, unguard
from tests.register.sample_acts import AT
from tests.threads import apart
from tests.web.conftest import ACTS
from tests.words_of import words_of

__all__ = ["injected", "many"]

KILLS = 15
"""So many publishers are killed."""

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


def until(condition: Callable[[], bool]) -> None:
    for _ in range(3000 * LONGER):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("it did not come about in half a minute")


def whole(snapshot: Snapshot) -> dict[str, bytes]:
    """Every page that is not on request, by its address."""

    async def pages() -> dict[str, bytes]:
        found = [(one.path, await snapshot.page(one)) for one in published_addresses(snapshot.site, "at once", "soon")]
        return {path: page.identity.body for path, page in found if page}

    return apart(asyncio.run, pages())


def test_every_route_is_listed_as_published_or_computed() -> None:
    routes = {route.path for route in walk(application().routes)}
    named = {row.path for row in PUBLISHED} | set(COMPUTED)
    assert routes - named == set()
    assert {path for path in named - routes if "/alerts" not in path} == set()


def walk(routes: Any) -> Iterator[Any]:
    for route in routes:
        if hasattr(route, "path"):
            yield route
        else:
            yield from walk(route.original_router.routes)


def test_an_address_is_found_by_its_row() -> None:
    found = address_of("/fr/treaties/XVIII-16/participants/GHA")
    assert found is not None
    assert (found.treaty, found.when) == ("XVIII-16", "asked")
    for other in ("/en/treaties/XVIII-16/?on=2026-01-01", "/en/treaties/a/b/c/d", "/en/treaties/%2e%2e/", "/healthz"):
        assert address_of(other) is None


def test_a_page_is_rendered_once_however_many_ask(published: Publication) -> None:
    path = "/en/treaties/I-1/participants/RUR"
    rendered = published.current.rendered

    async def ask() -> list[Any]:
        return await asyncio.gather(*(fetch(PublishedSite(published), path) for _ in range(200)))

    until(lambda: len([one for one in published.current.small if one]) > 5)
    rendered = published.current.rendered
    assert len({body for _, _, body in apart(asyncio.run, ask())}) == 1
    assert published.current.rendered == rendered + 1


def shows(publication: Publication, size: int) -> bool:
    return publication.current.size == size


def test_an_entry_is_shown_though_nobody_looks(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("depositary.web.publication.publication.EVERY", 3600)
    with register_at(f"sqlite:///{tmp_path / 'register.sqlite'}", tmp_path) as register:
        record(ACTS[0], "clerk", AT, register)
        publication = publication_of(collection, register)
        publication.start()
        for number, act in enumerate(ACTS[1:4], 2):
            record(act, "clerk", AT, register)
            until(partial(shows, publication, number))
        publication.stop()


def test_what_is_carried_over_is_what_would_be_rendered(tmp_path: Path) -> None:
    every = load_collection(PROJECT / "data")
    some = {one: every.treaties[one] for one in ("XVIII-12", "XVIII-12-a", "XVIII-9", "XXVII-7", "IV-4")}
    world = Collection(every.participants, some, every.folder)
    store = Store(f"sqlite:///{tmp_path / 'register.sqlite'}", Keys(tmp_path / "keys"))
    store.migrate()
    day = date(2026, 11, 23)
    acts = [
        Act("XVIII-12", "GHA", "ratification", date(2012, 8, 21)),
        Act("XVIII-12-a", "GHA", "accession", date(2012, 8, 21)),
        Act("XXVII-7", "GHA", "signature", date(1992, 6, 12)),
        Act("XXVII-7", "VNM", "signature", date(1992, 6, 11)),
        Act("XVIII-12", "VNM", "ratification", date(2012, 6, 8)),
    ]
    for act in acts[:3]:
        record(act, "clerk", AT, store)
    make = maker(world, "https://treaties.example")
    snapshot = make(AsAt(store, 3), day, None)
    whole(snapshot)
    for size, act in enumerate(acts[3:], 4):
        record(act, "clerk", AT, store)
        after = make(AsAt(store, size), day, snapshot)
        after.carry(snapshot, {act.treaty})
        carried = set(after.pages)
        anew = whole(make(AsAt(store, size), day, None))
        assert whole(after) == anew
        assert len(carried) > len(anew) / 2
        assert after.rendered < len(anew) / 2
        snapshot = after
    store.close()


def test_an_entry_recorded_by_another_process_shows_within_a_moment(published: Publication, register: Store) -> None:
    until(lambda: DATA in published.current.pages)
    before = answer(published, DATA)[2]
    record(ACTS[7], "clerk", AT, register)
    until(lambda: published.current.size == 8)
    status, headers, body = answer(published, DATA)
    assert (status, headers["etag"]) == (200, f'"{tag_of(body)}"')
    assert body != before
    assert {one["code"] for one in json.loads(body)["participants"]} >= {"BOR"}


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


async def _anew(publication: Publication, path: str) -> bytes:
    snapshot = publication._made(AsAt(publication.register, publication.current.size), publication.current.day, None)
    address = address_of(path)
    assert address is not None
    page = await snapshot.page(address)
    assert page is not None
    return page.identity.body


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


@pytest.mark.timeout(1800)
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


def test_the_same_snapshot_has_the_same_bytes(collection: Collection, register: Store) -> None:
    make = maker(collection, "https://treaties.example")
    assert whole(make(AsAt(register, 5), date(2026, 8, 30), None)) == whole(
        make(AsAt(register, 5), date(2026, 8, 30), None)
    )


AS_AT = {
    "en": "As at entry 5 of the register, 30 August 2026",
    "fr": "État à l’inscription 5 du registre, 30 août 2026",
    "es": "Situación según el asiento 5 del registro, 30 de agosto de 2026",
    "ru": "По состоянию на запись 5 реестра, 30 августа 2026 года",
    "ar": "حتى القيد 5 في السجل، 30 آب/أغسطس 2026",
    "zh": "截至登记册第5号条目，2026年8月30日",
}


def test_every_page_says_as_at_which_entry_it_is(collection: Collection, register: Store) -> None:
    """In six languages, the same for a snapshot whenever it is made; the register's head is behind it."""
    make = maker(collection, "https://treaties.example")
    pages = whole(make(AsAt(register, 5), date(2026, 8, 30), None))
    looked = 0
    for path, body in pages.items():
        if body.startswith(b"<!doctype html>"):
            looked += 1
            assert AS_AT[path.split("/")[1]] in words_of(body.decode()), path
            assert b'<a href="/register/head">' in body
    assert looked == 6 * 10


def test_an_earlier_moment_of_the_register_is_as_at_its_entry(client: TestClient) -> None:
    for moment, entry in (("2026-03-02T12:00:00Z", 11), ("2026-11-23T12:00:00Z", 14)):
        page = words_of(client.get(f"{STATUS}?on=2026-09-03&known_at={moment}").text)
        assert f"As at entry {entry} of the register, 3 September 2026" in page


def test_a_status_page_of_195_parties_is_light() -> None:
    """At most 8 KB of brotli, and one request is needed before it is shown: the stylesheet."""
    world = load_collection(PROJECT / "data")
    codes = [code for code in world.participants if world.participants[code].exists_on(date(2026, 11, 23))][:195]
    acts = [
        Act("XVIII-16", code, "accession", date(2026, 1, 2) + timedelta(days=n), number=n + 1)
        for n, code in enumerate(codes)
    ]
    from depositary.register.entry import Entry

    entries = [Entry(act.number, act, AT, "clerk", treaty="XVIII-16") for act in acts]
    app = create_app(world, lambda after, treaty: entries[after:] if treaty == "XVIII-16" else [])
    response = TestClient(app).get("/en/treaties/XVIII-16/?on=2027-11-23")
    assert words_of(response.text).count("2026") > 195
    page = make_page("/", "", (), response.content, (11, 9))
    assert len(page.br.body) <= 8 * 1024
    assert response.content.count(b'rel="stylesheet"') == 1
    assert all(b" defer" in one for one in re.findall(rb"<script[^>]*>", response.content)), "none is waited for"


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (b"", b""),
        (b"gzip, deflate, br", b"br"),
        (b"gzip", b"gzip"),
        (b"br;q=0, gzip", b"gzip"),
        (b"*", b"br"),
        (b"identity;q=1, br;q=0.5", b""),
        (b"gzip;q=0", b""),
        (b"br;q=x", b""),
        (b"BR", b"br"),
        (b",;,=;q=,", b""),
    ],
)
def test_the_coding_is_one_that_is_accepted(header: bytes, coding: bytes) -> None:
    assert preferred_coding(header) == coding


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


@pytest.mark.timeout(300)
def test_entries_in_quick_succession_reach_the_folder(published: Publication, register: Store, tmp_path: Path) -> None:
    current = tmp_path / "published/current"
    until((current / "en/treaties/I-1/index.html").is_file)
    for turn in range(12):
        for again in range(2):
            record(Act("I-1", "RUR", "declaration", ACTS[0].date, text=f"{turn}.{again}"), "clerk", AT, register)
            time.sleep(0.03)
        until(lambda: current.resolve().name.rsplit("-", 2)[1] == str(register.size()))
        assert f"{turn}.1" in (current / "en/treaties/I-1/index.html").read_text()
    until(lambda: len(list((tmp_path / "published/snapshots").iterdir())) <= 2)
