"""References of depositary notifications: `C.N.196.2025.TREATIES-XVIII.16`.

The number runs over all treaties of a year, as the United Nations counts them.
"""

import re
from dataclasses import dataclass
from datetime import date

REFERENCE = re.compile(r"C\.N\.([1-9]\d{0,5})\.([12]\d{3})\.TREATIES-([IVXL]{1,6}(?:\.[A-Za-z0-9]{1,8}){1,4})")


@dataclass(frozen=True, slots=True)
class Notified:
    """An earlier notification: its reference, and the date of issue where it is known."""

    reference: str
    on: date | None = None


def reference_of(number: int, year: int, treaty: str) -> str:
    """The reference of a notification under a treaty (`XVIII-16`, `IV-11-b`)."""
    return f"C.N.{number}.{year}.TREATIES-{treaty.replace('-', '.')}"


def parts_of(reference: str) -> tuple[int, int, str] | None:
    """Number, year and treaty of a reference; None for a text that is no reference."""
    found = REFERENCE.fullmatch(reference)
    return (int(found[1]), int(found[2]), found[3].replace(".", "-")) if found else None


def references_in(text: str) -> tuple[str, ...]:
    """The references in a text, such as the source of an act, each once."""
    return tuple(dict.fromkeys(found[0].rstrip(".") for found in REFERENCE.finditer(text)))
