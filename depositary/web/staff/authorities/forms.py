"""The forms of authorities and missions: their fields, and what a filled form proposes."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from depositary.authorities import missions
from depositary.authorities.checks import designation_faults, zones
from depositary.authorities.designations import FIELDS, Designation, Function
from depositary.authorities.designations_csv import designation_of, text_of
from depositary.authorities.entries import AuthorityAct, AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.authorities.written_forms import ALWAYS
from depositary.errors import Sentence
from depositary.law.participants import LANGUAGES
from depositary.treaties.csv_files import field_fault
from depositary.web.parts import Choice
from depositary.web.staff.parts import FieldShown
from depositary.web.staff.typed_dates import typed_day
from depositary.words import Language, authorities
from depositary.words.labels import N_

KINDS: dict[str, AuthorityAct] = {
    "new": "designation",
    "change": "designation",
    "rectify": "rectification",
    "strike": "rectification",
    "withdraw": "withdrawal",
    "mission": "mission",
}
"""What each form proposes."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("The authority"),
        ("authority", "territory", "unit", "post", "postal_address", "languages", "channels", "hours", "zone"),
    ),
    (N_("How it is reached: for States Parties"), ("telephones", "email", "secure_channel", "certificate")),
    (N_("For the secretariat alone"), ("person", "remarks", "note", "note_date")),
    (N_("From when to when"), ("valid_from", "valid_until")),
)
MISSION = ("name", "email", "domains", "language", "certificate")
LONG = frozenset({"postal_address", "telephones", "certificate", "remarks", "reason"})
DATES = frozenset({"note_date", "valid_from", "valid_until", "since"})

HINTS: dict[str, str] = {
    "telephones": N_(
        "One per line, for example +12025550143; write (24/7) after the number that is answered at any hour."
    ),
    "languages": N_("Tags, as en; fr (urgent)"),
    "channels": N_("electronic transmission; diplomatic; INTERPOL"),
    "hours": N_("24/7, or as the State puts it"),
    "certificate": N_("A certificate (PEM), or the SHA-256 fingerprint of a key."),
    "note_date": N_("ISO 8601, as 2027-03-01"),
    "domains": N_("The domains agreed with the mission, with spaces between them."),
    "valid_from": N_("Empty: from the day of the note."),
}


@dataclass(frozen=True)
class FilledProposal:
    """A filled form: the entry that it proposes, None where it has faults, and the faults by field."""

    entry: AuthorityEntry | None
    faults: Mapping[str, str]


def values_of(designation: Designation) -> dict[str, str]:
    """The values of a form that begins from a designation."""
    values = {name: text_of(getattr(designation, name)) for name in FIELDS}
    return values | {"telephones": values["telephones"].replace("; ", "\n")}


def mission_values(mission: Mission) -> dict[str, str]:
    """The values of a form that begins from a mission."""
    return {name: text_of(getattr(mission, name)) for name in MISSION} | {"domains": " ".join(mission.domains)}


def empty(function: Function) -> dict[str, str]:
    """The values of a form for a new designation."""
    return {"hours": ALWAYS} if function == "point of contact" else {}


def read_form(
    form: Mapping[str, str],
    kind: str,
    code: str,
    function: Function,
    concerns: int,
    at: datetime,
    known: Mapping[str, object],
) -> FilledProposal:
    """What a filled form proposes. The faults name their field, say what is wrong and what is allowed."""
    typed = {name: _clean(value) for name, value in form.items()}
    wrong: dict[str, str] = {}
    designation, mission, since, reason = None, None, None, typed.get("reason", "")
    if fault := field_fault("text", reason):
        wrong["reason"] = fault
    if kind in ("rectify", "strike", "withdraw") and not reason:
        wrong["reason"] = Sentence("say why, or which note says so")
    if kind == "mission":
        mission = Mission(
            code,
            typed.get("name", ""),
            missions.plain_address(typed.get("email", "")),
            tuple(map(missions.plain_domain, typed.get("domains", "").replace(",", " ").split())),
            typed.get("language", "en"),
            typed.get("certificate", ""),
        )
        wrong |= missions.mission_faults(mission, known)
    elif kind == "withdraw":
        since = _day(typed.get("since", ""), wrong)
    elif kind != "strike":
        row = typed | {"participant": code, "function": function}
        row["telephones"] = row.get("telephones", "").replace("\n", ";")
        unread: dict[str, str] = {}
        designation = designation_of(row, unread)
        wrong |= designation_faults(designation, known) | unread
    if wrong:
        return FilledProposal(None, wrong)
    what = KINDS[kind]
    entry = AuthorityEntry(0, what, code, at, "", designation, mission, concerns, since, reason)
    return FilledProposal(entry, {})


def groups_of(
    words: Language, kind: str, function: Function | None, values: Mapping[str, str], faults_by_field: Mapping[str, str]
) -> tuple[tuple[str, tuple[FieldShown, ...]], ...]:
    """The fields of a form by group, as they are shown."""
    say = words.gettext
    groups: list[tuple[str, tuple[str, ...]]] = []
    if kind == "mission":
        groups = [(N_("The mission"), MISSION)]
    elif kind in ("new", "change", "rectify"):
        groups = [
            (label, (*names, "legal_basis") if place == 0 and function == "extradition authority" else names)
            for place, (label, names) in enumerate(GROUPS)
        ]
    if kind == "withdraw":
        groups.append((N_("The withdrawal"), ("since", "reason")))
    elif kind != "new":
        groups.append((N_("The correction") if kind in ("rectify", "strike") else N_("The change"), ("reason",)))
    return tuple(
        (say(label), tuple(_field(words, name, values.get(name, ""), faults_by_field.get(name, "")) for name in names))
        for label, names in groups
    )


def _field(words: Language, name: str, value: str, fault: str) -> FieldShown:
    say = words.gettext
    kind = "area" if name in LONG else "date" if name in DATES else "text"
    choices: tuple[tuple[str, str], ...] = ()
    if name == "zone":
        kind, choices = "select", (("", "—"), *((zone, zone.replace("_", " ")) for zone in sorted(zones())))
    elif name == "legal_basis":
        kind, choices = "select", tuple((basis, say(label)) for basis, label in authorities.LEGAL_BASIS.items())
    elif name == "language":
        kind, choices = "select", tuple((code, authorities.tongue(words.code, code)) for code in LANGUAGES)
    options = tuple(Choice(key, label, key == value) for key, label in choices)
    return FieldShown(
        name, say(authorities.FIELDS[name]), kind, value, options, fault, say(HINTS[name]) if name in HINTS else ""
    )


def _day(text: str, faults_by_field: dict[str, str]) -> date | None:
    try:
        return typed_day(text)
    except ValueError as fault:
        faults_by_field["since"] = fault.args[0]
        return None


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
