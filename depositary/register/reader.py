"""Reads the entries of a register for one answer, by the database's own driver: the libraries that write take longer.

It creates, changes and locks nothing. Its SQL is that of `Store.entries`.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from depositary.errors import BadInput, Unavailable
from depositary.register.canonical import entry_of
from depositary.register.entry import Entry
from depositary.register.revisions import newest, unfit

MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE = "sqlite:///"


def read_entries(url: str, *treaties: str) -> list[Entry]:
    """The entries of some treaties in the order of recording.

    Raises BadInput for a database without a register of this revision; Unavailable for one that cannot be read.
    """
    if url.startswith(SQLITE):
        return _of_sqlite(url, treaties)
    return _of_postgresql(url, treaties)


def _of_sqlite(url: str, treaties: tuple[str, ...]) -> list[Entry]:
    path = Path(url.removeprefix(SQLITE))
    if not path.exists():
        raise BadInput([unfit(url, "", newest(MIGRATIONS))])
    try:
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            there = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            _check(url, connection.execute("SELECT version_num FROM alembic_version").fetchone() if there[0] else None)
            marks = ", ".join("?" for _ in treaties)
            said = f"SELECT content FROM entry WHERE treaty IN ({marks}) ORDER BY number"  # noqa: S608
            return [entry_of(content) for (content,) in connection.execute(said, treaties)]
    except sqlite3.OperationalError as fault:
        raise unavailable(fault) from None


def _of_postgresql(url: str, treaties: tuple[str, ...]) -> list[Entry]:
    import psycopg

    try:
        with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1)) as connection:
            connection.read_only = True
            there = connection.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone()
            wanted = "SELECT version_num FROM alembic_version" if there and there[0] else "SELECT ''"
            _check(_shown(url), connection.execute(wanted).fetchone())
            said = "SELECT content FROM entry WHERE treaty = ANY(%s) ORDER BY number"
            return [entry_of(content) for (content,) in connection.execute(said, ([*treaties],))]
    except psycopg.OperationalError as fault:
        raise unavailable(fault) from None


def _check(database: str, stands: Any) -> None:
    """Raises BadInput where the revision, the only column of a row, is not the one that is needed."""
    found, needed = stands[0] if stands else "", newest(MIGRATIONS)
    if found != needed:
        raise BadInput([unfit(database, found, needed)])


def _shown(url: str) -> str:
    """A database's URL as it may be printed: without its password."""
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":***@", 1) if parts.password else url


def unavailable(fault: BaseException | None) -> Unavailable:
    """That a database cannot do at present what it is asked, in its own words."""
    said = (str(fault).splitlines() or [""])[0]
    return Unavailable(f"The register cannot be reached or written ({said}). Nothing was recorded.")
