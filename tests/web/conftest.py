"""A small collection of invented participants, and the site that shows it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from depositary.law.acts import Act
from depositary.law.participants import Membership, Name, Participant, Participants
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.clause_files import read_clauses
from depositary.treaties.collection import Collection, load_collection
from depositary.web.app import create_app
from tests.event_loop import one_event_loop  # noqa: F401  (a fixture)
from tests.words_of import words_of

T = TypeVar("T")

HOSTILE = '"><script>alert(1)</script>{{7*7}}<img src=x onerror=alert(1)>'

CLAUSES = """
id = "I-1"
title = "Convention on Clocks; Keeping of Time"
short_title = "Convention on Clocks"
adopted = 2025-12-01
place_adopted = "Zenda"
opened_by = "C.N.1.2025.TREATIES-I.1"

[[signature.period]]
place = "Zenda"
from = 2026-01-01
until = 2026-06-30

[consent]
actions = ["ratification", "acceptance", "approval", "accession"]

[reservations]
provided_for = ["2(1)"]

[entry_into_force]
provision = "2(1)"
instruments = 3
after = { days = 90 }

[entry_into_force.participant]
provision = "2(2)"
after = { days = 30 }
whichever_is_later = true

[denunciation]
provision = "3(1)"
after = { years = 1 }

[amendment]
provision = "4(1)"
after = { days = 90 }
proposals_after = { years = 5 }

[provisions]
"2(1)" = "on the ninetieth day after the deposit of the third instrument"
"""

TEXT = """# Convention on Clocks

### Article 1. Use of terms

For the purposes of this Convention:

  - (a) 'Clock' shall mean a clock:
    - (i) that strikes;
  - (b) 'Hour' shall mean sixty minutes.

### Article 2. Entry into force

1. This Convention shall enter into force on the ninetieth day after the deposit of the third instrument.

2. For each State that deposits later, on the thirtieth day.
"""

SOURCES = """# Where the data is from

## Acts under I-1

complete as of: 2026-09-30
source: the Clockmakers' list, <https://clocks.example/list>

Known to be missing:
- the signature of **Lutha**: a clock was stopped (<https://clocks.example/lutha>).

Other matters stand elsewhere.
"""


def state(code: str, name: str) -> Participant:
    return Participant(code, "state", (Name({"en": name}, f"the Kingdom of {name}"),))


PARTICIPANTS = Participants(
    [
        state("RUR", "Ruritania"),
        state("GRK", "Graustark"),
        state("SYL", "Syldavia"),
        state("BOR", "Borduria"),
        state("LUT", "Lutha"),
        state("EVA", "Évallonia"),
        Participant("ZEN", "reio", (Name({"en": "Zenda Union"}, "the Zenda Union"),)),
    ],
    [Membership("ZEN", "RUR", date(2000, 1, 1)), Membership("ZEN", "GRK", date(2000, 1, 1))],
)

TREATY = "I-1"

ACTS = (
    Act(TREATY, "RUR", "signature", date(2026, 1, 10), place="Zenda"),
    Act(TREATY, "GRK", "signature", date(2026, 1, 12), place=HOSTILE),
    Act(TREATY, "RUR", "ratification", date(2026, 2, 2), source=HOSTILE),
    Act(TREATY, "RUR", "reservation", date(2026, 2, 2), provision="1(9)", text=HOSTILE),
    Act(TREATY, "SYL", "accession", date(2026, 3, 2)),
    Act(TREATY, "ZEN", "approval", date(2026, 3, 10)),
    Act(TREATY, "GRK", "acceptance", date(2026, 6, 1)),
    Act(TREATY, "BOR", "accession", date(2026, 8, 15)),
    Act(TREATY, "LUT", "signature", date(2026, 7, 1), place="Zenda"),
    Act(TREATY, "SYL", "denunciation", date(2026, 10, 1)),
    Act(TREATY, "EVA", "accession", date(2026, 9, 1)),
)
"""In force on 30 August 2026 (1 June + 90 days); for Borduria on 14 September; Syldavia leaves on 1 October 2027."""

RECORDED_AT = datetime(2026, 1, 10, 12, tzinfo=UTC)
RECTIFIED_AT = datetime(2026, 10, 5, 12, tzinfo=UTC)


def entries(after: int = 0, treaty: str = TREATY) -> list[Entry]:
    recorded = [Entry(number, act, RECORDED_AT, "clerk") for number, act in enumerate(ACTS, 1)]
    wrong = ACTS[-1]
    every = [
        *recorded,
        Entry(12, replace(wrong, date=date(2026, 9, 2)), RECTIFIED_AT, "clerk", rectifies=11, reason="Misread."),
        Entry(13, Act(TREATY, "LUT", "accession", date(2026, 9, 3)), RECTIFIED_AT, "clerk"),
        Entry(14, None, RECTIFIED_AT, "clerk", rectifies=13, reason="Recorded in error."),
    ]
    return [replace(entry, treaty=TREATY) for entry in every[after:] if treaty == TREATY]


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """The invented treaty I-1 of three instruments, with its text."""
    folder: Path = tmp_path_factory.mktemp("data")
    (folder / "treaties").mkdir()
    (folder / "treaties/I-1.md").write_text(TEXT, encoding="utf-8")
    (folder / "SOURCES.md").write_text(SOURCES, encoding="utf-8")
    return Collection(PARTICIPANTS, {TREATY: read_clauses(CLAUSES, "I-1.toml")}, folder)


@pytest.fixture(scope="session")
def app(collection: Collection) -> ASGIApp:
    """The public site of the invented treaty."""
    return create_app(collection, entries, base_url="https://treaties.example/")


@pytest.fixture(scope="session")
def invented_site(serve: Callable[[Any], AbstractContextManager[str]], app: ASGIApp) -> Iterator[str]:
    """The public site of the invented treaty, served to browsers: one for the whole run of a worker."""
    with serve(app) as address:
        yield address


@pytest.fixture(scope="session")
def client(app: ASGIApp) -> TestClient:
    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="session")
def read(client: TestClient) -> Callable[[str], str]:
    """`read(address)`: the words of a page that must be there, its tags aside and its spaces made one."""

    def words(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return words_of(response.text)

    return words


def site(collection: Collection, acts: list[Act], base_url: str = "") -> TestClient:
    """The public site of a register with these acts."""
    recorded_at = datetime(2030, 1, 1, tzinfo=UTC)
    entries = [Entry(number, act, recorded_at, "clerk", treaty=act.treaty) for number, act in enumerate(acts, 1)]

    def later(after: int, treaty: str) -> list[Entry]:
        return [entry for entry in entries[after:] if entry.treaty == treaty]

    return TestClient(create_app(collection, later, base_url=base_url))


@pytest.fixture(scope="session")
def convention() -> TestClient:
    """Azerbaijan and France are parties to the Convention by 1 June 2030, with thirty-eight others; Ghana signed."""
    collection = load_collection(PROJECT / "data")
    codes = [code for code, one in collection.participants.items() if one.exists_on(date(2029, 1, 1))]
    states = [code for code in codes if code not in collection.participants.organizations and code != "GHA"]
    first = ["FRA", "AZE", *[code for code in states if code not in ("FRA", "AZE")][:38]]
    acts = [Act("XVIII-16", code, "accession", date(2030, 1, 10)) for code in first]
    return site(collection, [*acts, Act("XVIII-16", "GHA", "signature", date(2026, 11, 2), place="New York")])
