"""Entries as canonical bytes with their digests; signed heads, keys, requests and documents.

What stood in the register before is kept: each old row becomes the entry's canonical bytes, in the same order.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from alembic import op

from depositary.law.acts import COLUMNS, LATER_COLUMNS, Act, act_of, row_of
from depositary.register.canonical import FIRST, act_digest, content_of, digest_of, entry_of, instant
from depositary.register.entry import Entry

revision = "0002"
down_revision = "0001"

TABLES = ("entry", "head", "signing_key", "request", "document")

REPLACED = {
    "entry": "number = NEW.number OR rectifies = NEW.rectifies",
    "head": "size = NEW.size",
    "signing_key": "name = NEW.name OR place = NEW.place",
    "request": "key = NEW.key",
    "document": "digest = NEW.digest",
}


def upgrade() -> None:
    old = _old_entries()
    _drop_entry()
    op.create_table(
        "entry",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("treaty", sa.String, nullable=False),
        sa.Column("act", sa.String(64), nullable=False),
        sa.Column("rectifies", sa.Integer, sa.ForeignKey("entry.number"), nullable=True, unique=True),
        sa.CheckConstraint("length(digest) = 64 AND number > 0 AND (rectifies IS NULL OR rectifies < number)"),
    )
    op.create_index("ix_entry_treaty", "entry", ["treaty", "number"])
    op.create_index("ix_entry_act", "entry", ["act"])
    op.create_table(
        "head",
        sa.Column("size", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("root", "signed_at", "key", "signature")),
        sa.Column("frontier", sa.Text, nullable=False),
    )
    op.create_table(
        "signing_key",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("public", sa.String(64), nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("vouched_by", sa.String(16), nullable=False),
        sa.Column("voucher", sa.String(128), nullable=False),
        sa.Column("place", sa.Integer, nullable=False, unique=True),
    )
    op.create_table(
        "request",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("entry", sa.Integer, sa.ForeignKey("entry.number"), nullable=False),
    )
    op.create_table(
        "document",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    _insert(old)
    for table in TABLES:
        for statement in _guards(table):
            op.execute(statement)


def downgrade() -> None:
    entries = [entry_of(content) for (content,) in _rows("SELECT content FROM entry ORDER BY number")]
    if any(entry.notice or entry.receipt or entry.documents for entry in entries):
        raise RuntimeError("receipts, notices and documents would be lost; the register stays as it is")
    for table in reversed(TABLES[1:]):
        op.drop_table(table)
    _drop_entry()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION nothing_is_ever_changed")
    first = _first()
    first.upgrade()
    statement = sa.table("entry", *(sa.column(name) for name in first.COLUMNS))
    rows = [
        {
            "number": entry.number,
            "recorded_at": instant(entry.recorded_at),
            "recorded_by": entry.recorded_by,
            "rectifies": entry.rectifies,
            "reason": entry.reason,
            **{name: row_of(entry.act)[name] if entry.act else "" for name in OF_AN_ACT},
        }
        for entry in entries
    ]
    op.bulk_insert(statement, rows)


OF_AN_ACT = COLUMNS[: -len(LATER_COLUMNS)]
"""The columns that an act had then."""


def _first() -> Any:
    from importlib import import_module

    return import_module("depositary.register.migrations.versions.0001_entries")


def _rows(statement: str) -> list[Any]:
    return list(op.get_bind().execute(sa.text(statement)))


def _old_entries() -> list[Entry]:
    columns = ", ".join(("number", "recorded_at", "recorded_by", "rectifies", "reason", *OF_AN_ACT))
    found: dict[int, Entry] = {}
    for row in _rows(f"SELECT {columns} FROM entry ORDER BY number"):  # noqa: S608
        told = row._mapping
        act: Act | None = act_of({name: told[name] for name in OF_AN_ACT}, told["number"]) if told["action"] else None
        treaty = act.treaty if act else found[told["rectifies"]].treaty
        at = dt.datetime.fromisoformat(told["recorded_at"])
        found[told["number"]] = Entry(
            told["number"], act, at, told["recorded_by"], told["rectifies"], told["reason"], treaty
        )
    return list(found.values())


def _insert(entries: list[Entry]) -> None:
    names = ("number", "content", "digest", "treaty", "act", "rectifies")
    rows, previous = [], FIRST
    for entry in entries:
        content = content_of(entry, previous)
        previous = digest_of(content)
        act = act_digest(entry.act) if entry.act else ""
        rows.append(
            dict(zip(names, (entry.number, content, previous, entry.treaty, act, entry.rectifies), strict=True))
        )
    if rows:
        op.bulk_insert(sa.table("entry", *(sa.column(name) for name in names)), rows)


def _drop_entry() -> None:
    op.drop_table("entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS entry_is_never_changed")


def _guards(table: str) -> tuple[str, ...]:
    """What refuses to change a row of a table, in this database's language."""
    if op.get_bind().dialect.name == "sqlite":
        return (
            f"""CREATE TRIGGER {table}_is_never_updated BEFORE UPDATE ON {table}
                BEGIN SELECT RAISE(ABORT, '{table}: what is recorded is never changed'); END""",
            f"""CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table}
                BEGIN SELECT RAISE(ABORT, '{table}: what is recorded is never deleted'); END""",
            # REPLACE deletes without asking the trigger above, so it is refused before it begins.
            f"""CREATE TRIGGER {table}_is_never_replaced BEFORE INSERT ON {table}
                WHEN EXISTS (SELECT 1 FROM {table} WHERE {REPLACED[table]})
                BEGIN SELECT RAISE(ABORT, '{table}: what is recorded is never replaced'); END""",  # noqa: S608
        )
    function = """CREATE FUNCTION nothing_is_ever_changed() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION '%: what is recorded is never changed', TG_TABLE_NAME; END $$"""
    return (
        *((function,) if table == TABLES[0] else ()),
        f"""CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION nothing_is_ever_changed()""",
        f"""CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION nothing_is_ever_changed()""",
    )
