"""Alerts: asked for, confirmed, told once, left with one click; an address is never in clear, and never told of."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select
from starlette.testclient import TestClient

from depositary.correspondence.alerts.events import Registered
from depositary.correspondence.alerts.job import AlertOffice, AlertSummary, run
from depositary.correspondence.alerts.store import FOR_ONE_ADDRESS, FOR_ONE_NETWORK, AlertStore
from depositary.correspondence.alerts.tables import ADDRESS, REQUEST
from depositary.correspondence.mail.letters import Letter
from depositary.correspondence.mail.outbox import letter_of, seal_in
from depositary.correspondence.mail.tables import LetterRow
from depositary.law.acts import Act
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from depositary.web.app import create_app
from depositary.words import AVAILABLE
from tests.stores import alerts_at
from tests.words_of import words_of

BASE = "https://treaties.example"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WHO = "person@example.int"
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(PROJECT / "data")


@pytest.fixture
def alerts(store: Store, tmp_path: Path) -> Iterator[AlertStore]:
    """The store of requests, on the same kind of database as the register."""
    on_sqlite = store.engine.dialect.name == "sqlite"
    with alerts_at(f"sqlite:///{tmp_path / 'alerts.sqlite'}" if on_sqlite else store.url, tmp_path) as made:
        yield made


@pytest.fixture
def office(store: Store, tmp_path: Path) -> AlertOffice:
    return AlertOffice(store, seal_in(tmp_path / "keys"), BASE)


@pytest.fixture
def site(store: Store, alerts: AlertStore, collection: Collection) -> TestClient:
    return TestClient(create_app(collection, store.entries, base_url=BASE, alerts=alerts))


def run_job(alerts: AlertStore, office: AlertOffice, collection: Collection, at: datetime) -> AlertSummary:
    return run(alerts, office, Registered(collection, lambda treaty: office.store.entries(0, treaty)), at)


def letters(office: AlertOffice) -> list[Letter]:
    with office.store.session() as session:
        rows = session.exec(select(LetterRow).order_by(LetterRow.number)).all()  # type: ignore[arg-type]
        return [letter_of(session, row, office.seal) for row in rows]


def link(letter: Letter, what: str) -> str:
    found = re.search(rf"{BASE}(/\w\w/alerts/{what}/\S+)", letter.text)
    assert found
    return found[1]


def subscribed(
    site: TestClient, alerts: AlertStore, office: AlertOffice, collection: Collection, treaty: str = "XVIII-16"
) -> str:
    """Asks and confirms through the pages; the address at which it ends."""
    assert alerts.ask(WHO, treaty, "", "en", "192.0.2.0/24", NOW)
    run_job(alerts, office, collection, NOW)
    letter = letters(office)[-1]
    number = [sub.number for sub in alerts.subscriptions()][-1]
    alerts.confirm(alerts.recipient(number).confirm, NOW)
    return dict(letter.headers)["List-Unsubscribe"].removeprefix(f"<{BASE}").removesuffix(">")


def test_a_title_in_another_language_is_marked(site: TestClient, collection: Collection) -> None:
    marked = re.findall('<option value="([^"]+)" lang="en" dir="auto">', site.get("/ar/alerts").text)
    assert marked == [one for one in collection.in_order if "ar" not in collection.treaties[one].titles]


def test_nothing_begins_without_the_link(
    site: TestClient, alerts: AlertStore, office: AlertOffice, collection: Collection
) -> None:
    assert site.post("/en/alerts", data={"email": WHO, "treaty": "XVIII-16"}).status_code == 200
    assert run_job(alerts, office, collection, datetime.now(UTC)).confirmations == 1
    assert run_job(alerts, office, collection, datetime.now(UTC)).confirmations == 0
    (letter,) = letters(office)
    record(
        Act("XVIII-16", "GHA", "signature", date(2025, 10, 25), place="Hanoi"), "clerk", datetime.now(UTC), office.store
    )
    assert run_job(alerts, office, collection, datetime.now(UTC) + HOUR).alerts == 0
    address = link(letter, "confirm")
    for _ in range(2):  # what looks a link up begins nothing
        assert "Begin these alerts?" in words_of(site.get(address).text)
        assert site.head(address).status_code == 200
    assert not alerts.subscriptions()[0].confirmed
    assert "The alerts have begun" in words_of(site.post(address).text)
    assert alerts.subscriptions()[0].confirmed
    site.post(address)
    assert len(alerts.subscriptions()[0].steps) == 1


def test_each_event_is_told_once(
    site: TestClient, alerts: AlertStore, office: AlertOffice, collection: Collection
) -> None:
    subscribed(site, alerts, office, collection)
    for minute, code in ((1, "GHA"), (2, "KEN")):
        act = Act("XVIII-16", code, "signature", date(2025, 10, 25), place="Hanoi")
        record(act, "clerk", NOW + timedelta(minutes=minute), office.store)
    record(Act("XXVII-7", "GHA", "accession", date(2026, 11, 2)), "clerk", NOW + timedelta(minutes=3), office.store)
    assert run_job(alerts, office, collection, NOW + HOUR).alerts == 1
    assert run_job(alerts, office, collection, NOW + HOUR).alerts == 0
    assert run_job(alerts, office, collection, NOW + 2 * HOUR).alerts == 0
    letter = letters(office)[-1]
    assert (letter.to, letter.subject) == (WHO, "2 events in the register of treaties")
    assert "25 October 2025, Ghana: signature" in letter.text
    assert "25 October 2025, Kenya: signature" in letter.text
    assert f"{BASE}/en/treaties/XVIII-16/register/1" in letter.text
    assert "accession" not in letter.text
    record(
        Act("XVIII-16", "PER", "signature", date(2025, 10, 25), place="Hanoi"), "clerk", NOW + 2 * HOUR, office.store
    )
    assert run_job(alerts, office, collection, NOW + 3 * HOUR).alerts == 1
    assert letters(office)[-1].subject.endswith("25 October 2025, Peru: signature")


def test_a_run_that_is_broken_off_loses_nothing_and_repeats_nothing(
    site: TestClient, alerts: AlertStore, office: AlertOffice, collection: Collection
) -> None:
    subscribed(site, alerts, office, collection)
    record(
        Act("XVIII-16", "GHA", "signature", date(2025, 10, 25), place="Hanoi"), "clerk", NOW + HOUR / 2, office.store
    )
    alerts.told(1, NOW + HOUR)  # noted, and then killed before the letter was posted
    record(
        Act("XVIII-16", "KEN", "signature", date(2025, 10, 25), place="Hanoi"), "clerk", NOW + 2 * HOUR, office.store
    )
    assert run_job(alerts, office, collection, NOW + 3 * HOUR).alerts == 2
    assert ["Ghana" in one.text for one in letters(office)[1:]] == [True, False]
    assert ["Kenya" in one.text for one in letters(office)[1:]] == [False, True]
    assert run_job(alerts, office, collection, NOW + 4 * HOUR).alerts == 0


def test_a_day_that_comes_is_told_without_a_write(
    site: TestClient, alerts: AlertStore, office: AlertOffice, collection: Collection
) -> None:
    codes = [code for code, one in collection.participants.items() if one.kind == "state" and one.exists_on(NOW.date())]
    for code in codes[:40]:
        record(Act("XVIII-16", code, "accession", date(2026, 11, 2)), "clerk", NOW - HOUR, office.store)
    subscribed(site, alerts, office, collection)
    assert run_job(alerts, office, collection, datetime(2027, 1, 31, 4, tzinfo=UTC)).alerts == 0
    assert run_job(alerts, office, collection, datetime(2027, 1, 31, 6, tzinfo=UTC)).alerts == 1
    assert "31 January 2027, Convention against Cybercrime: entry into force" in letters(office)[-1].text


def test_one_click_leaves(site: TestClient, alerts: AlertStore, office: AlertOffice, collection: Collection) -> None:
    address = subscribed(site, alerts, office, collection)
    letter = letters(office)[-1]
    assert dict(letter.headers)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "End these alerts?" in words_of(site.get(address).text)
    assert not alerts.subscriptions()[0].left
    response = site.post(address, content="List-Unsubscribe=One-Click")
    assert (response.status_code, "set-cookie" in response.headers) == (200, False)
    assert site.post(address).status_code == 200
    record(Act("XVIII-16", "GHA", "signature", date(2025, 10, 25), place="Hanoi"), "clerk", NOW, office.store)
    told = run_job(alerts, office, collection, NOW + HOUR)
    assert (told.alerts, told.forgotten) == (0, 1)
    assert alerts.subscriptions() == []


def test_the_answer_is_the_same_whether_known_or_not(
    site: TestClient, alerts: AlertStore, office: AlertOffice, collection: Collection
) -> None:
    def asked(who: str) -> tuple[int, bytes, list[tuple[str, str]]]:
        response = site.post("/en/alerts", data={"email": who, "treaty": "", "participant": ""})
        return response.status_code, response.content, sorted(response.headers.items())

    first = asked(WHO)
    assert all(asked(WHO) == first for _ in range(FOR_ONE_ADDRESS + 2))
    assert asked("other@example.int") == first
    assert len(alerts.subscriptions()) == FOR_ONE_ADDRESS + 1
    for number in range(FOR_ONE_NETWORK):
        last = asked(f"p{number}@example.int")
    assert last[0] == 429
    assert len(alerts.subscriptions()) == FOR_ONE_NETWORK


def test_the_address_is_nowhere_in_clear(
    site: TestClient, alerts: AlertStore, office: AlertOffice, collection: Collection, tmp_path: Path
) -> None:
    subscribed(site, alerts, office, collection)
    who = alerts.recipient(1)
    with alerts.engine.begin() as connection:
        told = str(connection.execute(sa.select(REQUEST)).all()) + str(connection.execute(sa.select(ADDRESS)).all())
    with office.store.session() as session:
        told += str(session.connection().execute(sa.text("SELECT * FROM letter")).all())
    files = b"".join(path.read_bytes() for path in tmp_path.glob("*.sqlite*"))
    for secret in (WHO, who.confirm, who.leave):
        assert secret not in told
        assert secret.encode() not in files


def test_an_unconfirmed_request_expires_and_is_forgotten(
    site: TestClient, alerts: AlertStore, office: AlertOffice, collection: Collection
) -> None:
    long_ago = datetime(2025, 1, 6, 12, tzinfo=UTC)
    alerts.ask(WHO, "XVIII-16", "", "en", "192.0.2.0/24", long_ago)
    token = alerts.recipient(1).confirm
    assert alerts.to_confirm(token, long_ago + timedelta(days=2)) is not None
    assert alerts.confirm(token, long_ago + timedelta(days=4)) is None
    assert run_job(alerts, office, collection, long_ago + timedelta(days=4)).forgotten == 1
    assert letters(office) == []
    page = site.post(f"/en/alerts/confirm/{token}")
    assert page.status_code == 404
    assert "This link is no longer valid" in words_of(page.text)


def test_asking_anew_takes_the_place_of_what_was_asked(alerts: AlertStore) -> None:
    for language in ("en", "fr"):
        alerts.ask(WHO, "XVIII-16", "", language, "192.0.2.0/24", NOW)
    for number in (1, 2):
        alerts.confirm(alerts.recipient(number).confirm, NOW)
    assert [(one.language, one.left) for one in alerts.subscriptions()] == [("en", True), ("fr", False)]


WRONG = (
    {"email": "=?utf-8?q?a?=@example.int"}, {"email": "مندوب@example.int"},
    {"email": "a@example.int, b@example.int"}, {"email": "a@example.int\r\nBcc: b@example.int"}, {"email": ""},
    {"email": WHO, "treaty": "X-99"}, {"email": WHO, "participant": "Nowhere"},
    {"email": WHO, "participant": "x" * 900},
    {"email": "<script>@example.int"}, {"treaty": "XVIII-16"},
)  # fmt: skip


def test_what_cannot_be_asked(site: TestClient, alerts: AlertStore) -> None:
    for given in WRONG:
        response = site.post("/en/alerts", data=given)
        assert response.status_code == 422, given
        assert 'class="fault"' in response.text
        assert "<script>" not in response.text
    assert alerts.subscriptions() == []


def test_forms_are_small_and_say_each_thing_once(site: TestClient, alerts: AlertStore) -> None:
    assert site.post("/en/alerts", content=b"email=" + b"a" * 5000).status_code == 413
    assert site.post("/en/alerts", content=b"email=a@example.int&email=b@example.int").status_code == 422
    assert site.post("/en/alerts", content=b"\xff\xfe").status_code == 422
    assert site.post("/en/alerts", content=b"&".join(b"x%d=1" % n for n in range(50))).status_code == 422
    assert alerts.subscriptions() == []


@pytest.mark.parametrize("code", AVAILABLE)
def test_the_letters_are_in_the_subscribers_language(
    alerts: AlertStore, office: AlertOffice, collection: Collection, code: str, site: TestClient
) -> None:
    assert f'lang="{code}"' in site.get(f"/{code}/alerts?treaty=XVIII-16&participant=GHA").text
    alerts.ask(WHO, "", "", code, "192.0.2.0/24", NOW)
    run_job(alerts, office, collection, NOW)
    alerts.confirm(alerts.recipient(1).confirm, NOW)
    record(Act("XVIII-16", "GHA", "signature", date(2025, 10, 25), place="Hanoi"), "clerk", NOW, office.store)
    record(
        Act("XVIII-16", "KEN", "signature", date(2025, 10, 25), place="Hanoi"), "clerk", NOW + HOUR / 2, office.store
    )
    assert run_job(alerts, office, collection, NOW + HOUR).alerts == 1
    asked, told = letters(office)
    assert f"/{code}/alerts/confirm/" in asked.text
    assert f"/{code}/alerts/leave/" in told.text
    assert f'<html lang="{code}"' in told.html
    assert (code == "en") == (asked.subject == "Confirm your alerts")


def test_links_never_follow_the_host_of_a_request(
    site: TestClient, alerts: AlertStore, office: AlertOffice, collection: Collection
) -> None:
    site.post("/en/alerts", data={"email": WHO}, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    run_job(alerts, office, collection, datetime.now(UTC))
    (letter,) = letters(office)
    assert "evil.example" not in letter.text + letter.html + str(letter.headers)


def test_what_was_done_is_never_changed(alerts: AlertStore) -> None:
    alerts.ask(WHO, "", "", "en", "192.0.2.0/24", NOW)
    alerts.confirm(alerts.recipient(1).confirm, NOW)
    for change in (sa.update(REQUEST).values(treaty="x"), sa.delete(REQUEST)):
        with pytest.raises(sa.exc.DatabaseError, match="only added to"), alerts.engine.begin() as connection:
            connection.execute(change)


def test_without_a_store_nothing_is_offered(store: Store, collection: Collection) -> None:
    site = TestClient(create_app(collection, store.entries))
    assert site.get("/en/alerts").status_code == 404
    assert "/alerts" not in site.get("/en/treaties/XVIII-16/").text
