"""Entries of the registers of authorities: what was designated, replaced, withdrawn and confirmed, and when.

An entry is canonical JSON, as the register's are, chained by its digest. A random salt is part of it, so that the
digest can be published as a proof of what is protected, and nobody finds a telephone number by trying them all.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from depositary.canonical import canonical, instant
from depositary.contacts.designations import AcceptedLanguage, Designation, Telephone

What = Literal["designation", "withdrawal", "confirmation"]

VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. A designation may replace the entry it `concerns`; a withdrawal and a confirmation concern one.

    `how` says by which means it was confirmed: `note verbale`, `link`, `call`. `salt` is random.
    """

    number: int
    what: What
    participant: str
    recorded_at: datetime
    recorded_by: str
    designation: Designation | None = None
    concerns: int = 0
    reason: str = ""
    how: str = ""
    salt: str = ""


def new_salt() -> str:
    """What makes the digest of a short content unguessable."""
    return secrets.token_hex(32)


def as_known(entries: Iterable[Entry], at: datetime | None = None) -> list[Entry]:
    """The designations that stood at an instant (None: by now), neither replaced nor withdrawn by then."""
    recorded = [entry for entry in entries if at is None or entry.recorded_at <= at]
    gone = {entry.concerns for entry in recorded if entry.what != "confirmation"}
    return [entry for entry in recorded if entry.what == "designation" and entry.number not in gone]


def valid(entries: Sequence[Entry], on: date, at: datetime | None = None) -> list[Entry]:
    """The designations that held on a day, as known at an instant."""
    return [entry for entry in as_known(entries, at) if entry.designation and entry.designation.is_valid_on(on)]


def last_confirmed(entries: Iterable[Entry], number: int, at: datetime | None = None) -> datetime:
    """When a designation was last confirmed; its own recording counts. Raises KeyError for one that is not there."""
    found = [
        entry.recorded_at
        for entry in entries
        if (entry.number == number or (entry.what == "confirmation" and entry.concerns == number))
        and (at is None or entry.recorded_at <= at)
    ]
    if not found:
        raise KeyError(number)
    return max(found)


def content_of(entry: Entry, previous: str) -> str:
    """The entry's canonical JSON, with the digest of the entry before it."""
    return canonical(
        {
            "concerns": entry.concerns,
            "designation": _told(entry.designation) if entry.designation else None,
            "how": entry.how,
            "number": entry.number,
            "participant": entry.participant,
            "previous": previous,
            "reason": entry.reason,
            "recorded_at": instant(entry.recorded_at),
            "recorded_by": entry.recorded_by,
            "salt": entry.salt,
            "version": VERSION,
            "what": entry.what,
        }
    )


def entry_of(content: str) -> tuple[Entry, str]:
    """The entry written in canonical JSON, and the digest of the entry before it."""
    told = json.loads(content)
    if told["version"] != VERSION:
        raise ValueError(f"version {told['version']} is not known here")
    entry = Entry(
        number=told["number"],
        what=told["what"],
        participant=told["participant"],
        recorded_at=datetime.fromisoformat(told["recorded_at"]),
        recorded_by=told["recorded_by"],
        designation=_designation(told["designation"]) if told["designation"] else None,
        concerns=told["concerns"],
        reason=told["reason"],
        how=told["how"],
        salt=told["salt"],
    )
    return entry, told["previous"]


DAYS = ("note_date", "valid_from", "valid_until")


def _told(designation: Designation) -> dict[str, Any]:
    told = asdict(designation)
    told |= {name: told[name].isoformat() if told[name] else None for name in DAYS}
    told["telephones"] = [{"number": one.number, "always": int(one.always)} for one in designation.telephones]
    return told | {"languages": [asdict(one) for one in designation.languages], "channels": list(designation.channels)}


def _designation(told: dict[str, Any]) -> Designation:
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in DAYS}
    telephones = tuple(Telephone(one["number"], bool(one["always"])) for one in told["telephones"])
    languages = tuple(AcceptedLanguage(one["tag"], one["urgency"]) for one in told["languages"])
    return Designation(
        **told | days | {"telephones": telephones, "languages": languages, "channels": tuple(told["channels"])}
    )
