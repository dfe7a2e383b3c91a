"""What is wrong with an act, in words: a label for headings, and a sentence that says what would be allowed."""

from depositary.words.labels import N_

LABELS: dict[str, str] = {
    "signature-outside-period": N_("Signature outside the period for signature"),
    "signature-at-wrong-place": N_("Signature at another place than the one provided for"),
    "signature-after-consent": N_("Signature after consent"),
    "duplicate-signature": N_("Second signature"),
    "duplicate-consent": N_("Second instrument"),
    "reio-signature-without-member": N_("Organization signed before any member"),
    "reio-instrument-without-member": N_("Organization deposited before any member"),
    "reio-competence-not-declared": N_("Extent of competence not declared"),
    "action-not-provided-for": N_("Action not provided for"),
    "withdrawal-after-entry-into-force": N_("Withdrawal after entry into force"),
    "withdrawal-without-instrument": N_("Withdrawal without an instrument"),
    "denunciation-by-non-party": N_("Denunciation by a participant that is not a party"),
    "denunciation-too-early": N_("Denunciation too early"),
    "duplicate-denunciation": N_("Second denunciation"),
    "revocation-too-late": N_("Revocation too late"),
    "revocation-without-denunciation": N_("Revocation without a denunciation"),
    "amendment-unknown": N_("Unknown amendment"),
    "amendment-not-yet-adopted": N_("Amendment not yet adopted"),
    "amendment-consent-by-non-party": N_("Consent to an amendment by a participant that is not a party"),
    "amendment-accession": N_("Accession to an amendment"),
    "amendment-proposed-too-early": N_("Amendment proposed too early"),
    "amendment-adopted-too-early": N_("Amendment adopted too early"),
    "amendment-proposal-by-non-party": N_("Amendment proposed by a participant that is not a party"),
    "duplicate-amendment": N_("Amendment proposed or adopted twice"),
    "protocol-party-not-convention-party": N_("Consent to a protocol without the convention"),
    "territorial-application-by-non-contracting": N_("Territorial application without consent to be bound"),
    "territories-not-named": N_("Territorial application that names no territory"),
    "date-in-the-future": N_("Date in the future"),
    "participant-does-not-exist": N_("Participant that does not exist on the day"),
    "ruling-too-late": N_("Ruling too late"),
    "conflicting-rulings": N_("Conflicting rulings"),
    "accession-by-signatory": N_("Accession by a signatory"),
    "ratification-by-non-signatory": N_("Ratification by a non-signatory"),
    "reservation-not-provided-for": N_("Reservation not provided for"),
    "reservation-late": N_("Late reservation"),
    "reservation-premature": N_("Premature reservation"),
    "reservation-unconfirmed": N_("Reservation not confirmed"),
    "withdrawal-of-no-reservation": N_("Withdrawal without a reservation"),
    "withdrawal-without-signature": N_("Withdrawal without a signature"),
    "objection-by-non-contracting": N_("Objection by a participant that is not contracting"),
    "objection-late": N_("Late objection"),
    "weekend-date": N_("Dated on a weekend"),
}

