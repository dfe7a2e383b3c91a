"""Making a ledger small: rows are taken out while the two readings still differ."""

from collections.abc import Callable

from tests.second_reading.ledger import Ledger, Row


def smallest(ledger: Ledger, differs: Callable[[Ledger], bool]) -> Ledger:
    """The ledger without every row that the difference can do without."""
    rows = ledger.rows
    size = max(1, len(rows) // 2)
    while True:
        at = 0
        while at < len(rows):
            fewer: tuple[Row, ...] = rows[:at] + rows[at + size :]
            if fewer and differs(ledger.with_rows(fewer)):
                rows = fewer
            else:
                at += size
        if size == 1:
            return ledger.with_rows(tuple(sorted(rows, key=lambda row: (row.date, row.number))))
        size //= 2
