"""Participants and memberships from `data/participants.csv` and `data/memberships.csv`."""

from datetime import date
from pathlib import Path

from depositary.errors import BadInput
from depositary.law.dates import parse_date
from depositary.law.participants import FOREVER, LANGUAGES, Kind, Membership, Name, Participant, Participants
from depositary.treaties.csv_files import Row, read_rows

NAMES = tuple(f"name_{language}" for language in LANGUAGES)
PARTICIPANTS = ("code", "kind", *NAMES, "formal_name_en", "from", "until")
MEMBERSHIPS = ("organization", "member", "from", "until")


def load_participants(participants: Path, memberships: Path) -> Participants:
    """The participants and memberships of two files. Raises BadInput with every fault of both."""
    faults: list[str] = []
    names: dict[str, list[Name]] = {}
    kinds: dict[str, Kind] = {}
    for line, row in read_rows(participants, PARTICIPANTS, (), faults):
        where = f"{participants.name}:{line}"
        code = row["code"]
        if not (code.isascii() and code.isalnum() and code.isupper() and len(code) <= 10):
            faults.append(f"{where}: code: {code!r} is not a code; capital letters and digits are allowed")
        if row["kind"] not in ("state", "reio"):
            faults.append(f"{where}: kind: {row['kind']!r} is not a kind; allowed: state, reio")
        if not row["name_en"]:
            faults.append(f"{where}: name_en: is empty")
        kind: Kind = "reio" if row["kind"] == "reio" else "state"
        if kinds.setdefault(code, kind) != kind:
            faults.append(f"{where}: kind: {code} is a {kinds[code]} in an earlier row")
        since, until = _period(row, where, faults)
        earlier = names.setdefault(code, [])
        if earlier and since <= earlier[-1].until:
            faults.append(
                f"{where}: from: {code} already has a name on that day; the rows of a code follow one another"
            )
        short = {language: row[f"name_{language}"] or row["name_en"] for language in LANGUAGES}
        earlier.append(Name(short, row["formal_name_en"], since, until))
    members = []
    for line, row in read_rows(memberships, MEMBERSHIPS, (), faults):
        where = f"{memberships.name}:{line}"
        if kinds.get(row["organization"]) != "reio":
            faults.append(f"{where}: organization: {row['organization']!r} is not the code of an organization")
        if kinds.get(row["member"]) != "state":
            faults.append(f"{where}: member: {row['member']!r} is not the code of a State")
        members.append(Membership(row["organization"], row["member"], *_period(row, where, faults)))
    if faults:
        raise BadInput(faults)
    return Participants([Participant(code, kinds[code], tuple(named)) for code, named in names.items()], members)


def _period(row: Row, where: str, faults: list[str]) -> tuple[date, date]:
    days = {"from": date.min, "until": FOREVER}
    for column in days:
        if row[column]:
            try:
                days[column] = parse_date(row[column])
            except ValueError as fault:
                faults.append(f"{where}: {column}: {fault}")
    if days["until"] < days["from"]:
        faults.append(f"{where}: until: lies before from")
    return days["from"], days["until"]
