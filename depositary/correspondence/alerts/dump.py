"""The requests for alerts as a file: a JSON object a line, each row with its table. Addresses stay sealed."""

import json
from typing import IO

import sqlalchemy as sa

from depositary.correspondence.alerts.store import AlertStore
from depositary.correspondence.alerts.tables import ADDRESS, REQUEST, STEP
from depositary.errors import BadInput
from depositary.register.canonical import canonical
from depositary.register.database import writing

IN_ORDER = {table.name: table for table in (REQUEST, ADDRESS, STEP)}
HEAD = {"depositary": "requests for alerts", "version": 1}


def write_backup(store: AlertStore, out: IO[str]) -> int:
    """Writes the whole store as it is at one moment. Gives the number of requests."""
    number = 0
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        out.write(canonical(HEAD) + "\n")
        for name, table in IN_ORDER.items():
            for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings():
                out.write(canonical({"of": name, "row": dict(row)}) + "\n")
                number += table is REQUEST
    return number


def restore_backup(store: AlertStore, lines: IO[str], name: str) -> int:
    """Fills an empty store in one transaction. Gives the number of requests. Raises BadInput for any other file."""
    number = 0
    with writing(store.engine).begin() as connection:
        if connection.execute(sa.select(REQUEST.c.number).limit(1)).first():
            raise BadInput([f"{name}: there are requests for alerts already; only an empty store is filled"])
        try:
            if json.loads(next(lines, "null")) != HEAD:
                raise BadInput([f"{name}: is not a backup of requests for alerts"])
            for line in lines:
                told = json.loads(line)
                table = IN_ORDER[told["of"]]
                connection.execute(sa.insert(table), told["row"])
                number += table is REQUEST
        except (ValueError, KeyError, TypeError):
            raise BadInput([f"{name}: is not a backup of requests for alerts"]) from None
        if store.engine.dialect.name == "postgresql":
            following = (
                "SELECT setval(pg_get_serial_sequence('alerts.request', 'number'), max(number)) FROM alerts.request"
            )
            connection.execute(sa.text(following))
    return number
