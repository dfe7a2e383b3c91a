"""Every minute of the days on which clocks change, every hour of nine years, a clock set back."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from depositary import clock
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.register.verification import verify_register
from depositary.settings import PROJECT
from tests.register.sample_acts import AT, acts

ZONES = ("UTC", "America/New_York", "Asia/Ho_Chi_Minh", "Pacific/Kiritimati", "Pacific/Pago_Pago")
CHANGES = (
    date(2026, 11, 1),
    date(2027, 3, 14),
    date(2027, 11, 7),
    date(2028, 3, 12),
    date(2028, 11, 5),
    date(2029, 3, 11),
    date(2029, 11, 4),
    date(2030, 3, 10),
)
"""Days on which New York's clocks change."""


def offset(moment: datetime) -> timedelta:
    """New York's offset by the rule of the law: from the second Sunday of March to the first of November, 2 o'clock."""
    march = date(moment.year, 3, 8) + timedelta(days=(6 - date(moment.year, 3, 8).weekday()) % 7)
    november = date(moment.year, 11, 1) + timedelta(days=(6 - date(moment.year, 11, 1).weekday()) % 7)
    begins = datetime(march.year, march.month, march.day, 7, tzinfo=UTC)
    ends = datetime(november.year, november.month, november.day, 6, tzinfo=UTC)
    return timedelta(hours=-4 if begins <= moment < ends else -5)


def test_the_legal_date_of_every_minute_and_hour(injected: Callable[..., None]) -> None:
    moments = [
        datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
        for day in CHANGES
        for minute in range(-12 * 60, 36 * 60)
    ]
    first = datetime(2024, 1, 1, tzinfo=UTC)
    moments += [first + timedelta(hours=hour) for hour in range(9 * 8766)]
    for moment in moments:
        day = (moment + offset(moment)).date()
        assert clock.day_of(moment) == day
        assert clock.day_of(moment.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))) == day
    injected(len(moments))


def test_the_same_dates_wherever_the_program_runs(injected: Callable[..., None]) -> None:
    told = set()
    for zone in ZONES:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "depositary",
                "compute",
                "--format",
                "json",
                "--on",
                "2027-01-01",
                "--clauses",
                "data/treaties/XVIII-16.toml",
                "--instruments",
                "data/instruments.csv",
            ],
            capture_output=True,
            text=True,
            check=True,
            cwd=PROJECT,
            env=os.environ | {"TZ": zone},
        )
        told.add(done.stdout)
        injected()
    assert len(told) == 1


def test_a_clock_set_back_a_day_turns_no_order_around(store: Store, injected: Callable[..., None]) -> None:
    for place, act in enumerate(acts(40)):
        record(act, "clerk", AT + timedelta(hours=place) - timedelta(days=place % 3), store)
        injected()
    entries = store.entries()
    assert [entry.act for entry in entries] == acts(40)
    instants = [entry.recorded_at for entry in entries]
    assert instants == sorted(instants)
    assert verify_register(store).faults == ()
