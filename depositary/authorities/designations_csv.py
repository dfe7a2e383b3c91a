"""Designations as rows: the columns of the lists that are downloaded, and of the files that are read in."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from depositary.authorities.checks import designation_faults, zones
from depositary.authorities.designations import FIELDS, AcceptedLanguage, Designation, Telephone
from depositary.authorities.missions import plain_address
from depositary.authorities.telephone_numbers import kept_form
from depositary.authorities.written_forms import channel, hours, language_tag, zone
from depositary.errors import Sentence
from depositary.law.dates import parse_date
from depositary.treaties.csv_files import at, plain_field, read_rows
from depositary.treaties.names import Gazetteer

COLUMNS = tuple(FIELDS)
REQUIRED = ("participant", "function", "authority")
BETWEEN = "; "
ALWAYS, URGENT = " (24/7)", " (urgent)"
DAYS = ("note_date", "valid_from", "valid_until")


def text_of(value: Any) -> str:
    """A field as one text: several values with a semicolon between them."""
    if isinstance(value, tuple):
        return BETWEEN.join(text_of(one) for one in value)
    if isinstance(value, Telephone):
        return f"{value.number}{ALWAYS if value.always else ''}"
    if isinstance(value, AcceptedLanguage):
        return f"{value.tag}{URGENT if value.urgency else ''}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value or "")


def designation_of(row: Mapping[str, str], unread: dict[str, str]) -> Designation:
    """The designation that texts say, by field; what cannot be read goes to `unread` by field, and is left empty."""
    fields: dict[str, Any] = {name: row.get(name, "").strip() for name in COLUMNS}
    fields["telephones"] = tuple(
        Telephone(kept_form(telephone.removesuffix(ALWAYS).strip()), telephone.endswith(ALWAYS))
        for telephone in _several(fields["telephones"])
    )
    fields["languages"] = tuple(
        AcceptedLanguage(language_tag(language.removesuffix(URGENT)), "urgent" if language.endswith(URGENT) else "")
        for language in _several(fields["languages"])
    )
    fields["email"] = plain_address(fields["email"])
    fields["channels"] = tuple(map(channel, _several(fields["channels"])))
    fields["hours"], fields["zone"] = hours(fields["hours"]), zone(fields["zone"], zones())
    for name in DAYS:
        try:
            fields[name] = parse_date(fields[name]) if fields[name] else None
        except ValueError as fault:
            unread[name] = fault.args[0]
            fields[name] = None
    if fields["legal_basis"] not in ("", "yes", "no"):
        unread["legal_basis"] = Sentence(
            "%(value)s is not allowed; allowed: %(allowed)s", value=fields["legal_basis"], allowed="yes, no"
        )
    return Designation(**fields)


def read_designations(path: Path, gazetteer: Gazetteer, on: date, faults: list[str]) -> Iterator[Designation]:
    """The designations of a file. A participant is a code or a name of a day.

    Faults go to `faults` as `FILE:ROW: column: what is wrong, what is allowed`.
    """
    optional = tuple(name for name in COLUMNS if name not in REQUIRED)
    for line, row in read_rows(path, REQUIRED, optional, faults):
        unread: dict[str, str] = {}
        texts = {name: plain_field(text) for name, text in row.items()}
        named = texts["participant"].strip()
        texts["participant"] = gazetteer.resolve(named, on) or named
        designation = designation_of(texts, unread)
        wrong = designation_faults(designation, gazetteer.participants) | unread
        if "participant" in wrong:
            wrong["participant"] = gazetteer.question(named, on)
        faults += [at(f"{path.name}:{line}: {name}", fault) for name, fault in wrong.items()]
        if not wrong:
            yield designation


def _several(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]
