"""A release of several items that is killed anywhere leaves all of them in the register, or none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from depositary.register.store import Store
from tests.kills import tried

STATEMENTS = {"note": 20, "designations": 10}
"""The least number of statements in the release of each case, which is killed before each of them."""


@pytest.mark.parametrize("case", STATEMENTS)
def test_nothing_is_half_released(case: str, store: Store, tmp_path: Path, injected: Callable[..., None]) -> None:
    told = tried("tests.faults.releaser", store.url, tmp_path / "keys", case)
    injected(told["kills"])
    assert told["faults"] == []
    assert told["state"] == "released"
    assert told["kills"] >= STATEMENTS[case]
