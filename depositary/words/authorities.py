"""Words of the registers of authorities: functions, fields, channels, and how a list is headed."""

from collections.abc import Iterable

from babel import Locale

from depositary.words.labels import N_
from depositary.words.languages import Language

FUNCTIONS: dict[str, str] = {
    "point of contact": N_("Point of contact (24/7)"),
    "central authority": N_("Central authority"),
    "extradition authority": N_("Extradition authority"),
    "prevention authority": N_("Prevention authority"),
}

LISTS: dict[str, str] = {
    "point of contact": N_("Points of contact available 24 hours a day, 7 days a week (article 41)"),
    "central authority": N_("Central authorities for mutual legal assistance (article 40)"),
    "extradition authority": N_("Authorities for extradition (article 37)"),
    "prevention authority": N_("Authorities that assist in prevention (article 53)"),
}
"""The heading of a list."""

FIELDS: dict[str, str] = {
    "participant": N_("Participant"),
    "function": N_("Function"),
    "territory": N_("Special region or territory"),
    "authority": N_("Authority"),
    "unit": N_("Unit"),
    "post": N_("Post"),
    "postal_address": N_("Postal address"),
    "languages": N_("Languages accepted"),
    "hours": N_("Working hours"),
    "zone": N_("Time zone"),
    "channels": N_("Channels"),
    "legal_basis": N_("Convention as legal basis for extradition"),
    "telephones": N_("Telephones"),
    "email": N_("E-mail"),
    "secure_channel": N_("Secure channel"),
    "certificate": N_("Certificate or key fingerprint"),
    "person": N_("Person"),
    "remarks": N_("Remarks"),
    "note": N_("Note verbale"),
    "note_date": N_("Date of the note"),
    "valid_from": N_("Valid from"),
    "valid_until": N_("Valid until"),
    "name": N_("Name of the mission"),
    "domains": N_("Domains of its mail"),
    "language": N_("Language of its letters"),
    "reason": N_("Reason"),
    "since": N_("Ends on"),
}

CHANNELS: dict[str, str] = {
    "electronic transmission": N_("electronic transmission"),
    "diplomatic": N_("diplomatic channel"),
    "INTERPOL": N_("INTERPOL"),
}

LEGAL_BASIS: dict[str, str] = {"": N_("not said"), "yes": N_("yes"), "no": N_("no")}

VISIBILITY: dict[str, str] = {
    "public": N_("public"),
    "parties": N_("for States Parties"),
    "secretariat": N_("for the secretariat"),
}


def tongue(code: str, tag: str) -> str:
    """A language by its tag, as another language calls it: `fr` in English is French."""
    return Locale.parse(tag, sep="-").get_display_name(code) or tag


def languages_said(words: Language, accepted: Iterable[tuple[str, str]]) -> str:
    """The languages in which requests are accepted, by tag and urgency: `English, French (in urgent cases)`."""
    return ", ".join(
        [
            words.gettext("%(language)s (in urgent cases)", language=tongue(words.code, tag))
            if urgency
            else tongue(words.code, tag)
            for tag, urgency in accepted
        ]
    )