SENTENCES: dict[str, str] = {
    "signature-outside-period": N_(
        "%(participant)s signed on %(date)s, when the treaty was not open for signature; it may accede instead"
    ),
    "signature-at-wrong-place": N_(
        "%(participant)s signed at %(place)s on %(date)s, when the treaty was open for signature elsewhere only"
    ),
    "signature-after-consent": N_(
        "%(participant)s signed on %(date)s although it had already consented to be bound; the signature has no further effect"
    ),
    "duplicate-signature": N_("%(participant)s had already signed before %(date)s; a participant signs once"),
    "duplicate-consent": N_(
        "%(participant)s had already consented to be bound before the %(action)s of %(date)s; "
        "a further instrument is possible only after leaving"
    ),
    "reio-signature-without-member": N_(
        "%(participant)s signed on %(date)s before any of its member States; it may sign once one of them has"
    ),
    "reio-instrument-without-member": N_(
        "%(participant)s deposited on %(date)s before any of its member States; it may deposit once one of them has"
    ),
    "reio-competence-not-declared": N_(
        "%(participant)s deposited on %(date)s without declaring the extent of its competence; "
        "its instrument is received but not deposited until it does"
    ),
    "action-not-provided-for": N_(
        "%(participant)s: the treaty does not provide for the %(action)s of %(date)s; it has no effect"
    ),
    "withdrawal-after-entry-into-force": N_(
        "%(participant)s withdrew its instrument on %(date)s, when the treaty was already in force for it; "
        "a party denounces instead"
    ),
    "withdrawal-without-instrument": N_(
        "%(participant)s had no instrument deposited that it could withdraw on %(date)s"
    ),
    "denunciation-by-non-party": N_(
        "%(participant)s denounced on %(date)s without being a party; this is a communication without effect, "
        "and an instrument not yet in force may be withdrawn instead"
    ),
    "denunciation-too-early": N_(
        "%(participant)s denounced on %(date)s, before the treaty had been in force for it as long as it asks; "
        "it may denounce once that time has passed"
    ),
    "duplicate-denunciation": N_(
        "%(participant)s had already denounced before %(date)s; the earlier denunciation stands"
    ),
    "revocation-too-late": N_(
        "%(participant)s revoked its denunciation on %(date)s, when it had taken effect; "
        "a revocation must be received before that day, and afterwards it may consent anew"
    ),
    "revocation-without-denunciation": N_("%(participant)s had no pending denunciation to revoke on %(date)s"),
    "amendment-unknown": N_(
        "%(participant)s: the %(action)s of %(date)s concerns amendment %(amendment)s, which is not in the register"
    ),
    "amendment-not-yet-adopted": N_(
        "%(participant)s: the %(action)s of %(date)s came before amendment %(amendment)s was adopted; "
        "it may consent after the adoption"
    ),
    "amendment-consent-by-non-party": N_(
        "%(participant)s was not a party on %(date)s, and only a party may consent to amendment %(amendment)s"
    ),
    "amendment-accession": N_(
        "%(participant)s acceded to amendment %(amendment)s on %(date)s; an amendment is ratified, accepted or approved"
    ),
    "amendment-proposed-too-early": N_(
        "%(participant)s proposed amendment %(amendment)s on %(date)s, "
        "before the period from entry into force had expired; it may propose it again afterwards"
    ),
    "amendment-adopted-too-early": N_(
        "Amendment %(amendment)s was adopted on %(date)s, before amendments could be proposed; "
        "it may be adopted from the day on which they may be proposed"
    ),
    "amendment-proposal-by-non-party": N_(
        "%(participant)s proposed amendment %(amendment)s on %(date)s without being a party; only a party may propose"
    ),
    "duplicate-amendment": N_(
        "Amendment %(amendment)s had already been proposed or adopted before %(date)s; "
        "another amendment needs another name"
    ),
    "protocol-party-not-convention-party": N_(
        "%(participant)s consented to the protocol on %(date)s without having consented to its convention; "
        "it may deposit both on one day"
    ),
    "territorial-application-by-non-contracting": N_(
        "%(participant)s notified a territorial application on %(date)s, when it had not consented to be bound or "
        "was bound no longer; it may do so with its instrument or afterwards"
    ),
    "territories-not-named": N_(
        "%(participant)s notified a territorial application on %(date)s that names no territory; "
        "it takes effect once the territories are named"
    ),
    "date-in-the-future": N_(
        "%(participant)s: the %(action)s is dated %(date)s, a day that has not come; an act is recorded when it is done"
    ),
    "participant-does-not-exist": N_(
        "%(participant)s did not exist on %(date)s, or another participant acted for the same State on that day; "
        "the act is recorded under the participant that existed then"
    ),
    "ruling-too-late": N_(
        "The ruling of %(date)s would change a date that had come by that day, on which States have relied; "
        "only a reading from which no such date follows may be ruled upon"
    ),
    "conflicting-rulings": N_(
        "The rulings of %(date)s contradict each other, or together they would change a date that had come by that day; "
        "none of them has effect, and a new ruling may be made on a later day"
    ),
    "accession-by-signatory": N_(
        "%(participant)s acceded on %(date)s although it had signed; "
        "the instrument is counted as it is, a signatory would ratify, accept or approve"
    ),
    "ratification-by-non-signatory": N_(
        "%(participant)s deposited an instrument of %(action)s on %(date)s without having signed; "
        "it is counted, and is in substance an accession"
    ),
    "reservation-not-provided-for": N_(
        "%(participant)s made a reservation on %(date)s to %(provision)s, "
        "for which the treaty provides no reservation; it is circulated, and the others may object"
    ),
    "reservation-late": N_(
        "%(participant)s made a reservation on %(date)s, after its instrument; it is circulated, and accepted one year "
        "after its notification unless a contracting State has objected by the end of that day"
    ),
    "reservation-unconfirmed": N_(
        "%(participant)s did not repeat on consent the reservation it made when signing on %(date)s; "
        "it should confirm it formally"
    ),
    "reservation-premature": N_(
        "%(participant)s made a reservation on %(date)s, neither when signing nor with its instrument; "
        "it has no effect unless it is repeated with the instrument"
    ),
    "withdrawal-of-no-reservation": N_(
        "%(participant)s had no reservation on %(date)s that it could withdraw; "
        "the withdrawal names the provision of a reservation that stands"
    ),
    "withdrawal-without-signature": N_(
        "%(participant)s had no signature on %(date)s that it could withdraw, or had already consented to be bound; "
        "an instrument may be withdrawn until the treaty is in force for it"
    ),
    "objection-by-non-contracting": N_(
        "%(participant)s objected on %(date)s without an instrument deposited; the objection is communicated, "
        "and has no effect until its instrument is deposited"
    ),
    "objection-late": N_(
        "%(participant)s objected on %(date)s, more than twelve months after the notification of the reservation; "
        "the objection is communicated, and has no effect"
    ),
    "weekend-date": N_(
        "%(participant)s: the %(action)s is dated %(date)s, a Saturday or Sunday; "
        "it takes effect, and the date is to be checked"
    ),
}
