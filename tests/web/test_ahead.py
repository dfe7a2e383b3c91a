"""What is known of the future, and what differs: pages of relations, reasons, the timeline, the register."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from depositary.web.app import create_app
from tests.words_of import words_of

Read = Callable[[str], str]
RELATIONS = "/en/treaties/I-1/relations"


def test_two_participants_are_told_from_when_they_will_be_bound(read: Read) -> None:
    page = read(f"{RELATIONS}?a=RUR&b=SYL&on=2026-06-01")
    assert "Will be bound to each other from 30 August 2026" in page
    assert "Will be bound to each other from 14 September 2026" in read(f"{RELATIONS}?a=RUR&b=BOR&on=2026-08-30")
    assert "Will be bound" not in read(f"{RELATIONS}?a=RUR&b=BOR&on=2026-09-14")
    assert "Not bound to each other" in read(f"{RELATIONS}?a=RUR&b=SYL&on=2027-10-01")  # Syldavia has left
    assert "Not bound to each other" in read(f"{RELATIONS}?a=RUR&b=BOR&on=2026-05-31")  # nothing is known yet


def test_one_participant_is_told_to_whom_it_will_be_bound(read: Read) -> None:
    page = read(f"{RELATIONS}?a=BOR&on=2026-09-01")
    assert "It will be bound to 4 other States and organizations." in page
    assert "Ruritania 14 Sep 2026" in page[page.index("Bound from") :]
    assert "It is bound to no other party" not in page


def test_the_chart_has_axes_and_goes_on_to_the_known_future(client: TestClient) -> None:
    page = client.get("/en/treaties/I-1/timeline?on=2026-06-10").text
    assert "30 Aug 2026" in words_of(page)[: words_of(page).index("Entry into force: ")]
    assert re.search(r'class="now" d="M6[0-9.]+ 0V300"', page)  # 10 June is 151 of 232 days
    assert 'class="in-force" d="M1000.0 0V300"' in page
    assert [*re.findall(r'text-anchor="middle">([^<]+)</text>', page)] == [
        f"{month} 2026" for month in ("Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug")
    ][::2]
    assert re.findall(r'<text x="0.5%" y="([\d.]+)%" dy="-3">(\d+)</text>', page)[-1] == ("0.0", "3")
    assert 'text-anchor="end">instruments required: 3</text>' in page
    assert 'text-anchor="end">signatories: 1</text>' in page


def test_the_labels_of_lines_of_one_number_stand_apart(client: TestClient) -> None:
    page = client.get("/en/treaties/I-1/timeline?on=2026-01-11").text  # one signature, no instrument; three required
    places = sorted(float(place) for place in re.findall(r'<text class="\w+" x="99.5%" y="([\d.]+)%"', page))
    assert len(places) == 3
    assert all(lower - upper >= 7 for upper, lower in pairwise(places))


@pytest.fixture(scope="module")
def convention() -> TestClient:
    """The real treaties, and one instrument under the Convention."""
    ghana = Entry(
        1, Act("XVIII-16", "GHA", "ratification", date(2026, 11, 2)), datetime(2026, 11, 3, tzinfo=UTC), "clerk"
    )
    entry = replace(ghana, treaty="XVIII-16")
    return TestClient(
        create_app(
            load_collection(PROJECT / "data"), lambda after, treaty: [entry][after:] if treaty == "XVIII-16" else []
        )
    )


@pytest.mark.parametrize(
    ("what", "earliest"),
    [
        ("entry-into-force", "28 February 2027"),
        ("conference-by", "28 February 2028"),
        ("amendments-may-be-proposed-from", "29 February 2032"),
    ],
)
def test_a_date_that_is_not_known_says_what_is_missing_and_its_earliest_day(
    convention: TestClient, what: str, earliest: str
) -> None:
    page = words_of(convention.get(f"/en/treaties/XVIII-16/reasons/{what}?on=2026-11-30").text)
    assert "No date yet" in page
    assert f"Instruments still required 39 Earliest day {earliest} if the 39 instruments still required" in page


def test_the_earliest_day_of_a_participant(convention: TestClient) -> None:
    address = "/en/treaties/XVIII-16/participants/GHA/reasons/entry-into-force?on=2026-11-30"
    assert "Earliest day 28 February 2027" in words_of(convention.get(address).text)


def test_a_date_that_is_known_waits_for_nothing(read: Read) -> None:
    page = read("/en/treaties/I-1/reasons/entry-into-force?on=2026-10-06")
    assert "Earliest day" not in page
    assert "No date yet" not in page


def test_the_register_shows_what_a_rectification_changed(read: Read) -> None:
    differs = "Date of the act: 1 September 2026 → 2 September 2026"
    listed = read("/en/treaties/I-1/register")
    assert f"Takes the place of entry 11 {differs}" in listed
    for number in (11, 12):
        assert f"What differs {differs}" in read(f"/en/treaties/I-1/register/{number}")
    assert "What differs" not in read("/en/treaties/I-1/register/13")  # struck out: nothing stands in its place


def test_the_source_of_an_entry_is_a_link(collection: Collection, tmp_path: Path) -> None:
    source = "C.N.1.2026.TREATIES-I.1, https://treaties.example.int/status?id=1 <b>"
    entry = Entry(
        1, Act("I-1", "RUR", "accession", date(2026, 2, 1), source=source), datetime(2026, 5, 1, tzinfo=UTC), "clerk",
        treaty="I-1",
    )  # fmt: skip
    site = TestClient(create_app(collection, lambda after, treaty: [entry][after:]))
    page = site.get("/en/treaties/I-1/register/1").text
    assert '<a href="https://treaties.example.int/status?id=1"' in page
    assert "&lt;b&gt;" in page
