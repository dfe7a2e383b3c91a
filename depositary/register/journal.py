"""The journal: one line for each row of the tables to which is only added, chained by digests and signed.

The database notes which rows a transaction added (`unchained`, filled by the triggers that `chained` makes). The
transaction writes their lines at its end and signs the last line. A row that something else wrote has no line.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from depositary.register.canonical import FIRST, canonical

Tables = Mapping[str, tuple[str, ...]]
"""Tables to which is only added, each with the columns of its key."""

CHAINED: Tables = {
    "anchor": ("store", "size"),
    "audit": ("number",),
    "correction": ("number",),
    "draft_step": ("draft", "step"),
    "draft_version": ("draft", "version"),
    "edition": ("name",),
    "edition_step": ("edition", "step"),
    "letter": ("number",),
    "letter_part": ("name",),
    "letter_step": ("letter", "step"),
    "notification": ("year", "number"),
    "request": ("key",),
    "role_grant": ("number",),
    "series_step": ("year", "step"),
    "signing_key": ("name",),
}
"""Those of the register's database. A migration that makes another calls `chained`, and its table gets a row here."""

RESTORED = "restored"
"""What a line names in the place of a table when the register was restored from a dump: its size, and whether the dump
had a journal (1 or 0)."""

Signs = Callable[[bytes], tuple[str, str] | None]
"""Gives the name of a key and its signature over a message; None where nothing can be signed."""


def key_of(key: tuple[str, ...], of: str = "") -> str:
    """The key of a row as SQL puts it together: its columns as text, between strokes."""
    # Not JSON: SQLite runs no such function in a trigger, where the schema is not trusted.
    return " || '/' || ".join(f"CAST({of}{column} AS TEXT)" for column in key)


def chained(dialect: str, table: str, key: tuple[str, ...], schema: str = "") -> tuple[str, ...]:
    """What makes the database note each row that is added to a table, in the database's language."""
    note = f"INSERT INTO {schema}unchained (of_table, row_key) VALUES ('{table}', {key_of(key, 'NEW.')})"  # noqa: S608
    if dialect == "sqlite":
        return (f"CREATE TRIGGER {table}_chained AFTER INSERT ON {table} BEGIN {note}; END",)
    return (
        f"""CREATE FUNCTION {schema}{table}_chained() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {note}; RETURN NULL; END $$""",
        f"CREATE TRIGGER {table}_chained AFTER INSERT ON {schema}{table} "
        f"FOR EACH ROW EXECUTE FUNCTION {schema}{table}_chained()",
    )


