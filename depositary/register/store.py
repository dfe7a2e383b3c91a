"""The register in its database: append and load, nothing else. SQLite or PostgreSQL, by the database's URL.

An entry is kept as its canonical bytes; the columns beside them only find it, and `verification` holds them to it.
There is no code path that changes an entry, and the database itself refuses UPDATE, DELETE, REPLACE and TRUNCATE
(see the migrations).
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from depositary.errors import BadInput, DepositaryError
from depositary.register.anchors import LastLine, anchor
from depositary.register.canonical import entry_of
from depositary.register.database import engine_of, migrate, require_current, writing
from depositary.register.entry import Entry
from depositary.register.heads import Head, Keys, SigningKey
from depositary.register.journal import Journal, Signs
from depositary.register.revisions import newest
from depositary.register.tables import DocumentRow, EntryRow, HeadRow, head_in, signing_keys
from depositary.register.transaction import Transaction, signature_in

MIGRATIONS = Path(__file__).parent / "migrations"

VERSION = "alembic_version"
"""The table that holds the revision of the schema."""

SIZE = sa.text("SELECT max(size) FROM head")

PUBLIC = frozenset({"alembic_version", "entry", "head", "notification", "signing_key"})
"""The only tables that the public site reads: on PostgreSQL by the rights of its role, on SQLite by an authorizer."""


class Store:
    """The register in its database. Every writing is one transaction, which waits for the one before it.

    `keys` are the private keys with which the head is signed when something was written. `public` opens it for the
    public site: nothing can be written, and nothing of the desk be read.
    """

    def __init__(self, url: str, keys: Keys, *, public: bool = False) -> None:
        self.url = url
        self.keys = keys
        self.engine = engine_of(url, readable=PUBLIC if public else None)
        self.last_lines: dict[str, LastLine] = {}
        """The stores that are anchored in this register, each with what gives the last line of its journal."""
        self.held: object = None
        """How far this process has verified the register, as `verification` keeps it."""
        self._writing = writing(self.engine)

    def migrate(self, revision: str = "head", *, down: bool = False) -> None:
        """Brings the database to a revision, creating it where it is not there yet; signs what was not yet signed."""
        to_newest = revision == "head" and not down
        migrate(self.engine, MIGRATIONS, VERSION, revision, down=down, then=self._sign if to_newest else None)

    def _sign(self, connection: sa.Connection) -> None:
        """Signs what a migration brought, in the migration's own transaction."""
        with Session(connection) as session:
            recording = Transaction(session, self.keys)
            signs = self._signature_if_here(session)
            recording.sign(signs)
            recording.journal.seal_all(signs)
            session.commit()

    def _signature_if_here(self, session: Session) -> Signs:
        """What signs if the key is here; without its key the journal stays unsigned for now, and `verify` says so."""

        def signs(message: bytes) -> tuple[str, str] | None:
            with suppress(DepositaryError):
                return signature_in(session, self.keys, message)
            return None

        return signs

    def require_current(self) -> None:
        """Raises BadInput where the database is not at the revision that this program needs. Changes nothing."""
        require_current(self.engine, MIGRATIONS, VERSION)

    def require_revision(self) -> None:
        """Raises a DepositaryError where the database does not answer, or stands at another revision than is needed."""
        with self.engine.connect() as connection:
            stands = connection.execute(sa.text(f"SELECT version_num FROM {VERSION}")).scalar()  # noqa: S608
        if stands != newest(MIGRATIONS):
            raise DepositaryError(f"The register stands at revision {stands}. Run `depositary migrate`.")

    def grant_public(self, role: str) -> None:
        """Lets a role of PostgreSQL read what the public site reads, and nothing else. Raises DepositaryError."""
        if self.engine.dialect.name != "postgresql":
            raise DepositaryError(
                "Only PostgreSQL has roles; on SQLite the public process shuts the other tables itself."
            )
        named = self.engine.dialect.identifier_preparer.quote(role)
        with self._writing.begin() as connection:
            connection.execute(sa.text(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {named}"))
            connection.execute(sa.text(f"GRANT SELECT ON {', '.join(sorted(PUBLIC))} TO {named}"))

    def entries(self, after: int = 0, *treaties: str) -> list[Entry]:
        """The entries recorded after one of that number, in the order of recording; those of some treaties, or all."""
        wanted = select(EntryRow.content).where(col(EntryRow.number) > after).order_by(col(EntryRow.number))
        if treaties:
            wanted = wanted.where(col(EntryRow.treaty).in_(treaties))
        with Session(self.engine) as session:
            return [entry_of(content) for content in session.exec(wanted)]

    def digests(self, size: int | None = None) -> list[bytes]:
        """The leaves of the tree, of the first `size` entries or of all."""
        wanted = select(EntryRow.digest).order_by(col(EntryRow.number))
        with Session(self.engine) as session:
            return [bytes.fromhex(digest) for digest in session.exec(wanted if size is None else wanted.limit(size))]

    def entry(self, number: int) -> Entry | None:
        """The entry of a number; None where there is none."""
        found = self.content(number)
        return entry_of(found[0]) if found else None

    def content(self, number: int) -> tuple[str, str] | None:
        """The canonical bytes of an entry, as text, and their digest; None for one that is not there."""
        with Session(self.engine) as session:
            row = session.get(EntryRow, number)
            return (row.content, row.digest) if row else None

    def size(self) -> int:
        """The number of entries under the last signed head."""
        with self.engine.connect() as connection:
            return connection.execute(SIZE).scalar() or 0

    def head(self, size: int | None = None) -> Head | None:
        """The last signed head, or that of a size; None where there is none."""
        wanted = select(HeadRow).order_by(col(HeadRow.size).desc()).limit(1)
        if size is not None:
            wanted = wanted.where(HeadRow.size == size)
        with Session(self.engine) as session:
            row = session.exec(wanted).first()
            return head_in(row) if row else None

    def signing_keys(self) -> list[SigningKey]:
        """The public keys, in the order in which they came."""
        with Session(self.engine) as session:
            return signing_keys(session)

    def has_document(self, digest: str) -> bool:
        """Whether there is a document of that digest."""
        with Session(self.engine) as session:
            return session.exec(select(DocumentRow.digest).where(DocumentRow.digest == digest)).first() is not None

    def document(self, digest: str) -> bytes:
        """A document's content, checked against its digest. Raises DepositaryError where it does not hold."""
        with Session(self.engine) as session:
            row = session.get(DocumentRow, digest)
        if row is None:
            raise DepositaryError(f"There is no document {digest} in the register.")
        if sha256(row.content).hexdigest() != digest:
            raise DepositaryError(f"The document {digest} is not what was attached: its content has changed.")
        return row.content

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A session that sees the whole register as it was when the session began."""
        level = {"isolation_level": "REPEATABLE READ"} if self.engine.dialect.name == "postgresql" else {}
        with self.engine.execution_options(**level).begin() as connection:
            yield connection

    @contextmanager
    def recording(self) -> Iterator["Transaction"]:
        """One transaction that may append entries: all of them, signed, or none."""
        with Session(self._writing) as session, session.begin():
            if self.engine.dialect.name == "postgresql":
                session.execute(sa.text("LOCK TABLE entry IN EXCLUSIVE MODE"))
            recording = Transaction(session, self.keys)
            recording.journal.begin()
            yield recording
            anchor(session, self.last_lines)
            recording.sign()

    @contextmanager
    def session(self, *, writing: bool = False) -> Iterator[Session]:
        """One transaction on the tables beside the register: accounts, drafts, the audit of the desk."""
        with Session(self._writing if writing else self.engine) as session, session.begin():
            if not writing:
                yield session
                return
            journal = Journal(session.connection())
            journal.begin()
            yield session
            session.flush()
            if journal.is_written:
                anchor(session, self.last_lines)
            journal.close(partial(signature_in, session, self.keys))

    @contextmanager
    def restoring(self) -> Iterator[tuple[Session, Journal]]:
        """One transaction that fills the register from a dump."""
        with Session(self._writing) as session, session.begin():
            journal = Journal(session.connection())
            yield session, journal
            journal.close(self._signature_if_here(session))

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def opened(url: str, keys: Keys) -> Iterator[Store]:
    """The register in the database at a URL, created and brought up to date where it is not."""
    store = Store(url, keys)
    try:
        store.migrate()
        yield store
    finally:
        store.close()


@contextmanager
def opened_to_read(url: str, keys: Keys) -> Iterator[Store]:
    """The register in the database at a URL, for reading. Raises BadInput where its revision does not fit."""
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        raise BadInput([f"{url}: holds no register yet. Run `depositary migrate`."])
    store = Store(url, keys)
    try:
        store.require_current()
        yield store
    finally:
        store.close()
