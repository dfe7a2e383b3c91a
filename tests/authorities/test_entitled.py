"""Who may receive what is protected (41(2)): the parties of the day in New York, and nobody else."""

from collections.abc import Callable
from datetime import date
from typing import Any

from depositary import clock
from depositary.authorities.entitlement import entitled
from depositary.law.acts import Act
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses

CONVENTION = "XVIII-16"
DEPOSIT = date(2027, 1, 4)


def act(code: str, action: Any, day: date) -> Act:
    return Act(CONVENTION, code, action, day)


FORTY = tuple(act(code, "ratification", DEPOSIT) for code in STATES[:40])


def effects(*acts: Act) -> Effects:
    return derive(acts, INVENTED, load_clauses(PROJECT / "data/treaties/XVIII-16.toml"))


def test_before_entry_into_force_contracting_states_only_by_decision() -> None:
    status = effects(act("S01", "signature", date(2026, 1, 5)), act("S02", "ratification", date(2026, 3, 2)))
    on = date(2026, 4, 1)
    assert entitled(status, on) == ()
    assert entitled(status, on, contracting=True) == ("S02",)


def test_afterwards_the_parties_exactly() -> None:
    status = effects(*FORTY, act("S41", "ratification", date(2027, 4, 1)), act("S42", "signature", date(2026, 1, 5)))
    since = status.in_force_on
    assert since == date(2027, 4, 4)
    assert entitled(status, date(2027, 4, 3)) == ()
    assert len(entitled(status, date(2027, 4, 3), contracting=True)) == 41
    assert entitled(status, since) == tuple(sorted(STATES[:40]))
    assert entitled(status, since, contracting=True) == tuple(sorted(STATES[:40]))
    assert "S41" in entitled(status, date(2027, 5, 1))


def test_a_former_party_loses_it_at_new_york_midnight(frozen: Callable[..., Any]) -> None:
    status = effects(*FORTY, act("S01", "denunciation", date(2027, 6, 15)))
    with frozen("2028-06-14T23:59:59-04:00"):
        assert "S01" in entitled(status, clock.today())
    with frozen("2028-06-15T00:00:00-04:00"):
        assert "S01" not in entitled(status, clock.today())
        assert len(entitled(status, clock.today())) == 39
