"""A note that designates authorities: its case, and how they are handed on."""

import re

import pytest
import sqlalchemy as sa

from depositary.authorities.proposal import proposals
from depositary.register.side_tables import verify_side_tables
from depositary.web.staff import case_page
from depositary.web.staff.desk import Desk
from tests.staff.conftest import act
from tests.staff.releasing import Staff, release
from tests.words_of import words_of


def test_the_authorities_of_a_note_are_handed_on_once(staff: Staff, desk: Desk) -> None:
    registrar, legal, officer = staff["registrar"], staff["legal officer"], staff["contacts officer"]
    registrar.post("/staff/form", **act(do="save"))
    where = "/staff/cases/1"
    data = {
        "authority": "Ministry of Justice",
        "email": "central@example.int",
        "telephones": "+12025550143 (24/7)",
        "hours": "24/7",
        "zone": "Africa/Accra",
    }
    for seen, slug in ((1, "central-authority"), (2, "point-of-contact")):
        form = registrar.client.get(f"{where}/designations/{slug}")
        assert form.status_code == 200
        added = registrar.post(f"{where}/designations/{slug}", seen=str(seen), **data)
        assert added.status_code == 303, re.findall(r"fault[^>]*>([^<]*)<", added.text)
    page = registrar.client.get(where).text
    assert "central@example.int" in page
    assert "central@example.int" not in staff["auditor"].client.get(where).text
    with desk.store.engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT content FROM draft_version")).scalars().all()
    assert not any("central@example.int" in content for content in kept)
    assert registrar.post(f"{where}/submit", seen="3", confirm="yes").status_code == 303
    assert release(legal, 1).status_code == 303
    assert desk.contacts is not None
    made = proposals(desk.contacts, participant="S01")
    assert [(one.proposed_by, one.state, one.entry.function) for one in made] == [
        ("registrar.one", "proposed", "point of contact"),
        ("registrar.one", "proposed", "central authority"),
    ]
    assert registrar.post(f"{where}/hand-on").status_code == 303
    assert len(proposals(desk.contacts)) == 2
    assert "Central authority: proposed" in words_of(officer.client.get(where).text)
    assert len(desk.store.entries()) == 1


CENTRAL = {
    "participant": "State 1",
    "authority": "Ministry of Justice",
    "email": "central@example.int",
    "telephones": "+12025550143",
    "form": "one form",
}


def test_a_note_that_only_designates_is_a_case_of_its_own(staff: Staff, desk: Desk) -> None:
    registrar, legal, officer = staff["registrar"], staff["legal officer"], staff["contacts officer"]
    assert "/staff/designations/central-authority" in registrar.client.get("/staff/").text
    assert 'name="participant"' in registrar.client.get("/staff/designations/central-authority").text
    unknown = registrar.post("/staff/designations/central-authority", **CENTRAL | {"participant": "Nowhere"})
    assert (unknown.status_code, 'aria-invalid="true"' in unknown.text) == (422, True)
    for _ in range(2):
        begun = registrar.post("/staff/designations/central-authority", **CENTRAL)
        assert (begun.status_code, begun.headers["location"]) == (303, "/staff/cases/1")
    other = registrar.post("/staff/designations/central-authority", **CENTRAL | {"authority": "Supreme Court"})
    assert (other.status_code, "saved before, as case 1" in words_of(other.text)) == (409, True)
    added = registrar.post("/staff/cases/1/designations/extradition-authority", seen="1", **CENTRAL)
    assert added.status_code == 303
    page = words_of(registrar.client.get("/staff/cases/1").text)
    assert "State 1: Central authority, and 1 more" in page
    assert "Received, not deposited" not in page
    assert registrar.post("/staff/cases/1/submit", seen="2").status_code == 303
    assert "State 1: Central authority, State 1: Extradition authority" in words_of(legal.client.get("/staff/").text)
    assert registrar.post("/staff/cases/1/release", shown="0" * 64, seen="2").status_code == 403
    assert '<button class="release">Hand the authorities on<' in legal.client.get("/staff/cases/1").text
    assert release(legal, 1).status_code == 303
    assert desk.contacts is not None
    made = proposals(desk.contacts, participant="S01")
    assert [(one.proposed_by, one.entry.function) for one in made] == [
        ("registrar.one", "extradition authority"),
        ("registrar.one", "central authority"),
    ]
    assert "Central authority: proposed" in words_of(officer.client.get("/staff/cases/1").text)
    assert desk.store.entries() == []
    assert verify_side_tables(desk.store).faults == ()


def test_authorities_that_were_not_handed_on_are_the_first_task(
    staff: Staff, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar, legal = staff["registrar"], staff["legal officer"]
    registrar.post("/staff/designations/central-authority", **CENTRAL)
    registrar.post("/staff/cases/1/submit", seen="1")
    with monkeypatch.context() as patch:
        patch.setattr(case_page, "hand_on", lambda *_: None)
        assert release(legal, 1).status_code == 303
    assert desk.contacts is not None
    assert proposals(desk.contacts) == []
    said = "The authorities of case 1 were not handed on"
    assert said in words_of(registrar.client.get("/staff/").text)
    assert registrar.post("/staff/cases/1/hand-on").status_code == 303
    assert len(proposals(desk.contacts)) == 1
    assert said not in words_of(registrar.client.get("/staff/").text)
