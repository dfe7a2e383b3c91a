"""In a browser, on a desk and on a phone: nothing overflows, nothing shouts, nothing is inaccessible."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest

from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.treaties.instruments_csv import read_acts
from depositary.web.app import create_app
from tests.browsers import arrive, follow, is_clean

Serve = Callable[[Any], AbstractContextManager[str]]

INVENTED = (
    "/en/?on=2026-10-06",
    "/en/treaties/I-1/?on=2026-05-31",
    "/en/treaties/I-1/?on=2027-10-06&known_at=2026-10-06T00:00:00-05:00",
    "/en/treaties/I-1/participants/RUR?on=2026-10-06",
    "/en/treaties/I-1/participants/SYL?on=2027-10-06",
    "/en/treaties/I-1/articles/1",
    "/en/treaties/I-1/register",
    "/en/treaties/I-1/register/4",
    "/en/treaties/I-1/?on=2027-10-06&sort=standing&names=ar",
    "/en/treaties/I-1/relations?a=RUR&b=BOR&on=2026-10-06",
)
REAL = (
    "/en/",
    "/en/treaties/XVIII-16/",
    "/en/treaties/XVIII-16/participants/AZE",
    "/en/treaties/XVIII-16/articles/2",
    "/en/treaties/XVIII-16/articles/65",
    "/en/treaties/XVIII-16/register",
    "/en/treaties/XVIII-12/",
    "/en/treaties/XVIII-12-a/participants/ALB",
    "/en/participants/",
    "/en/participants/GHA",
    *(
        f"/{code}/treaties/{page}"
        for code in ("en", "ar")
        for page in (
            "XVIII-12/map",
            "XVIII-16/timeline",
            "XVIII-16/missing",
            "XVIII-16/difference?from=2025-10-24&on=2025-10-27",
            "XVIII-12/relations?a=GHA",
            "XVIII-12/relations?a=GHA&b=FRA",
            "XVIII-12/relations/all",
        )
    ),
    "/ar/treaties/XVIII-16/",
    "/ar/treaties/XVIII-12/participants/GHA",
    "/ar/participants/",
    "/en/search?q=ghana",
    "/ar/search?q=غانا",
    "/ar/participants/FRA",
)


@pytest.fixture(scope="module")
def real_site(serve: Serve) -> Iterator[str]:
    collection = load_collection(PROJECT / "data")
    files = (PROJECT / "data/instruments.csv", *sorted((PROJECT / "data/history").glob("*.csv")))
    acts = [act for file in files for act in read_acts(file, collection.participants, collection.treaties)]
    recorded_at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    entries = [Entry(number, act, recorded_at, "import", treaty=act.treaty) for number, act in enumerate(acts, 1)]
    with serve(
        create_app(collection, lambda after, treaty: [one for one in entries[after:] if one.treaty == treaty])
    ) as address:
        yield address


def test_no_page_asks_anything_of_another_host(invented_site: str, browser: Any) -> None:
    """A browser goes from link to link, and every request stays on the site; nothing is kept in it either."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    ahead, seen, opened = ["/ar/", "/en/"], dict[str, str](), 0
    while ahead and len(seen) < 40:
        path = ahead.pop()
        response = page.goto(invented_site + path, wait_until="load")
        assert response.status == 200, path
        opened += 1
        for link in page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))"):
            address = link.partition("#")[0]
            kind = re.sub(r"[0-9]+|[A-Z]{3}|(?<==)[^&]*", "", address)
            if address.startswith(("/en/", "/ar/")) and "." not in address and kind not in seen:
                seen[kind] = address
                ahead.append(address)
    assert len(seen) > 20
    assert len(asked) > opened > 2
    assert [url for url in asked if not url.startswith((f"{invented_site}/", "data:"))] == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def check(page: Any, axe: Callable[[Any], list[str]], address: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    response = page.goto(address)
    assert response.status == 200
    is_clean(page, axe)
    assert said == []
    host = "/".join(address.split("/")[:3])
    assert [url for url in asked if not url.startswith((host, "data:"))] == []


@pytest.mark.parametrize("path", INVENTED)
def test_the_invented_pages(invented_site: str, page: Any, axe: Any, path: str) -> None:
    check(page, axe, invented_site + path)


@pytest.mark.parametrize("path", REAL)
def test_the_real_pages(real_site: str, page: Any, axe: Any, path: str) -> None:
    check(page, axe, real_site + path)


@pytest.mark.parametrize("path", INVENTED[1:5])
def test_the_pages_in_the_dark(invented_site: str, page: Any, axe: Any, path: str) -> None:
    page.emulate_media(color_scheme="dark")
    check(page, axe, invented_site + path)


def test_the_question_is_asked_without_scripts(invented_site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{invented_site}/en/treaties/I-1/?on=2026-05-31")
    page.get_by_text("Another day").click()
    page.get_by_role("textbox", name="As of").fill("2026-08-30")
    follow(page, page.locator("form.choosing").get_by_role("button", name="Show").first)
    assert page.url.endswith("/en/treaties/I-1/?on=2026-08-30")
    assert page.get_by_role("heading", name="In force since 30 August 2026").is_visible()
    follow(page, page.get_by_role("link", name="14 Sep 2026"))
    assert page.url.endswith("/participants/BOR?on=2026-08-30")
    follow(page, page.get_by_role("link", name="Status"))
    assert page.url.endswith("/en/treaties/I-1/?on=2026-08-30")
    context.close()


def test_the_slider_asks_for_its_day_without_scripts(invented_site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{invented_site}/ar/treaties/I-1/?on=2026-08-29")
    page.locator("form.slider input[type=range]").press("ArrowUp")
    follow(page, "form.slider button")
    assert page.url.endswith("/ar/treaties/I-1/?on=2026-08-30")
    context.close()


@pytest.mark.parametrize(("code", "width", "said"), [("en", 1280, "30 August 2026"), ("ar", 390, "30 آب/أغسطس 2026")])
def test_the_page_follows_the_slider(invented_site: str, page: Any, axe: Any, code: str, width: int, said: str) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{invented_site}/{code}/treaties/I-1/?on=2026-08-28&sort=consent")
    slider = page.locator("form.slider input[type=range]")
    assert page.locator("h2#state").get_attribute("class") == "open"
    slider.focus()
    for _ in range(2):  # whatever the page does meanwhile, the keys go on meaning the slider
        slider.page.keyboard.press("ArrowUp")
    assert page.locator("form.slider output").inner_text() == said
    arrive(page, f"**/{code}/treaties/I-1/?on=2026-08-30&sort=consent")
    page.wait_for_selector("h2#state.reached")
    assert slider.evaluate("one => one === document.activeElement")
    assert slider.get_attribute("aria-valuetext") == said
    page.keyboard.press("ArrowDown")
    arrive(page, f"**/{code}/treaties/I-1/?on=2026-08-29&sort=consent")
    page.wait_for_selector("h2#state.open")
    assert axe(page) == []
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/en/treaties/I-1/?on=2026-10-06", "/ar/treaties/I-1/calculator?on=2026-10-06"])
def test_where_the_keyboard_is_can_be_seen(invented_site: str, page: Any, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{invented_site}{path}")
    accent = {"light": "rgb(0, 83, 138)", "dark": "rgb(91, 176, 232)"}[scheme]
    page.eval_on_selector_all(".day details", "all => all.forEach(one => (one.open = true))")
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        name, ring = page.evaluate(
            """() => { const at = document.activeElement, style = getComputedStyle(at);
                return [at.tagName, `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`] }"""
        )
        if name != "BODY":
            assert ring == f"solid 2px {accent}", (name, page.evaluate("document.activeElement.outerHTML"))
            seen.add(name)
    assert seen >= {"A", "INPUT", "BUTTON", "SUMMARY"}


def test_the_keyboard_comes_to_the_content_at_once(invented_site: str, page: Any) -> None:
    page.goto(f"{invented_site}/en/treaties/I-1/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