class Journal:
    """The journal in a transaction: what it adds is chained when it ends."""

    def __init__(self, connection: sa.Connection, tables: Tables = CHAINED, schema: str = "") -> None:
        self._connection = connection
        self._tables = tables
        self._schema = schema if connection.dialect.name == "postgresql" else ""
        self._own = ""
        if connection.dialect.name == "postgresql":
            self._own = " WHERE transaction = pg_current_xact_id()"

    def begin(self) -> None:
        """Forgets what was added behind the program's back: no line is ever written for it."""
        if not self._own:  # PostgreSQL says of each row which transaction added it
            self._run("DELETE FROM unchained")

    @property
    def is_written(self) -> bool:
        """Whether this transaction added a row of which the journal tells."""
        return self._run(f"SELECT 1 FROM {self._schema}unchained{self._own} LIMIT 1").first() is not None  # noqa: S608

    @property
    def last(self) -> tuple[int, str]:
        """The number and the digest of the last line."""
        wanted = f"SELECT number, digest FROM {self._schema}journal ORDER BY number DESC LIMIT 1"  # noqa: S608
        last = self._run(wanted).first()
        return (last.number, last.digest) if last else (0, FIRST)

    def close(self, signs: Signs | None = None) -> str:
        """Writes the lines of what this transaction added, and signs the last; the digest of the last line of all."""
        at = self._schema
        pending = self._run(f"SELECT of_table, row_key FROM {at}unchained{self._own} ORDER BY place").all()  # noqa: S608
        if pending and self._own:
            self._run(f"LOCK TABLE {at}journal IN EXCLUSIVE MODE")
        number, digest = self.last
        if not pending:
            return digest
        lines: list[dict[str, Any]] = []
        for of_table, key in ((row.of_table, row.row_key) for row in pending):
            number += 1
            digest = line_digest(number, digest, of_table, key, self._row(of_table, key))
            lines.append({"number": number, "of_table": of_table, "row_key": key, "digest": digest})
        self._run(f"INSERT INTO {at}journal VALUES (:number, :of_table, :row_key, :digest)", *lines)  # noqa: S608
        self._run(f"DELETE FROM {at}unchained{self._own}")  # noqa: S608
        if signs is not None:
            self._seal(lines[0]["number"], number, digest, signs)
        return digest

    def forget(self) -> None:
        """Writes no line for what this transaction added: a dump that is restored brings the lines with it."""
        self._run(f"DELETE FROM {self._schema}unchained{self._own}")  # noqa: S608

    def restored(self, size: int, *, with_journal: bool) -> None:
        """Notes that this transaction restores a dump, with the dump's own journal or without one."""
        note = f"INSERT INTO {self._schema}unchained (of_table, row_key) VALUES ('{RESTORED}', :key)"  # noqa: S608
        self._run(note, {"key": f"{size}/{int(with_journal)}"})

    def seal_all(self, signs: Signs) -> None:
        """Signs the lines that a migration wrote, where no line was signed before."""
        number, digest = self.last
        if number and self._run("SELECT 1 FROM journal_seal LIMIT 1").first() is None:
            self._seal(1, number, digest, signs)

    def _seal(self, since: int, number: int, digest: str, signs: Signs) -> None:
        """Signs the lines from one to another. The first signature is over all lines before it as well."""
        if self._run("SELECT 1 FROM journal_seal LIMIT 1").first() is None:
            # Where a head names a journal there was a signature: that it is gone is to be seen.
            is_new = self._run("SELECT 1 FROM head WHERE journal <> '' LIMIT 1").first() is None
            since = 1 if is_new else since
        if signed := signs(sealed(since, number, digest)):
            row = {"number": number, "since": since, "key": signed[0], "signature": signed[1]}
            self._run("INSERT INTO journal_seal VALUES (:number, :since, :key, :signature)", row)

    def _row(self, table: str, key: str) -> str:
        """The digest of the row of a key; "" for a line that names no table."""
        if table == RESTORED:
            return ""
        columns = self._tables[table]
        where = " AND ".join(f"{column} = :{column}" for column in columns)
        wanted = f"SELECT * FROM {self._schema}{table} WHERE {where}"  # noqa: S608
        values = key.rsplit("/", len(columns) - 1)
        row = self._run(wanted, dict(zip(columns, values, strict=True))).mappings().one()
        return row_digest({**row})

    def _run(self, said: str, *given: dict[str, Any]) -> sa.CursorResult[Any]:
        return self._connection.execute(sa.text(said), list(given) if len(given) > 1 else (*given, None)[0])


def row_digest(row: Mapping[str, Any]) -> str:
    """The digest of a row. What is empty is left out, so that a column added later changes no digest."""
    return sha256(
        canonical({name: value for name, value in row.items() if value not in (None, "")}).encode()
    ).hexdigest()


def line_digest(number: int, previous: str, table: str, key: str, row: str) -> str:
    """The digest of a line, over a zero byte and canonical JSON, as that of an entry."""
    told = {"key": key, "number": number, "previous": previous, "row": row, "table": table}
    return sha256(b"\x00" + canonical(told).encode()).hexdigest()


def sealed(since: int, number: int, digest: str) -> bytes:
    """What the signature over the lines from one to another is over."""
    return canonical({"digest": digest, "journal": number, "since": since, "version": 1}).encode()
