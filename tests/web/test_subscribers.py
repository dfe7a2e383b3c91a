"""What subscribers see when something changes: in their calendars, and in their feed readers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
from icalendar import Calendar
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.treaties.clause_files import read_clauses
from depositary.treaties.collection import Collection
from depositary.web.app import create_app
from tests.web.conftest import CLAUSES, PARTICIPANTS, TREATY

ON = "?on=2026-12-31"
FIRST = datetime(2026, 7, 1, 12, tzinfo=UTC)
THREE = (
    Act(TREATY, "RUR", "ratification", date(2026, 2, 2)),
    Act(TREATY, "SYL", "accession", date(2026, 3, 2)),
    Act(TREATY, "GRK", "acceptance", date(2026, 6, 1)),
    Act(TREATY, "BOR", "accession", date(2026, 8, 15)),
)


def entry(number: int, act: Act | None, rectifies: int | None = None, treaty: str = TREATY) -> Entry:
    return Entry(number, act, FIRST + timedelta(days=number), "clerk", rectifies=rectifies, treaty=treaty)


ENTRIES = [entry(number, act) for number, act in enumerate(THREE, 1)]


def site(collection: Collection, entries: Iterable[Entry]) -> TestClient:
    known = list(entries)
    return TestClient(
        create_app(
            collection,
            lambda after, treaty: [one for one in known if one.number > after and one.treaty == treaty],
            base_url="https://treaties.example",
        )
    )


def events(client: TestClient, address: str) -> dict[str, Any]:
    """The events of a calendar by their identifier."""
    found = list(Calendar.from_ical(client.get(address + ON).text).walk("VEVENT"))
    by_identifier = {str(one["UID"]): one for one in found}
    assert len(by_identifier) == len(found)
    return by_identifier


def of_all(found: dict[str, Any]) -> tuple[str, Any]:
    """The event of the States for whom the treaty enters into force on its own day."""
    ((identifier, event),) = [each for each in found.items() if "entry into force (" in each[1]["SUMMARY"]]
    return identifier, event


def test_a_date_that_moves_for_all_is_one_event_that_moves(collection: Collection) -> None:
    address = "/treaties/I-1/calendar.ics"
    before = events(site(collection, ENTRIES), address)
    corrected = entry(5, replace(THREE[2], date=date(2026, 6, 11)), rectifies=3)
    after = events(site(collection, [*ENTRIES, corrected]), address)
    assert set(before) == set(after)
    (identifier, old), (same, new) = of_all(before), of_all(after)
    assert identifier == same
    assert (old["DTSTART"].dt, new["DTSTART"].dt) == (date(2026, 8, 30), date(2026, 9, 9))
    assert (old["SEQUENCE"], new["SEQUENCE"]) == (4, 5)
    assert new["LAST-MODIFIED"].dt == new["DTSTAMP"].dt == corrected.recorded_at > old["DTSTAMP"].dt
    assert {str(one["STATUS"]) for one in after.values()} == {"CONFIRMED"}


def test_a_date_that_no_longer_follows_is_cancelled(collection: Collection) -> None:
    for calendar in ("/treaties/I-1/calendar.ics", "/fr/participants/BOR/calendar.ics"):
        before = events(site(collection, ENTRIES), calendar)
        after = events(site(collection, [*ENTRIES, entry(5, None, rectifies=4)]), calendar)
        gone = {identifier for identifier, one in after.items() if one["STATUS"] == "CANCELLED"}
        assert set(before) >= gone
        borduria = [one for one in before.values() if "Borduria" in one["SUMMARY"]]
        assert {str(one["UID"]) for one in borduria} <= gone
        assert all(after[one]["SEQUENCE"] == 5 for one in gone)
        assert all(after[str(one["UID"])]["DTSTART"].dt == one["DTSTART"].dt for one in borduria)
        again = [*ENTRIES, entry(5, None, rectifies=4), entry(6, THREE[3])]
        assert {str(one["STATUS"]) for one in events(site(collection, again), calendar).values()} == {"CONFIRMED"}


def test_a_withdrawn_instrument_cancels_what_it_would_have_brought(collection: Collection) -> None:
    calendar = "/participants/GRK/calendar.ics"
    withdrawn = entry(5, Act(TREATY, "GRK", "withdrawal of instrument", date(2026, 8, 1)))
    assert {str(one["STATUS"]) for one in events(site(collection, ENTRIES), calendar).values()} == {"CONFIRMED"}
    found = events(site(collection, [*ENTRIES, withdrawn]), calendar)
    assert [one["STATUS"] for one in found.values() if "Graustark: entry into force" in one["SUMMARY"]] == ["CANCELLED"]


def test_an_event_has_the_stamp_of_its_own_treaty(collection: Collection) -> None:
    other = read_clauses(CLAUSES.replace('id = "I-1"', 'id = "I-2"'), "I-2.toml")
    both = replace(collection, treaties={**collection.treaties, "I-2": other}, participants=PARTICIPANTS)
    later = [
        replace(one, number=one.number + 4, recorded_at=one.recorded_at + timedelta(days=30), treaty="I-2")
        for one in ENTRIES
    ]
    moved = [replace(one, act=replace(one.act, treaty="I-2")) for one in later if one.act]
    found = events(site(both, [*ENTRIES, *moved]), "/participants/BOR/calendar.ics")
    assert {one["SEQUENCE"] for one in found.values()} == {4, 8}
    assert len({one["DTSTAMP"].dt for one in found.values()}) == 2


def test_a_feed_has_pages_and_an_item_on_each_day_of_effect(collection: Collection) -> None:
    many = [
        entry(number, Act(TREATY, "RUR", "declaration", date(2026, 7, 1), text=str(number))) for number in range(5, 130)
    ]
    client = site(collection, [*ENTRIES, *many])
    address, found, pages = f"/treaties/I-1/feed.atom{ON}", [], 0
    while address:
        page = feedparser.parse(client.get(address).content)
        assert page.bozo == 0
        assert len(page.entries) <= 50
        found += page.entries
        pages += 1
        links = {link.rel: link.href for link in page.feed.links}
        assert links["self"] == f"https://treaties.example{address}"
        address = links.get("next", "").removeprefix("https://treaties.example")
    assert pages == 3
    assert len({one.id for one in found}) == len(found)
    effects = {one.title: one.updated for one in found if "effect" in {tag.term for tag in one.get("tags", ())}}
    assert effects["Convention on Clocks: entry into force"] == "2026-08-30T04:00:00Z", "midnight in New York"
    assert effects["Convention on Clocks · Borduria: entry into force"] == "2026-09-14T04:00:00Z"
    assert len(found) == 129 + len(effects)
    assert [one.updated for one in found] == sorted((one.updated for one in found), reverse=True)
    early = feedparser.parse(client.get("/treaties/I-1/feed.atom?on=2026-09-01").content)
    assert "Convention on Clocks · Borduria: entry into force" not in [one.title for one in early.entries]
    assert client.get("/treaties/I-1/feed.atom?before=nothing").status_code == 404


def test_a_feed_reader_that_has_the_feed_gets_no_body(client: TestClient) -> None:
    first = client.get("/treaties/I-1/feed.atom")
    known = feedparser.parse(first.content, response_headers=dict(first.headers))
    again = client.get(
        "/treaties/I-1/feed.atom",
        headers={"If-None-Match": known.headers["etag"], "If-Modified-Since": known.headers["last-modified"]},
    )
    assert (again.status_code, again.content) == (304, b"")
