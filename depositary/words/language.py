"""One language: its catalogue, its dates, its direction, and how it says what the law finds."""

import datetime as dt
import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_datetime

from depositary.acts import Action
from depositary.clauses import Clauses
from depositary.law.effects import Standing
from depositary.law.examination import Irregularity
from depositary.law.findings import Finding, UnderReading, Value
from depositary.participants import Participants
from depositary.words import acts, findings, irregularities, readings

AVAILABLE = ("en",)
"""The languages whose words are whole."""

CATALOGUES = Path(__file__).parent / "locale"

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Language:
    """A language of the United Nations. Sentences are looked up by their English wording."""

    code: str
    catalogue: gettext.NullTranslations

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way it is written."""
        return "rtl" if Locale(self.code).text_direction == "rtl" else "ltr"

    def say(self, sentence: str, facts: Facts | None = None) -> str:
        """A sentence with its facts filled in; facts the sentence has no place for are left out."""
        return self.catalogue.gettext(sentence).format_map(facts or {})

    def say_many(self, one: str, many: str, number: int, facts: Facts | None = None) -> str:
        """The same where the wording follows from a number, which is the fact `number`."""
        return self.catalogue.ngettext(one, many, number).format_map({**(facts or {}), "number": number})

    def date(self, day: dt.date) -> str:
        """A date in words: 26 September 2003."""
        return format_date(day, "d MMMM yyyy", locale=self.code)

    def short_date(self, day: dt.date) -> str:
        """A date for a table: 26 Sep 2003."""
        return format_date(day, "d MMM yyyy", locale=self.code)

    def instant(self, moment: dt.datetime) -> str:
        """An instant in words, with its offset."""
        return format_datetime(moment, "d MMMM yyyy, HH:mm xxx", tzinfo=moment.tzinfo, locale=self.code)

    def value(self, value: Value) -> str:
        """The value of a finding."""
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, bool):
            return self.say("yes") if value else self.say("no")
        return self.say("none") if value is None else str(value)

    def name(self, participants: Participants, code: str, on: dt.date) -> str:
        """What a participant is called on a day."""
        return participants[code].name_on(on).short[self.code] if code in participants else code

    def action(self, action: Action) -> str:
        """An action in words."""
        return self.say(acts.ACTIONS[action])

    def mark(self, action: Action) -> str:
        """The mark of an action in a status table: none for ratification, A, AA, a, d, c, s."""
        return acts.MARKS.get(action, "")

    def standing(self, standing: Standing) -> str:
        """A standing in words."""
        return self.say(acts.STANDINGS[standing])

    def sentence(self, finding: Finding, participants: Participants, clauses: Clauses, on: dt.date) -> str:
        """What a finding says, as of a day."""
        return findings.sentence(self, finding, participants, clauses, on)

    def irregularity(self, found: Irregularity, participants: Participants) -> str:
        """What is wrong with an act, and what would be allowed."""
        act = found.act
        facts = {
            "name": self.name(participants, act.participant, act.date),
            "action": self.action(act.action),
            "date": self.date(act.date),
            "place": act.place,
            "provision": act.provision,
            "amendment": act.amendment,
        }
        return self.say(irregularities.SENTENCES[found.code], facts)

    def reading(self, name: str) -> tuple[str, str]:
        """What a reading says, and what the other reading says ("" where there is none)."""
        default, otherwise = readings.READINGS[name]
        return self.say(default), self.say(otherwise) if otherwise else ""

    def under(self, rests: UnderReading) -> str:
        """That a date rests on a reading, and what the other gives."""
        default, otherwise = self.reading(rests.name)
        facts = {"name": rests.name, "default": default, "other": otherwise, "value": self.value(rests.otherwise)}
        return self.say("Rests on the reading “{name}”: {default} The other reading, {other}, gives: {value}.", facts)


@cache
def language(code: str = "en") -> Language:
    """The language with a code. Raises KeyError for one whose words are not whole."""
    if code not in AVAILABLE:
        raise KeyError(code)
    return Language(code, gettext.translation("depositary", CATALOGUES, [code], fallback=code == "en"))
