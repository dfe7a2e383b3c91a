"""Entries of the registers of authorities: what was designated, rectified, withdrawn and confirmed, and when.

An entry is canonical JSON, as the register's are, chained by its digest. A random salt is part of it, so that the
digest can be published as a proof of what is protected, and nobody finds a telephone number by trying them all.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from depositary.authorities.designations import AcceptedLanguage, Designation, Telephone
from depositary.authorities.missions import Mission
from depositary.register.canonical import canonical, instant

AuthorityAct = Literal["designation", "rectification", "withdrawal", "confirmation", "mission"]

VERSION = 1


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """One line; `number` is 0 while it is only proposed.

    A designation takes the place of the one it `concerns`, from its own first day; 0 for none. A rectification says
    what the entry it concerns should have said all along; without a designation it strikes that entry out. A withdrawal
    ends a designation or a mission, from `since` (None: the day of recording). A confirmation says that the authority
    still answers, and `how` that was found: `note verbale`, `link`, `call`, `ping`. A mission takes the place of the
    one before it. `salt` is random.
    """

    number: int
    what: AuthorityAct
    participant: str
    recorded_at: datetime
    recorded_by: str
    designation: Designation | None = None
    mission: Mission | None = None
    concerns: int = 0
    since: date | None = None
    reason: str = ""
    how: str = ""
    salt: str = ""

    @property
    def function(self) -> str:
        """The function of its designation; "" for a mission, and for an entry without a designation."""
        return self.designation.function if self.designation else ""


def new_salt() -> str:
    """A random salt, so that nobody can guess a short content from its digest."""
    return secrets.token_hex(32)


def authority_content(entry: AuthorityEntry, previous: str) -> str:
    """The entry's canonical JSON, with the digest of the entry before it."""
    return canonical(
        {
            "concerns": entry.concerns,
            "designation": _told(entry.designation) if entry.designation else None,
            "how": entry.how,
            "mission": _told_mission(entry.mission) if entry.mission else None,
            "number": entry.number,
            "participant": entry.participant,
            "previous": previous,
            "reason": entry.reason,
            "recorded_at": instant(entry.recorded_at),
            "recorded_by": entry.recorded_by,
            "salt": entry.salt,
            "since": entry.since.isoformat() if entry.since else None,
            "version": VERSION,
            "what": entry.what,
        }
    )


def authority_entry(content: str) -> tuple[AuthorityEntry, str]:
    """The entry written in canonical JSON, and the digest of the entry before it."""
    told = {"mission": None, "since": None} | json.loads(content)  # which the store's first form did not have
    if told["version"] != VERSION:
        raise ValueError(f"version {told['version']} is not known here")
    entry = AuthorityEntry(
        number=told["number"],
        what=told["what"],
        participant=told["participant"],
        recorded_at=datetime.fromisoformat(told["recorded_at"]),
        recorded_by=told["recorded_by"],
        designation=_designation(told["designation"]) if told["designation"] else None,
        mission=_mission(told["mission"]) if told["mission"] else None,
        concerns=told["concerns"],
        since=date.fromisoformat(told["since"]) if told["since"] else None,
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


def _told_mission(mission: Mission) -> dict[str, Any]:
    return asdict(mission) | {"domains": list(mission.domains)}


def _mission(told: dict[str, Any]) -> Mission:
    return Mission(**told | {"domains": tuple(told["domains"])})


def _designation(told: dict[str, Any]) -> Designation:
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in DAYS}
    telephones = tuple(Telephone(one["number"], bool(one["always"])) for one in told["telephones"])
    languages = tuple(AcceptedLanguage(one["tag"], one["urgency"]) for one in told["languages"])
    return Designation(
        **told | days | {"telephones": telephones, "languages": languages, "channels": tuple(told["channels"])}
    )
