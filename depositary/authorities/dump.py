"""The registers of authorities as a file, for another place or another database: everything sealed stays sealed.

One JSON object a line: what it is, then each row with the table it is of, in an order that every rule allows. The key
is not in it.
"""

import json
from typing import IO

import sqlalchemy as sa

from depositary.authorities.store import ContactStore
from depositary.authorities.tables import ANSWER, ENTRY, LINK, PROPOSAL, STEP
from depositary.errors import BadInput
from depositary.register.canonical import canonical

IN_ORDER = {table.name: table for table in (PROPOSAL, LINK, ANSWER, STEP, ENTRY)}
HEAD = {"depositary": "registers of authorities", "version": 1}


def write_backup(store: ContactStore, out: IO[str]) -> int:
    """Writes everything, as it was at one moment; the number of entries."""
    number = 0
    with store.reading() as connection:
        if store.engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        out.write(canonical(HEAD) + "\n")
        for name, table in IN_ORDER.items():
            for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings():
                out.write(canonical({"of": name, "row": dict(row)}) + "\n")
                number += table is ENTRY
    return number


def restore_backup(store: ContactStore, lines: IO[str], name: str) -> int:
    """Fills an empty store, all of it or nothing; the number of entries. Raises BadInput for what is no such file."""
    number = 0
    with store.recording() as recording:
        connection = recording.connection
        if recording.size or connection.execute(sa.select(PROPOSAL.c.number).limit(1)).first():
            raise BadInput([f"{name}: the registers here are not empty; a backup is restored into empty ones"])
        for place, line in enumerate(lines, 1):
            try:
                told = json.loads(line)
                if place == 1:
                    if told != HEAD:
                        raise ValueError
                    continue
                table = IN_ORDER[told["of"]]
                connection.execute(sa.insert(table), told["row"])
            except (ValueError, KeyError, TypeError, sa.exc.StatementError):
                raise BadInput(
                    [f"{name}:{place}: this is no line of a backup of the registers of authorities"]
                ) from None
            number += table is ENTRY
        if store.engine.dialect.name == "postgresql":
            last = "SELECT setval(pg_get_serial_sequence('contacts.proposal', 'number'), greatest(max(number), 1)) "
            connection.execute(sa.text(f"{last} FROM contacts.proposal"))
    if fault := store.check().fault:
        raise BadInput([f"{name}: {fault}"])
    return number
