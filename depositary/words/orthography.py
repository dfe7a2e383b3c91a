"""How a language writes: messages, ordinals, dates, instants and lists, whatever they are about."""

import datetime as dt
import gettext
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from depositary.errors import Sentence
from depositary.words import collation, ordinals
from depositary.words.dates import in_words
from depositary.words.forms import Facts

NEW_YORK = ZoneInfo("America/New_York")

COMMA = {"ar": "، ", "zh": "、"}
"""What stands between the names of a list, where it is not the comma."""

PAUSE = {"ar": "، ", "zh": "，"}
"""What stands between the parts of a phrase, where it is not the comma."""


@dataclass(frozen=True)
class Orthography:
    """A language as it is written. `code` is its ISO 639-1 code, `direction` that of its script."""

    code: str
    direction: Literal["ltr", "rtl"]
    translations: gettext.NullTranslations

    def gettext(self, message: str, **facts: object) -> str:
        """A message in this language, its named placeholders filled in."""
        return self.translations.gettext(message) % Facts(facts)

    def ngettext(self, singular: str, plural: str, number: int, **facts: object) -> str:
        """A message in the grammatical number that `number` asks for; it is the placeholder `number` as well."""
        return self.translations.ngettext(singular, plural, number) % Facts(number=number, **facts)

    def said(self, text: str) -> str:
        """A sentence of a fault in this language, with what it is filled with; any other text as it is."""
        if not isinstance(text, Sentence):
            return text
        facts = {
            name: self.said(fact) if isinstance(fact, str) else self.date(fact) if type(fact) is dt.date else fact
            for name, fact in text.facts.items()
        }
        return self.gettext(text.message, **facts)

    def ordinal(self, number: int) -> str:
        """A number as a place in an order: `90th`, `сороковой`."""
        return ordinals.ordinal(number, self.code)

    def date(self, day: dt.date) -> str:
        """A date in words: `26 September 2003`, never in figures alone."""
        return in_words(day, self.code)

    def short_date(self, day: dt.date) -> str:
        """A date with its month cut short, for tables: `26 Sep 2003`."""
        return in_words(day, self.code, short=True)

    def weekday(self, day: dt.date) -> str:
        """The day of the week: `Tuesday`."""
        from babel.dates import format_date

        return format_date(day, "EEEE", locale=self.code)

    def instant(self, moment: dt.datetime) -> str:
        """An instant as the clock in New York showed it."""
        there = moment.astimezone(NEW_YORK)
        day, clock = self.date(there.date()), f"{there:%H:%M:%S}"
        return self.gettext("%(day)s, %(clock)s in New York", day=day, clock=clock)

    def short_instant(self, moment: dt.datetime) -> str:
        """An instant cut short, for tables: `26 Sep 2003, 14:05`."""
        there = moment.astimezone(NEW_YORK)
        day, clock = self.short_date(there.date()), f"{there:%H:%M}"
        return f"{day} {clock}" if self.code == "zh" else self.phrase((day, clock))

    def stored_instant(self, text: str) -> str:
        """An instant in the form in which tables keep it, for tables on a page: `26 Sep 2003, 14:05`."""
        return self.short_instant(dt.datetime.fromisoformat(text))

    @property
    def comma(self) -> str:
        """What stands between the names of a list."""
        return COMMA.get(self.code, ", ")

    def listed(self, names: Iterable[str]) -> str:
        """Names one after another, with the comma of the script."""
        return self.comma.join(names)

    def phrase(self, parts: Iterable[str]) -> str:
        """Parts of one phrase, as an act and its place."""
        return PAUSE.get(self.code, ", ").join(parts)

    def sort_key(self, name: str) -> str:
        """A name as it is ordered in a list of this language."""
        return collation.key(name, self.code)
