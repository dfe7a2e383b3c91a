"""The data of the demonstration: invented participants and acts, moved in time so that the story ends last December.

The story is written as if the present year were 2034. The Convention's own clause file and text come with it, with the
years of its adoption and signature moved too, so that an amendment is possible: 66(1) asks for five years in force.
"""

import csv
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from depositary.law.acts import COLUMNS
from depositary.law.clauses import CONVENTION
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.csv_files import read_rows

PRESENT = 2034
"""The year in which the story is told."""

_YEAR = re.compile(r"\b20[23]\d\b")
_SATURDAY = 5
_MARKS = {
    "": "[Fiction]",
    "fr": "[Fiction]",
    "es": "[Ficción]",
    "ru": "[Вымысел]",
    "ar": "[من الخيال]",
    "zh": "［虚构］",
}
"""What stands before a treaty's title in each language, so that letters, documents and data files say it too."""
_DATED = ("adopted =", "from =", "until =", '"9(1)" =', '"64(1)" =', "1. This ")
"""The beginnings of the lines of a clause file or a text whose years are moved."""


def write_data(data: Path, folder: Path, year: int, kept_since: date) -> Collection:
    """Writes the data of the demonstration for a present year; gives what is in the folder.

    Acts of earlier days than `kept_since` were notified by others: their source is a depositary notification.
    """
    (folder / "treaties").mkdir(parents=True)
    for name in ("FICTION.txt", "participants.csv", "memberships.csv", "regions.csv"):
        shutil.copyfile(data / "demo" / name, folder / name)
    by = year - PRESENT
    for path in (*(data / "treaties").glob(f"{CONVENTION}.*"), *(data / "demo" / "treaties").iterdir()):
        text = _marked(path.read_text(encoding="utf-8"))
        moved = "".join(_moved(line, by) for line in text.splitlines(keepends=True))
        (folder / "treaties" / path.name).write_text(moved, encoding="utf-8")
    with (folder / "instruments.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for number, row in read_rows(data / "demo" / "instruments.csv", COLUMNS, (), []):
            on = working_day(date.fromisoformat(row["date"]), by)
            source = f"C.N.{number}.{on.year}.TREATIES (invented)" if on < kept_since else "note verbale (invented)"
            subject = _YEAR.sub(lambda found: str(int(found[0]) + by), row["subject"])
            writer.writerow(row | {"date": on.isoformat(), "source": source, "subject": subject})
    return load_collection(folder)


def working_day(day: date, by: int) -> date:
    """A day of the story moved by years: the Monday after, where it falls on a weekend. Signature opens on its day."""
    moved = day.replace(year=day.year + by)
    opening = (day.month, day.day) == (10, 25)
    return moved + timedelta(days=0 if opening else max(0, 7 - moved.weekday()) if moved.weekday() >= _SATURDAY else 0)


def _marked(text: str) -> str:
    """A clause file whose titles say that they are fiction; a text of a treaty stays as it is."""
    parts = re.split(r"(^\[titles\.)(\w+)", text, flags=re.MULTILINE)
    marked = [parts[0], *("".join(parts[place : place + 3]) for place in range(1, len(parts), 3))]
    languages = ["", *parts[2::3]]
    return "".join(
        re.sub(r'^title = "', f'title = "{_MARKS[language]} ', part, flags=re.MULTILINE)
        for language, part in zip(languages, marked, strict=True)
    )


def _moved(line: str, by: int) -> str:
    if not line.startswith(_DATED):
        return line
    return _YEAR.sub(lambda found: str(int(found[0]) + by), line)
