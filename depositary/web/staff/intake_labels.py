"""What the fields of the intake are called, and the hints beside them."""

from depositary.words.labels import N_

LABELS: dict[str, str] = {
    "treaty": N_("Treaty"),
    "participant": N_("State or organization"),
    "date": N_("Date of the act, as determined"),
    "place": N_("Place of signature"),
    "effective": N_("Date of succession"),
    "provision": N_("Provision"),
    "text": N_("Text"),
    "territories": N_("Territories"),
    "addressee": N_("Against the act of"),
    "effect": N_("Effect"),
    "notified": N_("Date of its C.N."),
    "subject": N_("Amendment"),
    "reading": N_("Reading"),
    "choice": N_("Ruling"),
    "competence": N_("Declaration of competence"),
    "source": N_("Reference"),
    "on_instrument": N_("Date on the instrument"),
    "received_on": N_("Received on"),
    "received_time": N_("at (clock time)"),
    "received_zone": N_("by the clock of"),
    "determined_by": N_("Date determined by"),
    "grounds": N_("on the grounds that"),
    "capacity": N_("Signed by Head of State, Head of Government or Minister for Foreign Affairs, or with full powers"),
    "undertaking": N_("States an unambiguous undertaking to be bound"),
    "original": N_("Original, not a copy"),
    "language": N_("In an official language, or with a translation"),
    "signer": N_("Signed by (name and title)"),
    "powers_until": N_("Full powers valid until"),
    "reason": N_("Reason for the correction"),
    "remark": N_("Remark for the second person"),
}

HINTS: dict[str, str] = {
    "participant": N_("Code, or name in any of the six languages."),
    "competence": N_(
        "An organization declares the extent of its competence in or with its instrument; recorded first."
    ),
    "powers_until": N_("Where another person than these three signs; empty where the full powers name no day."),
    "text": N_("As the State worded it, in the original or the courtesy translation."),
    "territories": N_("To which the treaty applies, or does not, as the State words it."),
    "source": N_("Note verbale, C.N. number or address."),
    "subject": N_("Empty for the treaty itself; the amendment's number for an amendment, as A1."),
    "addressee": N_("The State whose reservation it is; without a provision, the State whose instrument it is."),
    "notified": N_("Only if another system notified it: in this register the C.N.'s date of issue takes its place."),
}

EFFECTS_IN_WORDS: dict[str, str] = {
    "precludes entry into force": N_("precludes the entry into force of the treaty between the two"),
    "excludes": N_("excludes the territories"),
    "extends": N_("extends to the territories"),
}

DOCUMENTS: dict[str, str] = {
    "instrument": N_("Instrument"),
    "full powers": N_("Full powers"),
    "note verbale": N_("Note verbale"),
    "translation": N_("Translation"),
    "file of acts": N_("File of acts"),
}
"""The kinds of document that come with a case."""
