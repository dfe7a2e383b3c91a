"""The store of the registers of authorities: a database file, or a schema and role, of its own; its contents sealed.

The key is a file outside the database. Nothing of the public process opens this store.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa

from depositary.authorities.entries import AuthorityEntry, authority_content, authority_entry
from depositary.authorities.tables import CHAINED, ENTRY, PROPOSAL, STEP
from depositary.errors import DepositaryError
from depositary.register.database import engine_of, migrate, require_current, writing
from depositary.register.journal import Journal
from depositary.register.seal import Seal

VERSION = "contacts.contacts_version"
"""The table that holds the revision of the store's schema."""

KEY = "contacts.key"

SCHEMA = "contacts."
"""What stands before the names of its tables on PostgreSQL."""


@dataclass(frozen=True)
class Checked:
    """The result of a check: the number of entries that hold, and a sentence about the first fault, "" for none."""

    size: int
    fault: str = ""


class ContactStore:
    """The store at a URL. Its seal is the key in a folder; the key is made when it is first needed."""

    def __init__(self, url: str, keys: Path) -> None:
        self.url = url
        self.seal = Seal(keys, KEY)
        self._kept: tuple[str, list[AuthorityEntry]] = ("", [])
        self.engine = engine_of(url)
        if self.engine.dialect.name == "sqlite":
            self.engine = self.engine.execution_options(schema_translate_map={"contacts": None})

    def migrate(self) -> None:
        """Brings the store up to date, and creates it where it does not exist."""
        if self.engine.dialect.name == "postgresql":
            with self.engine.begin() as connection:
                # It asks first, because a role that owns the schema may lack the right to make a schema.
                if not sa.inspect(connection).has_schema("contacts"):
                    connection.execute(sa.text("CREATE SCHEMA contacts"))
        migrate(self.engine, Path(__file__).parent / "migrations", VERSION)

    def require_current(self) -> None:
        """Raises BadInput where the database is not at the revision that this program needs."""
        require_current(self.engine, Path(__file__).parent / "migrations", VERSION)

    def entries(self, *participants: str) -> list[AuthorityEntry]:
        """The entries of some participants, or all, in the order of recording. The seal of each is opened once."""
        root = self.root
        if not participants and root == self._kept[0]:
            return list(self._kept[1])
        wanted = sa.select(ENTRY.c.sealed).order_by(ENTRY.c.number)
        if participants:
            wanted = wanted.where(ENTRY.c.participant.in_(participants))
        with self.engine.begin() as connection:
            sealed = connection.execute(wanted).scalars().all()
        found = [authority_entry(content)[0] for content in self.seal.open_all(sealed)]
        if not participants:
            self._kept = (root, found)
        return list(found)

    def forget(self) -> None:
        """Removes all opened entries from memory."""
        self._kept = ("", [])

    @contextmanager
    def recording(self) -> Iterator["AuthorityTransaction"]:
        """One transaction that may append entries: all of them, or none."""
        with writing(self.engine).begin() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(sa.text("LOCK TABLE contacts.authority_entry, contacts.proposal IN EXCLUSIVE MODE"))
            self.seal.check(lambda: connection.execute(sa.select(PROPOSAL.c.number).limit(1)).first())
            recording = AuthorityTransaction(connection, self.seal)
            recording.journal.begin()
            yield recording
            recording.journal.close()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One transaction that only reads."""
        with self.engine.begin() as connection:
            yield connection

    @property
    def root(self) -> str:
        """The digest of the last entry, which covers all entries before it; "" where there is none."""
        with self.engine.begin() as connection:
            last = sa.select(ENTRY.c.digest).order_by(ENTRY.c.number.desc()).limit(1)
            return connection.execute(last).scalar_one_or_none() or ""

    def last_line(self) -> tuple[int, str]:
        """The number and the digest of the last line of the journal, which the register anchors."""
        with self.engine.begin() as connection:
            return Journal(connection, CHAINED, SCHEMA).last

    def digests(self) -> list[str]:
        """The digest of each entry in order. Digests may be published."""
        with self.engine.begin() as connection:
            return list(connection.execute(sa.select(ENTRY.c.digest).order_by(ENTRY.c.number)).scalars())

    def check(self) -> Checked:
        """Opens every entry, and checks its digest, its place in the chain, and who proposed it and decided."""
        previous, functions = "", dict[int, str]()
        with self.engine.begin() as connection:
            decided = _decided(connection)
            for expected, row in enumerate(connection.execute(sa.select(ENTRY).order_by(ENTRY.c.number)), 1):
                try:
                    content = self.seal.open(row.sealed)
                    entry, before = authority_entry(content)
                except (DepositaryError, ValueError, KeyError):
                    return Checked(expected - 1, f"entry {expected}: it cannot be opened")
                if (row.number, entry.number, entry.participant, before) != (
                    expected,
                    expected,
                    row.participant,
                    previous,
                ):
                    return Checked(expected - 1, f"entry {expected}: it does not follow the entry before it")
                if authority_digest(content) != row.digest:
                    return Checked(expected - 1, f"entry {expected}: its content is not what was recorded")
                function = functions[expected] = entry.function or functions.get(entry.concerns, "")
                # Entries from before these columns have the columns' defaults.
                if row.concerns is not None and (row.what, row.function, row.concerns) != (
                    entry.what,
                    function,
                    entry.concerns,
                ):
                    return Checked(expected - 1, f"entry {expected}: the columns beside it do not say what it says")
                if row.proposal is not None and entry.recorded_by not in decided.get(row.proposal, ()):
                    return Checked(expected - 1, f"entry {expected}: its proposal and its steps name other persons")
                previous = row.digest
        return Checked(expected if previous else 0)

    def close(self) -> None:
        self.engine.dispose()


class AuthorityTransaction:
    """An open transaction that appends."""

    def __init__(self, connection: sa.Connection, seal: Seal) -> None:
        self.connection = connection
        self.seal = seal
        self.journal = Journal(connection, CHAINED, SCHEMA)
        last = connection.execute(
            sa.select(ENTRY.c.number, ENTRY.c.digest).order_by(ENTRY.c.number.desc()).limit(1)
        ).first()
        self.size: int = last.number if last else 0
        self.root: str = last.digest if last else ""

    def function_of(self, entry: AuthorityEntry) -> str:
        """The function of an entry's designation, or of the entry it concerns; "" for a mission."""
        if entry.function or not entry.concerns:
            return entry.function
        wanted = sa.select(ENTRY.c.function).where(ENTRY.c.number == entry.concerns)
        return self.connection.execute(wanted).scalar() or ""

    def append(self, entry: AuthorityEntry, proposal: int | None = None) -> None:
        """Adds an entry, whose number must be the next. Every entry but a confirmation comes from a proposal."""
        if entry.number != self.size + 1:
            raise DepositaryError(f"Entry {entry.number} is not the next; the register has {self.size}.")
        content = authority_content(entry, self.root)
        digest = authority_digest(content)
        row = {
            "number": entry.number,
            "sealed": self.seal.seal(content),
            "digest": digest,
            "participant": entry.participant,
            "what": entry.what,
            "function": self.function_of(entry),
            "proposal": proposal,
            "concerns": entry.concerns,
        }
        self.connection.execute(sa.insert(ENTRY), row)
        self.size, self.root = entry.number, digest


def _decided(connection: sa.Connection) -> dict[int, set[str]]:
    """For each proposal, the names that its entry may give as proposer and decider."""
    rows = connection.execute(sa.select(PROPOSAL.c.number, PROPOSAL.c.proposed_by))
    proposed = {row.number: row.proposed_by for row in rows}
    said: dict[int, set[str]] = {}
    for step in connection.execute(sa.select(STEP.c.proposal, STEP.c.what, STEP.c.done_by)):
        ways = {"approved": "approved by", "overridden": "without the old contact by", "confirmed": "confirmed by"}
        if step.what in ways:
            words = f"{proposed.get(step.proposal)}, {ways[step.what]} {step.done_by}"
            said.setdefault(step.proposal, set()).add(words)
    return said


def authority_digest(content: str) -> str:
    """The digest of an entry, as in the register: SHA-256 over a zero byte and the content."""
    return sha256(b"\x00" + content.encode()).hexdigest()
