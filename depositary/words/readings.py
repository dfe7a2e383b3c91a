"""The title of each reading and what it says, in words: the default, and the other reading ("" where there is none)."""

from depositary.law.readings import KEPT_HERE
from depositary.words.labels import N_

TITLES: dict[str, str] = {
    "day-of-deposit-is-day-zero": N_("The day of deposit as day zero"),
    "reio-never-counted": N_("Instruments of organizations in the count"),
    "withdrawal-before-threshold": N_("Withdrawal before the number is reached"),
    "withdrawal-after-threshold": N_("Withdrawal after the number was reached"),
    "signature-until-is-inclusive": N_("The last day for signature"),
    "anniversary-of-29-february": N_("A year that begins on 29 February"),
    "done-likewise": N_("“Done likewise” by a member State"),
    "party-before-entry-into-force": N_("A member State as party before entry into force"),
    "accession-by-signatory": N_("Accession by a signatory"),
    "ratification-by-non-signatory": N_("Ratification without signature"),
    "denunciation-before-party": N_("Denunciation by a State that is not yet a party"),
    "revocation-of-denunciation": N_("Revocation of a denunciation"),
    "reio-ceases-with-its-members": N_("An organization whose members have denounced"),
    "amendment-consent-before-party": N_("Consent to an amendment by a State that is not yet a party"),
    "withdrawal-of-amendment-consent": N_("Withdrawal of a consent to an amendment"),
    "confirmation-of-63(3)": N_("Confirmation of a reservation made at signature"),
    "objection-to-authorized-reservation": N_("Objection to an authorized reservation"),
    "joining-after-amendment": N_("Joining after an amendment"),
    "sixty-parties": N_("Organizations among the States Parties required"),
    "five-years-expire": N_("The first day for proposing amendments"),
    "predecessor-instruments": N_("Instruments of predecessor States"),
    KEPT_HERE: N_("A register kept by this office"),
}
"""What each reading is about, in a few words."""

READINGS_IN_WORDS: dict[str, tuple[str, str]] = {
    "day-of-deposit-is-day-zero": (
        N_("The day of deposit is day zero: the days are counted from the day after it."),
        "",
    ),
    "reio-never-counted": (
        N_("The instrument of a regional economic integration organization is never counted."),
        N_("It is counted for as long as none of the organization's members has deposited."),
    ),
    "withdrawal-before-threshold": (
        N_("An instrument withdrawn before it took effect is not counted."),
        "",
    ),
    "withdrawal-after-threshold": (
        N_("The day the number was reached is a historical fact: a later withdrawal leaves the date as it is."),
        N_("After a withdrawal the number is sought anew among the instruments that still stand."),
    ),
    "signature-until-is-inclusive": (
        N_("The last day of the period for signature, in New York, belongs to it."),
        "",
    ),
    "anniversary-of-29-february": (
        N_("A year that began on 29 February ends on 28 February of a common year."),
        N_("It ends on 1 March."),
    ),
    "done-likewise": (
        N_("Any instrument of a member State, an accession included, lets its organization deposit."),
        N_("Only a ratification, acceptance or approval by a member State does."),
    ),
    "party-before-entry-into-force": (
        N_("The deposit of a member State is enough for its organization to accede."),
        N_("The member State must be a party in the strict sense: the treaty must be in force for it."),
    ),
    "accession-by-signatory": (
        N_("A signatory's accession is recorded as the instrument says and counted, with a warning."),
        "",
    ),
    "ratification-by-non-signatory": (
        N_("A ratification without signature is counted, with a warning: it is in substance an accession."),
        "",
    ),
    "denunciation-before-party": (
        N_("A denunciation by a participant that is not yet a party is a communication without effect."),
        N_("It withdraws the instrument."),
    ),
    "revocation-of-denunciation": (
        N_("A denunciation may be revoked until the day before it takes effect."),
        "",
    ),
    "reio-ceases-with-its-members": (
        N_(
            "An organization ceases to be a party on the first day on which at least one of its member States of that "
            "day has denounced with effect and the instrument of none stands; members that never joined do not stand "
            "in the way."
        ),
        N_("All its members, without exception, must have denounced."),
    ),
    "amendment-consent-before-party": (
        N_(
            "A State or organization whose instrument under the treaty stands may consent to an amendment; it is bound when "
            "its own period has run, or on the day the treaty enters into force for it, whichever is later."
        ),
        N_("Only a party may consent to an amendment."),
    ),
    "withdrawal-of-amendment-consent": (
        N_("A consent to an amendment may be withdrawn until the day before the amendment binds by it."),
        "",
    ),
    "confirmation-of-63(3)": (
        N_("A reservation made at signature lapses unless it is repeated with the instrument."),
        N_("A reservation under a provision that itself names the moment of signature stands from then on."),
    ),
    "objection-to-authorized-reservation": (
        N_("An objection to a reservation that the treaty expressly authorizes is a communication without effect."),
        N_("Such an objection has effect between these two only."),
    ),
    "joining-after-amendment": (
        N_(
            "A State or organization that becomes a party after an amendment is in force is bound by the treaty as amended, unless it says otherwise."
        ),
        N_("It is bound only by the amendments it has itself consented to."),
    ),
    "sixty-parties": (
        N_("Organizations do not count towards the number of States Parties a protocol needs."),
        N_("They are counted as well."),
    ),
    "five-years-expire": (
        N_("The first day for proposing amendments is the day after the years have expired."),
        N_("It is the day on which they expire."),
    ),
    "predecessor-instruments": (
        N_("The instrument of a State that has ceased to exist stays in the count; its successors add nothing to it."),
        "",
    ),
}

REGISTER_IN_WORDS: dict[str, tuple[str, str]] = {
    KEPT_HERE: (
        N_("The register of this treaty is complete up to the day that its sources give."),
        N_("The register of this treaty is kept by this office: every act is recorded here."),
    ),
}
"""What a ruling about the register says, in words."""
