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
    return words.listed(
        [
            words.gettext("%(language)s (in urgent cases)", language=tongue(words.code, tag))
            if urgency
            else tongue(words.code, tag)
            for tag, urgency in accepted
        ]
    )


DUTIES: dict[str, str] = {
    "41(2)": N_("the point of contact available 24 hours a day, 7 days a week"),
    "40(12)(c)": N_("the central authority or authorities for mutual legal assistance"),
    "40(13)": N_("the languages acceptable for requests"),
    "37(19)": N_("the authority that makes or receives requests for extradition"),
    "37(6)(a)": N_("whether the Convention is taken as the legal basis for extradition"),
    "53(7)": N_("the authority or authorities that assist in prevention"),
    "17(2)(d)": N_("the laws on the laundering of proceeds of crime"),
    "50(5)": N_("the laws on confiscation"),
    "64(3)-(4)": N_("the extent of competence"),
}

WHEN: dict[str, str] = {
    "at deposit": N_("at deposit"),
    "at signature or at deposit": N_("at signature or at deposit"),
    "no date stated": N_("no date stated"),
    "continuing": N_("open, and upon every change"),
    "in the instrument": N_("in the instrument"),
}

OWED: dict[str, str] = {
    "furnished": N_("furnished"),
    "to enter": N_("notified, to be entered in the register"),
    "overdue": N_("overdue"),
    "not received": N_("not received"),
    "silent": N_("no statement made"),
}

QUESTIONS: dict[str, str] = {
    "expired": N_("The certificate expired on %(date)s."),
    "shared": N_("The same telephone or address belongs to %(authority)s (%(state)s). Is that so?"),
    "contradicts": N_("%(authority)s is designated for this function already. Does this one take its place?"),
}

PROPOSED: dict[str, str] = {
    "designation": N_("designation"),
    "rectification": N_("rectification"),
    "withdrawal": N_("withdrawal"),
    "confirmation": N_("confirmation"),
    "mission": N_("permanent mission"),
}

STATES: dict[str, str] = {
    "proposed": N_("proposed"),
    "awaiting the old contact": N_("awaiting the old contact"),
    "objected": N_("the old contact objects"),
    "in effect": N_("in effect"),
    "refused": N_("given back"),
    "withdrawn": N_("withdrawn"),
    "approved": N_("approved"),
    "confirmed": N_("confirmed through the old contact"),
    "overridden": N_("without the old contact"),
    "told": N_("old and new contact told"),
}


ITEM = N_("— %(what)s (article %(provision)s)")
"""What is asked for, in a line of the letter."""


def request(words: Language, state: str, treaty: str, missing: Iterable[tuple[str, str]]) -> str:
    """The letter that asks a mission for what was not received; `missing` are provisions and what is owed under each."""
    return words.gettext(
        "The Secretariat of the United Nations presents its compliments to the Permanent Mission of %(state)s to the "
        "United Nations and has the honour to refer to the %(treaty)s.\n\nThe Secretary-General has not yet received "
        "the following:\n\n%(missing)s\n\nThe Secretariat would be grateful to receive it in writing at the earliest "
        "convenience of the Permanent Mission.",
        state=state,
        treaty=treaty,
        missing="\n".join(
            words.gettext(ITEM, what=words.gettext(what), provision=provision) for provision, what in missing
        ),
    )


BY: dict[str, str] = {"the mission": N_("the mission"), "the contact": N_("the contact")}
"""Who answered a link; anybody else is a person, by name."""

HOW: dict[str, str] = {
    "note verbale": N_("by a note verbale"),
    "call": N_("by a call"),
    "link": N_("by the link"),
    "ping": N_("by the link"),
}


def confirmed(words: Language, by: str, how: str) -> str:
    """Who confirmed an authority, and how."""
    return words.phrase((words.gettext(BY[by]) if by in BY else by, words.gettext(HOW.get(how, how))))
