"""Names of the things a treaty section speaks of: actions, their marks, standings, how settled a reading is."""


def N_(message: str) -> str:  # noqa: N802
    """Marks a message for the catalogues; it is translated where it is said."""
    return message


ACTIONS: dict[str, str] = {
    "signature": N_("signature"),
    "ratification": N_("ratification"),
    "acceptance": N_("acceptance"),
    "approval": N_("approval"),
    "accession": N_("accession"),
    "succession": N_("succession"),
    "formal confirmation": N_("formal confirmation"),
    "definitive signature": N_("definitive signature"),
    "withdrawal of instrument": N_("withdrawal of instrument"),
    "denunciation": N_("denunciation"),
    "revocation of denunciation": N_("revocation of denunciation"),
    "reservation": N_("reservation"),
    "declaration": N_("declaration"),
    "withdrawal of reservation": N_("withdrawal of reservation"),
    "notification": N_("notification"),
    "territorial application": N_("territorial application"),
    "objection": N_("objection"),
    "amendment proposal": N_("amendment proposal"),
    "amendment adoption": N_("amendment adoption"),
    "ruling": N_("ruling"),
    "withdrawal of signature": N_("withdrawal of signature"),
    "succession to signature": N_("succession to signature"),
    "provisional application": N_("provisional application"),
    "partial withdrawal of reservation": N_("partial withdrawal of reservation"),
    "withdrawal of objection": N_("withdrawal of objection"),
    "objection to correction": N_("objection to correction"),
}

MARKS: dict[str, str] = {
    "acceptance": "A",
    "approval": "AA",
    "accession": "a",
    "succession": "d",
    "formal confirmation": "c",
    "definitive signature": "s",
}
"""The United Nations' own signs beside a date; a ratification bears none."""

STANDINGS: dict[str, str] = {
    "none": N_("no relation"),
    "signatory": N_("signatory"),
    "contracting": N_("contracting"),
    "party": N_("party"),
    "former party": N_("former party"),
}

RESERVATION_STATES: dict[str, str] = {
    "made at signature": N_("made at signature, to be confirmed"),
    "premature": N_("premature"),
    "standing": N_("in effect"),
    "lapsed": N_("lapsed"),
    "proposed": N_("proposed, in circulation"),
    "not accepted": N_("not accepted"),
    "withdrawn": N_("withdrawn"),
    "ended": N_("ended with the participation"),
}

PLACES = (
    *(
        N_("Basel"),
        N_("Berne"),
        N_("Geneva"),
        N_("Hanoi"),
        N_("Jamaica"),
        N_("Merida"),
        N_("Montego Bay"),
        N_("New York"),
        N_("Oslo"),
    ),
    *(N_("Ottawa"), N_("Palermo"), N_("Rio de Janeiro"), N_("Rome"), N_("Rotterdam"), N_("Stockholm"), N_("Vienna")),
)
"""Where treaties are adopted and signed; another place is written as the register has it."""

LANGUAGES: dict[str, str] = {
    "ar": N_("Arabic"),
    "zh": N_("Chinese"),
    "en": N_("English"),
    "fr": N_("French"),
    "ru": N_("Russian"),
    "es": N_("Spanish"),
}
"""Those of the authentic texts, by tag."""

CHAPTERS: dict[str, str] = {
    "Human rights": N_("Human rights"),
    "Health": N_("Health"),
    "Penal matters": N_("Penal matters"),
    "Law of the sea": N_("Law of the sea"),
    "Disarmament": N_("Disarmament"),
    "Environment": N_("Environment"),
}
"""The chapters of the UN Treaty Collection by their English names."""

REGIONS_IN_WORDS: dict[str, str] = {
    "africa": N_("Africa"),
    "americas": N_("Americas"),
    "asia": N_("Asia"),
    "europe": N_("Europe"),
    "oceania": N_("Oceania"),
}

STATUSES: dict[str, str] = {
    "settled": N_("settled"),
    "practice": N_("depositary practice"),
    "open": N_("open"),
}

CONCERNS: dict[str, str] = {
    "entry_into_force": N_("entry into force"),
    "ceases": N_("end of participation"),
    "conference_by": N_("last day for convening the Conference"),
    "amendments_may_be_proposed_from": N_("first day for proposing amendments"),
    "protocol_quorum_reached_on": N_("number of parties for a protocol reached"),
    "amendment": N_("amendment in force"),
    "standing": N_("standing"),
    "counted": N_("instruments counted towards entry into force"),
    "deposited": N_("instruments deposited"),
    "parties": N_("number of parties"),
    "reservation": N_("reservation"),
    "objection": N_("objection"),
}
"""What a derived date is the date of."""

AT_THE_DESK: tuple[str, ...] = (
    *(N_("registrar"), N_("legal officer"), N_("contacts officer"), N_("auditor"), N_("administrator")),
    *(N_("active"), N_("invited"), N_("disabled")),
    *(N_("account added"), N_("account disabled"), N_("account enabled"), N_("roles changed")),
    *(N_("invitation taken up"), N_("signed in"), N_("signed out"), N_("sign-in refused"), N_("confirmed")),
    *(N_("recovery codes made anew"), N_("passkey added"), N_("passkey removed")),
    *(N_("password changed"), N_("recovery code used"), N_("document read"), N_("draft saved")),
    *(N_("refused: no right"), N_("refused: not this session's form"), N_("account bound to the provider")),
    *(N_("draft submitted"), N_("draft received"), N_("draft withdrawn"), N_("draft refused"), N_("draft released")),
)
"""Roles, states of accounts, and what is written down of what was done: said by `_(…)` where they are shown."""

MATTERS = {"amendment": N_("an amendment"), "protocol": N_("a protocol")}
"""What the Conference votes on."""
