"""Two readings of one text agree: `depositary/law` and the plain walk beside this file, which share no code.

The suite compares 200 random ledgers and some small worlds; with `DEPOSITARY_TEST_LONGER` above 1 there are 2,000
ledgers, and the small worlds, 1,740,404 from 30 situations, are all compared (an hour on one quiet core).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest

from tests.longer import LONGER
from tests.second_reading.comparison import come_by_product, come_by_walk, differences, held_by_product
from tests.second_reading.ledger import Ledger
from tests.second_reading.ledgers import ledger
from tests.second_reading.shrinking import smallest
from tests.second_reading.small_worlds import SITUATIONS, Situation

EVERYTHING = LONGER > 1
LEDGERS = range(2000 if EVERYTHING else 200)
BATCH = 20


def told(made: Ledger, asked: Iterable[date], where: str) -> str:
    """What to read when the two differ: the smallest ledger on which they do."""
    days = tuple(asked)
    small = smallest(made, lambda fewer: bool(differences(fewer, days)))
    numbers = ", ".join(f"{rules.treaty}: {rules.instruments} instruments" for rules in small.treaties)
    return "\n".join([where, numbers, *map(str, small.rows), *differences(small, days)])


def days_of(made: Ledger, seed: int, number: int) -> tuple[date, ...]:
    """Days in the middle of a ledger: acts dated later are not seen."""
    return tuple(Random(seed).sample(sorted({row.date for row in made.rows}), number))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("first", LEDGERS[::BATCH])
def test_random_ledgers(first: int) -> None:
    for seed in range(first, first + BATCH):
        made = ledger(seed)
        asked = days_of(made, seed, 1)
        if differences(made, asked):
            pytest.fail(told(made, asked, f"ledger({seed}), asked on {asked[0]} and at its end"))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_small_worlds(situation: Situation) -> None:
    worlds = situation.worlds() if EVERYTHING else situation.some(Random(situation.name), 100)
    number = 0
    for number, world in enumerate(worlds, 1):
        if differences(world):
            pytest.fail(told(world, (), f"{situation.name}, world {number}"))
    print(f"{situation.name}: {number} worlds")
    assert number


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(400 if EVERYTHING else 20))
def test_what_had_come_never_changes_by_a_later_act(seed: int) -> None:
    """What had come by a day is the same asked on that day and on any later one."""
    made = ledger(seed)
    days = sorted({row.date for row in made.rows})
    for day in days_of(made, seed, 3):
        later = Random(seed).choice([each for each in days if each >= day])
        for come_by in (come_by_product, come_by_walk):
            assert come_by(made, day, day) == come_by(made, later, day), f"ledger({seed}): {day}, asked on {later}"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(400, 800 if EVERYTHING else 420))
def test_what_was_so_on_a_day_is_so_whenever_it_is_asked(seed: int) -> None:
    """Standings, numbers, reservations and objections of a day are the same asked on that day and on any later one.

    A ruling may move them: the days asked have none between them.
    """
    made = ledger(seed)
    for day in days_of(made, seed, 3):
        ruled = [row.date for row in made.rows if row.action == "ruling" and row.date > day]
        later = min([*ruled, date.max]) - timedelta(1)
        held = held_by_product(made, day, day)
        told = held_by_product(made, later, day)
        assert {what: told.get(what) for what in held} == held, f"ledger({seed}): {day}, asked on {later}"


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_what_was_so_in_a_small_world_is_so_whenever_it_is_asked(situation: Situation) -> None:
    for world in situation.some(Random(f"{situation.name} anew"), 600 if EVERYTHING else 30):
        days = sorted({row.date for row in world.rows if row.action != "ruling"})
        for day in days:
            if any(row.action == "ruling" and row.date > day for row in world.rows):
                continue
            held, told = (held_by_product(world, asked, day) for asked in (day, days[-1]))
            assert {what: told.get(what) for what in held} == held, "\n".join([str(day), *map(str, world.rows)])


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_what_had_come_in_a_small_world_never_changes(situation: Situation) -> None:
    for world in situation.some(Random(situation.name), 600 if EVERYTHING else 30):
        days = sorted({row.date for row in world.rows})
        for day in days:
            for come_by in (come_by_product, come_by_walk):
                told_then, told_later = come_by(world, day, day), come_by(world, days[-1], day)
                assert told_then == told_later, "\n".join([str(day), *map(str, world.rows)])


def test_a_difference_is_found_and_shrunk() -> None:
    """The shrinker keeps what the difference needs and nothing else."""
    made = ledger(3)
    needed = set(made.rows[5:8])
    small = smallest(made, lambda fewer: needed <= set(fewer.rows))
    assert set(small.rows) == needed
