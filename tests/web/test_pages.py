"""Each page shows what it must, on the day that is asked about."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

Read = Callable[[str], str]
STATUS = "/en/treaties/I-1/"


def test_before_the_threshold(read: Read) -> None:
    page = read(f"{STATUS}?on=2026-05-31")
    assert "Not yet in force" in page
    assert "2 of the 3 instruments required have been deposited." in page
    assert "“on the ninetieth" not in page  # the quotation marks are the browser's
    assert "on the ninetieth day after the deposit of the third instrument article 2(1)" in page
    assert "30 June 2026 Last day of signature in Zenda" in page
    assert "Zenda, 1 December 2025" in page
    assert "C.N.1.2025.TREATIES-I.1" in page


def test_between_threshold_and_entry_into_force(read: Read) -> None:
    page = read(f"{STATUS}?on=2026-08-29")
    assert "Enters into force on 30 August 2026" in page
    assert "the 90th day after 1 June 2026" in page
    assert "30 August 2026 Entry into force" in page
    assert "14 September 2026 Entry into force for Borduria" in page


def test_from_entry_into_force(read: Read) -> None:
    page = read(f"{STATUS}?on=2026-08-30")
    assert "In force since 30 August 2026" in page
    assert "parties 4" in page


def test_the_table_is_by_name_and_bears_the_marks(read: Read) -> None:
    page = read(f"{STATUS}?on=2026-10-06")
    names = ["Borduria", "Évallonia", "Graustark", "Ruritania", "Syldavia", "Zenda Union"]
    table = page[page.index("Entry into force Borduria") :]
    assert sorted(names, key=table.index) == names
    assert "15 Aug 2026 a 14 Sep 2026" in table
    assert "1 Jun 2026 A 30 Aug 2026" in table
    assert "10 Mar 2026 AA 30 Aug 2026" in table


def test_a_former_party_stays_in_brackets_with_its_denunciation(read: Read, client: TestClient) -> None:
    before = read(f"{STATUS}?on=2027-09-30")
    assert "The denunciation by Syldavia takes effect on 1 October 2027, 1 year after 1 October 2026" in before
    after = client.get(f"{STATUS}?on=2027-10-01").text
    assert '[<a href="/en/treaties/I-1/participants/SYL?on=2027-10-01">Syldavia</a>]' in after
    assert "The denunciation by Syldavia took effect on 1 October 2027" in after


def test_irregularities_are_counted_by_kind(read: Read) -> None:
    page = read(f"{STATUS}?on=2026-10-06")
    assert "Signature outside the period for signature: 1 refused, without effect" in page
    assert "Reservation not provided for: 1 takes effect" in page


def test_how_complete_it_is_and_how_to_cite_it(read: Read, client: TestClient) -> None:
    page = read(f"{STATUS}?on=2026-10-06")
    assert "The register is complete as of 30 September 2026" in page
    assert "the signature of Lutha: a clock was stopped" not in page
    missing = read("/en/treaties/I-1/missing?on=2026-10-06")
    assert "The register is complete as of 30 September 2026" in missing
    assert "the signature of Lutha: a clock was stopped" in missing
    whole = client.get("/en/treaties/I-1/missing").text
    assert 'stopped (<a href="https://clocks.example/lutha">clocks.example</a>).' in whole
    assert 'list, <a href="https://clocks.example/list">clocks.example</a></span>' in whole
    cited = "https://treaties.example/en/treaties/I-1/?on=2026-10-06&known_at=2026-10-05T12:00:00%2B00:00"
    assert f"Convention on Clocks, Zenda, 1 December 2025 (I-1): status as at 6 October 2026 < {cited} >" in page
    permanent = cited.removeprefix("https://treaties.example")
    assert "In force since 30 August 2026" in read(permanent)


def test_what_was_known_at_an_instant(read: Read) -> None:
    assert "1 Sep 2026 a" in read(f"{STATUS}?on=2026-10-06&known_at=2026-10-01T00:00:00-04:00")
    assert "2 Sep 2026 a" in read(f"{STATUS}?on=2026-10-06")


def test_a_slider_leads_to_the_day_it_was_left_at(client: TestClient, read: Read) -> None:
    page = client.get(f"{STATUS}?on=2026-10-06").text
    first, last, day = re.findall(r'name="day" min="(\d+)" max="(\d+)" value="(\d+)"', page)[0]
    assert [date(1970, 1, 1) + timedelta(days=int(each)) for each in (first, day)] == [
        date(2025, 12, 1),
        date(2026, 10, 6),
    ]
    assert int(last) >= (date(2027, 10, 1) - date(1970, 1, 1)).days
    kept = "known_at=2026-10-06T00:00:00-04:00&sort=consent"
    for number, on in ((first, "2025-12-01"), ("20695", "2026-08-30"), ("-1", "1969-12-31")):
        answer = client.get(f"{STATUS}?day={number}&{kept}")
        assert answer.status_code == 303
        assert parse_qs(urlsplit(answer.headers["location"]).query) == {**parse_qs(kept), "on": [on]}
        assert client.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize("day", ["x", "1e3", "²", "9999999", "-99999", "20695&on=2026-01-01", "20695&day=20696"])
def test_a_slider_says_what_is_no_day(client: TestClient, day: str) -> None:
    assert client.get(f"{STATUS}?day={day}").status_code == 422


def test_links_carry_the_question_on(client: TestClient) -> None:
    page = client.get(f"{STATUS}?on=2026-10-06&known_at=2026-10-06T00:00:00-04:00").text
    assert "/participants/BOR?on=2026-10-06&amp;known_at=2026-10-06T00:00:00-04:00" in page


def test_a_participant_and_its_reasons(read: Read, client: TestClient) -> None:
    page = read("/en/treaties/I-1/participants/BOR?on=2026-09-14")
    assert "Borduria is a party: the Convention has been in force for it since 14 September 2026." in page
    assert "the 30th day after 15 August 2026, when it deposited" in page
    assert "The count of instruments reached 3 on 1 June 2026; the number required is 3" in page
    assert "15 August 2026, Borduria: accession" in page
    source = client.get("/en/treaties/I-1/participants/BOR?on=2026-09-14").text
    assert 'id="entry-into-force"' in source
    assert 'href="/en/treaties/I-1/register/8?on=2026-09-14"' in source


def test_a_participant_that_has_done_nothing(read: Read) -> None:
    assert "Lutha has taken no action under this treaty." in read("/en/treaties/I-1/participants/LUT?on=2026-02-01")


def test_a_refused_act_stays_visible(read: Read) -> None:
    page = read("/en/treaties/I-1/participants/LUT?on=2026-08-01")
    assert "Lutha signed on 1 July 2026, when the treaty was not open for signature; it may accede instead" in page


def test_an_article(read: Read, client: TestClient) -> None:
    assert "(a) 'Clock' shall mean a clock: (i) that strikes;" in read("/en/treaties/I-1/articles/1")
    assert "1. This Convention shall enter into force" in read("/en/treaties/I-1/articles/2")
    assert 'id="paragraph-2"' in client.get("/en/treaties/I-1/articles/2").text


def test_the_register_keeps_what_was_rectified_and_struck_out(read: Read) -> None:
    page = read("/en/treaties/I-1/register")
    assert page.startswith("Register")
    assert "14 entries, the latest first." in page
    assert "accession rectified 10 Jan 2026, 07:00" in page
    assert "accession struck out" in page
    assert "strikes out entry 13" in page
    assert "it was replaced by 12" in read("/en/treaties/I-1/register/11")
    assert "Misread." in read("/en/treaties/I-1/register/12")
    assert "11 entries" in read("/en/treaties/I-1/register?known_at=2026-10-01T00:00:00-04:00")


def test_an_entry(read: Read) -> None:
    page = read("/en/treaties/I-1/register/8?on=2026-10-06")
    assert "Participant Borduria Act accession Date of the act 15 August 2026" in page
    assert "Recorded 10 January 2026, 07:00:00 in New York" in page


def test_the_treaties(read: Read) -> None:
    page = read("/en/?on=2026-10-06")
    assert "Convention on Clocks In force since 30 August 2026 I-1 · in force since 30 August 2026" in page


@pytest.mark.parametrize("address", ["/api/v1/treaties/I-1/status", "/treaties/I-1/status.json"])
def test_the_status_as_json(client: TestClient, address: str) -> None:
    answer: dict[str, Any] = json.loads(client.get(f"{address}?on=2026-10-06").text)
    assert answer["on"] == "2026-10-06"
    assert answer["entry_into_force"]["date"] == "2026-08-30"
    assert answer["entry_into_force"]["counted"] == 5
    assert {one["code"] for one in answer["participants"]} == {"RUR", "GRK", "SYL", "BOR", "LUT", "EVA", "ZEN"}


def test_the_status_as_csv(client: TestClient) -> None:
    response = client.get("/treaties/I-1/status.csv?on=2026-10-06")
    lines = response.text.splitlines()
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert lines[1] == "BOR,Borduria,state,party,,accession,2026-08-15,true,2026-09-14,2(2),,,2026-09-30"


def test_the_root_leads_to_a_language(client: TestClient) -> None:
    response = client.get("/?on=2026-10-06", headers={"Accept-Language": "fr, en;q=0.5"})
    assert (response.status_code, response.headers["location"]) == (307, "/fr/?on=2026-10-06")


def test_an_address_without_its_last_stroke_leads_on(client: TestClient) -> None:
    for address in ("/en", "/en/treaties/I-1"):
        response = client.get(f"{address}?on=2026-10-06", headers={"Host": "evil.example"})
        assert (response.status_code, response.headers["location"]) == (308, f"{address}/?on=2026-10-06")


def test_midnight_in_new_york_changes_the_standing_with_no_write(read: Read, frozen: Any) -> None:
    with frozen("2026-08-30T03:59:59Z"):
        assert "Enters into force on 30 August 2026" in read(STATUS)
    with frozen("2026-08-30T04:00:00Z"):
        assert "In force since 30 August 2026" in read(STATUS)


@pytest.mark.parametrize(("moment", "kept"), [("2026-08-30T03:59:58Z", 1), ("2026-08-30T03:00:00Z", 5)])
def test_no_answer_is_kept_past_midnight(client: TestClient, frozen: Any, moment: str, kept: int) -> None:
    with frozen(moment):
        assert client.get(STATUS).headers["cache-control"] == f"public, max-age={kept}"


def test_every_page_says_where_it_is_in_each_language_and_how_to_cite_it(client: TestClient) -> None:
    address = "/en/treaties/I-1/participants/BOR"
    page = client.get(f"{address}?on=2026-09-14", headers={"Host": "evil.example"}).text
    here = "https://treaties.example"
    assert f'<link rel="canonical" href="{here}{address}?on=2026-09-14">' in page
    for code in ("en", "fr", "es", "ru", "ar", "zh"):
        there = f"/{code}/treaties/I-1/participants/BOR?on=2026-09-14"
        assert f'<link rel="alternate" hreflang="{code}" href="{here}{there}">' in page
        assert f'<a href="{there}" lang="{code}"' in page
    assert f"{here}{address}?on=2026-09-14&amp;known_at=2026-10-05T12:00:00%2B00:00" in page
    assert "evil.example" not in page


def test_what_is_not_there_has_no_address_to_cite(client: TestClient) -> None:
    page = client.get("/en/treaties/I-9/").text
    assert "canonical" not in page
    assert "Cite as" not in page
