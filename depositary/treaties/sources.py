"""The completeness of the acts under a treaty: the day up to which they are complete, and reports of further acts.

`SOURCES.md` says the first, in the sections whose headings end with the treaty's number: `## Acts under IV-3, IV-4`. A
treaty may stand in several. `reported.csv` has acts whose date of signature or deposit nobody gives: they are no acts.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from depositary.errors import BadInput
from depositary.law.dates import parse_date
from depositary.law.effects import Effects
from depositary.law.readings import KEPT_HERE
from depositary.treaties.csv_files import read_rows

_COMPLETE = re.compile(r"^complete as of: (\S+)\s*$", re.MULTILINE)
COLUMNS = ("treaty", "participant", "action", "reported", "source")


@dataclass(frozen=True, slots=True)
class Report:
    """A report that a participant has done an act; `reported` is the day of the report, or its month."""

    participant: str
    action: str
    reported: str
    source: str


def section(path: Path, treaty: str) -> str:
    """The section about a treaty in a file of sources; "" where there is no file or no section."""
    if not path.is_file():
        return ""
    sections = re.split(r"^## (?:Acts under )?", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return "\n\n".join(text for text in sections[1:] if treaty in text.partition("\n")[0].split(", "))


@cache
def complete_as_of(folder: Path, treaty: str) -> date | None:
    """The last day up to which the acts under a treaty are complete; None if that is not stated."""
    stated = _COMPLETE.search(section(folder / "SOURCES.md", treaty))
    return parse_date(stated[1]) if stated else None


def last_day_at_hand(folder: Path, effects: Effects) -> date | None:
    """The last day up to which the acts are complete; None if not stated, or if the house keeps the register."""
    return None if is_kept_here(effects) else complete_as_of(folder, effects.clauses.id)


def is_kept_here(effects: Effects) -> bool:
    """Whether the secretariat has ruled that it keeps the register of the treaty itself."""
    ruling = effects.rulings.get(KEPT_HERE)
    return ruling is not None and ruling.text == "otherwise"


@cache
def _reports(folder: Path) -> dict[str, tuple[Report, ...]]:
    path, faults = folder / "reported.csv", list[str]()
    found: dict[str, tuple[Report, ...]] = {}
    for _, row in read_rows(path, COLUMNS, (), faults) if path.is_file() else ():
        report = Report(*(row[column] for column in COLUMNS[1:]))
        found[row["treaty"]] = (*found.get(row["treaty"], ()), report)
    if faults:
        raise BadInput(faults)
    return found


def reported(folder: Path, effects: Effects, on: date) -> tuple[Report, ...]:
    """The reports of acts under a treaty up to a day, without the acts that are recorded."""
    return tuple(
        report
        for report in _reports(folder).get(effects.clauses.id, ())
        if report.reported <= on.isoformat() and not _recorded(report, effects)
    )


def _recorded(report: Report, effects: Effects) -> bool:
    if report.action == "signature":
        return report.participant in effects.history.signatures
    return bool(effects.episodes(report.participant))
