"""The dates of single parties, worked out from the tables by the plain words of each treaty.

Nothing here is the product's: the rows are read as they stand in `data/history`, the rules are those of the treaties,
counted with the calendar alone. A treaty's own entry into force is the published one.
"""

import csv
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

Rule = Callable[[date], date]
Row = dict[str, str]


def days(number: int) -> Rule:
    """On the thirtieth day after, on the ninetieth day following: the day of deposit is not counted."""
    return lambda deposit: deposit + timedelta(days=number)


def months(number: int) -> Rule:
    """Three months after: the day of the same number, or the last day of a shorter month."""

    def after(deposit: date) -> date:
        first = first_of_month(deposit, number)
        return first.replace(day=min(deposit.day, monthrange(first.year, first.month)[1]))

    return after


def first_of_month(day: date, later: int) -> date:
    years, month = divmod(day.month - 1 + later, 12)
    return date(day.year + years, month + 1, 1)


RULES: dict[str, Rule] = {
    "IV-2": days(30),  # 19(2)
    "IV-3": months(3),  # 27(2)
    "IV-3-a": months(3),  # 18(2)
    "IV-4": months(3),  # 49(2)
    "IV-8": days(30),  # 27(2)
    "IV-9": days(30),  # 27(2)
    "IV-11-b": months(1),  # 10(2)
    "IV-11-d": months(3),  # 19(2)
    "IX-4": days(90),  # 36(2)
    "XVIII-5": days(30),  # 18(2)
    "XVIII-9": days(30),  # 22(2)
    "XVIII-10": lambda deposit: first_of_month(deposit + timedelta(days=60), 1),  # 126(2)
    "XVIII-12": days(30),  # 38(2)
    "XVIII-12-a": days(30),  # 17(2)
    "XVIII-12-b": days(30),  # 22(2)
    "XVIII-14": days(30),  # 68(2)
    "XVIII-15": days(30),  # 25(2)
    "XXI-6": days(30),  # 308(2)
    "XXVI-2": months(6),  # 5(2)
    "XXVI-5": lambda deposit: first_of_month(deposit, 6),  # 17(2)
    "XXVII-2": days(90),  # 17(3)
    "XXVII-3": days(90),  # 25(2)
    "XXVII-7": days(90),  # 23(2)
    "XXVII-8": days(90),  # 36(3)
    "XXVII-14": days(90),  # 26(2)
    "XXVII-15": days(90),  # 26(2)
}
"""How long after the deposit of its own instrument the treaty enters into force for a State."""

LEAVING: dict[str, Rule] = {"XVIII-10": months(12), "XXVI-5": months(6)}
"""How long after its receipt a withdrawal takes effect: 127(1); 20(3)."""

CONVENTIONS = {"XVIII-12-a": "XVIII-12", "XVIII-12-b": "XVIII-12", "IV-3-a": "IV-3"}
"""Only a party to the convention is a party to these protocols: 37(2) of XVIII-12; 17 of IV-3-a."""

AFTER_ENTRY = {"IV-11-b"}
"""10(2): the month is of those who deposit after entry into force. Whoever deposited by that day is bound from it."""

CONSENTS = ("ratification", "acceptance", "approval", "formal confirmation", "accession", "succession")


def rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def bound_from(histories: Path, general: dict[str, date]) -> dict[tuple[str, str], date]:
    """From when each party was bound, by treaty and participant."""
    found: dict[tuple[str, str], date] = {}
    for treaty in sorted(RULES, key=lambda treaty: treaty in CONVENTIONS):
        for row in rows(histories / f"{treaty}.csv"):
            if row["action"] in CONSENTS:
                day = _own_day(row, general[treaty])
                if convention := CONVENTIONS.get(treaty):
                    day = max(day, found.get((convention, row["participant"]), date.max))
                found[treaty, row["participant"]] = day
    return {party: day for party, day in found.items() if day != date.max}


def _own_day(row: Row, general: date) -> date:
    deposit = date.fromisoformat(row["date"])
    if row["action"] == "succession":
        return max(date.fromisoformat(row["effective"] or row["date"]), general)
    if row["treaty"] in AFTER_ENTRY and deposit <= general:
        return general
    return max(RULES[row["treaty"]](deposit), general)


def bound_until(histories: Path) -> dict[tuple[str, str], date | None]:
    """The first day on which a party that withdrew was no longer bound; None where it took its notice back in time."""
    ends: dict[tuple[str, str], date | None] = {}
    for treaty, leaving in LEAVING.items():
        for row in rows(histories / f"{treaty}.csv"):
            if row["action"] == "denunciation":
                ends[treaty, row["participant"]] = leaving(date.fromisoformat(row["date"]))
            elif row["action"] == "revocation of denunciation":
                ends[treaty, row["participant"]] = None
    return ends
