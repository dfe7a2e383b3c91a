"""The register's tables: append and load, nothing else. SQLite or PostgreSQL, by the database's URL.

There is no code path that changes an entry, and the database itself refuses UPDATE, DELETE, REPLACE and TRUNCATE
(see the migrations).
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlmodel import Field, Session, SQLModel, col, select

from depositary.acts import Act
from depositary.instruments_csv import act_of, row_of
from depositary.register import Entry


class Instant(sa.types.TypeDecorator[dt.datetime]):
    """An instant, kept as ISO 8601 text in UTC: the same in every database, and in the order of time."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> str | None:
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> dt.datetime | None:
        return dt.datetime.fromisoformat(value) if value else None


class EntryRow(SQLModel, table=True):
    """One entry. The columns of the act are empty where the entry strikes another out."""

    __tablename__ = "entry"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    recorded_at: dt.datetime = Field(sa_type=Instant)
    recorded_by: str
    rectifies: int | None = Field(default=None, foreign_key="entry.number", unique=True)
    reason: str = ""
    treaty: str = Field(default="", index=True)
    participant: str = ""
    action: str = ""
    date: str = ""
    subject: str = ""
    effective: str = ""
    place: str = ""
    provision: str = ""
    text: str = ""
    source: str = ""


class Store:
    """The register in its database. Every writing is one transaction, which waits for the one before it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)

    def migrate(self, revision: str = "head") -> None:
        """Brings the database to a revision, creating it where it is not there yet."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            if revision == "base":
                command.downgrade(config, revision)
            else:
                command.upgrade(config, revision)

    def entries(self, after: int = 0) -> list[Entry]:
        """The entries recorded after one of that number, in the order of recording; by default every one."""
        with Session(self.engine) as session:
            return _entries(session, after)

    @contextmanager
    def recording(self) -> Iterator["Recording"]:
        """One transaction that may append entries: all of them, or none."""
        with Session(self.engine) as session, session.begin():
            if self.engine.dialect.name == "postgresql":
                session.execute(sa.text("LOCK TABLE entry IN EXCLUSIVE MODE"))
            yield Recording(session)

    def close(self) -> None:
        self.engine.dispose()


class Recording:
    """An open transaction on the register: what stands in it, and what is added."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.entries = _entries(session)

    def append(
        self, act: Act | None, at: dt.datetime, by: str, *, rectifies: int | None = None, reason: str = ""
    ) -> Entry:
        """Adds an entry with the next number. Its instant is never before that of the entry before it."""
        number = len(self.entries) + 1
        at = max(at, self.entries[-1].recorded_at) if self.entries else at
        entry = Entry(number, act, at, by, rectifies, reason)
        columns: dict[str, Any] = row_of(act) if act else {}
        self._session.add(
            EntryRow(number=number, recorded_at=at, recorded_by=by, rectifies=rectifies, reason=reason, **columns)
        )
        self.entries.append(entry)
        return entry


def _entries(session: Session, after: int = 0) -> list[Entry]:
    rows = session.exec(select(EntryRow).where(col(EntryRow.number) > after).order_by(col(EntryRow.number)))
    return [_entry(row) for row in rows]


def _entry(row: EntryRow) -> Entry:
    act = act_of(row.model_dump(), row.number) if row.action else None
    return Entry(row.number, act, row.recorded_at, row.recorded_by, row.rectifies, row.reason)


def _engine(url: str) -> sa.Engine:
    if not url.startswith("sqlite"):
        return sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: object) -> None:
        # The transaction is begun by hand (below): the driver would begin it late, and leave DDL outside.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=30000",
            "recursive_triggers=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """The register in the database at a URL, created and brought up to date where it is not."""
    store = Store(url)
    try:
        store.migrate()
        yield store
    finally:
        store.close()
