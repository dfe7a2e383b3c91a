"""A release of several items that is killed anywhere leaves all of them in the register, or none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from depositary.register.store import Store
from tests.kills import tried

STATEMENTS = {"note": 20, "designations": 10}
"""At least so many statements has the release of each case; each is a place to be killed at."""


@pytest.mark.parametrize("case", STATEMENTS)
def test_nothing_is_half_released(case: str, store: Store, tmp_path: Path, injected: Callable[..., None]) -> None:
    told = tried("tests.faults.releaser", store.url, tmp_path / "keys", case)
    injected(told["kills"])
    assert told["faults"] == []
    assert told["state"] == "released"
    assert told["kills"] >= STATEMENTS[case]
