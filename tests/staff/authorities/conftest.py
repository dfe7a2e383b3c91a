"""Two officers, and an authority and a mission to be entered in the registers at the desk."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from depositary import clock
from depositary.authorities.designations import Designation, Telephone
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.authorities.store import ContactStore
from depositary.correspondence.mail.outbox import letter_of
from depositary.correspondence.mail.tables import LetterRow
from depositary.desk.roles import Role
from depositary.web.staff.desk import Desk
from tests.staff.conftest import URL, Browser

NUMBER, OTHER = "+12025550143", "+12025550178"


SECRETS = (NUMBER, "night@example.int", "R. Elphberg", "asks for a call back", "mission@s01.example.int")


CONTACT = Designation(
    "S01",
    "point of contact",
    "Ministry of the Interior",
    hours="24/7",
    zone="Europe/Vienna",
    telephones=(Telephone(NUMBER, always=True),),
    email="night@example.int",
    person="R. Elphberg",
    remarks="asks for a call back",
    note="NV 7",
    note_date=date(2026, 3, 1),
)


MISSION = Mission("S01", "Permanent Mission of State 1", "mission@s01.example.int", ("s01.example.int",), "fr")


FORM = {
    "form": "one",
    "kind": "new",
    "code": "S01",
    "function": "point-of-contact",
    "authority": "Ministry of the Interior",
    "hours": "24/7",
    "zone": "Europe/Vienna",
    "telephones": f"{NUMBER} (24/7)",
    "email": "night@example.int",
    "person": "R. Elphberg",
    "remarks": "asks for a call back",
    "note": "NV 7",
    "note_date": "2026-03-01",
    "languages": "en; fr (urgent)",
    "channels": "electronic transmission; INTERPOL",
}


Staff = dict[Role, Browser]


@pytest.fixture
def contacts(desk: Desk) -> ContactStore:
    assert desk.contacts is not None
    return desk.contacts


@pytest.fixture
def officer(staff: Staff) -> Browser:
    """The officer who proposes."""
    return staff["contacts officer"]


@pytest.fixture
def second_officer(staff: Staff, person: Callable[..., str], signed_in: Callable[..., Browser]) -> Browser:
    """A second officer."""
    person("contacts.two", "contacts officer")
    return signed_in("contacts.two")


def designation(stated: Designation = CONTACT, hours: int = -48, **more: Any) -> AuthorityEntry:
    at = clock.now() + timedelta(hours=hours)
    return AuthorityEntry(0, "designation", stated.participant, at, "vera", designation=stated, **more)


def mission(stated: Mission = MISSION, hours: int = -48) -> AuthorityEntry:
    return AuthorityEntry(
        0, "mission", stated.participant, clock.now() + timedelta(hours=hours), "vera", mission=stated
    )


def shown_in(page: str) -> str:
    return str(re.findall(r'name="shown" value="([0-9a-f]{64})"', page)[0])


def letters(desk: Desk) -> list[Any]:
    with desk.store.session() as session:
        rows = session.exec(select(LetterRow).order_by(LetterRow.number)).all()  # type: ignore[arg-type]
        return [letter_of(session, row, desk.letters) for row in rows]


def link_in(letter: Any) -> str:
    (found,) = set(re.findall(rf"{URL}(/contacts/confirm/\S+)", letter.text))
    return str(found)
