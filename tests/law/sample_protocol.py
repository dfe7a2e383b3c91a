"""A protocol to the Convention, for tests: invented, of three instruments."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from depositary.law.acts import Act, Action
from depositary.law.effects import Effects
from depositary.law.examination import irregularities
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses, read_clauses
from depositary.treaties.collection import Collection

CONVENTION = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")

PROTOCOL = read_clauses(
    """
    id = "XVIII-16-a"
    title = "Protocol"
    parent = "XVIII-16"
    [entry_into_force]
    provision = "10(1)"
    instruments = 3
    after = { days = 90 }
    not_before_treaty = "XVIII-16"
    [entry_into_force.participant]
    provision = "10(2)"
    after = { days = 30 }
    [denunciation]
    provision = "12(1)"
    after = { months = 6 }
    """,
    "protocol",
)

WORLD = Collection(INVENTED, {one.id: one for one in (CONVENTION, PROTOCOL)}, Path())


def act(treaty: str, code: str, action: Action, day: str) -> Act:
    return Act(treaty, code, action, date.fromisoformat(day))


def convention(*others: tuple[str, Action, str]) -> list[Act]:
    """Forty parties since 30 May 2027, and what else there is."""
    forty = [act("XVIII-16", code, "ratification", "2027-03-01") for code in STATES[:40]]
    return forty + [act("XVIII-16", *one) for one in others]


def protocol(acts: list[Act], *own: tuple[str, Action, str]) -> Effects:
    every = [*acts, *(act("XVIII-16-a", *one) for one in own)]
    return WORLD.effects([replace(one, number=n) for n, one in enumerate(every, 1)], "XVIII-16-a")


THREE: tuple[tuple[str, Action, str], ...] = tuple((code, "ratification", "2028-01-03") for code in STATES[:3])


def refused(effects: Effects) -> list[tuple[str, str]]:
    return [(one.act.participant, one.code) for one in irregularities(effects) if one.severity == "refused"]
