"""Acts under the Convention or a small treaty, and what follows from them."""

from dataclasses import replace
from datetime import date

from depositary.law.acts import Act, Action
from depositary.law.clauses import Clauses
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.participants import Participants
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses, read_clauses

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")


def act(code: str, action: Action, day: str, **columns: object) -> Act:
    return Act("XVIII-16", code, action, date.fromisoformat(day), **columns)  # type: ignore[arg-type]


def forty(day: str = "2027-03-01") -> list[Act]:
    return [act(code, "accession", day) for code in STATES[:40]]


def read(*acts: Act, participants: Participants = INVENTED, clauses: Clauses = CLAUSES) -> Effects:
    numbered = [replace(each, number=number, treaty=clauses.id) for number, each in enumerate(acts, 1)]
    return derive(numbered, participants, clauses)


def small(entry: str) -> Clauses:
    return read_clauses(f'id = "T"\ntitle = "Treaty"\n{entry}', "small")
