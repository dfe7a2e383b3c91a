"""The depositary's day is New York's, wherever the program runs."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date

import pytest

from depositary import clock

Frozen = Callable[[str], AbstractContextManager[object]]


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Ho_Chi_Minh", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def _anywhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_anywhere")
@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2027-01-01T04:30:00+00:00", date(2026, 12, 31)),  # 23:30 in New York: signature is still open (S8)
        ("2027-01-01T04:59:59+00:00", date(2026, 12, 31)),
        ("2027-01-01T05:00:00+00:00", date(2027, 1, 1)),
        ("2027-07-01T03:59:59+00:00", date(2027, 6, 30)),
        ("2027-07-01T04:00:00+00:00", date(2027, 7, 1)),
        ("2027-03-14T06:59:59+00:00", date(2027, 3, 14)),  # the clocks go forward
        ("2027-11-07T05:30:00+00:00", date(2027, 11, 7)),  # and back
    ],
)
def test_the_day_is_new_yorks(frozen: Frozen, instant: str, day: date) -> None:
    with frozen(instant):
        assert clock.today() == day
        assert clock.now().date() == day


def test_an_instant_has_its_offset(frozen: Frozen) -> None:
    with frozen("2026-11-23T22:00:00+00:00"):
        assert clock.now().isoformat() == "2026-11-23T17:00:00-05:00"
    assert clock.parse_instant("2027-03-01T09:30:00-05:00") == clock.parse_instant("2027-03-01T14:30:00Z")
    for text in ("2027-03-01", "2027-03-01T09:30:00", "yesterday", ""):
        with pytest.raises(ValueError, match="with its offset"):
            clock.parse_instant(text)
