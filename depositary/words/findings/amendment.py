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
        "%(one)s and %(other)s have been bound to each other since %(date)s: %(one)s has been a party since %(one_since)s, "
        "%(other)s since %(other_since)s",
        one=say.name(facts["one"]),
        other=say.name(facts["other"]),
        one_since=say.day("one_since"),
        other_since=say.day("other_since"),
    )


def not_bound_to_each_other(say: Wording) -> str:
    return say.gettext("They are not bound to each other: on this day at least one of them is not a party")


def declined(say: Wording) -> str:
    said = say.finding.acts[-1] if say.finding.acts else None
    return say.gettext(
        "Amendment %(amendment)s does not bind it: by its declaration of %(declared)s it expressed a different intention",
        amendment=say.finding.facts["amendment"],
        declared=say.language.value(said.date if said else None),
    )


def with_the_treaty(say: Wording) -> str:
    return say.gettext(
        "Amendment %(amendment)s, to which it consented on %(deposited)s, binds it from %(date)s, "
        "the day on which %(treaty)s enters into force for it",
        amendment=say.finding.facts["amendment"],
        deposited=say.day("deposited"),
    )


def one_with_itself(say: Wording) -> str:
    return say.gettext("A participant is not bound to itself; two different ones are needed")


def not_bound_by_objection(say: Wording) -> str:
    facts = say.finding.facts
    return say.gettext(
        "%(one)s and %(other)s are both parties, and %(treaty)s is not in force between them because of an objection",
        one=say.name(facts["one"]),
        other=say.name(facts["other"]),
    )


def objection_precludes(say: Wording) -> str:
    return say.gettext(
        "By its objection of %(date)s to the reservation to %(reserved)s by %(reserving)s, %(objecting)s has definitely "
        "opposed the entry into force between the two",
        **_parties(say),
    )


def provision_does_not_apply(say: Wording) -> str:
    return say.gettext(
        "%(reserved)s does not apply between them to the extent of the reservation by %(reserving)s, "
        "to which %(objecting)s objected on %(date)s",
        **_parties(say),
    )


def reservation_between(say: Wording) -> str:
    return say.gettext(
        "The reservation by %(reserving)s to %(reserved)s modifies %(treaty)s between them", **_parties(say)
    )


def territory_left_out(say: Wording) -> str:
    return say.gettext(
        "By a communication of %(date)s %(participant)s has left out of the application: %(text)s",
        text=say.finding.facts["text"],
    )


def _parties(say: Wording) -> dict[str, object]:
    """Who objects to whose reservation, and to what, as far as the finding says."""
    facts = say.finding.facts
    return {
        "reserved": say.language.provision(str(facts["reserved"])) or say.language.gettext("the instrument"),
        "reserving": say.name(facts["reserving"]),
        "objecting": say.name(facts.get("objecting", facts["reserving"])),
    }


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
    "not-bound-by-objection": not_bound_by_objection,
    "objection-precludes": objection_precludes,
    "one-with-itself": one_with_itself,
    "provision-does-not-apply": provision_does_not_apply,
    "reservation-between": reservation_between,
    "territory-left-out": territory_left_out,
    "amendment-declined": declined,
    "amendment-for-party": for_party,
    "amendment-with-the-treaty": with_the_treaty,
    "amendment-not-binding": not_binding,
    "bound-as-amended": bound_as_amended,
    "bound-to-each-other": bound_to_each_other,
    "not-bound-to-each-other": not_bound_to_each_other,
    "version-between": version_between,
}
