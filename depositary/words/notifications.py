"""What depositary notifications say: the house's frame, and the sentences of each kind."""

from depositary.words.labels import N_

HOUSE = N_("United Nations")
NAME = N_("Depositary notification")
REFERENCE = N_("Reference")
OPENING = N_(
    "The Secretary-General of the United Nations, acting in his capacity as depositary, communicates the following:"
)
ATTENTION = N_(
    "Attention: treaty services of ministries of foreign affairs and of international organizations concerned. "
    "Depositary notifications are issued in electronic form only."
)
PROOF = N_("Register of %(size)d entries, root %(root)s.")
VERIFY = N_("To verify this notification:")
NUMBER_ON_ISSUE = N_("number on issue")

# The event, which is set in capitals.
ENTRY_INTO_FORCE = N_("entry into force")
NEW_DATE = N_("entry into force: new date")
NO_DATE = N_("entry into force: no date")
LATER_EFFECT = {
    "end of participation": N_("end of participation"),
    "late reservation": N_("reservation made after the instrument: outcome"),
}
"""What came later, with no act on its day."""
COMPETENCE = N_("declaration of the extent of competence")
CAME_WITH = {
    "competence": (
        N_("with declaration of the extent of competence"),
        N_("with declarations of the extent of competence"),
    ),
    "reservation": (N_("with reservation"), N_("with reservations")),
    "declaration": (N_("with declaration"), N_("with declarations")),
    "notification": (N_("with notification"), N_("with notifications")),
    "territorial application": (N_("with territorial application"), N_("with territorial applications")),
}
"""What came with an instrument: one, and several."""
CORRIGENDUM = N_("%(event)s: corrigendum")
CORRECTION_PROPOSED = N_("proposal of corrections to the original text")
CORRECTION_MADE = N_("corrections to the original text: procès-verbal")

# The act.
EFFECTED = N_("The above action was effected on %(date)s.")
PLACE = N_("Place of the action: %(place)s.")
WITH_EFFECT_FROM = N_("With effect from %(date)s.")
CONCERNS_PROVISION = N_("It concerns %(provision)s.")
TEXT = N_("The text of the communication reads as follows:")
WITH_THE_FOLLOWING = {
    "competence": N_("With the action the following declaration of the extent of competence was made:"),
    "reservation": N_("The action was effected with the following reservation:"),
    "declaration": N_("With the action the following declaration was made:"),
    "notification": N_("With the action the following notification was made:"),
    "territorial application": N_("With the action the following notification of territorial application was made:"),
}
CLAUSE = N_("The provision reads as follows (%(provision)s):")
CLAUSE_IN_ENGLISH = N_("The provision reads as follows (%(provision)s; quoted from the English text):")
EARLIER = N_("Reference is made to depositary notification %(reference)s of %(date)s.")
EARLIER_UNDATED = N_("Reference is made to depositary notification %(reference)s.")
NO_EFFECT = N_("The depositary has examined the action; it has no legal effect:")

