"""The map of the world, and the list that is its equal."""

import xml.etree.ElementTree as ET

import pytest
from starlette.testclient import TestClient

from depositary.settings import PROJECT
from depositary.treaties.participants_csv import load_participants
from depositary.treaties.regions import load_regions
from depositary.web.public.world_map import FILLS, outlines
from depositary.words import AVAILABLE

DATA = PROJECT / "data"


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
