"""The names that people use for a treaty beside its titles, in the six languages, and its initials.

They are searched by and never shown. The column `seen` names the pages on which some of them were read; the others are
written as they are known here.
"""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "everyday_titles.csv"


@cache
def everyday_titles() -> dict[str, tuple[str, ...]]:
    """The everyday titles by treaty."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["treaty"]: tuple(row["titles"].split("|")) for row in csv.DictReader(file)}
