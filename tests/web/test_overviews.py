"""The pages beside a treaty's status: its table by choice, the map, the timeline, two days, two participants."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import brotli
import pytest
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.clause_files import read_clauses
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.instruments_csv import read_acts
from depositary.treaties.participants_csv import load_participants
from depositary.treaties.regions import load_regions
from depositary.web.app import create_app
from depositary.web.public.world_map import FILLS, outlines
from depositary.words import AVAILABLE

Read = Callable[[str], str]
STATUS = "/en/treaties/I-1/"
DATA = PROJECT / "data"


def site(collection: Collection, acts: list[Act], base_url: str = "") -> TestClient:
    recorded_at = datetime(2030, 1, 1, tzinfo=UTC)
    entries = [Entry(number, act, recorded_at, "clerk", treaty=act.treaty) for number, act in enumerate(acts, 1)]

    def later(after: int, treaty: str) -> list[Entry]:
        return [entry for entry in entries[after:] if entry.treaty == treaty]

    return TestClient(create_app(collection, later, base_url=base_url))


@pytest.fixture(scope="module")
def convention() -> TestClient:
    """Azerbaijan and France are parties to the Convention by 1 June 2030, with thirty-eight others; Ghana signed."""
    collection = load_collection(DATA)
    codes = [code for code, one in collection.participants.items() if one.exists_on(date(2029, 1, 1))]
    states = [code for code in codes if code not in collection.participants.organizations and code != "GHA"]
    first = ["FRA", "AZE", *[code for code in states if code not in ("FRA", "AZE")][:38]]
    acts = [Act("XVIII-16", code, "accession", date(2030, 1, 10)) for code in first]
    return site(collection, [*acts, Act("XVIII-16", "GHA", "signature", date(2026, 11, 2), place="New York")])


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


# The map


def test_every_state_that_exists_is_on_the_map() -> None:
    participants = load_participants(DATA / "participants.csv", DATA / "memberships.csv")
    _, drawn = outlines()
    assert {code for code, one in participants.items() if one.until is None and not one.is_organization} <= set(drawn)


def test_every_state_has_a_region() -> None:
    participants = load_participants(DATA / "participants.csv", DATA / "memberships.csv")
    assert set(load_regions(DATA / "regions.csv")) == set(participants) - participants.organizations


@pytest.mark.parametrize(
    ("on", "of", "standing"), [("2030-04-09", "FRA", "contracting"), ("2030-04-10", "FRA", "party")]
)
def test_the_map_fills_each_state_by_its_standing(convention: TestClient, on: str, of: str, standing: str) -> None:
    response = convention.get(f"/treaties/XVIII-16/map.svg?on={on}")
    assert response.headers["content-type"].startswith("image/svg+xml")
    ET.fromstring(response.text)  # noqa: S314 - our own, to see that it is well-formed
    shape = outlines()[1]["FRA"][0]
    layer = next(part for part in response.text.split("<g ") if shape in part)
    assert f'fill="{FILLS[standing]}"' in layer


@pytest.mark.parametrize("code", AVAILABLE)
def test_the_list_is_the_maps_equal(convention: TestClient, code: str) -> None:
    page = convention.get(f"/{code}/treaties/XVIII-16/map?on=2030-06-01").text
    assert page.count("participants/") >= 195
    assert 'class="boundaries"' in page


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


# Between two


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("2026-09-13", "Will be bound to each other from 14 September 2026"),
        (
            "2026-09-14",
            "Bound to each other Ruritania and Borduria have been bound to each other since 14 September 2026",
        ),
    ],
)
def test_two_participants_before_and_on_the_day(read: Read, on: str, says: str) -> None:
    assert says in read(f"/en/treaties/I-1/relations?a=RUR&b=BOR&on={on}")


def test_their_reservations_stand_between_them(read: Read) -> None:
    page = read("/en/treaties/I-1/relations?a=RUR&b=BOR&on=2026-10-06")
    assert "reservation (1(9)) · 2 February 2026" in page


def test_one_participant_and_all_it_is_bound_to(read: Read, client: TestClient) -> None:
    page = read("/en/treaties/I-1/relations?a=BOR&on=2026-10-06")
    assert "It is bound to 5 parties." in page
    assert (
        'relations?on=2026-10-06&amp;a=BOR&amp;b=GRK"'
        in client.get("/en/treaties/I-1/relations?a=BOR&on=2026-10-06").text
    )
    assert "bound to no other party" in read("/en/treaties/I-1/relations?a=LUT&on=2026-10-06")


def test_nobody_is_not_a_participant(client: TestClient) -> None:
    assert client.get("/en/treaties/I-1/relations?a=XYZ").status_code == 404


def test_all_parties_among_themselves_by_date_and_version(collection: Collection) -> None:
    amended = [
        *(Act("I-1", code, "accession", date(2026, 1, 1)) for code in ("RUR", "GRK", "SYL")),
        Act("I-1", "RUR", "amendment proposal", date(2032, 1, 1), subject="amendment:A1"),
        Act("I-1", "", "amendment adoption", date(2032, 2, 1), subject="amendment:A1"),
        Act("I-1", "GRK", "ratification", date(2032, 3, 1), subject="amendment:A1"),
        Act("I-1", "SYL", "ratification", date(2032, 3, 1), subject="amendment:A1"),
    ]
    page = site(collection, amended).get("/en/treaties/I-1/relations/all?on=2033-01-01").text
    cells = re.findall(r"<td>(as [^<]+)</td>", page[page.index("Version that applies") : page.index("Since when")])
    assert cells == ["as adopted", "as adopted", "as adopted", "as amended by A1"]
    before = site(collection, amended).get("/en/treaties/I-1/relations/all?on=2032-05-29").text
    assert "Version that applies" not in before


def test_where_nobody_is_a_party_nobody_is_bound(read: Read) -> None:
    assert "On 29 August 2026 there is no party" in read("/en/treaties/I-1/relations/all?on=2026-08-29")


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


# Votes


def test_votes_and_majorities(convention: TestClient) -> None:
    address = "/en/treaties/XVIII-16/votes?on=2030-06-01&matter=protocol&in_favour=20&against=11&abstaining=2"
    page = convention.get(address).text
    assert "Not adopted: 20 in favour, 11 against; 21 were needed, 2/3 of the 31 votes cast (article 62(1))" in page
    assert "40 votes can be cast" in page
    assert "2 abstentions are no votes" in page
    assert 'name="in_favour" value="20"' in page
    told = convention.get("/api/v1/treaties/XVIII-16/votes?on=2030-06-01&in_favour=27&against=13").json()
    assert (told["votes"], told["required"], told["adopted"], told["provision"]) == (40, 27, True, "66(1)")
    assert convention.get("/en/treaties/XVIII-16/").text.count("/votes") == 1


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("?in_favour=x", 422),
        ("?in_favour=-1", 422),
        ("?matter=budget", 422),
        ("?organization=GHA", 404),
        ("?organization=XXX", 404),
    ],
)
def test_a_vote_that_cannot_be(convention: TestClient, question: str, status: int) -> None:
    assert convention.get(f"/en/treaties/XVIII-16/votes{question}").status_code == status
    assert convention.get(f"/api/v1/treaties/XVIII-16/votes{question}").status_code == status


def test_a_treaty_that_sets_no_majority_has_no_vote(client: TestClient) -> None:
    assert client.get("/en/treaties/I-1/votes").status_code == 404


# Pair by pair


def pair(*acts: Act) -> TestClient:
    """Forty parties to the Convention since 10 April 2030, with further acts."""
    collection = load_collection(DATA)
    states = [code for code, one in collection.participants.items() if one.exists_on(date(2029, 1, 1))]
    first = ["FRA", "AZE", *[one for one in states if one not in ("FRA", "AZE", "EU")][:38]]
    return site(collection, [*(Act("XVIII-16", code, "accession", date(2030, 1, 10)) for code in first), *acts])


def between(client: TestClient, language: str = "en") -> str:
    page = client.get(f"/{language}/treaties/XVIII-16/relations?a=AZE&b=FRA&on=2030-12-02")
    assert page.status_code == 200
    return page.text


RESERVED = Act("XVIII-16", "AZE", "reservation", date(2030, 1, 10), provision="37(4)", text="Not to our own nationals.")
OBJECTED = Act("XVIII-16", "FRA", "objection", date(2030, 6, 3), provision="37(4)", addressee="AZE", text="We object.")


def test_a_pair_bound_but_for_a_provision_names_the_reservation_and_the_objection() -> None:
    page = between(pair(RESERVED, OBJECTED))
    section = page[page.index('id="but-for"') :]
    assert "What does not apply between them" in page
    assert section.index("Not to our own nationals.") > section.index("does not apply between them to the extent")
    assert "We object." in section


def test_a_pair_not_bound_by_an_objection_says_what_keeps_it_so() -> None:
    page = between(pair(RESERVED, replace(OBJECTED, effect="precludes entry into force")))
    assert "Not bound to each other" in page
    assert 'id="precludes"' in page
    assert "We object." in page


def test_a_pair_with_a_territory_left_out_and_an_objection_without_effect() -> None:
    left_out = Act("XVIII-16", "FRA", "territorial application", date(2030, 2, 1), text="The Isles.", effect="excludes")
    page = between(pair(replace(RESERVED, provision="42(5)"), replace(OBJECTED, provision="42(5)"), left_out))
    assert page.index('id="reservations"') < page.index('id="territories"') < page.index('id="communicated"')
    assert "The Isles." in page


def test_a_pair_without_any_of_these_says_so() -> None:
    assert "No reservation, objection or territorial exclusion applies between them." in between(pair())
