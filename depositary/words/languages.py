"""A language: how it writes dates and names, and where its sentences come from."""

import datetime as dt
import gettext
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from depositary.acts import AMENDMENT, Act
from depositary.clauses import Clauses
from depositary.law.examination import Irregularity
from depositary.law.findings import Finding, UnderReading, Value
from depositary.law.readings import READINGS
from depositary.participants import Participants
from depositary.words import faults, irregularities, labels, readings, sentences
from depositary.words.saying import Saying

AVAILABLE: tuple[str, ...] = ("en",)

CATALOGUES = Path(__file__).parent / "locale"

NEW_YORK = ZoneInfo("America/New_York")

DAY = "d MMMM y"
SHORT_DAY = "d MMM y"


@lru_cache(maxsize=4096)
def in_words(day: dt.date, pattern: str, code: str) -> str:
    """A date by a pattern; the same few days are asked for on every page."""
    return format_date(day, pattern, locale=code)


@dataclass(frozen=True)
class Language:
    """One language. `code` is its ISO 639-1 code, `direction` that of its script."""

    code: str
    direction: Literal["ltr", "rtl"]
    translations: gettext.NullTranslations

    def gettext(self, message: str, **facts: object) -> str:
        """A message in this language, its named placeholders filled in."""
        return self.translations.gettext(message) % facts

    def ngettext(self, one: str, many: str, number: int, **facts: object) -> str:
        """A message in the grammatical number that `number` asks for; it is the placeholder `number` as well."""
        return self.translations.ngettext(one, many, number) % {"number": number, **facts}

    def ordinal(self, number: int) -> str:
        """A number as a place in an order: `90th`."""
        last = 0 if number % 100 in (11, 12, 13) else number % 10
        forms = {
            1: self.gettext("%(number)dst", number=number),
            2: self.gettext("%(number)dnd", number=number),
            3: self.gettext("%(number)drd", number=number),
        }
        return forms.get(last) or self.gettext("%(number)dth", number=number)

    def date(self, day: dt.date) -> str:
        """A date in words: `26 September 2003`, never in figures alone."""
        return in_words(day, DAY, self.code)

    def short_date(self, day: dt.date) -> str:
        """A date with its month cut short, for tables: `26 Sep 2003`."""
        return in_words(day, SHORT_DAY, self.code)

    def instant(self, moment: dt.datetime) -> str:
        """An instant as the clock in New York showed it."""
        day = format_datetime(moment, DAY, tzinfo=NEW_YORK, locale=self.code)
        clock = format_datetime(moment, "HH:mm:ss", tzinfo=NEW_YORK, locale=self.code)
        return self.gettext("%(day)s, %(clock)s in New York", day=day, clock=clock)

    def name(self, participants: Participants, code: str, on: dt.date) -> str:
        """The short name a participant bore on a day; nobody's acts are the treaty's own."""
        if code not in participants:
            return code
        short = participants[code].name_on(on).short
        return short.get(self.code) or short["en"]

    def value(self, value: Value) -> str:
        """The value of a finding."""
        match value:
            case None:
                return self.gettext("no date")
            case bool():
                return self.gettext("yes") if value else self.gettext("no")
            case dt.date():
                return self.date(value)
            case int():
                return str(value)
        return self.standing(value) if value in labels.STANDINGS else value

    def sentence(self, finding: Finding, participants: Participants, clauses: Clauses, on: dt.date) -> str:
        """One plain sentence for a finding, as seen on a day: what lies after it is said in the future."""
        saying = Saying(self, finding, participants, clauses, on)
        return saying.cited(sentences.SENTENCES[finding.about](saying))

    def irregularity(self, irregularity: Irregularity, participants: Participants) -> str:
        """What is wrong with an act, and what would be allowed."""
        act = irregularity.act
        said = self.gettext(
            irregularities.SENTENCES[irregularity.code],
            participant=self.name(participants, act.participant, act.date) or self.gettext("The Conference"),
            date=self.date(act.date),
            action=self.action(act.action),
            provision=act.provision or self.gettext("no provision"),
            place=act.place or self.gettext("another place"),
            amendment=act.amendment,
        )
        return self.cited(said, irregularity.provision)

    def irregularity_label(self, code: str) -> str:
        """A kind of irregularity in a few words, for a heading."""
        return self.gettext(irregularities.LABELS[code])

    def reading(self, name: str) -> tuple[str, str]:
        """The default and the other reading in words; "" where there is no other."""
        default, otherwise = readings.READINGS_IN_WORDS[name]
        return self.gettext(default), self.gettext(otherwise) if otherwise else ""

    def status(self, status: str) -> str:
        """How settled a reading is."""
        return self.gettext(labels.STATUSES[status])

    def under(self, under: UnderReading) -> str:
        """That a finding rests on a reading, and what the other reading gives."""
        return self.gettext(
            "This rests on the reading “%(name)s” (%(status)s); the other reading gives %(otherwise)s.",
            name=under.name,
            status=self.status(READINGS[under.name].status),
            otherwise=self.value(under.otherwise),
        )

    def action(self, action: str, mark: bool = False) -> str:
        """An action's name, or with `mark` the sign it bears in a status table ("" for ratification)."""
        return labels.MARKS.get(action, "") if mark else self.gettext(labels.ACTIONS[action])

    def act(self, act: Act) -> str:
        """An act's action with what it concerns: `ratification of amendment A1`, `reservation to 11(3)`."""
        action = self.action(act.action)
        if act.subject.startswith(AMENDMENT):
            return self.gettext("%(action)s (amendment %(amendment)s)", action=action, amendment=act.amendment)
        if act.subject or act.provision:
            return self.gettext("%(action)s (%(subject)s)", action=action, subject=act.subject or act.provision)
        return action

    def act_line(self, act: Act, name: str) -> str:
        """An act in a line, for lists: `15 December 2027, Ruritania: ratification`."""
        day, said = self.date(act.date), self.act(act)
        if not name:
            return self.gettext("%(day)s: %(act)s", day=day, act=said)
        return self.gettext("%(day)s, %(name)s: %(act)s", day=day, name=name, act=said)

    def no_act(self, name: str) -> str:
        """That a participant has done nothing under a treaty."""
        return self.gettext("%(name)s has taken no action under this treaty.", name=name)

    def noted(self, number: int, reference: str, notified: dt.date | None, published: dt.date | None) -> str:
        """What an entry tells of an earlier one: its notification, its publication."""
        said = []
        if notified and reference:
            said.append(self.gettext("notified on %(day)s as %(cn)s", day=self.date(notified), cn=reference))
        elif notified:
            said.append(self.gettext("notified on %(day)s", day=self.date(notified)))
        if published:
            said.append(self.gettext("published on %(day)s", day=self.date(published)))
        return self.gettext("entry %(number)s: %(said)s", number=number, said=", ".join(said))

    def strikes_out(self, number: int | None) -> str:
        """What an entry without an act does."""
        return self.gettext("strikes out entry %(number)s", number=number)

    def moved(self, whose: str, concerns: str, day: dt.date | None, otherwise: dt.date | None) -> str:
        """A date that rests on a reading, beside the one the other reading gives."""
        about = labels.CONCERNS.get(concerns.partition(" ")[0].partition(":")[0], "")
        return self.gettext(
            "%(whose)s, %(about)s: %(day)s; by the other reading %(otherwise)s",
            whose=whose,
            about=self.gettext(about) if about else concerns,
            day=self.value(day),
            otherwise=self.value(otherwise),
        )

    def sort_key(self, name: str) -> str:
        """A name as it is ordered in a list: accents and case aside."""
        plain = unicodedata.normalize("NFKD", name).casefold()
        return "".join(letter for letter in plain if not unicodedata.combining(letter))

    def standing(self, standing: str) -> str:
        """A standing in words."""
        return self.gettext(labels.STANDINGS[standing])

    def fault(self, code: str, **facts: object) -> str:
        """Why a page cannot be shown, in one sentence."""
        return self.gettext(faults.FAULTS[code], **facts)

    def provision(self, provision: str) -> str:
        """A provision as it is cited: `article 65(1)`; the Vienna Convention's by its own sign."""
        number, of, treaty = provision.partition(" of ")
        if of:
            return self.gettext("article %(provision)s of %(treaty)s", provision=number, treaty=treaty)
        if provision[:1].isdigit():
            return self.gettext("article %(provision)s", provision=provision)
        return provision

    def cited(self, said: str, provision: str) -> str:
        """A sentence, closed with the provision it rests on."""
        if provision:
            return self.gettext("%(said)s (%(provision)s).", said=said, provision=self.provision(provision))
        return self.gettext("%(said)s.", said=said)


@cache
def language(code: str = "en") -> Language:
    """The language of a code. Raises KeyError for one that is not available."""
    if code not in AVAILABLE:
        raise KeyError(code)
    catalogue = gettext.NullTranslations() if code == "en" else gettext.translation("depositary", CATALOGUES, [code])
    return Language(code, "rtl" if code == "ar" else "ltr", catalogue)
