"""The site as it is published: rendered once, correct at New York's midnight, whole whatever is killed or fails."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from depositary.web.app import application, create_app
from depositary.web.publication.page import make_page, preferred_coding, tag_of
from depositary.web.publication.publication import Publication
from depositary.web.publication.publisher import maker, publication_of
from depositary.web.publication.server import PublishedSite
from depositary.web.publication.snapshot import AsAt, fetch
from depositary.web.sitemap import COMPUTED, PUBLISHED, address_of
from tests.register.sample_acts import AT
from tests.stores import register_at
from tests.threads import apart
from tests.waiting import until
from tests.web.conftest import ACTS
from tests.web.published_site import DATA, STATUS, answer, published, register, whole
from tests.words_of import words_of

__all__ = ["published", "register"]


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
    assert looked == 6 * 12


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
