"""The calculator: what would be, by the same law; the address holds the question, and nothing is kept."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from depositary.register.entry import acts_of, as_known
from depositary.treaties.collection import Collection
from depositary.web.public.question import MOST_ACTS
from depositary.words import AVAILABLE
from tests.web.conftest import HOSTILE, TREATY, entries
from tests.words_of import words_of

Read = Callable[[str], str]
HERE = "/en/treaties/I-1/calculator"
BEFORE = "?on=2026-05-31"


def test_it_asks_first(read: Read, client: TestClient) -> None:
    page = read(f"{HERE}{BEFORE}")
    assert "If State or organization" in page
    assert "today · 31 May 2026 Monday · 1 Jun 2026 Tuesday · 2 Jun 2026" in page
    assert "No date is fixed yet" not in page
    assert f'href="{HERE}?on=2026-05-31&amp;day=2026-06-02#answer"' in client.get(f"{HERE}{BEFORE}").text


def test_the_last_that_is_missing(read: Read) -> None:
    page = read(f"{HERE}{BEFORE}&state=BOR&day=2026-06-02")
    assert "31 August 2026 The Convention enters into force for Borduria on 31 August 2026" in page
    assert "It would bring the Convention into force on 31 August 2026." in page
    assert "day 60 1 August 2026 … day 90 31 August 2026" in page
    assert "2 June 2026, Borduria: accession" in page


def test_a_state_that_is_not_named_and_the_earliest_day(read: Read) -> None:
    page = read(f"{HERE}?on=2026-02-15&day=2026-02-17")
    assert "No date is fixed yet The Convention is not yet in force for Your State" in page
    assert "To date, 1 of the 3 instruments required has been deposited. At the earliest: 18 May 2026" in page
    assert "if the 1 instrument still required is also deposited on 17 February 2026" in page
    reached = read(f"{HERE}?on=2026-02-15&day=2026-02-17&reached=2026-02-17")
    assert "18 May 2026 The Convention enters into force for Your State on 18 May 2026" in reached
    assert "This assumes that 1 other State deposits on 17 February 2026, so that the number is reached." in reached


def test_the_earliest_day_leads_to_its_own_question(client: TestClient, read: Read) -> None:
    page = client.get(f"{HERE}?on=2026-02-15&day=2026-02-17").text
    address = next(one for one in re.findall(r'href="([^"]+)"', page) if "reached=" in one)
    assert "18 May 2026" in read(address.replace("&amp;", "&"))


def test_several_acts(read: Read) -> None:
    page = read(f"{HERE}{BEFORE}&state=BOR&day=2026-06-02&state2=EVA&day2=2026-06-10&act2=accession")
    assert "enters into force for Borduria on 31 August 2026" in page
    assert "these 5: Borduria, Évallonia, Ruritania, Syldavia, Zenda Union." in page
    assert "The count of instruments goes from 2 to 4" in page


def test_what_is_refused_says_so(read: Read) -> None:
    page = read(f"{HERE}?on=2026-10-06&state=LUT&day=2026-10-07&act=denunciation")
    assert "Lutha denounced on 7 October 2026 without being a party" in page
    assert "It changes no date and no standing." in page


def test_a_denunciation_leads_to_the_end(read: Read) -> None:
    page = read(f"{HERE}?on=2026-10-06&state=RUR&day=2026-10-07&act=denunciation")
    assert "7 October 2027 The denunciation by Ruritania takes effect on 7 October 2027" in page


def test_backwards(read: Read) -> None:
    page = read(f"{HERE}?on=2026-02-15&by=2026-08-30")
    assert "To be in force by 30 August 2026 The number of 3 must be reached by: 1 June 2026." in page
    assert "That day has passed" not in page
    late = read(f"{HERE}?on=2026-02-15&by=2026-03-01")
    assert "must be reached by: 1 December 2025. That day has passed." in late
    assert "the entry into force would be: 16 May 2026" in late
    settled = read(f"{HERE}?on=2026-10-06&by=2026-12-01")
    assert (
        "The number was reached on 1 June 2026; the entry into force of the treaty is settled: 30 August 2026."
        in settled
    )
    assert "Your State must deposit by 1 November 2026." in settled


def test_it_equals_the_law_itself(client: TestClient, collection: Collection) -> None:
    from depositary.law.acts import Act

    acts = acts_of(as_known(entries()))
    for day in (date(2026, 10, 7), date(2026, 12, 31), date(2028, 2, 29)):
        there = collection.effects([*acts, Act(TREATY, "LUT", "accession", day)], TREATY, day)
        found = there.since["LUT"]
        assert found is not None
        page = client.get(f"{HERE}.ics?on=2026-10-06&state=LUT&day={day}")
        events: list[Any] = Calendar.from_ical(page.text).walk("VEVENT")
        days = {str(one["SUMMARY"]): one["DTSTART"].dt for one in events}
        assert days["Hypothetical: Convention on Clocks · Lutha: entry into force"] == found


@pytest.mark.parametrize("name", ["BOR", "borduria", "  BORDURIA ", "Borduria (BOR)"])
def test_a_participant_is_found_by_name(client: TestClient, name: str) -> None:
    page = client.get(HERE, params={"on": "2026-05-31", "state": name, "day": "2026-06-02"}).text
    assert "state=BOR" in page  # the permanent address
    assert "for Borduria on 31 August 2026" in words_of(page)


@pytest.mark.parametrize("code", AVAILABLE)
def test_it_answers_in_every_language(client: TestClient, code: str) -> None:
    address = f"/{code}/treaties/I-1/calculator?on=2026-02-15&day=2026-02-17&by=2026-08-30&state2=EVA&day2=2026-02-18"
    assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200
    assert client.head(address).text == ""
    assert client.get(address.replace("calculator?", "calculator.ics?")).status_code == 200


WRONG = (
    "state=Nowhere", "day=tomorrow", "day=2026-02-30", "day=0001-01-01", "day=9999-12-31", "act=conquest", "rows=99",
    "rows=-1", "reached=x", "by=1e9", "state2=BOR", "act12=approval", f"state={HOSTILE}", f"day={'9' * 5000}",
    f"state={'a' * 5000}", "by='; DROP TABLE entry", "day=٢٠٢٦-٠٦-٠٢",
)  # fmt: skip


@pytest.mark.parametrize("asked", WRONG)
def test_what_cannot_be_asked_is_said_in_a_sentence(client: TestClient, asked: str) -> None:
    name, _, value = asked.partition("=")
    response = client.get(HERE, params={"on": "2026-05-31", name: value})
    assert response.status_code == 422
    assert response.headers["cache-control"] == "no-store"
    assert 'class="fault"' in response.text
    assert "Traceback" not in response.text
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("name", ["state", "day", "act", "state12", "reached", "by", "rows", "on"])
def test_nothing_is_asked_twice(client: TestClient, name: str) -> None:
    assert client.get(f"{HERE}?{name}=2026-06-02&{name}=2026-06-02").status_code == 422


def test_the_number_of_acts_is_bounded(client: TestClient) -> None:
    many = {f"state{n}" if n > 1 else "state": "BOR" for n in range(1, 40)}
    days = {f"day{n}" if n > 1 else "day": "2026-06-02" for n in range(1, 40)}
    page = client.get(HERE, params={"on": "2026-05-31", **many, **days})
    assert page.status_code == 200
    assert f'name="day{MOST_ACTS}"' in page.text
    assert f'name="day{MOST_ACTS + 1}"' not in page.text


def test_only_pages_that_answer_at_once_have_scripts_and_they_are_their_own(client: TestClient) -> None:
    response = client.get(HERE)
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    assert response.text.count("<script") == 1
    assert client.get("/en/treaties/I-1/").text.count("<script src") == 2
    for other in ("/en/", "/en/treaties/I-1/reasons/entry-into-force"):
        found = client.get(other)
        assert "script-src" not in found.headers["content-security-policy"]
        assert "<script" not in found.text


def test_nothing_asked_is_no_calendar(client: TestClient) -> None:
    assert client.get(f"{HERE}.ics").status_code == 422
    assert client.get("/en/treaties/X-9/calculator").status_code == 404


def test_the_register_is_as_it_was(client: TestClient) -> None:
    before = client.get("/treaties/I-1/status.json?on=2026-10-06").json()
    client.get(f"{HERE}?on=2026-10-06&state=LUT&day=2026-10-06&reached=2026-10-06")
    after = client.get("/treaties/I-1/status.json?on=2026-10-06").json()
    assert before["participants"] == after["participants"]
    assert "set-cookie" not in client.get(HERE).headers
