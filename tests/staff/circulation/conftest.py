"""A desk of forty parties that circulates an edition, and its two contacts officers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from depositary import clock
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.correspondence.circulation import editions
from depositary.correspondence.mail.folder import LetterFolder
from depositary.correspondence.mail.outbox import Sender
from depositary.correspondence.mail.post_office import PostOffice
from depositary.correspondence.mail.steps import letters
from depositary.law.acts import Act
from depositary.register.batch import record_all
from depositary.treaties.cases import STATES
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered
from tests.staff.conftest import Browser

PARTIES = STATES[:40]
WHERE = "/staff/circulation"


def address(code: str) -> str:
    return f"canary.{code.lower()}@example.int"


@pytest.fixture
def desk(desk: Desk, tmp_path: Path) -> Desk:
    """Forty parties, of which three have a mission's address; letters are carried into a folder."""
    at = clock.now() - timedelta(days=300)
    consents = [Act("XVIII-16", code, "ratification", date(2026, 1, 5)) for code in PARTIES]
    record_all(consents, "clerk", at, desk.store)
    assert desk.contacts is not None
    for code in PARTIES[:3]:
        mission = Mission(code, f"Permanent Mission of {code}", address(code), ("example.int",))
        entered(desk.contacts, AuthorityEntry(0, "mission", code, at, "vera", mission=mission))
    office = PostOffice(Sender("treaties@example.int", "example.int"), lambda: LetterFolder(tmp_path / "outbox"))
    return replace(desk, post_office=office)


@pytest.fixture
def officers(person: Callable[..., str], signed_in: Callable[..., Browser]) -> tuple[Browser, Browser]:
    """Two contacts officers."""
    for name in ("carla", "conrad"):
        person(name, "contacts officer")
    return signed_in("carla"), signed_in("conrad")


def here() -> tuple[str, str]:
    year = clock.today().year
    return f"{year}/1", f"{WHERE}/{year}-1"


def digest(desk: Desk) -> str:
    with desk.store.session() as session:
        kept = editions.edition(session, here()[0], desk.letters)
    assert kept is not None
    return kept.edition.digest


def prepared(browser: Browser) -> None:
    response = browser.post(WHERE, on=clock.today().isoformat())
    assert (response.status_code, response.headers["location"]) == (303, here()[1])


def is_offered(browser: Browser, what: str) -> bool:
    """Whether the page of the edition has a button for this."""
    return f'action="{here()[1]}/{what}"' in browser.client.get(here()[1]).text


def states(desk: Desk) -> list[str]:
    with desk.store.session() as session:
        return [one.state for one in letters(session, desk.letters)]
