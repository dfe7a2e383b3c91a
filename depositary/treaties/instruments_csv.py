"""Acts from and to a CSV file in the columns of `data/instruments.csv`."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import IO, get_args

from depositary.errors import BadInput, Sentence
from depositary.law.acts import (
    ACTIONS,
    AMENDMENT,
    COLUMNS,
    EFFECTS,
    LATER_COLUMNS,
    NOBODYS,
    NOTIFIED,
    WITH_ADDRESSEE,
    Act,
    act_of,
    row_of,
)
from depositary.law.dates import parse_date
from depositary.law.readings import KEPT_HERE, READINGS, WITH_ALTERNATIVE, Choice
from depositary.treaties.csv_files import Row, at, read_fields
from depositary.treaties.names import Gazetteer

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
    """Gives the acts of a file one by one as it reads. Raises BadInput at the end: then discard the acts before."""
    faults: list[str] = []
    older = COLUMNS[: -len(LATER_COLUMNS)]
    sound: dict[tuple[str, ...], Act] = {}
    for line, fields in read_fields(path, COLUMNS, older[1:] if only_treaty else older, faults):
        if only_treaty and not fields[0]:
            fields[0] = only_treaty
        kind = _KIND(fields)
        act = _alike(sound[kind], fields, line) if kind in sound else None
        if act is None:
            row = dict(zip(COLUMNS, fields, strict=True))
            if wrong := row_faults(row, participants, treaties):
                faults += [at(f"{path.name}:{line}: {column}", fault) for column, fault in wrong]
                continue
            act = act_of(row, line)
            if act.action != "ruling" and len(sound) < MOST_KINDS:
                sound[kind] = act
        if not faults:
            yield act
    if faults:
        raise BadInput(faults)


def _alike(sound: Act, fields: list[str], line: int) -> Act | None:
    """The act of a row of the kind of an act without a fault; None where its date is none."""
    treaty, participant, _, written_on, subject, _, place, provision, text, source, addressee, effect, _ = fields
    try:
        day = parse_date(written_on)
    except ValueError:
        return None
    return Act(
        treaty,
        participant,
        sound.action,
        day,
        subject,
        sound.effective,
        place,
        provision,
        text,
        source,
        addressee,
        effect,
        sound.notified,
        line,
    )


_KIND = itemgetter(
    *(place for place, column in enumerate(COLUMNS) if column not in ("date", "place", "text", "source"))
)
"""The fields on which the faults of a row depend, beside its date; of a ruling its text as well."""

MOST_KINDS = 20_000
"""How many kinds of rows without a fault are remembered, and not looked at again."""

Fault = tuple[str, Sentence]
"""The name of a column, and a sentence about its fault."""


def row_faults(row: Row, participants: Collection[str], treaties: Collection[str]) -> list[Fault]:
    """The faults of a row, each with what is allowed."""
    faults: list[Fault] = []
    action, code, subject = row["action"], row["participant"], row["subject"]
    if row["treaty"] not in treaties:
        known = ", ".join(sorted(treaties))
        faults.append(
            (
                "treaty",
                Sentence("%(treaty)s has no clause file; known: %(known)s", treaty=repr(row["treaty"]), known=known),
            )
        )
    if action not in ACTIONS:
        faults.append(("action", _none_of(Sentence("%(value)s is not an action", value=repr(action)), ACTIONS)))
    if action in NOBODYS and code:
        said = Sentence("must be empty for %(action)s, which is not an act of a participant", action=action)
        faults.append(("participant", said))
    if action not in NOBODYS and code not in participants:
        said = Sentence("%(value)s is not a known code", value=repr(code)) if code else Sentence("is empty")
        faults.append(("participant", Sentence("%(said)s; allowed: a code of participants.csv, as GHA", said=said)))
    faults += _date_faults(row, ("date", "effective", "notified"))
    if row["effective"] and action != "succession":
        faults.append(("effective", Sentence("only a succession has one; must be empty")))
    if row["provision"] and not _PROVISION.fullmatch(row["provision"]):
        said = Sentence("%(value)s is not the number of a provision, as 63(3)", value=repr(row["provision"]))
        faults.append(("provision", said))
    if row["addressee"] or row["effect"] or row["notified"]:
        faults += _later_faults(row, participants)
    return faults + (_ruling_faults(row) if action == "ruling" else _subject_faults(action, subject))


def _date_faults(row: Row, columns: Iterable[str]) -> list[Fault]:
    faults: list[Fault] = []
    for column in columns:
        if row[column] or column == "date":
            try:
                parse_date(row[column])
            except ValueError as fault:
                said = fault.args[0]
                faults.append((column, said if row[column] else Sentence("is empty; %(said)s", said=said)))
    return faults


def _later_faults(row: Row, participants: Collection[str]) -> list[Fault]:
    """The faults in the columns that older files do not have."""
    faults: list[Fault] = []
    action, addressee = row["action"], row["addressee"]
    allowed: tuple[str, ...] = EFFECTS.get(action, ())
    if addressee and action not in WITH_ADDRESSEE:
        faults.append(("addressee", Sentence("only an objection and its withdrawal have one; must be empty")))
    elif addressee and (addressee not in participants or addressee == row["participant"]):
        said = Sentence("%(value)s is not the code of another participant", value=repr(addressee))
        faults.append(("addressee", said))
    if row["effect"] and not allowed:
        said = Sentence("only an objection and a territorial application have one; must be empty")
        faults.append(("effect", said))
    elif row["effect"] and row["effect"] not in allowed:
        faults.append(("effect", _none_of(Sentence("%(value)s is not an effect", value=repr(row["effect"])), allowed)))
    if row["notified"] and action not in NOTIFIED:
        said = Sentence("only a reservation, a declaration and an objection have one; must be empty")
        faults.append(("notified", said))
    return faults


def _none_of(said: Sentence, allowed: Iterable[str]) -> Sentence:
    return Sentence("%(said)s; allowed: %(allowed)s", said=said, allowed=", ".join(allowed))


def _subject_faults(action: str, subject: str) -> list[Fault]:
    if action in ("amendment proposal", "amendment adoption") and not subject:
        said = Sentence("is empty; %(action)s needs the amendment it concerns, as amendment:A1", action=action)
        return [("subject", said)]
    if subject and not _AMENDMENT.fullmatch(subject):
        said = Sentence(
            "%(value)s is not allowed; leave it empty or name an amendment, as amendment:A1", value=repr(subject)
        )
        return [("subject", said)]
    return []


def _ruling_faults(row: Row) -> list[Fault]:
    faults = []
    subject, text = repr(row["subject"]), repr(row["text"])
    allowed = (*READINGS, KEPT_HERE)
    if row["subject"] not in allowed:
        faults.append(("subject", _none_of(Sentence("%(value)s is not a reading", value=subject), allowed)))
    if row["text"] not in get_args(Choice):
        faults.append(("text", _none_of(Sentence("%(value)s is not a choice", value=text), get_args(Choice))))
    if row["text"] == "otherwise" and row["subject"] in READINGS and row["subject"] not in WITH_ALTERNATIVE:
        said = Sentence("%(reading)s has no other reading; allowed: default", reading=row["subject"])
        faults.append(("text", said))
    return faults


def described_act(text: str, number: int, treaty: str, gazetteer: Gazetteer, treaties: Collection[str]) -> Act:
    """The act described as "DATE WHO ACTION [column=text …]"; WHO is a code, a name, or "-" for nobody's acts.

    Raises BadInput with all that is wrong with it.
    """
    words = text.split(" ")
    ends = next((place for place in range(2, len(words)) if _action_at(words, place)), 2)
    if len(words) <= ends:
        raise BadInput([at(repr(text), Sentence('write it as "2027-03-01 GHA ratification"'))])
    who, rest = " ".join(words[1:ends]), " ".join(words[ends:])
    action = _action_at(words, ends) or rest
    row = dict.fromkeys(COLUMNS, "") | {"treaty": treaty, "date": words[0], "action": action}
    faults: list[Fault] = []
    for column, value in _pairs(rest.removeprefix(action).strip()):
        if column not in COLUMNS[4:]:
            faults.append((column, _none_of(Sentence("is not a column"), COLUMNS[4:])))
        row[column] = value
    day = _day(words[0])
    row["participant"] = "" if who == "-" else gazetteer.resolve(who, day)
    if row["subject"] and action != "ruling":
        row["subject"] = f"{AMENDMENT}{row['subject'].removeprefix(AMENDMENT)}"
    if row["addressee"] and not (code := gazetteer.resolve(row["addressee"], day)):
        faults.append(("addressee", gazetteer.question(row["addressee"], day)))
    elif row["addressee"]:
        row["addressee"] = code
    if who != "-" and not row["participant"]:
        faults.append(("participant", gazetteer.question(who, day)))
    asked = {column for column, _ in faults}
    faults += [fault for fault in row_faults(row, gazetteer.participants, treaties) if fault[0] not in asked]
    if faults:
        raise BadInput([at(f"{text!r}: {column}", fault) for column, fault in faults])
    return replace(act_of(row), number=number)


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError:
        return date.max


def _action_at(words: list[str], place: int) -> str:
    """The action that begins at a word; "" where none does."""
    rest = " ".join(words[place:])
    return max((one for one in ACTIONS if rest == one or rest.startswith(f"{one} ")), key=len, default="")


def _pairs(text: str) -> list[tuple[str, str]]:
    """The `column=text` pairs at the end of a described act; a text runs on to the next column that there is.

    So an address with `=` in it, and any other text, is taken as it is written.
    """
    pairs: list[tuple[str, str]] = []
    for word in text.split():
        column, equals, value = word.partition("=")
        if not pairs or (equals and column in COLUMNS[4:]):
            pairs.append((column, value))
        else:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {word}")
    return pairs


def write_acts(acts: Iterable[Act], file: IO[str]) -> None:
    """Writes acts in their order; reading the file again gives the same acts.

    Columns that older files do not have are written where an act has something in one of them.
    """
    rows = [row_of(act) for act in acts]
    later = any(row[column] for row in rows for column in LATER_COLUMNS)
    columns = COLUMNS if later else COLUMNS[: -len(LATER_COLUMNS)]
    writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
