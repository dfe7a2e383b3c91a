"""Sentences about entry into force: of the treaty, and for one participant."""

from collections.abc import Callable

from depositary.law.findings import About
from depositary.words.findings.wording import Wording
from depositary.words.labels import N_

CONSENTED = {
    "ratification": N_("%(participant)s deposited its instrument of ratification on %(date)s"),
    "acceptance": N_("%(participant)s deposited its instrument of acceptance on %(date)s"),
    "approval": N_("%(participant)s deposited its instrument of approval on %(date)s"),
    "accession": N_("%(participant)s deposited its instrument of accession on %(date)s"),
    "succession": N_("%(participant)s notified its succession on %(date)s"),
    "formal confirmation": N_("%(participant)s deposited its instrument of formal confirmation on %(date)s"),
    "definitive signature": N_("%(participant)s signed definitively on %(date)s"),
}


def entry_into_force(say: Wording) -> str:
    clause = say.clauses.entry_into_force
    nth = say.ordinal(say.number("nth") if "nth" in say.finding.facts else clause.instruments if clause else 0)
    if say.finding.facts.get("held_back"):
        if say.past:
            return say.gettext(
                "%(Treaty)s entered into force on %(date)s; the %(nth)s instrument was deposited on %(since)s",
                nth=nth,
                since=say.day("since"),
            )
        return say.gettext(
            "%(Treaty)s enters into force on %(date)s; the %(nth)s instrument was deposited on %(since)s",
            nth=nth,
            since=say.day("since"),
        )
    run = say.after(say.finding.facts["since"])
    if say.past:
        return say.gettext(
            "%(Treaty)s entered into force on %(date)s, %(run)s, when the %(nth)s instrument was deposited",
            run=run,
            nth=nth,
        )
    return say.gettext(
        "%(Treaty)s enters into force on %(date)s, %(run)s, when the %(nth)s instrument was deposited",
        run=run,
        nth=nth,
    )


def threshold(say: Wording) -> str:
    return say.gettext(
        "The count of instruments reached %(counted)d on %(date)s; the number required is %(required)d",
        counted=say.number("counted"),
        required=say.number("required"),
    )


def threshold_not_reached(say: Wording) -> str:
    counted = say.ngettext(
        "%(number)d of the %(required)d instruments required has been deposited",
        "%(number)d of the %(required)d instruments required have been deposited",
        say.number("counted"),
        required=say.number("required"),
    )
    missing = say.ngettext("%(number)d more is required", "%(number)d more are required", say.number("missing"))
    return say.gettext("%(counted)s; %(missing)s", counted=counted, missing=missing)


def from_among(say: Wording) -> str:
    return say.gettext(
        "%(counted)d of them come from among “%(group)s”; the number required is %(required)d",
        counted=say.number("counted"),
        required=say.number("required"),
        group=say.finding.facts.get("group", ""),
    )


def not_yet_in_force(say: Wording) -> str:
    return say.gettext("%(Treaty)s is not yet in force")


def not_in_force(say: Wording) -> str:
    return say.gettext(
        "No date of entry into force can be calculated, because the clauses recorded for %(treaty)s have no rule on it"
    )


def not_before_day(say: Wording) -> str:
    return say.gettext("%(Treaty)s could not enter into force before %(date)s")


def not_before_treaty(say: Wording) -> str:
    other = say.finding.facts.get("treaty")
    if say.finding.value is None:
        return say.gettext(
            "%(Treaty)s depends on %(other)s, whose date of entry into force is not recorded", other=other
        )
    return say.gettext("%(Treaty)s could not enter into force before %(other)s, on %(date)s", other=other)


def counted(say: Wording) -> str:
    number = say.finding.value if isinstance(say.finding.value, int) else say.number("counted")
    return say.ngettext("%(number)d instrument is counted", "%(number)d instruments are counted", number)


def consent(say: Wording) -> str:
    return say.gettext(CONSENTED[str(say.finding.facts["action"])])


def at_threshold(say: Wording) -> str:
    if say.past:
        return say.gettext(
            "%(Treaty)s entered into force for %(participant)s on %(date)s, "
            "because its instrument of %(deposited)s is among those that brought it into force",
            deposited=say.day("deposited"),
        )
    return say.gettext(
        "%(Treaty)s enters into force for %(participant)s on %(date)s, "
        "because its instrument of %(deposited)s is among those that bring it into force",
        deposited=say.day("deposited"),
    )


def with_the_treaty(say: Wording) -> str:
    deposited = say.day("deposited")
    if say.past:
        return say.gettext(
            "%(Treaty)s entered into force for %(participant)s on %(date)s, with the treaty itself: "
            "its instrument of %(deposited)s was deposited by then",
            deposited=deposited,
        )
    return say.gettext(
        "%(Treaty)s enters into force for %(participant)s on %(date)s, with the treaty itself: "
        "its instrument of %(deposited)s is deposited by then",
        deposited=deposited,
    )


