"""Killed in the middle of recording, at random moments and at every SQL statement (R1)."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from depositary.register.store import Store
from depositary.settings import PROJECT

STATEMENTS_OF_A_RECORDING = 12
"""At least so many statements has one recording; each is a place to be killed at."""


@pytest.mark.parametrize(("how", "kills"), [("moments", 30), ("statements", 40)])
def test_no_acknowledged_entry_is_lost_and_none_is_half_there(
    store: Store, tmp_path: Path, many: Callable[[int], int], injected: Callable[..., None], how: str, kills: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.clerk", store.url, str(tmp_path / "keys"), str(many(kills)), "7", how],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    injected(told["kills"])
    assert told["kills"] == many(kills)
    assert told["entries"] >= told["acknowledged"] > 0
    assert (told["missing"], told["faults"]) == (0, [])
    if how == "statements":
        assert len(told["places"]) >= STATEMENTS_OF_A_RECORDING
