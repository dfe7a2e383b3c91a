"""Sentences about the days that follow from entry into force and from the number of parties."""

from collections.abc import Callable

from depositary.law.findings import About
from depositary.words.findings.wording import Wording


def conference_by(say: Wording) -> str:
    years = say.number("years")
    if say.finding.value is None:
        if not years:
            return say.gettext("The day by which the Conference is convened follows from entry into force")
        return say.ngettext(
            "The Conference is convened not later than %(number)d year after entry into force",
            "The Conference is convened not later than %(number)d years after entry into force",
            years,
        )
    if say.past:
        return say.gettext("The Conference was to be convened not later than %(date)s")
    return say.gettext("The Conference is to be convened not later than %(date)s")


def proposals_from(say: Wording) -> str:
    years = say.number("years")
    if say.finding.value is None:
        if not years:
            return say.gettext("The day from which amendments may be proposed follows from entry into force")
        return say.ngettext(
            "Amendments may be proposed once %(number)d year has expired from entry into force",
            "Amendments may be proposed once %(number)d years have expired from entry into force",
            years,
        )
    if say.past:
        return say.gettext("Amendments may be proposed since %(date)s")
    return say.gettext("Amendments may be proposed from %(date)s")


def protocol_quorum(say: Wording) -> str:
    required = say.number("required")
    if say.finding.value is None:
        return say.ngettext(
            "A protocol may be considered once there is %(number)d party",
            "A protocol may be considered once there are %(number)d parties",
            required,
        )
    if say.past:
        return say.gettext("A protocol may be considered since %(date)s, with %(required)d parties", required=required)
    return say.gettext("A protocol may be considered from %(date)s, with %(required)d parties", required=required)


SENTENCES: dict[About, Callable[[Wording], str]] = {
    "conference-by": conference_by,
    "proposals-from": proposals_from,
    "protocol-quorum": protocol_quorum,
}
