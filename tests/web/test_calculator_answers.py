"""The calculator answers the question that is asked, or says why there is no answer."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.web.app import create_app
from tests.words_of import words_of

Read = Callable[[str], str]
HERE = "/en/treaties/I-1/calculator"


@pytest.fixture(scope="module")
def unsigned() -> TestClient:
    """The site with the real treaties and no act."""
    return TestClient(create_app(load_collection(PROJECT / "data"), lambda after, treaty: []))


def test_a_signature_brings_no_date(read: Read, client: TestClient) -> None:
    address = f"{HERE}?on=2026-02-15&state=BOR&day=2026-02-17&act=signature"
    page = read(address)
    assert "A signature alone does not bind Borduria is a signatory" in page
    assert "At the earliest" not in page
    assert "Add to calendar" not in page
    assert "state=BOR&amp;day=2026-02-17#answer" in client.get(address).text
    assert client.get(address.replace("calculator?", "calculator.ics?")).status_code == 422


def test_a_refused_act_says_so_first(unsigned: TestClient) -> None:
    here = "/en/treaties/XVIII-16/calculator?on=2026-11-28"
    for asked, why in (
        ("state=EU&day=2026-12-22", "European Union deposited on 22 December 2026 before any of its member States"),
        ("state=BTN&day=2027-02-15&act=signature", "when the treaty was not open for signature"),
        ("day=2027-02-15&act=withdrawal of instrument", "Your State had no instrument deposited"),
    ):
        page = words_of(unsigned.get(f"{here}&{asked}").text)
        assert "This act would have no effect" in page
        assert page.index(why) < page.index("What changes")
        assert "At the earliest" not in page
        assert "Add to calendar" not in page
        assert "This participant" not in page


def test_before_its_adoption_nothing_is_calculated(unsigned: TestClient) -> None:
    why = "The treaty did not exist on that day: it was adopted on 24 December 2024."
    for asked in ("state=GHA&day=2020-12-01", "on=2020-01-01", "on=2020-01-01&day=2020-01-15", "by=1999-01-01"):
        response = unsigned.get(f"/en/treaties/XVIII-16/calculator?{asked}")
        assert response.status_code == 422
        assert why in words_of(response.text)
    for asked in ("day=2020-12-01", "on=2020-01-01&day=2020-01-15"):
        assert unsigned.get(f"/en/treaties/XVIII-16/calculator.ics?{asked}").status_code == 422


def test_a_state_without_a_day_is_asked_for_one(read: Read) -> None:
    page = read(f"{HERE}?on=2026-02-15&state=BOR")
    assert "Give the day on which Borduria deposits its instrument, or the day by which it is to be bound." in page
    assert "Give the day on which" not in read(f"{HERE}?on=2026-02-15&state=BOR&by=2027-01-01")


def test_by_a_day_a_state_must_deposit(read: Read) -> None:
    early = read(f"{HERE}?on=2026-02-15&state=BOR&by=2027-01-01")
    assert "To be bound by 1 January 2027 Borduria must deposit by 2 December 2026." in early
    assert "The number of 3 must be reached by: 3 October 2026." in early
    settled = read(f"{HERE}?on=2026-06-15&state=BOR&by=2026-12-01")
    assert "To be bound by 1 December 2026 Borduria must deposit by 1 November 2026." in settled
    late = read(f"{HERE}?on=2026-02-15&state=BOR&by=2026-03-01")
    assert "must deposit" not in late
    assert "That day has passed" in late
    bound = read(f"{HERE}?on=2026-10-06&state=RUR&by=2026-12-01")
    assert "Ruritania has deposited its instrument; it is bound from 30 August 2026." in bound
    waiting = read(f"{HERE}?on=2026-02-15&state=RUR&by=2026-12-01")
    assert "Ruritania has deposited its instrument; it is bound once the treaty is in force." in waiting


def test_by_a_day_an_organization_without_a_member(unsigned: TestClient) -> None:
    page = words_of(unsigned.get("/en/treaties/XVIII-16/calculator?on=2026-11-28&state=EU&by=2028-01-01").text)
    assert "before any of its member States; it may deposit once one of them has" in page


def test_all_who_are_bound_on_the_day_are_counted(unsigned: TestClient, read: Read) -> None:
    here = "/en/treaties/XVIII-16/calculator?on=2026-11-28"
    page = words_of(unsigned.get(f"{here}&state=GHA&day=2026-12-01&reached=2026-12-02").text)
    assert "On that day it enters into force for 40 participants: Ghana and 39 other States." in page
    page = words_of(unsigned.get(f"{here}&reached=2026-12-02").text)
    assert "On that day it enters into force for 40 States." in page
    later = words_of(unsigned.get(f"{here}&state=GHA&day=2026-12-10&reached=2026-12-02").text)
    assert "This assumes that 40 other States deposit on 2 December 2026" in later
    assert "On that day it enters into force for 41 participants: Ghana and 40 other States." in later
    assert "these 5:" in read(f"{HERE}?on=2026-05-31&state=BOR&day=2026-06-02&state2=EVA&day2=2026-06-10")


def test_the_number_reached_without_other_states_is_said(read: Read) -> None:
    settled = read(f"{HERE}?on=2026-10-06&day=2026-10-07&reached=2026-11-01")
    assert "The number is reached on 1 June 2026 without other States." in settled
    assert "This assumes that" not in settled
    mine = read(f"{HERE}?on=2026-05-31&state=BOR&day=2026-06-02&reached=2026-06-10")
    assert "The number is reached on 2 June 2026 without other States." in mine


def test_a_number_that_was_not_reached_on_a_past_day(client: TestClient) -> None:
    response = client.get(f"{HERE}?on=2026-05-31&reached=2026-05-01")
    assert response.status_code == 422
    assert "By 1 May 2026 the number was not reached: assume that it is reached on 31 May 2026" in words_of(
        response.text
    )


def test_weekends_and_holidays_are_said_alike(read: Read) -> None:
    holiday = read(f"{HERE}?on=2026-05-31&state=BOR&day=2026-12-25")
    assert "25 December 2026 is a public holiday in New York: Christmas Day." in holiday
    weekend = read(f"{HERE}?on=2026-05-31&state=BOR&day=2026-12-26")
    assert "26 December 2026 is not a working day: Saturday." in weekend
    for page in (holiday, weekend):
        assert "A deposit on that day counts all the same." in page
        assert "the date is to be checked" not in page
    assert "counts all the same" not in read(f"{HERE}?on=2026-05-31&state=BOR&day=2026-12-28")


@pytest.mark.parametrize("page", ["", "calculator", "register"])
def test_what_the_register_will_hold_is_not_known(client: TestClient, page: str) -> None:
    response = client.get(f"/en/treaties/I-1/{page}?known_at=2999-01-01T00:00:00Z")
    assert response.status_code == 422
    assert "is not known yet; give a moment that has passed" in words_of(response.text)
