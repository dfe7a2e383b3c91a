"""The site as files: complete, notifications with it, and nothing of the registers of authorities in it."""

import asyncio
import gzip
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import brotli
import pytest

from depositary.authorities.designations import Designation, Telephone
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.authorities.store import ContactStore
from depositary.correspondence.notifications.archive import Archive
from depositary.correspondence.notifications.issue import issue
from depositary.desk.audit import Doing
from depositary.errors import BadInput
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.cache_control import FOR_GOOD
from depositary.web.publication.export import write_site
from depositary.web.publication.page import PublishedPage
from depositary.web.publication.publisher import snapshot_of
from depositary.web.publication.snapshot import Snapshot
from depositary.web.sitemap import Address
from depositary.words import AVAILABLE
from tests.authorities.conftest import entered
from tests.register.sample_acts import AT
from tests.stores import alerts_at, register_at
from tests.threads import apart
from tests.web.conftest import ACTS

NUMBER = "+999123456789"
SECRETS = (NUMBER, "canary.night@example.int", "R. Elphberg-Canary", "asks for a canary", "canary@mission.example.int")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Store]:
    with register_at(f"sqlite:///{tmp_path / 'var/register.sqlite'}", tmp_path / "var") as store:
        for act in ACTS[:4]:
            record(act, "clerk", AT, store)
        yield store


@pytest.fixture
def archive(register: Store, collection: Collection) -> Archive:
    doing = Doing("rudolf", AT + timedelta(days=1))
    issue(register, collection, 3, "consent", doing, base_url="https://treaties.example")
    return Archive(register)


@pytest.fixture
def snapshot(register: Store, collection: Collection, archive: Archive, tmp_path: Path) -> Iterator[Snapshot]:
    """The site with all that it can have."""
    with alerts_at(f"sqlite:///{tmp_path / 'var/alerts.sqlite'}", tmp_path / "var") as alerts:
        yield snapshot_of(collection, register, base_url="https://treaties.example", alerts=alerts, archive=archive)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_notifications_are_among_the_files(snapshot: Snapshot, archive: Archive, tmp_path: Path) -> None:
    apart(lambda: list(write_site(snapshot, tmp_path / "site", archive)))
    (cn,) = archive.listed()
    found = files(tmp_path / "site")
    for lang in AVAILABLE:
        assert cn.reference in found[f"{lang}/notifications/index.html"].decode()
        assert cn.document(lang).event in found[f"{lang}/notifications/{cn.reference}/index.html"].decode()
        assert found[f"{lang}/notifications/{cn.reference}.pdf"].startswith(b"%PDF-")
        assert sha256(found[f"{lang}/notifications/{cn.reference}.json"]).hexdigest() == cn.digest
    short = found[f"cn/{cn.year}/{cn.number}/index.html"]
    assert short == found[f"en/notifications/{cn.reference}/index.html"]
    assert f'rel="canonical" href="https://treaties.example/en/notifications/{cn.reference}"'.encode() in short


def test_a_notification_is_rendered_once_and_kept(snapshot: Snapshot, archive: Archive) -> None:
    (notification,) = archive.listed()
    path = f"/ar/notifications/{notification.reference}"

    async def asked() -> list[PublishedPage]:
        addresses = [Address(f"{path}{ending}", "", "asked") for ending in ("", ".pdf", ".json") * 5]
        found = await asyncio.gather(*(snapshot.page(address) for address in addresses))
        return [page for page in found if page is not None]

    page, document, content, *again = apart(lambda: asyncio.run(asked()))
    assert snapshot.rendered == 3
    assert again == [page, document, content] * 4
    assert notification.reference in brotli.decompress(page.br.body).decode()
    assert document.identity.body.startswith(b"%PDF-")
    assert sha256(content.identity.body).hexdigest() == notification.digest
    assert [dict(each.answer(b"br", b"", 5)[1])[b"cache-control"] for each in (page, document, content)] == [
        b"public, max-age=5",
        b"public, max-age=5",
        FOR_GOOD.encode(),
    ]


