"""A migration killed before each of its statements leaves the old register or the new one, never one between."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kills import tried
from tests.longer import LONGER


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_old_register_or_the_new_one(
    request: pytest.FixtureRequest, database: str, tmp_path: Path, injected: Callable[..., None]
) -> None:
    url, step = f"sqlite:///{tmp_path / 'register.sqlite'}", 1
    if database == "postgresql":
        url, step = request.getfixturevalue("postgres_database"), 1 if LONGER > 1 else 3
    told = tried("tests.faults.migrator", url, tmp_path / "keys", step)
    injected(told["kills"])
    assert told["kills"] > 20
    assert told["faults"] == []
    assert told["versions"] == ["0001", told["newest"]]
