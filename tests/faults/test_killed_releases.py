"""A release of several items that is killed anywhere leaves all of them in the register, or none."""

from collections.abc import Callable
from pathlib import Path

from depositary.register.store import Store
from tests.kills import tried

STATEMENTS_OF_A_RELEASE = 20
"""At least so many statements has the release of a case of four items; each is a place to be killed at."""


def test_nothing_is_half_released(store: Store, tmp_path: Path, injected: Callable[..., None]) -> None:
    told = tried("tests.faults.releaser", store.url, tmp_path / "keys")
    injected(told["kills"])
    assert told["faults"] == []
    assert told["state"] == "released"
    assert told["kills"] >= STATEMENTS_OF_A_RELEASE
