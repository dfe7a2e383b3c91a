"""In a browser: the calculator, reasons, articles and alerts, wide and narrow, left to right and right to left."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from depositary.correspondence.alerts.store import AlertStore
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.treaties.instruments_csv import read_acts
from depositary.web.app import create_app
from tests.browsers import arrive, await_scripts, follow
from tests.web.conftest import RECORDED_AT
from tests.web.test_browser import check

PAGES = (
    "treaties/XVIII-16/calculator",
    "treaties/XVIII-16/calculator?on=2026-11-24&state=MAR&day=2026-12-01&reached=2027-03-01&by=2027-06-01",
    "treaties/XVIII-16/calculator?on=2026-11-24&day=2026-12-01&state2=GHA&day2=2026-12-02&act2=signature",
    "treaties/XVIII-12-a/reasons/entry-into-force",
    "treaties/XVIII-12-a/participants/ALB/reasons/entry-into-force",
    "treaties/XVIII-16/reasons/entry-into-force",
    "treaties/XVIII-16/articles/65",
    "alerts?treaty=XVIII-16&participant=GHA",
)


@pytest.fixture(scope="module")
def site(
    serve: Callable[[Any], AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("alerts")
    alerts = AlertStore(f"sqlite:///{folder / 'alerts.sqlite'}", folder)
    alerts.migrate()
    collection = load_collection(PROJECT / "data")
    files = (PROJECT / "data/instruments.csv", *sorted((PROJECT / "data/history").glob("XVIII-12*.csv")))
    acts = [act for file in files for act in read_acts(file, collection.participants, collection.treaties)]
    entries = [Entry(number, act, RECORDED_AT, "import", treaty=act.treaty) for number, act in enumerate(acts, 1)]
    app = create_app(
        collection, lambda after, treaty: [one for one in entries[after:] if one.treaty == treaty], alerts=alerts
    )
    with serve(app) as address:
        yield address
    alerts.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_the_pages(site: str, page: Any, axe: Any, path: str, language: str) -> None:
    check(page, axe, f"{site}/{language}/{path}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_overflows_when_all_is_opened(site: str, page: Any, axe: Any, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    for path in ("treaties/XVIII-16/articles/65", "treaties/XVIII-12-a/reasons/entry-into-force"):
        page.goto(f"{site}/{language}/{path}")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert axe(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_minister_asks_in_arabic_on_a_phone(site: str, browser: Any, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{site}/ar/treaties/XVIII-16/?on=2026-11-24")
    follow(page, page.get_by_role("link", name="الحاسبة").first)
    follow(page, page.get_by_role("link", name="الثلاثاء").last)
    assert "day=2026-12-01" in page.url
    assert "1 آذار/مارس 2027" in page.inner_text("#answer")
    page.get_by_label("الدولة أو المنظمة").fill("المغرب")
    page.get_by_role("button", name="احسب").click()
    arrive(page, "**/calculator?*state=*")
    expect(page.locator("#answer")).to_contain_text("المغرب")
    context.close()


@pytest.mark.parametrize("through", ["list", "status"])
def test_from_the_front_door_in_arabic_with_a_thumb(site: str, browser: Any, through: str) -> None:
    """Three taps: nothing has to be scrolled for, from the address alone to the day on which it would bind."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="ar-EG", device_scale_factor=2
    )
    page = context.new_page()
    page.goto(f"{site}/")
    assert page.url.endswith("/ar/")
    if through == "status":
        tap(page, page.get_by_role("link", name="اتفاقية الأمم المتحدة لمكافحة الجريمة السيبرانية").first)
    tap(page, page.get_by_role("link", name="متى تصبح المعاهدة ملزمة لدولة ما؟").first)
    assert page.url.endswith("/ar/treaties/XVIII-16/calculator")
    tap(page, page.get_by_role("link", name="الثلاثاء").last)
    assert "day=" in page.url
    earliest = page.get_by_text("في أقرب الأحوال")
    assert 0 <= earliest.bounding_box()["y"] <= 700, "the answer has to be scrolled for"
    context.close()


def tap(page: Any, link: Any) -> None:
    """Taps a link that is in view already, and waits for the page it leads to."""
    place = link.bounding_box()
    assert place["y"] + place["height"] <= 844, "it has to be scrolled for"
    follow(page, link, by="tap")


def test_on_paper_the_count_by_hand_stands_and_what_is_shut_does_not(site: str, page: Any) -> None:
    page.goto(f"{site}/en/treaties/XVIII-12-a/participants/ALB/reasons/entry-into-force")
    page.emulate_media(media="print")
    assert page.locator("ol.steps li").first.is_visible()
    assert page.get_by_text("Cite as").is_visible()
    assert not page.get_by_text("Every day").first.is_visible()
    assert not page.get_by_role("navigation").first.is_visible()


def test_on_paper_no_heading_stands_over_what_is_shut(site: str, page: Any) -> None:
    page.goto(f"{site}/en/participants/GHA")
    shown = page.get_by_role("heading", name="Acts")
    assert shown.is_visible()
    page.emulate_media(media="print")
    assert not shown.is_visible()
    assert page.get_by_role("heading", name="What to send with the instrument").is_visible()


def test_it_answers_as_one_types(site: str, page: Any) -> None:
    page.goto(f"{site}/en/treaties/XVIII-16/calculator?on=2026-11-24")
    await_scripts(page)
    page.get_by_label("State or organization").fill("Maroc")
    page.get_by_label("deposits on").fill("2026-12-01")
    page.get_by_text("At the earliest: 1 March 2027").wait_for()
    arrive(page, "*day=2026-12-01*")
    assert page.evaluate("document.activeElement.id") == "day"


def test_without_scripts_every_act_can_be_added(site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/en/treaties/XVIII-16/calculator?on=2026-11-24&day=2026-12-01")
    page.get_by_text("More options").click()
    follow(page, page.get_by_role("button", name="Add another act"))
    page.locator("#day2").fill("2026-12-02")
    follow(page, page.get_by_role("button", name="Calculate"))
    assert "State 2" in page.inner_text("#answer")
    context.close()
