"""Designations (37(19), 40(12), 40(13), 41(2), 53(7)): an authority, its contact data, and who may see each field."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, get_args

Function = Literal["point of contact", "central authority", "extradition authority", "prevention authority"]
FUNCTIONS: tuple[Function, ...] = get_args(Function)

PROVISIONS: dict[Function, str] = {
    "point of contact": "41(1)",
    "central authority": "40(12)(a)",
    "extradition authority": "37(19)",
    "prevention authority": "53(7)",
}
"""The article under which each is designated."""

Visibility = Literal["public", "parties", "secretariat"]
"""Who may see a field: everybody; States Parties, and the secretariat; the secretariat alone."""

WIDER: dict[Visibility, frozenset[Visibility]] = {
    "public": frozenset({"public"}),
    "parties": frozenset({"public", "parties"}),
    "secretariat": frozenset({"public", "parties", "secretariat"}),
}
"""The levels of protection that a reader of each level may see."""

Channel = Literal["electronic transmission", "diplomatic", "INTERPOL"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)

Urgency = Literal["", "urgent"]


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone in E.164, with its extension after it; `always` marks the one that is answered at any hour."""

    number: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class AcceptedLanguage:
    """A language in which requests are accepted (40(13)), by its BCP 47 tag; in urgent cases only, or always."""

    tag: str
    urgency: Urgency = ""


@dataclass(frozen=True, slots=True)
class Designation:
    """One authority of one participant, as it was notified. `territory` is a special region or territory, "" for none.

    `hours` are its working hours as it states them ("24/7" for a point of contact), by the clock of `zone`.
    `legal_basis` answers 37(6)(a): "yes", "no", or "" where nothing was said. Dates are the first and last day of its
    validity; None, from the day of the note and for good.
    """

    participant: str
    function: Function
    authority: str
    territory: str = ""
    unit: str = ""
    post: str = ""
    postal_address: str = ""
    languages: tuple[AcceptedLanguage, ...] = ()
    hours: str = ""
    zone: str = ""
    channels: tuple[Channel, ...] = ()
    legal_basis: Literal["", "yes", "no"] = ""
    telephones: tuple[Telephone, ...] = ()
    email: str = ""
    secure_channel: str = ""
    certificate: str = ""
    person: str = ""
    remarks: str = ""
    note: str = ""
    note_date: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether a day lies within its validity."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


FIELDS: dict[str, Visibility] = {
    "participant": "public",
    "function": "public",
    "authority": "public",
    "territory": "public",
    "unit": "public",
    "post": "public",
    "postal_address": "public",
    "languages": "public",
    "hours": "public",
    "zone": "public",
    "channels": "public",
    "legal_basis": "public",
    "valid_from": "public",
    "valid_until": "public",
    "telephones": "parties",
    "email": "parties",
    "secure_channel": "parties",
    "certificate": "parties",
    "person": "secretariat",
    "remarks": "secretariat",
    "note": "secretariat",
    "note_date": "secretariat",
}
"""Who may see each field; a field that is not named here cannot be."""

assert set(FIELDS) == {field.name for field in fields(Designation)}, "every field says who may see it"


def seen(designation: Designation, by: Visibility) -> dict[str, Any]:
    """The fields that a reader of a level may see, in their order; the other fields are left out."""
    return {name: getattr(designation, name) for name, visible in FIELDS.items() if visible in WIDER[by]}
