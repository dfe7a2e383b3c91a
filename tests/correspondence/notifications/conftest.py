"""Registers made up for notifications, and who issues them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.pending import pending
from depositary.desk.audit import Doing
from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import Collection

AT = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
CONVENTION, PROTOCOL = "XVIII-16", "XVIII-16-a"
ISSUED = date(2027, 3, 1)


@pytest.fixture(scope="session")
def treaties() -> Collection:
    """The Convention, with invented participants."""
    folder = PROJECT / "data"
    return Collection(INVENTED, {"XVIII-16": load_clauses(folder / "treaties/XVIII-16.toml")}, folder)


@pytest.fixture
def rudolf() -> Doing:
    return Doing("rudolf", AT)


def act(code: str, action: str, on: str, **more: str) -> Act:
    return Act("XVIII-16", code, action, date.fromisoformat(on), **more)  # type: ignore[arg-type]


def forty(last: str = "2027-01-10") -> list[Act]:
    """Forty accessions, the fortieth on a day: the Convention enters into force ninety days after it."""
    day = date.fromisoformat(last)
    return [act(f"S{n:02}", "accession", (day - timedelta(days=40 - n)).isoformat()) for n in range(1, 41)]


def register(*acts: Act) -> list[Entry]:
    """The entries of a register that has these acts."""
    return [Entry(number, one, AT, "flora", treaty=one.treaty) for number, one in enumerate(acts, 1)]


def events_in(treaties: Collection, entries: list[Entry], on: date = ISSUED) -> list[Event]:
    """What is to be issued in a register in which nothing was issued."""
    return pending(treaties, under(entries), [], ["XVIII-16"], on)


def event_of(treaties: Collection, entries: list[Entry], number: int, kind: str = "") -> Event:
    """The event that tells of an entry, or the effect of a kind that it brought about."""
    found = [
        event
        for event in events_in(treaties, entries, date(2035, 1, 1))
        if (event.kind == kind and number in {one.number for one in event.causes})
        or (not kind and number in {one.number for one in event.told})
    ]
    return found[0]


def under(entries: list[Entry]) -> Callable[[str], list[Entry]]:
    return lambda treaty: [entry for entry in entries if entry.treaty == treaty]


@pytest.fixture(scope="module")
def both(treaties: Collection) -> Collection:
    """The Convention as if three instruments were enough, and a protocol for which two are."""
    clauses = treaties.treaties[CONVENTION]
    assert clauses.entry_into_force
    three = clauses.entry_into_force.model_copy(update={"instruments": 3})
    two = three.model_copy(update={"instruments": 2, "not_before_treaty": CONVENTION})
    protocol = clauses.model_copy(update={"id": PROTOCOL, "parent": CONVENTION, "entry_into_force": two})
    return replace(
        treaties,
        treaties={CONVENTION: clauses.model_copy(update={"entry_into_force": three}), PROTOCOL: protocol},
    )
