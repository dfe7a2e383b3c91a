"""A sentence for each finding of the law.

Where a day decides the tense there are two: for a day that has come, and for one that has not.
"""

from datetime import date
from typing import TYPE_CHECKING

from depositary.acts import ACTIONS
from depositary.clauses import Clauses
from depositary.law.findings import About, Finding, Value
from depositary.participants import Participants

if TYPE_CHECKING:
    from depositary.words.language import Language

SENTENCES: dict[About, str | tuple[str, str]] = {
    "amendment-for-party": (
        "Amendment {amendment} has bound it since {value}, {period} after the deposit of {deposited}.",
        "Amendment {amendment} binds it from {value}, {period} after the deposit of {deposited}.",
    ),
    "amendment-not-binding": "Amendment {amendment} does not bind it.",
    "bound-as-amended": "It became a party after amendment {amendment} had entered into force, and is bound by it from {value}.",
    "bound-to-each-other": "{one} and {other} have been bound to each other since {value}, the later of {one_since} and {other_since}.",
    "not-bound-to-each-other": "The two are not bound to each other: the treaty is not in force for both.",
    "ceased-to-exist": "It had ceased to exist by {value}.",
    "conference-by": "The Conference is to be convened by {value}, {period} after entry into force.",
    "consent": "Its instrument of {action} was deposited on {value}.",
    "contracting": "It has consented to be bound; the treaty is not yet in force for it.",
    "denunciation": (
        "A denunciation received on {received} took effect on {value}, {period} later.",
        "A denunciation received on {received} takes effect on {value}, {period} later; until then it stays a party.",
    ),
    "denunciation-entailed": "Leaving {treaty} takes this protocol along, on {value}.",
    "entry-into-force": (
        "The treaty entered into force on {value}: {period} after {since}.",
        "The treaty enters into force on {value}: {period} after {since}.",
    ),
    "entry-into-force-at-threshold": (
        "In force for it since {value}, with the treaty itself: its instrument was among those that reached the number.",
        "In force for it from {value}, with the treaty itself: its instrument was among those that reached the number.",
    ),
    "entry-into-force-after-threshold": (
        "In force for it since {value}: the later of {own}, {period} after its deposit of {deposited}, and {general}, "
        "the treaty's own entry into force.",
        "In force for it from {value}: the later of {own}, {period} after its deposit of {deposited}, and {general}, "
        "the treaty's own entry into force.",
    ),
    "entry-into-force-by-succession": "In force for it since {value}, by succession dated {since}.",
    "former-party": "It is no longer a party.",
    "no-relation": "It stands in no relation to the treaty.",
    "not-before-day": "The treaty does not enter into force before {value}.",
    "not-before-treaty": "The treaty does not enter into force before {treaty}, which entered into force on {value}.",
    "not-in-force": "The clause file has no rule on entry into force.",
    "not-yet-in-force": "The treaty is not yet in force.",
    "organization-ceases": "It ceases to be a party on {value}, when all its member States that had become parties have denounced.",
    "party": "It is a party.",
    "proposals-from": "Amendments may be proposed from {value}, when {period} have expired.",
    "protocol-quorum": "There are {required} States Parties, as a protocol requires, since {value}.",
    "protocol-with-convention": "A party to the protocol must be a party to {treaty}, which is in force for it from {value}.",
    "signatory": "It has signed, and has deposited no instrument.",
    "threshold": "The number of {required} instruments was reached on {value}; {counted} were counted that day.",
    "threshold-not-reached": "{counted} of {required} instruments are counted; {missing} are missing.",
    "version-between": "Between them governs the treaty as amended by: {value}.",
    "withdrawn": "It withdrew its instrument on {value}, before the treaty was in force for it.",
}

WITHOUT_VALUE: dict[About, str] = {
    "conference-by": "The Conference is to be convened within {period} of entry into force; the treaty is not yet in force.",
    "not-before-treaty": "The treaty does not enter into force before {treaty}, whose own entry into force is not known here.",
    "proposals-from": "Amendments may be proposed once {period} have expired from entry into force; the treaty is not yet in force.",
    "protocol-quorum": "There have not yet been {required} States Parties, as a protocol requires.",
    "protocol-with-convention": "A party to the protocol must be a party to {treaty}, which is not yet in force for it.",
    "version-between": "Between them governs the treaty without amendments.",
}
"""What is said where the finding has no value."""


def sentence(language: "Language", finding: Finding, participants: Participants, clauses: Clauses, on: date) -> str:
    """The sentence for a finding as of a day, its provision at the end."""
    wording = SENTENCES[finding.about]
    if not finding.value and finding.about in WITHOUT_VALUE:
        wording = WITHOUT_VALUE[finding.about]
    if isinstance(wording, tuple):
        wording = wording[isinstance(finding.value, date) and finding.value > on]
    facts = {name: fact(language, participants, value, on) for name, value in finding.facts.items()}
    facts |= {"value": language.value(finding.value), "period": period(language, finding)}
    said = language.say(wording, facts)
    return f"{said} ({finding.provision})" if finding.provision else said


def fact(language: "Language", participants: Participants, value: Value, on: date) -> str:
    """One fact of a finding: a date in words, a participant by its name, an action by its word."""
    if isinstance(value, str) and value in participants:
        return language.name(participants, value, on)
    for action in ACTIONS:
        if action == value:
            return language.action(action)
    return language.value(value)


def period(language: "Language", finding: Finding) -> str:
    """The period a finding counted: 90 days, one year, the first day of the month after 60 days."""
    days, months, years = (finding.facts.get(unit) for unit in ("days", "months", "years"))
    on = finding.facts.get("on")
    if isinstance(days, int):
        counted = language.say_many("{number} day", "{number} days", days)
    elif isinstance(months, int):
        counted = language.say_many("{number} month", "{number} months", months)
    elif isinstance(years, int):
        counted = language.say_many("one year", "{number} years", years)
    else:
        counted = language.say("0 days")
    if on == "first of month following":
        return language.say("the first day of the month after {period}", {"period": counted})
    if on == "first of month":
        return language.say("the first day of the month, {period} after the month of the day", {"period": counted})
    return counted
