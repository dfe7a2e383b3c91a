"""Three years of the daily job as a program of its own: it lives them, and prints how often the job was killed."""

import json
import random
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from freezegun import freeze_time

from tests.correspondence.circulation import years
from tests.correspondence.circulation.years import House, in_a_child

FIRST_DAY, LAST_DAY = date(2027, 1, 4), date(2029, 12, 31)
OFF = (date(2029, 2, 24), date(2029, 3, 22))
"""The machine is off: the job is late by three weeks, and does all at once when it is back."""

MARCH = 3
"""After it nothing is prepared or approved: what is done is done in this process, which sets no document."""


def three_years(folder: Path, kills: int) -> dict[str, object]:
    """Lives the three years in a folder; gives the number of kills and the log of the job."""
    house, chance = House(folder), random.Random(41)
    in_a_child(lambda: years.begin(house, datetime.fromisoformat("2026-12-02T15:00:00+00:00")))
    acts, killed, day = plan(house), 0, FIRST_DAY
    with freeze_time(f"{day}T12:00:00+00:00", real_asyncio=True) as moved:
        while day <= LAST_DAY:
            if not OFF[0] <= day <= OFF[1]:
                killed += one_day(house, day, acts.get(day, []), chance, moved, kills)
            day += timedelta(days=1)
    return {"killed": killed, "log": house.log}


def plan(house: House) -> dict[date, list[Callable[[], None]]]:
    """What missions and officers do, by day, after the job has run."""
    does = lambda step, *more: partial(step, house, *more)  # noqa: E731
    return {
        # 2027: asked on 20 January, reminded on 3 February, circulated on 1 March.
        date(2027, 1, 23): [does(years.answer, "S01"), does(years.answer, "S05")],
        date(2027, 1, 25): [does(years.answer, "S02", "changes")],
        date(2027, 1, 28): [does(years.change_contact, "S02", "anew.s02@example.int")],
        date(2027, 2, 5): [does(years.answer, "S04")],
        date(2027, 3, 3): [does(years.approve)],
        # 2028: the contact changes between approval and sending; a mission has moved, and its letter comes back.
        date(2028, 1, 22): [does(years.answer, "S01"), does(years.answer, "S02")],
        date(2028, 3, 2): [lambda: house.refused.add(years.address("S04"))],
        date(2028, 3, 9): [does(years.approve), does(years.change_contact, "S02", "later.s02@example.int")],
        date(2028, 3, 12): [does(years.move_mission, "S04", "new.s04@example.int")],
        # 2029: an address changes while the edition awaits its approval, so it is prepared anew.
        date(2029, 1, 30): [does(years.answer, code) for code in ("S01", "S03", "S05")],
        date(2029, 3, 24): [does(years.move_mission, "S05", "new.s05@example.int")],
        date(2029, 3, 26): [does(years.approve)],
    }


def one_day(
    house: House, day: date, acts: list[Callable[[], None]], chance: random.Random, moved: Any, kills: int
) -> int:
    """A day: the job, killed some times and then let live; then what people do; how often it was killed."""
    killed = 0
    moved.move_to(f"{day}T12:00:00+00:00")
    is_busy = (day.month <= MARCH and (day.day % 4 == 0 or day.day in (1, 20, 21))) or bool(acts)
    for _ in range(kills if is_busy else 0):
        killed += not in_a_child(partial(years.daily, house), lives=chance.randint(1, 400))
    if day.month > MARCH:
        years.daily(house)
        return killed
    in_a_child(partial(years.daily, house))
    moved.move_to(f"{day}T16:00:00+00:00")
    for act in acts:
        act() if not isinstance(act, partial) else in_a_child(act)
    in_a_child(partial(years.settle, house))
    return killed


if __name__ == "__main__":
    print(json.dumps(three_years(Path(sys.argv[1]), int(sys.argv[2]))))