# What follows from it.
SIGNATURE = N_("The signature does not yet bind; consent to be bound is expressed by an instrument deposited later")
IN_FORCE_FOR = N_("On that day it enters into force for the following:")
IN_FORCE_FOR_OTHERS = N_("It enters into force on that day for the following as well:")
TERRITORIES = N_(
    "The notification says to which territories the treaty applies; it changes no date of entry into force"
)
PROVIDED_FOR = N_("The reservation is one for which the treaty provides")
TWELVE_MONTHS = N_(
    "A State or organization that has raised no objection by %(date)s, twelve months from the date of this "
    "notification, or by the day of its own instrument, whichever is later, is considered to have accepted the reservation"
)
PROPOSED_FOR_DEPOSIT = N_(
    "In keeping with the practice followed in similar cases, the Secretary-General proposes to accept the reservation "
    "for deposit. Unless one of the contracting States has objected, to the reservation or to its having been made "
    "after the instrument, by the end of %(date)s, one year from the date of this notification, "
    "it will be accepted on that day."
)
MADE_LATE = N_("On %(date)s the following reservation was communicated, after the deposit of the instrument:")
ACCEPTED_FOR_DEPOSIT = N_(
    "No contracting State or organization had objected by the end of %(date)s, one year from the date of its "
    "notification. The reservation was accepted for deposit on that day."
)
NOT_ACCEPTED_FOR_DEPOSIT = N_(
    "An objection was communicated before the end of %(date)s, one year from the date of its notification. "
    "The reservation was not accepted for deposit."
)
OBJECTION = N_(
    "The objection does not prevent the treaty from entering into force between the two, "
    "unless the objecting State or organization has definitely said so"
)
OBJECTION_PRECLUDES = N_(
    "The State that objects has definitely said that the treaty does not enter into force between the two"
)
AGAINST = N_("It is against the act of %(participant)s.")
RESERVATION_WITHDRAWN = N_(
    "The withdrawal becomes operative in relation to another contracting State or organization "
    "when that one has received notice of it"
)
REVOKED = N_("The denunciation received on %(date)s is revoked and will not take effect")
PROPOSED = N_("The text of the proposed amendment is communicated to all Parties for consideration")
ADOPTED = N_("The amendment is open for the consent of the Parties and binds only those that express it")

BY_ACTION = {
    "withdrawal of signature": (N_("The signature no longer stands"), "VCLT 18"),
    "succession to signature": (
        N_("The successor State is a signatory from that day; it may ratify, accept or approve"),
        "VCLT 18",
    ),
    "provisional application": (
        N_("The communication is circulated as received; it changes no date of entry into force"),
        "VCLT 25",
    ),
    "withdrawal of objection": (
        N_("The withdrawal becomes operative when the State that made the reservation has received notice of it"),
        "VCLT 22(3)(b)",
    ),
    "objection to correction": (
        N_("The proposed correction is not made as long as the objection stands"),
        "VCLT 79(2)",
    ),
    "withdrawal of instrument": (N_("The consent to the amendment no longer stands; it had not yet bound"), "VCLT 68"),
}
"""What follows from a communication, by action, and the rule of the law of treaties."""

# A ruling.
READING = N_("The depositary has determined how the text is read in this point (%(name)s): %(says)s")
BY_A_RULING = N_("The date moves by the determination of the depositary of %(date)s.")
DATES_MOVE = N_("In consequence the following dates change:")
NOTHING_MOVES = N_("No date changes in consequence.")

# A corrigendum.
CORRECTS = N_("Depositary notification %(reference)s is corrected as follows.")
INSTEAD_OF = N_("In place of")
READ = N_("Read")
INSERT = N_("Insert")
DELETE = N_("Delete")
IN_THE_TEXT = N_("Language of the text: %(language)s.")
WITHDRAWN = N_("Depositary notification %(reference)s of %(date)s is withdrawn.")
NOT_TAKEN_INTO_ACCOUNT = N_("The notification did not take the following into account:")
STRUCK = N_("The action that was notified is struck out of the register and has no effect.")
REASON = N_("Reason")

# A correction of the text.
ERRORS = N_("Errors have been found in the original of the treaty. Languages concerned: %(languages)s.")
AS_IT_STANDS = N_("Text as it stands")
AS_CORRECTED = N_("Text as corrected")
NINETY_DAYS = N_(
    "The Secretary-General will make the corrections in all languages concerned unless a signatory or contracting "
    "State or organization communicates an objection by %(date)s, ninety days from the date of this notification"
)
NO_OBJECTION = N_(
    "No objection to the proposed corrections had been communicated by %(date)s. "
    "The Secretary-General has therefore had the corrections made in the original, "
    "and this notification communicates the procès-verbal of rectification"
)

QUOTES = {
    "en": "“{}”",
    "fr": "«\N{NO-BREAK SPACE}{}\N{NO-BREAK SPACE}»",
    "es": "«{}»",
    "ru": "«{}»",
    "ar": "«{}»",
    "zh": "“{}”",
}
