"""The report on an interpreted file: for each row its text, and beside it what the program understood."""

import sys
from collections.abc import Iterator
from typing import Any

from depositary.cli.options import Format, open_store
from depositary.cli.output import write_csv, write_json
from depositary.law.acts import COLUMNS, row_of
from depositary.settings import Settings
from depositary.treaties.interpretation import Interpretation, Interpreted

SHOWN = 1000
"""The number of rows that a table shows."""

FIELDS = ("row", "becomes", *COLUMNS, *(f"written_{column}" for column in COLUMNS), "mended")


def show(interpretation: Interpretation, format_: Format, settings: Settings) -> None:
    """Shows every row. Raises BadInput with all faults and questions of the file before anything is shown."""
    for _ in interpretation.rows():
        pass
    if format_ == "table":
        _table(interpretation)
        return
    rows = (
        {"row": row.number, "becomes": becomes, **_facts(row)} for row, becomes in _outcomes(interpretation, settings)
    )
    write_csv(FIELDS, rows) if format_ == "csv" else write_json(list(rows))


def _table(interpretation: Interpretation) -> None:
    number = 0
    for number, row in enumerate(interpretation.rows(), 1):
        if number <= SHOWN:
            written = " | ".join(row.written[column] for column in ("treaty", *COLUMNS[1:4]) if row.written[column])
            act = row.act
            understood = " ".join(filter(None, (act.treaty, act.participant, act.action, act.date.isoformat())))
            mended = f"  ({'; '.join(row.mended)})" if row.mended else ""
            print(f"  row {row.number}: {written}  =>  {understood}{mended}", file=sys.stderr)
    if number > SHOWN:
        print(f"  and {number - SHOWN} more: --dry-run --format csv lists them all", file=sys.stderr)


def _facts(row: Interpreted) -> dict[str, Any]:
    written = {f"written_{column}": text for column, text in row.written.items()}
    return {**row_of(row.act), **written, "mended": "; ".join(row.mended)}


def _outcomes(interpretation: Interpretation, settings: Settings) -> Iterator[tuple[Interpreted, str]]:
    """Each row with its outcome."""
    from depositary.register.batch import new_acts
    from depositary.register.identity import Difference

    differing: list[Difference] = []
    with open_store(settings) as store:
        new = {act.number for act in new_acts((row.act for row in interpretation.rows()), store, differing)}
    said = {one.act.number: str(one.said) for one in differing}
    for row in interpretation.rows():
        yield row, "new" if row.number in new else said.get(row.number, "stands already")
