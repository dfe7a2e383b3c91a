"""Databases: SQLite or PostgreSQL by their URL, opened in one way, and brought up to date by their migrations."""

import sqlite3
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from depositary.errors import Unavailable

READ_ONLY = "25006"
"""What PostgreSQL calls it."""


def engine_of(url: str, *, readable: frozenset[str] | None = None) -> sa.Engine:
    """The engine of a database. With `readable` it writes nothing, and on SQLite it reads these tables alone.

    What the database cannot do at present is raised as Unavailable, with its own words.
    """
    sqlite = url.startswith("sqlite")
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = _sqlite(url) if sqlite else sa.create_engine(url, pool_pre_ping=True)
    if readable is not None:
        sa.event.listen(engine, "connect", partial(_shut_sqlite, readable) if sqlite else _shut_postgresql)

    @sa.event.listens_for(engine, "handle_error")
    def _say(context: sa.ExceptionContext) -> None:
        read_only = getattr(context.original_exception, "sqlstate", "") == READ_ONLY
        gone = isinstance(context.sqlalchemy_exception, sa.exc.OperationalError)
        if (gone or read_only) and not context.is_pre_ping:
            said = (str(context.original_exception).splitlines() or [""])[0]
            raise Unavailable(f"The register cannot be reached or written ({said}). Nothing was recorded.")

    return engine


def _sqlite(url: str) -> sa.Engine:
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)
    engine = sa.create_engine(url)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: object) -> None:
        # The transaction is begun by hand (below): the driver would begin it late, and leave DDL outside.
        connection.isolation_level = None
        for pragma in (
            "busy_timeout=30000",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("depositary_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _shut_sqlite(readable: frozenset[str], connection: Any, record: object) -> None:
    """Leaves a connection nothing to write, and only some tables to read."""
    connection.execute("PRAGMA query_only = ON")

    def allowed(action: int, table: str | None, *_: object) -> int:
        shut = action == sqlite3.SQLITE_READ and table not in readable
        return sqlite3.SQLITE_DENY if shut or action == sqlite3.SQLITE_PRAGMA else sqlite3.SQLITE_OK

    connection.set_authorizer(allowed)


def _shut_postgresql(connection: Any, record: object) -> None:
    connection.execute("SET default_transaction_read_only = on")
    connection.commit()


def writing(engine: sa.Engine) -> sa.Engine:
    """The engine, each of whose transactions may write, and so waits at its beginning for the one before it."""
    return engine.execution_options(depositary_writes=True)


def migrate(engine: sa.Engine, folder: Path, revision: str = "head", *, down: bool = False) -> None:
    """Brings a database to a revision of the migrations in a folder, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        if down or revision == "base":
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)
