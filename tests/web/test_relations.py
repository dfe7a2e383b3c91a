"""Two participants, one and all, and all among themselves."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from tests.web.conftest import site

Read = Callable[[str], str]
DATA = PROJECT / "data"


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


@pytest.mark.parametrize("path", ["/en/treaties/I-1/relations", "/api/v1/treaties/I-1/relations"])
def test_one_with_itself_is_refused(client: TestClient, path: str) -> None:
    refused = client.get(f"{path}?a=RUR&b=RUR")
    assert refused.status_code == 422
    assert "A participant is not bound to itself; two different ones are needed." in refused.text


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
