"""Killed in the middle of recording, at random moments and at every SQL statement."""

from collections.abc import Callable
from pathlib import Path

import pytest

from depositary.register.store import Store
from tests.kills import tried

STATEMENTS_OF_A_RECORDING = 12
"""One recording has at least this number of statements; it is killed before each."""


@pytest.mark.parametrize(("how", "kills"), [("moments", 30), ("statements", 40)])
def test_no_acknowledged_entry_is_lost_and_none_is_half_there(
    store: Store, tmp_path: Path, many: Callable[[int], int], injected: Callable[..., None], how: str, kills: int
) -> None:
    told = tried("tests.faults.clerk", store.url, tmp_path / "keys", many(kills), 7, how)
    injected(told["kills"])
    assert told["kills"] == many(kills)
    assert told["entries"] >= told["acknowledged"] > 0
    assert (told["missing"], told["faults"]) == (0, [])
    if how == "statements":
        assert len(told["places"]) >= STATEMENTS_OF_A_RECORDING
