"""A register of its own, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from depositary.heads import Keys
from depositary.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'register.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database")
    store = Store(url, Keys(tmp_path / "keys"))
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Store]:
    """A register on SQLite alone."""
    store = Store(f"sqlite:///{tmp_path / 'register.sqlite'}", Keys(tmp_path / "keys"))
    store.migrate()
    yield store
    store.close()
