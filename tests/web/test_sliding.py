"""The slider of a status page: where it goes, and what its number leads to; in a browser, with scripts and without."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.clause_files import read_clauses
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.instruments_csv import read_acts
from depositary.web.app import create_app
from depositary.web.assets import load_assets
from depositary.web.public.slider import day_number
from depositary.words import AVAILABLE, language
from tests.browsers import arrive, follow
from tests.web.conftest import CLAUSES
from tests.words_of import words_of

Serve = Callable[[Any], AbstractContextManager[str]]
STATUS = "/en/treaties/I-1/"
TODAY = "2026-11-24T12:00:00-05:00"


def reach(page: str) -> tuple[str, str, str]:
    """The first and last day of the slider of a page, and the day it stands at."""
    found = re.search(r'type="range"[^>]* min="(-?\d+)" max="(-?\d+)" value="(-?\d+)"', page)
    assert found is not None
    first, last, at = (str(date(1970, 1, 1) + timedelta(days=int(each))) for each in found.groups())
    return first, last, at


def site(collection: Collection, *acts: Act) -> TestClient:
    entries = [Entry(n, act, datetime(2026, 1, 1, tzinfo=UTC), "clerk", treaty="I-1") for n, act in enumerate(acts, 1)]
    return TestClient(create_app(collection, lambda after, treaty: entries[after:]), follow_redirects=False)


# Where it goes


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", ("2025-12-01", "2027-10-01", "2026-11-24")),  # adopted; the denunciation of Syldavia takes effect
        ("?on=2026-03-01", ("2025-12-01", "2027-10-01", "2026-03-01")),
        ("?on=2025-11-01", ("2025-11-01", "2027-10-01", "2025-11-01")),
        ("?on=2031-01-01", ("2025-12-01", "2031-09-01", "2031-01-01")),
    ],
)
def test_it_goes_from_the_first_day_to_the_last_to_come(
    client: TestClient, frozen: Callable[[str], Any], question: str, expected: tuple[str, str, str]
) -> None:
    with frozen(TODAY):
        first, last, at = reach(client.get(STATUS + question).text)
    assert (first, at) == (expected[0], expected[2])
    assert date.fromisoformat(last) >= date.fromisoformat(expected[2])


def test_it_ends_today_or_at_the_last_date_of_effect_within_ten_years(
    collection: Collection, frozen: Callable[[str], Any]
) -> None:
    acts = [Act("I-1", code, "accession", date(2026, 11, 20)) for code in ("RUR", "GRK", "SYL")]
    with frozen(TODAY):
        assert reach(site(collection, *acts[:1]).get(STATUS).text)[1] == "2026-11-24"
        # in force on 18 February 2027: amendments may be proposed after five years, which lies within ten
        assert reach(site(collection, *acts).get(STATUS).text)[1] == "2032-02-19"
        thirty = replace(
            collection,
            treaties={
                "I-1": read_clauses(
                    CLAUSES.replace("proposals_after = { years = 5 }", "proposals_after = { years = 30 }"), "I-1.toml"
                )
            },
        )
        assert reach(site(thirty, *acts).get(STATUS).text)[1] == "2027-02-18"


def test_the_first_act_may_be_the_first_day(collection: Collection) -> None:
    clauses = read_clauses('id = "I-1"\ntitle = "Of old"', "I-1.toml")
    old = replace(collection, treaties={"I-1": clauses})
    first = site(old, Act("I-1", "RUR", "accession", date(1966, 3, 7))).get(STATUS).text
    assert reach(first)[0] == "1966-03-07"
    assert 'type="range"' not in site(old).get(STATUS).text  # nothing happened: there is today alone
    assert "<script" not in site(old).get(STATUS).text


@pytest.mark.parametrize("code", AVAILABLE)
def test_it_says_its_day_in_the_words_of_the_page(client: TestClient, code: str) -> None:
    page = client.get(f"/{code}/treaties/I-1/?on=2026-03-02").text
    assert f'aria-valuetext="{language(code).date(date(2026, 3, 2))}"' in page
    assert '<label for="day">' in page


# What its number leads to


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        ("day=20695", "?on=2026-08-30"),
        ("day=0", "?on=1970-01-01"),
        ("day=-1396", "?on=1966-03-07"),
        ("sort=standing&day=20695&region=", "?on=2026-08-30&sort=standing"),
        (
            "day=20695&known_at=2026-10-06T00:00:00-05:00&standing=party",
            "?on=2026-08-30&known_at=2026-10-06T00:00:00-05:00&standing=party",
        ),
    ],
)
def test_its_number_leads_to_the_day_and_keeps_what_was_asked(client: TestClient, question: str, leads: str) -> None:
    response = client.get(f"{STATUS}?{question}")
    assert response.status_code == 303
    asked = dict(each.split("=", 1) for each in response.headers["location"].partition("?")[2].split("&"))
    assert response.headers["location"].startswith(f"{STATUS}?")
    assert asked == dict(each.split("=", 1) for each in leads[1:].split("&"))


@pytest.mark.parametrize("wrong", ["x", "1e4", "+1", "20695.0", "٢٠٦٩٥", "9999999", "400000", "-70000", "0x10", "-"])
def test_what_is_no_number_of_a_day_is_refused(client: TestClient, wrong: str) -> None:
    response = client.get(STATUS, params={"day": wrong})
    assert response.status_code == 422
    assert f"“{wrong}” is not a valid day number. Use the number of days since 1 January 1970" in words_of(
        response.text
    )


@pytest.mark.parametrize("twice", ["day=1&day=2", "day=1&on=2026-01-01"])
def test_two_days_are_one_too_many(client: TestClient, twice: str) -> None:
    response = client.get(f"{STATUS}?{twice}")
    assert response.status_code == 422
    assert "give it once" in response.text


# In a browser


@pytest.fixture(scope="module")
def real(serve: Serve) -> Iterator[str]:
    collection = load_collection(PROJECT / "data")
    file = PROJECT / "data/history/XVIII-12.csv"
    acts = read_acts(file, collection.participants, collection.treaties)
    recorded_at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    entries = [Entry(n, act, recorded_at, "import", treaty=act.treaty) for n, act in enumerate(acts, 1)]
    with serve(create_app(collection, lambda after, treaty: entries[after:])) as address:
        yield address


def test_without_scripts_it_is_sent(invented_site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{invented_site}{STATUS}?on=2026-08-29&sort=standing&known_at=2026-10-06T00:00:00-05:00")
    slider = page.get_by_role("slider", name="As of")
    slider.press("ArrowRight")
    follow(page, page.locator("form.slider").get_by_role("button", name="Show"))
    assert "on=2026-08-30" in page.url
    assert "sort=standing" in page.url
    assert "known_at=2026-10-06T00" in page.url
    assert page.get_by_role("heading", name="In force since 30 August 2026").is_visible()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("code", "later"), [("en", "ArrowRight"), ("ar", "ArrowLeft")])
def test_the_arrow_that_points_on_leads_a_day_on(
    invented_site: str, browser: Any, code: str, later: str, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{invented_site}/{code}/treaties/I-1/?on=2026-08-29")
    before = int(page.locator("#day").input_value())
    page.locator("#day").press(later)
    assert int(page.locator("#day").input_value()) == before + 1
    context.close()


@pytest.mark.parametrize(
    ("code", "later", "said", "heading"),
    [
        ("en", "ArrowRight", "30 August 2026", "In force since 30 August 2026"),
        ("ar", "ArrowLeft", "30 آب/أغسطس 2026", "30 آب/أغسطس 2026"),
    ],
)
def test_the_page_follows_the_arrow_keys(
    invented_site: str, page: Any, axe: Any, code: str, later: str, said: str, heading: str
) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{invented_site}/{code}/treaties/I-1/?on=2026-08-29&sort=standing")
    assert heading not in page.inner_text("#state") or code == "ar"
    slider = page.locator("#day")
    slider.press(later)
    assert page.inner_text("form.slider output") == said  # before anything was answered
    assert slider.get_attribute("aria-valuetext") == said
    arrive(page, "**on=2026-08-30*")
    assert "sort=standing" in page.url
    page.wait_for_function("document.querySelector('.cite a').textContent.includes('on=2026-08-30')")
    assert heading in page.inner_text("#state")
    links = page.eval_on_selector_all("nav.languages a, header.site nav:first-of-type a", "all => all.map(a => a.href)")
    assert [link for link in links if "on=2026-08-30" not in link] == []
    assert page.evaluate("document.activeElement.id") == "day"
    assert page.locator("form.slider button").is_hidden()
    assert len([url for url in asked if "day=" in url]) == 1
    assert axe(page) == []
    assert faults == []


def test_the_table_follows_a_hand_that_drags_and_does_not_let_go(real: str, page: Any) -> None:
    page.goto(f"{real}/en/treaties/XVIII-12/?on=2026-11-24")
    rows = page.locator("table.participants tbody tr")
    many = rows.count()
    slider = page.locator("#day")
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.9, middle)
    page.mouse.down()
    for place in range(90, 10, -4):
        page.mouse.move(box["x"] + box["width"] * place / 100, middle)
    first = date(1970, 1, 1) + timedelta(days=int(slider.input_value()))
    arrive(page, f"**on={first}*")
    page.wait_for_function(f"document.querySelectorAll('table.participants tbody tr').length < {many}")
    few = rows.count()
    for place in range(14, 70, 4):  # the button is still down, and the slider still in the hand
        page.mouse.move(box["x"] + box["width"] * place / 100, middle)
    second = date(1970, 1, 1) + timedelta(days=int(slider.input_value()))
    assert second > first
    page.mouse.up()
    arrive(page, f"**on={second}*")
    page.wait_for_function(f"document.querySelectorAll('table.participants tbody tr').length > {few}")
    assert int(slider.input_value()) == day_number(second)
    assert page.evaluate("document.querySelectorAll('form.slider').length") == 1


def test_what_cannot_be_answered_leaves_the_page_and_the_next_move_mends_it(invented_site: str, page: Any) -> None:
    page.goto(f"{invented_site}{STATUS}?on=2026-08-28")
    page.route("**/?*day=*", lambda route: route.fulfill(status=503, body="Too much is asked at this moment."))
    with page.expect_response(lambda response: "day=" in response.url):
        page.locator("#day").press("ArrowRight")
    assert page.locator("table.participants").is_visible()
    page.unroute("**/?*day=*")
    page.locator("#day").press("ArrowRight")
    arrive(page, "**on=2026-08-30*")
    assert page.inner_text("form.slider output") == "30 August 2026"


def test_the_script_says_every_day_as_the_program_does(invented_site: str, page: Any) -> None:
    days = [date(2023, month, day) for month in range(1, 13) for day in (1, 2, 11, 21, 28)] + [date(1966, 3, 7)]
    for code in AVAILABLE:
        page.goto(f"{invented_site}/{code}/treaties/I-1/?on=1960-01-01")
        said = page.evaluate(
            """days => days.map(day => {
                const slider = document.querySelector("#day");
                slider.value = day;
                slider.dispatchEvent(new Event("input"));
                return document.querySelector("form.slider output").value;
            })""",
            [day_number(day) for day in days],
        )
        assert said == [language(code).date(day) for day in days]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_it_is_large_enough_and_not_printed(invented_site: str, page: Any, axe: Any, code: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark")
    page.goto(f"{invented_site}/{code}/treaties/I-1/?on=2026-08-29")
    box = page.locator("#day").bounding_box()
    assert box["width"] >= 200
    assert box["height"] >= 24
    assert axe(page) == []
    page.emulate_media(media="print")
    assert page.locator("#day").is_hidden()


def test_a_status_page_asks_for_two_scripts_of_its_own(client: TestClient) -> None:
    assets = load_assets()
    page = client.get(STATUS)
    assert re.findall(r'<script src="([^"]+)" defer></script>', page.text) == [assets.script, assets.slider]
    assert "script-src 'self'; connect-src 'self'" in page.headers["content-security-policy"]
