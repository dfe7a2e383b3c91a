"""Feeds, calendars and spreadsheets: valid, escaped, stable, and never a formula."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from depositary.law.acts import COLUMNS
from depositary.law.participants import Name, Participant, Participants
from depositary.register.entry import Entry
from depositary.treaties.collection import Collection
from depositary.treaties.csv_files import plain_field, spreadsheet_field
from depositary.web.app import create_app
from depositary.words import AVAILABLE, language
from tests.web.conftest import ACTS, HOSTILE, RECORDED_AT, RECTIFIED_AT, TREATY, entries

NS = {"a": "http://www.w3.org/2005/Atom"}
ON = "?on=2026-10-06"
FEEDS = ("/feed.atom", "/treaties/I-1/feed.atom", "/participants/SYL/feed.atom")
CALENDARS = ("/treaties/I-1/calendar.ics", "/participants/SYL/calendar.ics")


def feed(client: TestClient, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314  (our own)


def events(client: TestClient, address: str) -> list[Any]:
    response = client.get(address)
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.text)
    assert calendar["VERSION"] == "2.0"
    return list(calendar.walk("VEVENT"))


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_atom_requires(client: TestClient, address: str) -> None:
    found = feed(client, address)
    for required in ("id", "title", "updated", "author/a:name"):
        assert found.findtext(f"a:{required}", None, NS)
    (own,) = [one for one in found.findall("a:link", NS) if one.get("rel") == "self"]
    assert own.get("href") == f"https://treaties.example{address}"
    each = found.findall("a:entry", NS)
    identifiers = [one.findtext("a:id", "", NS) for one in each]
    assert len(identifiers) == len(set(identifiers)) > 1
    assert all(one.startswith("urn:uuid:") for one in identifiers)
    assert max(one.findtext("a:updated", "", NS) for one in each) == found.findtext("a:updated", "", NS)
    for entry in each:
        link = entry.find("a:link", NS)
        assert link is not None
        assert client.get(str(link.get("href")).removeprefix("https://treaties.example")).status_code == 200


def recorded(found: ElementTree.Element) -> list[ElementTree.Element]:
    """The items that are entries of the register."""
    items = found.findall("a:entry", NS)
    return [one for one in items if "effect" not in {each.get("term") for each in one.findall("a:category", NS)}]


def test_an_entry_is_updated_when_it_was_recorded_and_keeps_its_identifier(client: TestClient) -> None:
    each = recorded(feed(client, FEEDS[1]))
    assert len(each) == 14
    assert each[0].findtext("a:updated", "", NS) == "2026-10-05T12:00:00Z"
    assert each[-1].findtext("a:updated", "", NS) == "2026-01-10T12:00:00Z"
    before = recorded(feed(client, f"{FEEDS[1]}?known_at=2026-10-01T00:00:00-04:00"))
    assert len(before) == 11
    assert {one.findtext("a:id", "", NS) for one in before} < {one.findtext("a:id", "", NS) for one in each}


def test_a_participants_feed_tells_what_was_struck_out_as_well(client: TestClient) -> None:
    titles = [
        one.findtext("a:title", "", NS) for one in feed(client, "/participants/LUT/feed.atom").findall("a:entry", NS)
    ]
    assert len(titles) == 3
    assert "strikes out entry 13" in titles[0]


def test_what_was_typed_is_text_in_a_feed(client: TestClient) -> None:
    found = feed(client, FEEDS[1])
    assert {one.tag.split("}")[1] for one in found.iter()} == {
        "feed", "title", "subtitle", "id", "updated", "author", "name", "link", "entry", "published", "category",
        "summary",
    }  # fmt: skip
    assert any(HOSTILE in (one.text or "") for one in found.iter())


@pytest.mark.parametrize("address", CALENDARS)
def test_a_calendar_is_stable(client: TestClient, address: str) -> None:
    found = events(client, address + ON)
    identifiers = [str(one["UID"]) for one in found]
    assert len(identifiers) == len(set(identifiers)) > 2
    assert {one["DTSTAMP"].dt for one in found} == {RECTIFIED_AT}
    assert client.get(address + ON).content == client.get(address + ON).content
    assert all(type(one["DTSTART"].dt) is date for one in found)


def test_the_dates_of_a_treaty_are_in_its_calendar(client: TestClient) -> None:
    days = {str(one["SUMMARY"]): one["DTSTART"].dt for one in events(client, CALENDARS[0] + ON)}
    assert days["Convention on Clocks: entry into force"] == date(2026, 8, 30)
    assert days["Convention on Clocks: entry into force (4)"] == date(2026, 8, 30)
    assert days["Convention on Clocks · Borduria: entry into force"] == date(2026, 9, 14)
    assert days["Convention on Clocks · Syldavia: end of participation"] == date(2027, 10, 1)
    assert days["Convention on Clocks: Last day of signature in Zenda"] == date(2026, 6, 30)


def test_the_calendar_of_a_participant_has_no_others(client: TestClient) -> None:
    said = {str(one["SUMMARY"]) for one in events(client, CALENDARS[1] + ON)}
    assert "Convention on Clocks · Syldavia: end of participation" in said
    assert not any("Borduria" in one for one in said)
    deadline = events(client, "/participants/EVA/calendar.ics?on=2026-02-01")
    assert [str(one["SUMMARY"]) for one in deadline] == ["Convention on Clocks: Last day of signature in Zenda"]


def test_an_event_that_moves_is_the_same_event(client: TestClient) -> None:
    def of_evallonia(known_at: str) -> tuple[str, date]:
        (event,) = [
            one
            for one in events(client, f"/participants/EVA/calendar.ics{ON}{known_at}")
            if "Évallonia: entry into force" in one["SUMMARY"]
        ]
        return str(event["UID"]), event["DTSTART"].dt

    before, after = of_evallonia("&known_at=2026-10-01T00:00:00-04:00"), of_evallonia("")
    assert (before[1], after[1]) == (date(2026, 10, 1), date(2026, 10, 2))
    assert before[0] == after[0]


@pytest.mark.parametrize("code", AVAILABLE)
def test_they_speak_every_language(client: TestClient, code: str) -> None:
    assert feed(client, f"/{code}/treaties/I-1/feed.atom").get("{http://www.w3.org/XML/1998/namespace}lang") == code
    assert events(client, f"/{code}/treaties/I-1/calendar.ics{ON}")
    assert client.head(f"/{code}/feed.atom").status_code == 200


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "'=1", "''+1")


@pytest.mark.parametrize("text", [*FORMULAS, "plain", "'", "a=1", ""])
def test_a_formula_is_neutralised_and_restored(text: str) -> None:
    written = spreadsheet_field(text)
    assert isinstance(written, str)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    assert plain_field(written) == text


@pytest.fixture
def hostile(collection: Collection) -> TestClient:
    """A site whose State is called as a formula."""
    named = [
        Participant(code, one.kind, (Name({"en": FORMULAS[place]}, ""),))
        for place, (code, one) in enumerate(collection.participants.items())
    ]
    known = [Entry(number, act, RECORDED_AT, "clerk", treaty=TREATY) for number, act in enumerate(ACTS, 1)]
    there = replace(collection, participants=Participants(named))
    return TestClient(create_app(there, lambda after, treaty: known[after:]))


def test_no_cell_of_the_spreadsheet_is_a_formula(hostile: TestClient) -> None:
    response = hostile.get(f"/treaties/I-1/status.xlsx{ON}")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    cells = [cell for row in book["I-1"].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "d", "b"}
    assert "=1+1" in {cell.value for cell in cells}
    assert all(cell.data_type == "s" for row in book["about"].iter_rows() for cell in row)
    rows = hostile.get(f"/treaties/I-1/status.csv{ON}").text
    assert "'=1+1" in rows


def test_the_spreadsheet_is_the_status(client: TestClient) -> None:
    response = client.get(f"/treaties/I-1/status.xlsx{ON}")
    assert response.headers["content-disposition"] == 'attachment; filename="I-1-status.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(response.content))["I-1"]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["BOR"][1] == "Borduria"
    assert datetime.fromisoformat("2026-09-14") in rows["BOR"]
    assert {type(row[7]) for code, row in rows.items() if code != "code"} == {bool}
    about = dict(openpyxl.load_workbook(io.BytesIO(response.content))["about"].values)
    assert about["source of the acts"] == "the Clockmakers' list, https://clocks.example/list"
    assert "Attribution" in about["licence"]
    answer = client.get(f"/treaties/I-1/status.json{ON}").json()
    assert set(rows) == {"code", *(one["code"] for one in answer["participants"])}
    assert client.get(f"/treaties/I-1/status.xlsx{ON}").content == response.content


@pytest.mark.parametrize("address", ["/treaties/X-9/feed.atom", "/participants/XXX/calendar.ics", "/xx/feed.atom"])
def test_what_is_not_there_is_said_as_data(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "error" in response.json()


def test_an_empty_register_has_an_empty_feed(collection: Collection) -> None:
    nothing = TestClient(create_app(collection, lambda after, treaty: []))
    assert feed(nothing, "/feed.atom").findall("a:entry", NS) == []
    (own,) = events(nothing, "/treaties/I-1/calendar.ics")
    assert own["DTSTAMP"].dt == datetime(2024, 12, 24, tzinfo=UTC)
    assert len(entries()) == 14


def test_an_empty_file_of_acts_is_linked_from_the_treaties_and_explains_itself(client: TestClient) -> None:
    assert list(csv.reader(io.StringIO(client.get("/acts.csv").text))) == [list(COLUMNS)]
    for code in AVAILABLE:
        page = client.get(f"/{code}/").text
        assert f'href="/{code}/acts.xlsx"' in page
        assert 'href="/acts.csv"' in page
        answer = client.get(f"/{code}/acts.xlsx")
        assert answer.headers["content-disposition"] == 'attachment; filename="acts.xlsx"'
        acts, columns = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
        assert [cell.value for cell in acts[1]] == list(COLUMNS)
        explained = {row[0].value: row[1].value for row in columns.iter_rows(max_row=len(COLUMNS))}
        assert explained["source"] == language(code).gettext("Where it can be checked.")
