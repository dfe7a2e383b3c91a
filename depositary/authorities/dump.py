"""The registers of authorities as a file, for another place or another database: everything sealed stays sealed.

One JSON object a line: what it is, then each row with the table it is of. The key is not in it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import sqlalchemy as sa

from depositary.authorities.entries import authority_entry
from depositary.authorities.store import SCHEMA, ContactStore
from depositary.authorities.tables import ANSWER, ENTRY, LINK, PROPOSAL, STEP
from depositary.errors import BadInput
from depositary.register.canonical import canonical

IN_ORDER = {table.name: table for table in (PROPOSAL, LINK, ANSWER, STEP, ENTRY)}
JOURNAL = "journal"
HEAD = {"depositary": "registers of authorities", "version": 1}


def write_backup(store: ContactStore, out: IO[str]) -> int:
    """Writes the whole store as it is at one moment. Gives the number of entries."""
    number = 0
    with store.reading() as connection:
        if store.engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        out.write(canonical(HEAD) + "\n")
        for name, table in IN_ORDER.items():
            for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings():
                out.write(canonical({"of": name, "row": dict(row)}) + "\n")
                number += table is ENTRY
        lines = f"SELECT number, of_table, row_key, digest FROM {_schema(store)}journal ORDER BY number"  # noqa: S608
        for row in connection.execute(sa.text(lines)).mappings():
            out.write(canonical({"of": JOURNAL, "row": dict(row)}) + "\n")
    return number


def _schema(store: ContactStore) -> str:
    return "" if store.engine.dialect.name == "sqlite" else SCHEMA


def restore_backup(store: ContactStore, lines: IO[str], name: str) -> int:
    """Fills an empty store in one transaction. Gives the number of entries. Raises BadInput for any other file."""
    with store.recording() as recording:
        connection = recording.connection
        if recording.size or connection.execute(sa.select(PROPOSAL.c.number).limit(1)).first():
            raise BadInput([f"{name}: the registers here are not empty; a backup is restored into empty ones"])
        rows: dict[str, list[Row]] = {table: [] for table in (*IN_ORDER, JOURNAL)}
        for place, line in enumerate(lines, 1):
            try:
                told = json.loads(line)
                if place > 1:
                    rows[told["of"]].append(Row(place, dict(told["row"])))
                elif told != HEAD:
                    raise ValueError
            except (ValueError, KeyError, TypeError):
                raise _no_line(name, place) from None
        for table, row in _as_it_was_done(rows):
            try:
                connection.execute(sa.insert(table), _with_concerned(store, table, row.values))
            except (TypeError, KeyError, sa.exc.StatementError):
                raise _no_line(name, row.place) from None
        if lines_of_journal := [row.values for row in rows[JOURNAL]]:
            said = f"INSERT INTO {_schema(store)}journal VALUES (:number, :of_table, :row_key, :digest)"  # noqa: S608
            try:
                connection.execute(sa.text(said), lines_of_journal)
            except sa.exc.StatementError:
                raise _no_line(name, rows[JOURNAL][0].place) from None
            recording.journal.forget()
        if store.engine.dialect.name == "postgresql":
            last = "SELECT setval(pg_get_serial_sequence('contacts.proposal', 'number'), greatest(max(number), 1)) "
            connection.execute(sa.text(f"{last} FROM contacts.proposal"))
    if fault := store.check().fault:
        raise BadInput([f"{name}: {fault}"])
    return len(rows[ENTRY.name])


@dataclass(frozen=True)
class Row:
    """A row of a backup and the line it stands in."""

    place: int
    values: dict[str, Any]


def _as_it_was_done(rows: Mapping[str, Sequence[Row]]) -> Iterator[tuple[sa.Table, Row]]:
    """The rows in an order that the rules of the database allow: each proposal with its steps and its entry."""
    steps: dict[Any, list[Row]] = {}
    for row in rows[STEP.name]:
        steps.setdefault(row.values.get("proposal"), []).append(row)
    proposals = {row.values.get("number"): row for row in rows[PROPOSAL.name]}
    for table in (LINK, ANSWER):
        yield from ((table, row) for row in rows[table.name])
    for entry in rows[ENTRY.name]:
        number = entry.values.get("proposal")
        if number in proposals:
            yield PROPOSAL, proposals.pop(number)
        own = steps.pop(number, []) if number is not None else []
        entered = next((place for place, row in enumerate(own) if row.values.get("what") == "in effect"), len(own))
        yield from ((STEP, row) for row in own[:entered])
        yield ENTRY, entry
        yield from ((STEP, row) for row in own[entered:])
    yield from ((PROPOSAL, row) for row in proposals.values())
    yield from ((STEP, row) for own in steps.values() for row in own)


def _with_concerned(store: ContactStore, table: sa.Table, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a row; a backup of an earlier version has no column that says which entry a row concerns."""
    if table not in (ENTRY, PROPOSAL) or values.get("concerns") is not None:
        return values
    return values | {"concerns": authority_entry(store.seal.open(values["sealed"]))[0].concerns}


def _no_line(name: str, place: int) -> BadInput:
    return BadInput([f"{name}:{place}: this is not a line of a backup of the registers of authorities"])
