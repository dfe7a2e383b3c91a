"""Territorial applications on the public site: the table of the status page, the participant, the search, the feed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.web.app import create_app
from depositary.words import AVAILABLE
from tests.browsers import is_clean
from tests.words_of import words_of

AT = datetime(2027, 1, 5, 12, tzinfo=UTC)
ISLES = "The Bailiwick of Strelsau,\nand the Isles of Zenda <as they stand>."
STATUS = "treaties/XVIII-16/?on=2027-01-04"
ACTS = (
    Act("XVIII-16", "GHA", "signature", date(2026, 11, 2), place="New York"),
    Act("XVIII-16", "GHA", "territorial application", date(2026, 11, 2), text="Refused Rocks"),
    Act("XVIII-16", "FRA", "accession", date(2026, 12, 1)),
    Act("XVIII-16", "FRA", "territorial application", date(2026, 12, 1), text=ISLES, source="C.N.9.2026"),
    Act("XVIII-16", "FRA", "territorial application", date(2027, 1, 4), text="Ruritania Beyond the Sea"),
)
SAID = {
    "en": ("Territorial application", "Date of receipt of the notification", "4 January 2027"),
    "fr": ("Application territoriale", "Date de réception de la notification", "4 janvier 2027"),
    "es": ("Aplicación territorial", "Fecha de recepción de la notificación", "4 de enero de 2027"),
    "ru": ("Территориальное применение", "Дата получения уведомления", "4 января 2027 года"),
    "ar": ("التطبيق الإقليمي", "تاريخ استلام الإشعار", "4 كانون الثاني/يناير 2027"),
    "zh": ("领土适用", "收到通知的日期", "2027年1月4日"),
}


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    entries = [Entry(number, act, AT, "clerk", treaty=act.treaty) for number, act in enumerate(ACTS, 1)]
    collection = load_collection(PROJECT / "data")
    return create_app(collection, lambda after, treaty: [one for one in entries[after:] if one.treaty == treaty])


@pytest.fixture(scope="module")
def site(app: ASGIApp) -> TestClient:
    return TestClient(app)


def section(page: str) -> str:
    """The section of territories."""
    return page.partition('<section aria-labelledby="territories">')[2].partition("</section>")[0]


@pytest.mark.parametrize("code", AVAILABLE)
def test_the_status_page_has_a_table_of_them(site: TestClient, code: str) -> None:
    found = section(site.get(f"/{code}/{STATUS}").text)
    heading, received, day = SAID[code]
    words = words_of(found)
    assert words.startswith(heading)
    assert received in words
    assert day in words
    assert found.count("<tr>") == 3
    assert "&lt;as they stand&gt;" in found
    assert f'href="/{code}/treaties/XVIII-16/register/5?on=2027-01-04"' in found


def test_one_without_effect_is_an_irregularity_and_not_in_the_table(site: TestClient) -> None:
    page = site.get(f"/en/{STATUS}").text
    assert "Refused Rocks" not in section(page)
    assert "Territorial application without consent to be bound: 1 refused, without effect" in words_of(page)


def test_before_the_first_there_is_no_heading(site: TestClient) -> None:
    assert section(site.get("/en/treaties/XVIII-16/?on=2026-11-30").text) == ""
    assert "Ruritania Beyond" not in site.get("/en/treaties/XVIII-16/?on=2027-01-03").text


def test_no_standing_and_no_count_changes(site: TestClient) -> None:
    status = site.get("/treaties/XVIII-16/status.json?on=2027-01-04").json()
    before = site.get("/treaties/XVIII-16/status.json?on=2026-12-31").json()
    for key in ("totals", "entry_into_force", "participants", "milestones"):
        assert status[key] == before[key]
    assert [one["code"] for one in status["irregularities"] if one["severity"] == "refused"] == [
        "territorial-application-by-non-contracting"
    ]


def test_the_participants_page_the_search_and_the_feed_have_them(site: TestClient) -> None:
    own = words_of(site.get("/en/treaties/XVIII-16/participants/FRA?on=2027-01-04").text)
    assert "territorial application" in own
    assert "Ruritania Beyond the Sea" in own
    for asked in ("Ruritania Beyond", "application territoriale", "территориальное применение"):
        assert "territorial application" in words_of(
            site.get("/en/search", params={"q": asked, "on": "2027-01-04"}).text
        )
    assert "application territoriale" in site.get("/fr/treaties/XVIII-16/feed.atom").text
    assert "application territoriale" in words_of(site.get("/fr/treaties/XVIII-16/register/5").text)
    assert "The Bailiwick of Strelsau" in words_of(site.get("/en/treaties/XVIII-16/register/4").text)


@pytest.fixture(scope="module")
def served(serve: Callable[[Any], AbstractContextManager[str]], app: ASGIApp) -> Iterator[str]:
    with serve(app) as address:
        yield address


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_table_in_a_browser(served: str, page: Any, axe: Any, code: str) -> None:
    page.goto(f"{served}/{code}/{STATUS}")
    is_clean(page, axe)
    page.locator("#territories").scroll_into_view_if_needed()
    assert page.get_by_text("Ruritania Beyond the Sea").is_visible()
