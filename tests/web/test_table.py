"""The participants of a status page: two tables, the columns in use, letters, chips, and the legend of the map."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.treaties.instruments_csv import read_acts
from depositary.web.app import create_app
from tests.words_of import words_of

Read = Callable[[str], str]
STATUS = "/en/treaties/I-1/"


@pytest.fixture(scope="module")
def real_app() -> ASGIApp:
    """The site with the real acts under the Convention and XVIII-12."""
    collection = load_collection(PROJECT / "data")
    files = (PROJECT / "data/instruments.csv", PROJECT / "data/history/XVIII-12.csv")
    acts = [act for file in files for act in read_acts(file, collection.participants, collection.treaties)]
    entries = [
        Entry(number, act, datetime(2026, 1, 1, tzinfo=UTC), "clerk", treaty=act.treaty)
        for number, act in enumerate(acts, 1)
    ]
    return create_app(
        collection,
        lambda after, treaty: [entry for entry in entries if entry.number > after and entry.treaty == treaty],
    )


@pytest.fixture(scope="module")
def real(real_app: ASGIApp) -> TestClient:
    return TestClient(real_app)


@pytest.fixture(scope="module")
def site(real_app: ASGIApp, serve: Callable[[Any], AbstractContextManager[str]]) -> Iterator[str]:
    with serve(real_app) as address:
        yield address


def table(page: str, kind: str) -> str:
    return page.partition(f'id="{kind}">')[2].partition("</table>")[0]


def test_who_consented_and_who_only_signed(read: Read) -> None:
    page = read(f"{STATUS}?on=2026-02-15").partition("Participants on")[2]
    assert "Consented (1) Participant Signature Ratification" in page
    page = read(f"{STATUS}?on=2026-01-15").partition("Participants on")[2]
    assert "Signed (1) Participant Signature Ruritania 10 Jan 2026" in page
    assert "Ratification, Acceptance" not in page
    assert "Entry into force" not in page.partition("World map")[0]


def test_each_participant_stands_in_one_table(real: TestClient) -> None:
    page = real.get("/en/treaties/XVIII-12/?on=2005-01-01").text
    names = [re.findall(r'<th scope="row">\[?<a href="([^"]+)"', table(page, kind)) for kind in ("consented", "signed")]
    for kind, found in zip(("Consented", "Signed only"), names, strict=True):
        assert f"{kind} ({len(found)})" in words_of(page)
    assert len({*names[0], *names[1]}) == len(names[0]) + len(names[1]) > 100


@pytest.mark.parametrize("code", ["en", "fr", "ru", "ar", "zh"])
def test_each_letter_leads_to_its_first_name(real: TestClient, code: str) -> None:
    page = real.get(f"/{code}/treaties/XVIII-16/?on=2026-11-28").text
    letters = re.findall(r'<a href="#signed-(.)">(.)</a>', page)
    assert len(letters) > 15
    assert letters == sorted(letters, key=lambda pair: page.index(f'<tr id="signed-{pair[0]}">'))
    assert all(anchor == letter for anchor, letter in letters)
    assert "signed-" not in real.get(f"/{code}/treaties/XVIII-16/?on=2026-11-28&sort=signature").text


def test_chips_choose_and_say_what_is_chosen(read: Read, real: TestClient) -> None:
    page = real.get("/en/treaties/XVIII-16/?on=2026-11-28&region=africa&sort=signature").text
    assert "<strong>Africa</strong>" in page
    address = "/en/treaties/XVIII-16/?on=2026-11-28&amp;sort=signature&amp;region=asia#participants"
    assert f'<a href="{address}">Asia</a>' in page
    asia = real.get(address.replace("&amp;", "&")).text
    assert "Viet Nam" in table(asia, "signed")
    assert "Ghana" not in table(asia, "signed")
    assert "Standing all party contracting Order and names" in read(f"{STATUS}?on=2026-09-10")


def test_the_legend_of_the_map_counts(real: TestClient) -> None:
    page = real.get("/en/treaties/XVIII-16/?on=2026-11-28").text
    assert page.index('id="participants"') < page.index('<figure class="map">')
    legend = words_of(page.partition('<ul class="legend">')[2].partition("</ul>")[0])
    counts = {name: int(number) for name, number in re.findall(r"([a-z ]+): (\d+)", legend)}
    whole = real.get("/en/treaties/XVIII-16/map?on=2026-11-28").text
    for name, number in counts.items():
        assert f"{name.strip()}: {number}" in words_of(whole)
    assert "signatory" in {name.strip() for name in counts}


def test_the_head_of_a_table_stays_in_sight(site: str, page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto(f"{site}/en/treaties/XVIII-16/?on=2026-11-28")
    page.evaluate("document.querySelector('#signed-P').scrollIntoView()")
    top = page.eval_on_selector("#signed ~ table thead th", "head => head.getBoundingClientRect().top")
    assert top == pytest.approx(0, abs=1)
