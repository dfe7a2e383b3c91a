"""The pages beside a treaty's status: its table by choice, the timeline, two days; and what a page weighs."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import brotli
import pytest
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.settings import PROJECT
from depositary.treaties.clause_files import read_clauses
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.instruments_csv import read_acts
from depositary.words import AVAILABLE
from tests.web.conftest import site

DATA = PROJECT / "data"
Read = Callable[[str], str]
STATUS = "/en/treaties/I-1/"


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>\[?<a href="[^"]*participants[^>]*>([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("sort=consent", ["Ruritania", "Syldavia", "Zenda Union", "Graustark", "Borduria", "Évallonia"]),
        ("sort=in-force", ["Graustark", "Ruritania", "Syldavia", "Zenda Union", "Borduria", "Évallonia"]),
        ("sort=signature", ["Ruritania", "Borduria", "Évallonia", "Graustark", "Syldavia", "Zenda Union"]),
        ("sort=standing&on=2027-10-06", ["Borduria", "Évallonia", "Graustark", "Ruritania", "Zenda Union", "Syldavia"]),
        ("standing=former+party&on=2027-10-06", ["Syldavia"]),
        ("standing=contracting", []),
    ],
)
def test_the_table_is_sorted_and_filtered_by_the_address(
    client: TestClient, question: str, expected: list[str]
) -> None:
    on = "" if "on=" in question else "&on=2026-10-06"
    assert names(client.get(f"{STATUS}?{question}{on}").text) == expected


def test_the_table_of_a_region_and_in_the_names_of_a_language(convention: TestClient) -> None:
    page = convention.get("/en/treaties/XVIII-16/?region=asia&names=ar&on=2030-06-01").text
    assert "أذربيجان" in names(page)
    assert 'lang="ar" dir="auto"' in page
    assert not {"فرنسا", "Azerbaijan"} & set(names(page))


@pytest.mark.parametrize("wrong", ["sort=size", "standing=none", "region=mars", "names=tlh", "sort=name&sort=name"])
def test_a_choice_that_is_on_no_list_is_refused(client: TestClient, wrong: str) -> None:
    assert client.get(f"{STATUS}?{wrong}").status_code == 422


def test_it_leads_to_the_days_before_and_after_on_which_something_changes(read: Read, client: TestClient) -> None:
    page = client.get(f"{STATUS}?on=2026-08-30").text
    assert '<a href="/en/treaties/I-1/?on=2026-08-15" rel="prev">' in page
    assert '<a href="/en/treaties/I-1/?on=2026-09-02" rel="next">' in page
    assert "Change after 2 September 2026" in read(f"{STATUS}?on=2026-08-30")


# In time


def test_the_timeline_has_every_day_with_what_was_done_and_what_follows(read: Read, client: TestClient) -> None:
    page = read("/en/treaties/I-1/timeline?on=2026-10-06")
    assert "1 June 2026 acceptance: Graustark" in page
    assert "30 August 2026 Entry into force Entry into force for" in page
    assert "What comes next 1 October 2027 End of participation: Syldavia" in page
    assert "Lutha" not in page  # its signature was refused, its accession struck out
    assert 'href="/en/treaties/I-1/?on=2026-08-30"' in client.get("/en/treaties/I-1/timeline?on=2026-10-06").text


def test_the_chart_ends_at_the_counters(client: TestClient) -> None:
    page = client.get("/en/treaties/I-1/timeline?on=2026-10-06").text
    assert re.search(r'class="counted" d="M0 300[HV\d]+H1000V0"', page)  # five of five: the top
    assert re.search(r'class="signatures" d="M0 300[HV\d]+H1000V240"', page)  # one of five, for the other was refused


def test_no_month_of_the_axis_is_cut_at_the_edge(client: TestClient) -> None:
    page = client.get("/en/treaties/I-1/timeline?on=2026-10-06").text
    places = [float(at) for at in re.findall(r'<text x="([\d.]+)%" y="100%"', page)]
    assert len(places) > 2
    assert 8 <= min(places) <= max(places) <= 92


def test_the_difference_between_two_days(read: Read) -> None:
    page = read("/en/treaties/I-1/difference?from=2026-08-29&on=2026-08-30")
    assert "parties 0 4" in page
    assert "contracting → party (4) Graustark , Ruritania , Syldavia , Zenda Union" in page
    assert "Borduria" not in page[page.index("Changes of status") : page.index("What happened")]


def test_the_difference_is_of_the_last_change_unless_asked(read: Read) -> None:
    page = read("/en/treaties/I-1/difference?on=2026-09-20")
    assert "From 13 September 2026" in page
    assert "contracting → party (1) Borduria" in page


def test_the_days_are_compared_in_their_order(client: TestClient) -> None:
    response = client.get("/en/treaties/I-1/difference?from=2026-09-01&on=2026-08-30")
    assert response.status_code == 422
    assert "Exchange the two dates" in response.text


# What a page weighs


def nearly_all(collection: Collection, treaty: str) -> list[Act]:
    """The acts of nearly all States under a treaty; under the Convention, ratifications of which each is irregular."""
    if treaty != "XVIII-16":
        return read_acts(DATA / f"history/{treaty}.csv", collection.participants, collection.treaties)
    first = date(2026, 1, 2)
    codes = [code for code, one in collection.participants.items() if one.exists_on(first)][:195]
    return [Act(treaty, code, "ratification", first + timedelta(days=day)) for day, code in enumerate(codes)]


@pytest.mark.parametrize("treaty", ["IV-8", "XVIII-12", "XXVII-7", "XVIII-16"])
def test_the_status_page_and_the_map_stay_light(treaty: str) -> None:
    collection = load_collection(DATA)
    fullest = site(collection, nearly_all(collection, treaty), "https://treaties.example.int")
    for code in AVAILABLE:
        page = fullest.get(f"/{code}/treaties/{treaty}/").content
        assert page.count(b"<tr") > 180
        assert len(brotli.compress(page)) <= 8 * 1024, code
    picture = fullest.get(f"/treaties/{treaty}/map.svg").content
    styles = [fullest.get(one).content for one in re.findall(r'href="(/static[^"]+)"', page.decode())]
    assert sum(len(brotli.compress(each)) for each in (page, picture, *styles)) <= 50 * 1024


def test_the_registration_stands_in_the_head_from_its_day_on(collection: Collection) -> None:
    clauses = read_clauses(
        'id = "T-1"\ntitle = "Treaty of Zenda"\nregistration = { number = 18, on = 2026-03-01 }', "T-1.toml"
    )
    registered = site(Collection(collection.participants, {"T-1": clauses}, collection.folder), [])
    assert "Registration" not in registered.get("/en/treaties/T-1/?on=2026-02-28").text
    assert "<p>Registration: 1 March 2026, No. 18</p>" in registered.get("/en/treaties/T-1/?on=2026-03-01").text
    assert "calculator" not in registered.get("/en/treaties/T-1/").text, "it has no clause to calculate by"
    assert "№ 18" in registered.get("/ru/treaties/T-1/?on=2026-03-01").text


def test_what_is_irregular_in_the_same_way_is_said_once(collection: Collection) -> None:
    acts = [Act("I-1", code, "ratification", date(2026, 3, 3)) for code in ("SYL", "GRK", "EVA")]
    page = site(collection, acts).get("/en/treaties/I-1/?on=2026-03-03").text
    found = re.search(r"Ratification by a non-signatory: 3.*?</details>", page, re.DOTALL)
    assert found is not None
    assert found[0].count("<li>") == found[0].count("without having signed") == 1
    assert re.findall(r"participants/(\w+)\?", found[0]) == ["EVA", "GRK"]


def test_a_date_for_the_desk_to_look_at_is_no_irregularity_of_the_status(collection: Collection) -> None:
    shown = site(collection, [Act("I-1", "SYL", "accession", date(2026, 3, 7))])
    found = shown.get("/treaties/I-1/status.json?on=2026-03-07").json()["irregularities"]
    assert [one["code"] for one in found] == ["weekend-date"]
    assert "Irregularities" not in shown.get("/en/treaties/I-1/?on=2026-03-07").text
    assert "Dated on a weekend" in shown.get("/en/treaties/I-1/participants/SYL?on=2026-03-07").text


def test_an_act_is_shown_in_six_languages(convention: TestClient) -> None:
    said = {
        code: convention.get(f"/{code}/treaties/XVIII-16/participants/GHA?on=2026-11-02").text for code in AVAILABLE
    }
    days = {
        "en": "2 November 2026",
        "fr": "2 novembre 2026",
        "es": "2 de noviembre de 2026",
        "ru": "2 ноября 2026 года",
        "ar": "2 تشرين الثاني/نوفمبر 2026",
        "zh": "2026年11月2日",
    }
    acts = {"en": "signature", "fr": "signature", "es": "firma", "ru": "подписание", "ar": "توقيع", "zh": "签署"}
    names = {"en": "Ghana", "fr": "Ghana", "es": "Ghana", "ru": "Гана", "ar": "غانا", "zh": "加纳"}
    for code in AVAILABLE:
        assert f"<strong>{days[code]}</strong> {acts[code]}" in said[code]
        assert f"<h1>{names[code]}</h1>" in said[code]
