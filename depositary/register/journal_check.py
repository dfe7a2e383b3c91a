"""The journal checked: every line against the row it names, every row against the journal, and the signatures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from depositary.register.canonical import FIRST
from depositary.register.heads import is_signed
from depositary.register.journal import CHAINED, RESTORED, Tables, key_of, line_digest, row_digest, sealed

HEADS = sa.text("SELECT size, journal FROM head WHERE journal <> '' ORDER BY size")


@dataclass
class CheckedJournal:
    """What was found of a journal: what does not hold, what a person compares, and the digests of its lines."""

    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    """The number of each line by its digest."""
    restored: dict[int, str] = field(default_factory=dict)
    """The lines that tell of a restoration: by their number what they say."""

    @property
    def size(self) -> int:
        return len(self.lines)


def check_journal(connection: sa.Connection, tables: Tables = CHAINED, schema: str = "") -> CheckedJournal:
    """Checks the chain of a journal, and the tables against it."""
    schema = schema if connection.dialect.name == "postgresql" else ""
    rows = {
        (table, row["row_key"]): row_digest({name: value for name, value in row.items() if name != "row_key"})
        for table, key in tables.items()
        for row in connection.execute(
            sa.text(f"SELECT {key_of(key)} AS row_key, {schema}{table}.* FROM {schema}{table}")  # noqa: S608
        ).mappings()
    }
    found, previous, last = CheckedJournal(), FIRST, 0
    wanted = f"SELECT number, of_table, row_key, digest FROM {schema}journal ORDER BY number"  # noqa: S608
    for number, of_table, key, digest in connection.execute(sa.text(wanted)):
        if number != last + 1:
            found.faults.append(f"journal: line {last + 1} is not there; the line after {last} is {number}")
        name, row = f"{of_table} {key}", rows.pop((of_table, key), None)
        if of_table == RESTORED:
            found.restored[number], row = key, ""
        if row is None:
            found.faults.append(f"{name}: is not there, and line {number} of the journal names it")
        elif digest != line_digest(number, previous, of_table, key, row):
            found.faults.append(f"{name}: is not what line {number} of the journal says")
        found.lines[digest] = number
        previous, last = digest, number
    found.faults += (
        f"{table} {key}: no line of the journal names it; the program did not write it" for table, key in rows
    )
    return found


def check_seals(connection: sa.Connection, found: CheckedJournal, keys: Mapping[str, str]) -> None:
    """Checks that every line is under a signature; `keys` are the public keys by their names."""
    numbers, until = {number: digest for digest, number in found.lines.items()}, 0
    rows = connection.execute(sa.text("SELECT number, since, key, signature FROM journal_seal ORDER BY number")).all()
    for number, since, key, signature in rows:
        message = sealed(since, number, numbers.get(number, ""))
        if number not in numbers:
            found.faults.append(f"journal: line {number}, which was signed, is not there")
        elif key not in keys or not is_signed(keys[key], signature, message):
            found.faults.append(f"journal: lines {since} to {number} are not signed by the register's key")
        _unsigned(found, until + 1, since - 1)
        until = number
    if keys:
        _unsigned(found, until + 1, found.size)


def _unsigned(found: CheckedJournal, first: int, last: int) -> None:
    """Names the lines from one to another, which no signature is over."""
    if first > last:
        return
    if first in found.restored:
        found.remarks.append(
            f"journal: lines {first} to {last} were written when the register was restored without its key"
        )
    else:
        found.faults.append(f"journal: no signature is over lines {first} to {last}")


def named_in_heads(connection: sa.Connection, found: CheckedJournal) -> Iterator[str]:
    """Every head names a line of this journal, and a later head no earlier line."""
    # A dump without the desk has no journal; what heads before it name is nowhere then.
    without = [int(said.partition("/")[0]) for said in found.restored.values() if said.endswith("/0")]
    least = 0
    for size, journal in connection.execute(
        sa.text("SELECT size, journal FROM head WHERE journal <> '' ORDER BY size")
    ):
        line = found.lines.get(journal, 0)
        if line < max(least, 1) and size > max(without, default=0):
            yield f"journal: the line that the head of size {size} names is not there, or was written anew"
            return
        least = max(line, least)
    if without:
        found.remarks.append(f"journal: the register was restored at entry {max(without)} from a dump without the desk")
