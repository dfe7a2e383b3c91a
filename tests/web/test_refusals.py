"""What cannot be answered is refused in one sentence, and every answer bears the same headers."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from depositary.register.entry import Entry
from depositary.treaties.collection import Collection
from depositary.web.api.problems import is_data
from depositary.web.app import create_app
from depositary.web.assets import load_assets
from depositary.web.security import HEADERS, WITH_SCRIPT

PAGES = (
    "/en/",
    "/en/treaties/I-1/",
    "/en/treaties/I-1/participants/RUR",
    "/en/treaties/I-1/participants/GRK",
    "/en/treaties/I-1/articles/2",
    "/en/treaties/I-1/register",
    *(f"/en/treaties/I-1/register/{number}" for number in range(1, 15)),
)
DOWNLOADS = ("/treaties/I-1/status.json", "/treaties/I-1/status.csv", "/api/v1/treaties/I-1/status")
OTHERS = ("/", "/healthz", "/static/depositary.css", "/api/v1/openapi.json")
NOT_FOUND = (
    "/nothing",
    "/xx/",
    "/en/treaties/I-2/",
    "/en/treaties/I-1/participants/XXX",
    "/en/treaties/I-1/articles/99",
    "/en/treaties/I-1/register/99",
    "/en/treaties/I-1/register/x",
    "/static/../app.py",
    "/static/vendor/SHA256SUMS",
    "/api/v1/treaties/I-2/status",
    "/docs",
    "/redoc",
    "/openapi.json",
)
BAD = (
    "on=2026-02-30",
    "on=01/02/2026",
    "on=20260102",
    "on=٢٠٢٦-٠١-٠١",
    "on=9999-12-31",
    "on=0001-01-01",
    "on=2026-01-01&on=2026-01-02",
    "known_at=2026-01-01",
    "known_at=2026-01-01T00:00:00",
    "known_at=0001-01-01T00:00:00%2B14:00",
    "known_at=9999-12-31T23:59:59-14:00",
    "known_at=now",
)


@pytest.mark.parametrize("address", [*PAGES, *DOWNLOADS, *OTHERS, *NOT_FOUND, "/en/?on=x"])
def test_the_headers_are_on_every_answer(client: TestClient, address: str) -> None:
    response = client.get(address)
    of_its_own = WITH_SCRIPT if address == "/en/treaties/I-1/" else {}  # the slider's
    if is_data(address):
        of_its_own = {"Cross-Origin-Resource-Policy": "cross-origin"}
    assert {name: response.headers.get(name) for name in HEADERS} == {**HEADERS, **of_its_own}
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("address", NOT_FOUND)
def test_what_is_not_there_is_said_so(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Traceback" not in response.text
    assert "here" in response.text or "no " in response.text


@pytest.mark.parametrize("query", BAD)
@pytest.mark.parametrize("address", ["/en/", "/en/treaties/I-1/", *DOWNLOADS])
def test_a_bad_question_is_refused(client: TestClient, address: str, query: str) -> None:
    response = client.get(f"{address}?{query}")
    assert response.status_code == 422
    assert response.headers["cache-control"] == "no-store"
    assert "is not a valid date" in response.text or "give it once" in response.text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    response = getattr(client, method)("/en/treaties/I-1/")
    assert response.status_code == 405
    assert "is read-only" in response.text


@pytest.mark.parametrize("address", [*PAGES, *DOWNLOADS])
def test_what_has_not_changed_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(f"{address}?on=2026-10-06")
    again = client.get(f"{address}?on=2026-10-06", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{address}?on=2026-10-06", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_page_may_be_asked_for_its_head_alone(client: TestClient) -> None:
    assert client.head("/en/treaties/I-1/").status_code == 200


def test_a_failure_is_told_by_its_reference_alone(collection: Collection, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> list[Entry]:
        raise RuntimeError("secret")

    client = TestClient(create_app(collection, lambda after, treaty: broken()), raise_server_exceptions=False)
    for address in ("/en/treaties/I-1/", "/treaties/I-1/status.json"):
        response = client.get(address)
        assert response.status_code == 500
        assert "secret" not in response.text
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
        reference = caplog.records[-1].getMessage().split()[1]
        assert reference in response.text


def test_a_stylesheet_under_its_own_address_is_kept_for_good(app: ASGIApp, client: TestClient) -> None:
    page = client.get("/en/").text
    addresses = [part.split('"')[0] for part in page.split('href="') if part.startswith("/static/")]
    assert len(addresses) == 2  # the stylesheet and the icon
    for address in addresses:
        assert "immutable" in client.get(address).headers["cache-control"]


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.images: set[str | None] = set()
        self.scripts: set[str | None] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.images |= {dict(attrs).get("src")} if tag == "img" else set()
        if tag == "script" and attrs != [("type", "application/ld+json")]:  # which is data
            self.scripts.add(dict(attrs).get("src"))


def hostile() -> Iterator[str]:
    word = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    yield from PAGES
    yield f"/en/?on={word}"
    yield f"/en/?known_at={word}"
    yield f"/en/treaties/{word}/"
    yield f"/en/treaties/I-1/participants/{word}"
    yield f"/{word}/"


@pytest.mark.parametrize("address", list(hostile()))
def test_hostile_words_become_no_element(client: TestClient, address: str) -> None:
    page = client.get(address).text
    found, assets = Elements(page), load_assets()
    assert not found.names & {"style", "iframe", "object", "base"}
    assert found.scripts <= {assets.script, assets.slider}
    assert {str(one).partition("?")[0] for one in found.images} <= {
        "/treaties/I-1/map.svg",
        "/en/treaties/I-1/cite.svg",
    }
    assert not {name for name in found.attributes if name.startswith("on")} | (found.attributes & {"style"})
    assert "49" not in page.split("{{7*7}}")[0][-10:]


def test_hostile_words_are_shown_as_they_are(client: TestClient) -> None:
    page = client.get("/en/treaties/I-1/").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


def test_a_formula_stays_text_in_a_spreadsheet(client: TestClient, monkeypatch: Any) -> None:
    from depositary.treaties.answer import STATUS_COLUMNS
    from depositary.web.formats import data

    participants = [
        {**dict.fromkeys((*STATUS_COLUMNS, "consent", "denunciation")), "code": "RUR", "name": "=HYPERLINK(1)"}
    ]
    assert ",'=HYPERLINK(1)," in data.as_csv({"complete_as_of": None, "participants": participants}).decode()
