"""What a sentence is made from: the finding, whose it is, and the day it is seen on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from depositary.law.clauses import Clauses
from depositary.law.findings import Finding, Value
from depositary.law.participants import Participants
from depositary.words.labels import N_
from depositary.words.languages import Language

CALLED = {
    "Convention": (N_("The Convention"), N_("the Convention")),
    "Protocol": (N_("The Protocol"), N_("the Protocol")),
    "Agreement": (N_("The Agreement"), N_("the Agreement")),
    "Covenant": (N_("The Covenant"), N_("the Covenant")),
    "Statute": (N_("The Statute"), N_("the Statute")),
    "": (N_("The treaty"), N_("the treaty")),
}
"""What a treaty is called in a sentence: at its beginning, and within."""


def called(clauses: Clauses) -> tuple[str, str]:
    """What a treaty is called at the beginning of a sentence, and within: a protocol to a convention is a protocol."""
    title = f"{clauses.short_title}; {clauses.title}; "

    def place(kind: str) -> int:
        found = title.find(kind) if kind else len(title) - 1
        return found if found >= 0 else len(title)

    return CALLED[min(CALLED, key=place)]


@dataclass(frozen=True)
class Wording:
    """One finding that is to be worded in a language, as seen on a day."""

    language: Language
    finding: Finding
    participants: Participants
    clauses: Clauses
    on: date

    def gettext(self, message: str, **facts: object) -> str:
        """A message with the treaty, the participant and the finding's date filled in."""
        return self.language.gettext(message, **self._always, **facts)

    def ngettext(self, singular: str, plural: str, number: int, **facts: object) -> str:
        """A message in the grammatical number of `number`, with the placeholders of `gettext` filled in."""
        return self.language.ngettext(singular, plural, number, **self._always, **facts)

    @property
    def _always(self) -> dict[str, object]:
        at_start, within = called(self.clauses)
        value = self.finding.value
        return {
            "Treaty": self.language.gettext(at_start),
            "treaty": self.language.gettext(within),
            "date": self.language.value(value if isinstance(value, date) else None),
            "participant": self.who,
        }

    @property
    def past(self) -> bool:
        """Whether the finding's date has come."""
        return self.has_come(self.finding.value)

    def has_come(self, day: Value) -> bool:
        """Whether a date has come by the day the finding is seen on."""
        return isinstance(day, date) and day <= self.on

    @property
    def code(self) -> str:
        """The participant the finding is about: the one it names, or that of the first act it rests on; "" for none."""
        acts = (act.participant for one in self.finding for act in one.acts if act.participant)
        return str(self.finding.facts.get("participant") or next(acts, ""))

    @property
    def who(self) -> str:
        """Its name on the day asked about."""
        return self.name(self.code) if self.code else self.language.gettext("This participant")

    @property
    def is_organization(self) -> bool:
        return self.code in self.participants.organizations

    def name(self, code: Value) -> str:
        """A participant's name on the day asked about, within a sentence."""
        return self.language.name(self.participants, str(code), self.on, within=True)

    def day(self, fact: str) -> str:
        """A date among the facts, in words."""
        return self.language.value(self.finding.facts.get(fact))

    def number(self, fact: str) -> int:
        """A number among the facts; 0 where it is not among them."""
        value = self.finding.facts.get(fact)
        return value if isinstance(value, int) else 0

    def after(self, day: Value, facts: Mapping[str, Value] | None = None) -> str:
        """A period run from a day, as a noun: `the 90th day after 15 December 2027`."""
        period = self.finding.facts if facts is None else facts
        from_day = self.language.value(day)
        say = self.language
        days, months, years = (int(period.get(unit) or 0) for unit in ("days", "months", "years"))  # type: ignore[arg-type]
        if period.get("on") == "first of month":
            nth = self.ordinal(months)
            return say.gettext("the first day of the %(nth)s month after that of %(day)s", nth=nth, day=from_day)
        if days:
            run = say.gettext("the %(nth)s day after %(day)s", nth=self.ordinal(days), day=from_day)
        elif months:
            run = say.ngettext(
                "%(number)d month after %(day)s", "%(number)d months after %(day)s", months, day=from_day
            )
        elif years:
            run = say.ngettext("%(number)d year after %(day)s", "%(number)d years after %(day)s", years, day=from_day)
        else:
            run = from_day
        if period.get("on") == "first of month following":
            return say.gettext("the first day of the month that follows %(run)s", run=run)
        return run

    def ordinal(self, number: int) -> str:
        return self.language.ordinal(number)

    def cited(self, said: str) -> str:
        """The sentence, closed with the finding's provision."""
        return self.language.cited(said, self.finding.provision)