def after_threshold(say: Wording) -> str:
    facts = say.finding.facts
    effect = (
        say.gettext("%(Treaty)s entered into force for %(participant)s on %(date)s")
        if say.past
        else say.gettext("%(Treaty)s enters into force for %(participant)s on %(date)s")
    )
    run = say.after(facts["deposited"])
    own, general = facts["own"], facts["general"]
    if say.finding.value not in (own, general):
        return say.gettext("%(effect)s, later than %(run)s", effect=effect, run=run)
    if own == general:
        return say.gettext("%(effect)s: %(run)s is the day %(treaty)s itself enters into force", effect=effect, run=run)
    if say.finding.value == own:
        return say.gettext(
            "%(effect)s, %(run)s, when it deposited; "
            "that is later than the entry into force of %(treaty)s on %(general)s",
            effect=effect,
            run=run,
            general=say.day("general"),
        )
    return say.gettext(
        "%(effect)s, with %(treaty)s itself; %(run)s, when it deposited, is earlier: %(own)s",
        effect=effect,
        run=run,
        own=say.day("own"),
    )


def by_succession(say: Wording) -> str:
    if say.past:
        return say.gettext(
            "%(Treaty)s has been in force for %(participant)s since %(date)s; it succeeded with effect from %(since)s",
            since=say.day("since"),
        )
    return say.gettext(
        "%(Treaty)s will be in force for %(participant)s from %(date)s; it succeeds with effect from %(since)s",
        since=say.day("since"),
    )


def protocol_with_convention(say: Wording) -> str:
    convention = say.finding.facts.get("treaty")
    if say.finding.value is None:
        return say.gettext(
            "A party to a protocol must be a party to its convention, and %(convention)s is not yet in force for it",
            convention=convention,
        )
    return say.gettext(
        "A party to a protocol must be a party to its convention, %(convention)s, which binds it from %(date)s",
        convention=convention,
    )


def organization_admitted(say: Wording) -> str:
    return say.gettext(
        "An organization may deposit once one of its member States has: %(member)s deposited on %(date)s",
        member=say.name(say.finding.facts.get("member", "")),
    )


def competence_declared(say: Wording) -> str:
    return say.gettext("The extent of its competence was declared on %(date)s")


def organization_not_counted(say: Wording) -> str:
    return say.gettext("The instrument of an organization is not counted towards the number required")


def if_deposited(say: Wording) -> str:
    if say.finding.value is None and not say.number("required"):
        return say.gettext("The signature has no further effect until an instrument is deposited")
    if say.finding.value is None:
        return say.gettext(
            "The signature has no further effect until an instrument is deposited; with a deposit on %(deposited)s, "
            "%(counted)d of the %(required)d instruments required would be deposited, and %(treaty)s would not yet be in force",
            deposited=say.day("deposited"),
            counted=say.number("counted"),
            required=say.number("required"),
        )
    return say.gettext(
        "The signature has no further effect until an instrument is deposited; "
        "with a deposit on %(deposited)s, %(treaty)s would enter into force for it on %(date)s",
        deposited=say.day("deposited"),
    )


def signatory_owes(say: Wording) -> str:
    return say.gettext(
        "Until it consents to be bound, or makes clear that it will not become a party, "
        "a signatory refrains from acts that would defeat the object and purpose of %(treaty)s"
    )


def information_owed(say: Wording) -> str:
    return say.gettext(
        "With its instrument it also gives what these provisions ask for: %(provisions)s",
        provisions=say.language.provisions(str(say.finding.facts["provisions"]).split(", ")),
    )


def reservation_to_confirm(say: Wording) -> str:
    return say.gettext(
        "The reservation to %(reserved)s that %(participant)s made when signing on %(date)s lapses "
        "unless it is repeated with the instrument",
        reserved=say.language.provision(str(say.finding.facts["reserved"])),
    )


SENTENCES: dict[About, Callable[[Wording], str]] = {
    "competence-declared": competence_declared,
    "consent": consent,
    "counted": counted,
    "entry-into-force": entry_into_force,
    "entry-into-force-after-threshold": after_threshold,
    "entry-into-force-at-threshold": at_threshold,
    "entry-into-force-by-succession": by_succession,
    "entry-into-force-with-the-treaty": with_the_treaty,
    "if-deposited": if_deposited,
    "information-owed": information_owed,
    "not-before-day": not_before_day,
    "not-before-treaty": not_before_treaty,
    "not-in-force": not_in_force,
    "not-yet-in-force": not_yet_in_force,
    "organization-admitted": organization_admitted,
    "organization-not-counted": organization_not_counted,
    "protocol-with-convention": protocol_with_convention,
    "reservation-to-confirm": reservation_to_confirm,
    "signatory-owes": signatory_owes,
    "threshold": threshold,
    "threshold-not-reached": threshold_not_reached,
    "from-among": from_among,
}
