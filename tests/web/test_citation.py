"""What a printed status page is cited by: its permanent address, in words and as a code that a telephone reads."""

import html
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

import pytest
import segno
from starlette.testclient import TestClient

from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.web.app import create_app
from depositary.words import AVAILABLE


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    assert match is not None, pattern
    return html.unescape(match[1])


def drawn_path(image: bytes) -> str:
    """The dark modules of a code, as its drawing has them."""
    return found(r'class="qrline" stroke="#000" d="([^"]+)"', image.decode())


@pytest.mark.parametrize("code", AVAILABLE)
@pytest.mark.parametrize("question", ["", "?on=2026-10-06", "?on=2026-10-06&known_at=2026-09-01T00:00:00Z"])
def test_the_code_is_of_the_address_that_the_page_cites(client: TestClient, code: str, question: str) -> None:
    page = client.get(f"/{code}/treaties/I-1/{question}").text
    cited = found(r'<span class="address" dir="ltr">&lt;<a href="([^"]+)"', page)
    assert cited.startswith(f"https://treaties.example/{code}/treaties/I-1/?on=2")
    image = client.get(found(r'<img src="([^"]+/cite\.svg[^"]*)" [^>]*loading="lazy"', page))
    assert image.headers["content-type"] == "image/svg+xml; charset=utf-8"
    expected = BytesIO()
    segno.make(cited, micro=False).save(expected, kind="svg", light="#fff")
    assert drawn_path(image.content) == drawn_path(expected.getvalue())
    assert client.get(cited.removeprefix("https://treaties.example")).status_code == 200


def test_a_site_without_an_address_has_no_code() -> None:
    site = TestClient(create_app(load_collection(PROJECT / "data"), lambda after, treaty: []))
    assert "cite.svg" not in site.get("/en/treaties/XVIII-16/").text


def test_the_code_is_asked_for_on_paper_only(serve: Callable[[Any], AbstractContextManager[str]], page: Any) -> None:
    asked: list[str] = []
    collection = load_collection(PROJECT / "data")
    app = create_app(collection, lambda after, treaty: [], base_url="https://treaties.example.int")
    with serve(app) as address:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/en/treaties/XVIII-16/?on=2026-11-24")
        code = page.locator(".cite img")
        page.locator(".cite").scroll_into_view_if_needed()
        assert not code.is_visible()
        page.locator(".map img").evaluate("image => image.decode()")  # the map below the table is loaded by now
        assert not any("cite.svg" in each for each in asked)
        page.emulate_media(media="print")
        code.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('.cite img').naturalWidth > 0")
        assert code.is_visible()
        assert page.get_by_text("Cite as").is_visible()
        assert page.get_by_text("0 of the 40 instruments required have been deposited.").is_visible()
        assert page.locator(".slider output").inner_text() == "24 November 2026"
