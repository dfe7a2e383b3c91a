"""Every number of a treaty says as of when it holds, on every page, in every file and in each answer.

The walk takes every address of the site from the site's own list: a new address fails until it is classed here.
"""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import openpyxl
import pypdf
import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from depositary.law.acts import Act
from depositary.law.clauses import Voting
from depositary.law.derivation import derive
from depositary.law.readings import KEPT_HERE
from depositary.register.entry import Entry
from depositary.treaties.collection import Collection
from depositary.web.app import create_app
from depositary.web.sitemap import COMPUTED, PUBLISHED
from depositary.words import AVAILABLE, language
from tests.web.conftest import ACTS, RECTIFIED_AT, SOURCES, TREATY, entries
from tests.words_of import words_of

COMPLETE = date(2026, 9, 30)
LATER = "2026-11-28"
Frozen = Callable[[str], AbstractContextManager[object]]

WITHOUT_NUMBERS = {
    "/", "/healthz", "/static/{name:path}", "/{lang}", "/{lang}/participants", "/{lang}/treaties/{treaty}",
    "/register/head", "/register/proof/{entry}", "/register/consistency/{earlier}", "/robots.txt", "/sitemap.xml",
    "/acts.csv", "/{lang}/acts.xlsx", "/{lang}/about", "/{lang}/treaties/{treaty}/cite.svg",
    "/.well-known/security.txt", "/cn/{year}/{number}", "/{lang}/notifications", "/{lang}/notifications/{name}",
    "/{lang}/search", "/{lang}/alerts", "/{lang}/alerts/confirm/{token}", "/{lang}/alerts/leave/{token}",
    "/api/v1/openapi.json", "/api/docs", "/api/v1/participants", "/api/v1/entries", "/api/v1/register/head",
    "/api/v1/register/proof/{entry}", "/api/v1/register/consistency/{earlier}", "/api/v1/notifications",
    "/api/v1/notifications/{reference}", "/api/v1/search", "/api/v1/glossary", "/api/v1/whatif",
    "/data/depositary.zip", "/data/datapackage.json", "/data/catalogue.jsonld", "/data/LICENSE.md",
    *(path.path for path in PUBLISHED if path.path.startswith("/schemas/")),
}  # fmt: skip
"""The addresses that show no number, date of effect or standing of a treaty; what is posted is tried in
test_api.py, and the tables of the bulk file in test_open_data.py."""

VALUES = {
    "treaty": ["I-1"],
    "code": ["RUR", "EVA", "LUT"],
    "number": ["2"],
    "entry": ["1", "12", "14"],
    "what": ["entry-into-force"],
}

ASKED = {
    "/{lang}/treaties/{treaty}/calculator": "&state=LUT&day=2027-01-04",
    "/{lang}/treaties/{treaty}/calculator.ics": "&state=LUT&day=2027-01-04",
    "/{lang}/treaties/{treaty}/difference": "&since=2026-08-01",
    "/{lang}/treaties/{treaty}/relations": "&a=GRK&b=BOR",
    "/api/v1/treaties/{treaty}/relations": "&a=GRK&b=BOR",
}


def addresses(path: str) -> list[str]:
    """The addresses of a route, in each language and with the values above."""
    found = [path]
    values_of = {"lang": list(AVAILABLE), **VALUES} | ({"code": ["RUR", "EVA"]} if "{what}" in path else {})
    values_of |= {"entry": ["1", "12"]} if path.endswith("/effects") else {}  # the others have no act
    for name, values in values_of.items():
        found = [each.replace(f"{{{name}}}", value) for each in found for value in values]
    return list(dict.fromkeys(found))


