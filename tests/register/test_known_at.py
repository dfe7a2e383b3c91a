"""What the register knew at a moment is what follows from the entries known then, for every moment of any history."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depositary.law.acts import Act, Action
from depositary.register.entry import Entry, acts_of, as_known
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import Collection
from depositary.web.known import Known
from tests.longer import examples
from tests.register.sample_acts import AT

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
WORLD = Collection(INVENTED, {"XVIII-16": CLAUSES}, Path())
ACTIONS: tuple[Action, ...] = ("signature", "ratification", "denunciation")

steps = st.lists(
    st.tuples(
        st.sampled_from(STATES[:4]),
        st.sampled_from(ACTIONS),
        st.dates(date(2026, 1, 1), date(2026, 12, 1)),
        st.sampled_from(["record", "record", "rectify", "strike"]),
        st.integers(0, 3),
    ),
    max_size=14,
)


def history(made: list[tuple[str, Action, date, str, int]]) -> list[Entry]:
    """Entries as the steps ask for them; what cannot be rectified is recorded instead."""
    entries: list[Entry] = []
    at = AT
    for code, action, day, step, hours in made:
        at += timedelta(hours=hours)
        number = len(entries) + 1
        standing = [one.number for one in as_known(entries)]
        target = standing[0] if step != "record" and standing else None
        act = None if step == "strike" and target else Act("XVIII-16", code, action, day, number=number)
        entries.append(Entry(number, act, at, "clerk", target, "why" if target else "", "XVIII-16"))
    return entries


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(steps, st.dates(date(2026, 1, 1), date(2027, 6, 1)))
def test_every_moment_of_a_history(made: list[tuple[str, Action, date, str, int]], on: date) -> None:
    entries = history(made)
    known = Known(WORLD, lambda after, treaty: entries[after:])
    for moment in sorted({one.recorded_at for one in entries} | {AT - timedelta(days=1)}):
        then = [one for one in entries if one.recorded_at <= moment]
        found = known.effects("XVIII-16", on, moment)
        assert found.dates == WORLD.effects(acts_of(as_known(then)), "XVIII-16", on).dates
    assert known.effects("XVIII-16", on).dates == WORLD.effects(acts_of(as_known(entries)), "XVIII-16", on).dates


@given(steps)
def test_the_end_of_time_knows_everything(made: list[tuple[str, Action, date, str, int]]) -> None:
    entries = history(made)
    assert as_known(entries, AT + timedelta(days=10_000)) == as_known(entries)


@pytest.mark.parametrize("turns", [0, 1, 3])
def test_rectified_and_rectified_back_gives_the_same_effects_and_a_longer_log(turns: int) -> None:
    right, wrong = date(2026, 3, 2), date(2026, 4, 2)
    entries = [Entry(1, Act("XVIII-16", "S01", "ratification", right, number=1), AT, "clerk")]
    for turn in range(2 * turns):
        day = wrong if turn % 2 == 0 else right
        number = len(entries) + 1
        act = Act("XVIII-16", "S01", "ratification", day, number=number)
        entries.append(Entry(number, act, AT, "clerk", number - 1, "why"))
    found = WORLD.effects(acts_of(as_known(entries)), "XVIII-16")
    assert (found.counted, len(entries)) == (1, 1 + 2 * turns)
    assert found.episodes("S01")[0].consent.date == right
