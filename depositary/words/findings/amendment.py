"""Sentences about amendments, and about what binds two participants to each other."""

from collections.abc import Callable

from depositary.law.findings import About
from depositary.words.findings.wording import Wording


def for_party(say: Wording) -> str:
    amendment, run = say.finding.facts["amendment"], say.after(say.finding.facts["deposited"])
    if say.past:
        return say.gettext(
            "Amendment %(amendment)s entered into force for %(participant)s on %(date)s, %(run)s, when it consented",
            amendment=amendment,
            run=run,
        )
    return say.gettext(
        "Amendment %(amendment)s enters into force for %(participant)s on %(date)s, %(run)s, when it consented",
        amendment=amendment,
        run=run,
    )


def not_binding(say: Wording) -> str:
    return say.gettext(
        "Amendment %(amendment)s does not bind it: it has not consented to it, and stays bound by the earlier text",
        amendment=say.finding.facts["amendment"],
    )


def bound_as_amended(say: Wording) -> str:
    return say.gettext(
        "Amendment %(amendment)s binds it from %(date)s: it became a party after the amendment was in force, "
        "and so to %(treaty)s as amended",
        amendment=say.finding.facts["amendment"],
    )


def bound_to_each_other(say: Wording) -> str:
    facts = say.finding.facts
    return say.gettext(
        "%(one)s and %(other)s are bound to each other since %(date)s: %(one)s is a party since %(one_since)s, "
        "%(other)s since %(other_since)s",
        one=say.name(facts["one"]),
        other=say.name(facts["other"]),
        one_since=say.day("one_since"),
        other_since=say.day("other_since"),
    )


def not_bound_to_each_other(say: Wording) -> str:
    return say.gettext("They are not bound to each other: on this day at least one of them is not a party")


def version_between(say: Wording) -> str:
    shared = str(say.finding.value or "")
    if not shared:
        return say.gettext("Between them %(treaty)s applies without amendment")
    return say.ngettext(
        "Between them %(treaty)s applies as amended by %(shared)s, the amendment that binds both",
        "Between them %(treaty)s applies as amended by %(shared)s, the amendments that bind both",
        shared.count(",") + 1,
        shared=shared,
    )


SENTENCES: dict[About, Callable[[Wording], str]] = {
    "amendment-for-party": for_party,
    "amendment-not-binding": not_binding,
    "bound-as-amended": bound_as_amended,
    "bound-to-each-other": bound_to_each_other,
    "not-bound-to-each-other": not_bound_to_each_other,
    "version-between": version_between,
}