def says_so(path: str, content: bytes, day: date) -> bool:
    """Whether an answer says as of which day the acts are complete, in the form that its readers read."""
    if path.endswith(".json") or path.startswith("/api/"):
        return f'"complete_as_of": "{day}"'.encode() in content
    if path.endswith(".csv"):
        rows = [*csv.DictReader(io.StringIO(content.decode()))]
        return bool(rows) and all(row["complete_as_of"] == str(day) for row in rows)
    if path.endswith(".xlsx"):
        head, *rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values
        place = head.index("complete_as_of")
        return bool(rows) and all(row[place].date() == day for row in rows)
    code = path.split("/")[1] if path.split("/")[1] in AVAILABLE else "en"
    in_words = language(code).date(day)
    if path.endswith(".ics"):
        events = icalendar.Calendar.from_ical(content).walk("VEVENT")
        return bool(events) and all(in_words in str(event["DESCRIPTION"]) for event in events)
    if path.endswith(".atom"):
        return in_words in (ElementTree.fromstring(content).findtext("{*}subtitle") or "")  # noqa: S314
    if path.endswith(".pdf"):
        text = "".join(pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
        return (
            str(day.year) if code == "ar" else "".join(in_words.split())
        ) in text  # Arabic words are read in the order of the page
    if path.endswith(".svg"):
        return f"<desc>Complete as of {day}</desc>".encode() in content
    return in_words in words_of(content.decode())


@pytest.fixture
def voting(collection: Collection) -> TestClient:
    """The site, whose treaty sets a majority as well, so that every page has something to show."""
    rule = Voting(majority=(2, 3), amendment=("4(1)", "4(2)"))
    clauses = collection.treaties[TREATY].model_copy(update={"voting": rule})
    return TestClient(create_app(replace(collection, treaties={TREATY: clauses}), entries), follow_redirects=False)


@pytest.mark.parametrize("path", sorted({*(route.path for route in PUBLISHED), *COMPUTED} - WITHOUT_NUMBERS))
def test_no_number_is_shown_without_its_day(voting: TestClient, path: str) -> None:
    client = voting
    for address in addresses(path):
        response = client.get(f"{address}?on={LATER}{ASKED.get(path, '')}")
        assert response.status_code == 200, response.text
        assert says_so(address, response.content, COMPLETE), address
        before = client.get(f"{address}?on={COMPLETE}{ASKED.get(path, '')}")
        if "/missing" not in path and before.status_code == 200:
            assert "of later days may be missing" not in before.text, address


def test_what_is_classed_as_without_numbers_is_an_address(client: TestClient) -> None:
    assert {*(route.path for route in PUBLISHED), *COMPUTED} >= WITHOUT_NUMBERS


@pytest.fixture
def old(collection: Collection, tmp_path: Path) -> Collection:
    """The same treaty, with acts that end long ago."""
    (tmp_path / "treaties").mkdir()
    (tmp_path / "SOURCES.md").write_text(SOURCES.replace("2026-09-30", "2026-08-29"), encoding="utf-8")
    return replace(collection, folder=tmp_path)


def test_a_treaty_whose_acts_end_long_ago_opens_on_that_day(old: Collection, frozen: Frozen) -> None:
    client = TestClient(create_app(old, entries), follow_redirects=False)
    with frozen("2028-08-28T12:00:00-04:00"):
        page = client.get("/en/treaties/I-1/").text
        assert "Participants on 28 August 2028" in page, "not yet two years"
    with frozen("2028-08-29T12:00:00-04:00"):
        page = client.get("/en/treaties/I-1/").text
        assert "As of 29 August 2026. The register is complete as of 29 August 2026" in words_of(page)
        assert "Participants on 29 August 2026" in page
        assert "Enters into force on 30 August 2026" in page, "what was so on that day"
        assert '<a href="/en/treaties/I-1/?on=2028-08-29">Show today</a>' in page
        today = client.get("/en/treaties/I-1/?on=2028-08-29").text
        assert "Participants on 29 August 2028" in today
        assert "The register is complete as of 29 August 2026; acts of later days may be missing." in today
        assert client.get("/treaties/I-1/status.json").json()["on"] == "2028-08-29", "data answers for the day asked"


KEPT = Act(TREATY, "", "ruling", date(2026, 11, 1), subject=KEPT_HERE, text="otherwise")


def kept_from(ruling: Act) -> Callable[[int, str], list[Entry]]:
    def later(after: int, treaty: str) -> list[Entry]:
        known = [*entries(), Entry(15, ruling, datetime(2026, 11, 1, 15, tzinfo=UTC), "legal, released by registrar")]
        return [replace(entry, treaty=TREATY) for entry in known[after:] if treaty == TREATY]

    return later


def test_nothing_is_said_of_a_register_that_the_house_keeps(collection: Collection) -> None:
    client = TestClient(create_app(collection, kept_from(KEPT)), follow_redirects=False)
    for address in ("/en/", "/en/treaties/I-1/", "/en/participants/", "/en/treaties/I-1/participants/EVA"):
        page = client.get(f"{address}?on={LATER}").text
        assert "omplete as of" not in page, address
        assert "the last day for which" not in page
        assert "omplete as of 30 September 2026" in words_of(client.get(f"{address}?on=2026-10-31").text), "before"
    assert client.get(f"/treaties/I-1/status.json?on={LATER}").json()["complete_as_of"] is None
    earlier = f"?on={LATER}&known_at=2026-10-31T12:00:00Z"
    assert client.get(f"/treaties/I-1/status.json{earlier}").json()["complete_as_of"] == "2026-09-30"


def test_the_ruling_moves_no_date_and_can_be_taken_back(collection: Collection) -> None:
    clauses = collection.treaties[TREATY]
    without, ruled = (derive(acts, collection.participants, clauses) for acts in (ACTS, (*ACTS, KEPT)))
    assert without.dates == ruled.dates
    back = replace(KEPT, text="default")
    client = TestClient(create_app(collection, kept_from(back)))
    assert client.get(f"/treaties/I-1/status.json?on={LATER}").json()["complete_as_of"] == "2026-09-30"
    assert RECTIFIED_AT.date() < KEPT.date


def test_no_site_needs_a_list_of_sources(app: ASGIApp, collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "treaties").mkdir()
    client = TestClient(create_app(replace(collection, folder=tmp_path), entries))
    assert "omplete as of" not in client.get("/en/treaties/I-1/").text
