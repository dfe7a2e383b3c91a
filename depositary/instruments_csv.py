"""Acts from and to a CSV file in the columns of `data/instruments.csv`."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, get_args

from depositary.acts import ACTIONS, AMENDMENT, NOBODYS, Act, Action
from depositary.csv_files import Row, read_rows
from depositary.dates import parse_date
from depositary.errors import BadInput
from depositary.law.readings import READINGS, WITH_ALTERNATIVE, Choice

COLUMNS = (
    "treaty",
    "participant",
    "action",
    "date",
    "subject",
    "effective",
    "place",
    "provision",
    "text",
    "source",
)

_ACTIONS: dict[str, Action] = {action: action for action in ACTIONS}
_AMENDMENT = re.compile(r"amendment:[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_PROVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ().,;/-]*")


def read_acts(path: Path, participants: Collection[str], treaties: Collection[str], only_treaty: str = "") -> list[Act]:
    """The acts in a file, in its order, each with its line as number.

    `only_treaty`: the treaty of the rows where the file has no such column. Raises BadInput with every fault of
    the file, each on its line; nothing of a file with a fault is taken.
    """
    return list(iterate_acts(path, participants, treaties, only_treaty))


def iterate_acts(
    path: Path, participants: Collection[str], treaties: Collection[str], only_treaty: str = ""
) -> Iterator[Act]:
    """The same, one after the other as the file is read. BadInput is raised at the end: take what came before back."""
    faults: list[str] = []
    required, optional = (COLUMNS[1:], COLUMNS[:1]) if only_treaty else (COLUMNS, ())
    for line, row in read_rows(path, required, optional, faults):
        row["treaty"] = row["treaty"] or only_treaty
        if wrong := row_faults(row, participants, treaties):
            faults += [f"{path.name}:{line}: {fault}" for fault in wrong]
        elif not faults:
            yield act_of(row, line)
    if faults:
        raise BadInput(faults)


def act_of(row: Row, number: int = 0) -> Act:
    """The act a row without faults describes."""
    return Act(
        treaty=row["treaty"],
        participant=row["participant"],
        action=_action(row["action"]),
        date=parse_date(row["date"]),
        subject=row["subject"],
        effective=date.fromisoformat(row["effective"]) if row["effective"] else None,
        place=row["place"],
        provision=row["provision"],
        text=row["text"],
        source=row["source"],
        number=number,
    )


def _action(text: str) -> Action:
    return _ACTIONS[text]


def row_faults(row: Row, participants: Collection[str], treaties: Collection[str]) -> list[str]:
    """What is wrong with a row, as `column: what is wrong, what is allowed`; empty where nothing is."""
    faults = []
    action, code, subject = row["action"], row["participant"], row["subject"]
    if row["treaty"] not in treaties:
        faults.append(f"treaty: {row['treaty']!r} has no clause file; known: {', '.join(sorted(treaties))}")
    if action not in _ACTIONS:
        faults.append(f"action: {action!r} is not an action; allowed: {', '.join(ACTIONS)}")
    if action in NOBODYS and code:
        faults.append(f"participant: must be empty for {action}, which is nobody's")
    if action not in NOBODYS and code not in participants:
        said = f"{code!r} is not a known code" if code else "is empty"
        faults.append(f"participant: {said}; allowed: a code of participants.csv, as GHA")
    for column in ("date", "effective"):
        if row[column] or column == "date":
            try:
                parse_date(row[column])
            except ValueError as fault:
                faults.append(f"{column}: {fault}" if row[column] else f"{column}: is empty; {fault}")
    if row["effective"] and action != "succession":
        faults.append("effective: only a succession has one; must be empty")
    if row["provision"] and not _PROVISION.fullmatch(row["provision"]):
        faults.append(f"provision: {row['provision']!r} is not the number of a provision, as 63(3)")
    return faults + (_ruling_faults(row) if action == "ruling" else _subject_faults(action, subject))


def _subject_faults(action: str, subject: str) -> list[str]:
    if action in ("amendment proposal", "amendment adoption") and not subject:
        return [f"subject: is empty; {action} needs the amendment it concerns, as {AMENDMENT}A1"]
    if subject and not _AMENDMENT.fullmatch(subject):
        return [f"subject: {subject!r} is not allowed; leave it empty or name an amendment, as {AMENDMENT}A1"]
    return []


def _ruling_faults(row: Row) -> list[str]:
    faults = []
    if row["subject"] not in READINGS:
        faults.append(f"subject: {row['subject']!r} is not a reading; allowed: {', '.join(READINGS)}")
    if row["text"] not in get_args(Choice):
        faults.append(f"text: {row['text']!r} is not a choice; allowed: {', '.join(get_args(Choice))}")
    if row["text"] == "otherwise" and row["subject"] in READINGS and row["subject"] not in WITH_ALTERNATIVE:
        faults.append(f"text: {row['subject']} has no other reading; allowed: default")
    return faults


def described_act(text: str, number: int, treaty: str, participants: Collection[str], treaties: Collection[str]) -> Act:
    """The act described as "DATE CODE ACTION [column=text …]", with "-" for the code of nobody's acts.

    Raises BadInput with all that is wrong with it.
    """
    head, *columns = text.split(" ", 2)
    if len(columns) != 2:
        raise BadInput([f'{text!r}: write it as "2027-03-01 GHA ratification"'])
    code, rest = columns
    action = max((one for one in ACTIONS if rest == one or rest.startswith(f"{one} ")), key=len, default=rest)
    row = dict.fromkeys(COLUMNS, "") | {"treaty": treaty, "date": head, "action": action}
    row["participant"] = "" if code == "-" else code
    faults = []
    for column, value in _pairs(rest.removeprefix(action).strip()):
        if column not in COLUMNS[4:]:
            faults.append(f"{column}: is not a column; allowed: {', '.join(COLUMNS[4:])}")
        row[column] = value
    faults += row_faults(row, participants, treaties)
    if faults:
        raise BadInput([f"{text!r}: {fault}" for fault in faults])
    return replace(act_of(row), number=number)


def _pairs(text: str) -> list[tuple[str, str]]:
    """The `column=text` pairs at the end of a described act; a text runs on to the next pair."""
    pairs: list[tuple[str, str]] = []
    for word in text.split():
        column, equals, value = word.partition("=")
        if equals or not pairs:
            pairs.append((column, value))
        else:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {word}")
    return pairs


def row_of(act: Act) -> Row:
    """The row of an act."""
    return {
        "treaty": act.treaty,
        "participant": act.participant,
        "action": act.action,
        "date": act.date.isoformat(),
        "subject": act.subject,
        "effective": act.effective.isoformat() if act.effective else "",
        "place": act.place,
        "provision": act.provision,
        "text": act.text,
        "source": act.source,
    }


def write_acts(acts: Iterable[Act], file: IO[str]) -> None:
    """Writes acts in their order; reading the file again gives the same acts."""
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row_of(act) for act in acts)