def test_the_files_are_what_the_program_answers(snapshot: Snapshot, archive: Archive, tmp_path: Path) -> None:
    pages = apart(lambda: list(write_site(snapshot, tmp_path / "site", archive)))
    found = files(tmp_path / "site")
    assert len(pages) == len(set(pages)) > 100
    for page in pages:
        name = page.strip("/")
        names = {name, f"{name}/index.html".removeprefix("/"), f"{name}/index.json"} & set(found)
        assert len(names) == 1, page
        (plain,) = names
        assert gzip.decompress(found[f"{plain}.gz"]) == found[plain]
        assert brotli.decompress(found[f"{plain}.br"]) == found[plain]
    links = {link for body in found.values() for link in re.findall(rb'href="(/[^"?#]*)"', body)}
    missing = {link.decode() for link in links if not {link.decode().strip("/"), _page(link)} & set(found)}
    computed = ("briefing.pdf", "calculator", "calculator.ics", "search", "alerts", "docs")
    assert {one for one in missing if one.rpartition("/")[2] not in computed} == set()
    assert b"/en/alerts" in found["en/treaties/I-1/index.html"], "the site offers what the running program offers"


def test_any_web_server_serves_the_files(snapshot: Snapshot, archive: Archive, tmp_path: Path) -> None:
    apart(lambda: list(write_site(snapshot, tmp_path / "site", archive)))
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        for path, kind in (
            ("/en/treaties/I-1/", b"<!doctype html>"),
            ("/treaties/I-1/status.json", b"{"),
            ("/api/v1/treaties/I-1/status", b"{"),
            ("/api/v1/treaties/index.json", b"{"),
            ("/api/v1/openapi.json", b'{\n "openapi": "3.1'),
            ("/data/depositary.zip", b"PK"),
            ("/schemas/clauses.json", b"{"),
            ("/treaties/I-1/calendar.ics", b"BEGIN:VCALENDAR"),
        ):
            with urlopen(base + path) as answer:  # noqa: S310  (our own)
                assert answer.read().lower().startswith(kind.lower()), path
        server.shutdown()


def _page(link: bytes) -> str:
    return f"{link.decode().strip('/')}/index.html".removeprefix("/")


def test_nothing_of_the_registers_of_authorities_is_in_it(snapshot: Snapshot, archive: Archive, tmp_path: Path) -> None:
    contacts = ContactStore(f"sqlite:///{tmp_path / 'var/contacts.sqlite'}", tmp_path / "var/keys")
    contacts.migrate()
    number, email, person, remarks, mission = SECRETS
    named = Designation(
        "RUR", "point of contact", "Ministry of the Interior", hours="24/7", zone="Europe/Vienna",
        telephones=(Telephone(number, always=True),), email=email, person=person, remarks=remarks,
        note="NV 7", note_date=date(2026, 3, 1),
    )  # fmt: skip
    to = Mission("RUR", "Permanent Mission of Ruritania", mission, ("mission.example.int",), "fr")
    entered(
        contacts,
        AuthorityEntry(0, "mission", "RUR", AT, "vera", mission=to),
        AuthorityEntry(0, "designation", "RUR", AT, "vera", designation=named),
    )
    kept = contacts.entries()
    assert [one.designation.email for one in kept if one.designation] == [email], "it was planted"
    apart(lambda: list(write_site(snapshot, tmp_path / "site", archive)))
    contacts.close()
    found = files(tmp_path / "site")
    assert len(found) > 300
    for name, content in found.items():
        body = gzip.decompress(content) if name.endswith(".gz") else content
        body = brotli.decompress(content) if name.endswith(".br") else body
        assert not [secret for secret in SECRETS if secret.encode() in body or secret in name], name


def test_a_folder_that_has_something_in_it_is_left_alone(snapshot: Snapshot, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadInput):
        apart(lambda: list(write_site(snapshot, tmp_path, archive)))
    assert not (tmp_path / "en").exists()


def test_a_build_that_is_broken_off_is_taken_up_again(snapshot: Snapshot, archive: Archive, tmp_path: Path) -> None:
    for _ in range(2):
        writing = write_site(snapshot, tmp_path / "site", archive)
        assert next(writing)
        del writing  # as a process that is ended
    assert files(tmp_path / "site")
