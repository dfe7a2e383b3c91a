"""The register, the registers of authorities and the alerts for tests, on SQLite and on PostgreSQL."""

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.empty_stores import copy_empty

if TYPE_CHECKING:
    from depositary.authorities.store import ContactStore
    from depositary.correspondence.alerts.store import AlertStore
    from depositary.register.store import Store

DATABASES = ("sqlite", "postgresql")


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database: on SQLite, or on what a test is parametrised with (ON_BOTH)."""
    return _database(request, getattr(request, "param", "sqlite"), tmp_path, "postgres_database")


ON_BOTH = pytest.mark.parametrize("database", DATABASES, indirect=True)


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator["Store"]:
    """An empty register, on SQLite and on PostgreSQL."""
    with register_at(_database(request, request.param, tmp_path, "postgres_stores"), tmp_path) as store:
        yield store


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator["Store"]:
    """An empty register on SQLite alone."""
    with register_at(f"sqlite:///{tmp_path / 'register.sqlite'}", tmp_path) as store:
        yield store


def register_at(url: str, folder: Path) -> AbstractContextManager["Store"]:
    """The register at a URL; its keys are in the folder. A new one on SQLite is a copy of an empty register."""
    from depositary.register.heads import Keys
    from depositary.register.store import opened

    copy_empty("register", url)
    return opened(url, Keys(folder / "keys"))


@contextlib.contextmanager
def contacts_at(url: str, folder: Path) -> Iterator["ContactStore"]:
    """The registers of authorities at a URL; their key is in the folder. New ones on SQLite are a copy."""
    from depositary.authorities.store import ContactStore

    copy_empty("contacts", url)
    store = ContactStore(url, folder / "keys")
    yield store
    store.close()


@contextlib.contextmanager
def alerts_at(url: str, folder: Path) -> Iterator["AlertStore"]:
    """The store of requests for alerts at a URL; its key is in the folder. A new one on SQLite is a copy."""
    from depositary.correspondence.alerts.store import AlertStore

    copy_empty("alerts", url)
    store = AlertStore(url, folder / "keys")
    yield store
    store.close()


def _database(request: pytest.FixtureRequest, kind: str, folder: Path, on_postgresql: str) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / 'register.sqlite'}"
    return str(request.getfixturevalue(on_postgresql))
