"""A migration killed before each of its statements leaves the old register or the new one, never one between (R13)."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from depositary.settings import PROJECT


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_old_register_or_the_new_one(
    request: pytest.FixtureRequest, database: str, tmp_path: Path, injected: Callable[..., None]
) -> None:
    url = f"sqlite:///{tmp_path / 'register.sqlite'}"
    if database == "postgresql":
        url = request.getfixturevalue("postgres_database")
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.migrator", url, str(tmp_path / "keys")],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    injected(told["kills"])
    assert told["kills"] > 20
    assert told["faults"] == []
    assert told["versions"] == ["0001", told["newest"]]
