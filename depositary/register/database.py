"""Databases: SQLite or PostgreSQL by their URL, opened in one way, and brought up to date by their migrations."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from depositary.errors import BadInput, DepositaryError
from depositary.register.reader import unavailable
from depositary.register.revisions import newest, unfit

READ_ONLY = "25006"
"""The name of this level in PostgreSQL."""


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
            raise unavailable(context.original_exception)

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


def revision_of(engine: sa.Engine, table: str) -> str:
    """The revision a database stands at by its table of it; "" where there is none. Only reads, and takes no lock."""
    if engine.dialect.name == "sqlite":
        table = table.rpartition(".")[2]
        there = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = :name"
    else:
        there = "SELECT to_regclass(:name) IS NOT NULL"
    with engine.connect() as connection:
        if not connection.execute(sa.text(there), {"name": table}).scalar():
            return ""
        return connection.execute(sa.select(sa.text("version_num")).select_from(sa.text(table))).scalar() or ""


def require_current(engine: sa.Engine, folder: Path, table: str) -> None:
    """Raises BadInput where a database is not at the revision that this program needs."""
    stands, needed = revision_of(engine, table), newest(folder)
    if stands != needed:
        raise BadInput([unfit(shown(engine), stands, needed)])


def shown(engine: sa.Engine) -> str:
    """A database's URL as it may be printed: without its password."""
    return engine.url.render_as_string(hide_password=True).replace("postgresql+psycopg:", "postgresql:", 1)


def grant_desk(engine: sa.Engine, table: str, role: str) -> None:
    """Lets a role of PostgreSQL work with the schema of a table that holds a revision, and change no table's form.

    It does not own the tables, so it cannot take away what refuses changes. Raises DepositaryError.
    """
    if engine.dialect.name != "postgresql":
        raise DepositaryError(
            "Only PostgreSQL has roles; on SQLite the right to the file is the right to the register."
        )
    named, schema = engine.dialect.identifier_preparer.quote(role), table.rpartition(".")[0] or "public"
    with engine.begin() as connection:
        for said in (
            f"GRANT USAGE ON SCHEMA {schema} TO {named}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {named}",
            f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {named}",
            f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {named}",
        ):
            connection.execute(sa.text(said))


def migrate(
    engine: sa.Engine,
    folder: Path,
    table: str,
    revision: str = "head",
    *,
    down: bool = False,
    then: Callable[[sa.Connection], None] | None = None,
) -> None:
    """Brings a database to a revision of the migrations in a folder, and does what comes `then`, in one transaction.

    `table` holds the revision it stands at. A database that is there already is only looked at: no lock, no right.
    """
    if revision == "head" and not down:
        stands, needed = revision_of(engine, table), newest(folder)
        if stands == needed:
            return
        if stands > needed:
            raise BadInput([unfit(shown(engine), stands, needed)])
    from alembic import command  # only on need: it takes a fifth of a second
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        if down or revision == "base":
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)
        if then is not None:
            then(connection)
