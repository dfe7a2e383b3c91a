"""A language: what it calls names and facts, and where its sentences come from."""

import datetime as dt
import gettext
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from depositary.law.acts import AMENDMENT, Act
from depositary.law.clauses import Clauses
from depositary.law.examination import Irregularity
from depositary.law.findings import UnderReading, Value
from depositary.law.participants import LANGUAGES, Participants
from depositary.law.readings import READINGS
from depositary.words import faults, irregularities, labels, provisions, readings
from depositary.words.orthography import Orthography

CATALOGUES = Path(__file__).parent / "catalogues"

AVAILABLE: tuple[str, ...] = ("en", *(code for code in LANGUAGES if (CATALOGUES / f"{code}.po").exists()))
"""Those the program speaks: English, in which it is written, and those that have a catalogue, which is whole."""

NAMES = {"en": "English", "fr": "Français", "es": "Español", "ru": "Русский", "ar": "العربية", "zh": "中文"}
"""What each language calls itself."""


@dataclass(frozen=True)
class Language(Orthography):
    """One language: what it says of participants, acts and findings."""

    def name(self, participants: Participants, code: str, on: dt.date, *, within: bool = False) -> str:
        """The short name a participant bore on a day; `within` an English sentence, with the article it has."""
        if code not in participants:
            return code
        name = participants[code].name_on(on)
        short = name.short.get(self.code) or name.short["en"]
        if within and self.code == "en":
            if participants[code].is_organization:
                return name.formal or short
            if f"the {short}" in name.formal:  # the Republic of the Sudan: the Sudan
                return f"the {short}"
        return short

    def treaty(self, clauses: Clauses) -> str:
        """A treaty's short title; in English where its clause file has none in this language."""
        return clauses.titled(self.code)[0].name

    def treaty_language(self, clauses: Clauses) -> str:
        """The language of a treaty's title where it is not this one, else ""."""
        language = clauses.titled(self.code)[1]
        return "" if language == self.code else language

    def foreign(self, code: str) -> str:
        """What marks a text in another language: the language's name in this one; nothing marks a text in this."""
        return "" if code == self.code else self.gettext(labels.LANGUAGES[code])

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
        known = labels.STANDINGS | labels.RESERVATION_STATES
        return self.gettext(known[value]) if value in known else value

    def irregularity(self, irregularity: Irregularity, participants: Participants) -> str:
        """What is wrong with an act, and what would be allowed."""
        act = irregularity.act
        name = self.name(participants, act.participant, act.date, within=True) or self.gettext("The Conference")
        said = self.irregularity_of_any(irregularity, name, self.date(act.date))
        return f"{said[:1].upper()}{said[1:]}"

    def irregularity_of_any(self, irregularity: Irregularity, participant: str = "…", date: str = "…") -> str:
        """An irregularity in a sentence that names no participant and no day, for several acts at once."""
        act = irregularity.act
        said = self.gettext(
            irregularities.SENTENCES[irregularity.code],
            participant=participant,
            date=date,
            action=self.action(act.action),
            provision=act.provision or self.gettext("no provision"),
            place=act.place or self.gettext("another place"),
            amendment=act.amendment,
        )
        return self.cited(said, irregularity.provision)

    def irregularity_label(self, code: str) -> str:
        """A kind of irregularity in a few words, for a heading."""
        return self.gettext(irregularities.LABELS[code])

    def reading_title(self, name: str) -> str:
        """What a reading is about, in a few words."""
        return self.gettext(readings.TITLES[name])

    def reading(self, name: str) -> tuple[str, str]:
        """The default and the other reading in words; "" where there is no other."""
        default, otherwise = (readings.READINGS_IN_WORDS | readings.REGISTER_IN_WORDS)[name]
        return self.gettext(default), self.gettext(otherwise) if otherwise else ""

    def status(self, status: str) -> str:
        """How settled a reading is."""
        return self.gettext(labels.STATUSES[status])

    def under(self, under: UnderReading) -> str:
        """The reading on which a finding rests, what it says, and what the other reading says and gives."""
        says, other = (self.gettext(text) if text else "" for text in readings.READINGS_IN_WORDS[under.name])
        if under.ruled:
            says, other = other, says
        rests = self.gettext(
            "This rests on the reading “%(name)s” (%(status)s): %(says)s",
            name=self.reading_title(under.name),
            status=self.status(READINGS[under.name].status),
            says=says,
        )
        other_gives = self.gettext(
            "The other reading gives %(otherwise)s: %(says)s", otherwise=self.value(under.otherwise), says=other
        )
        return f"{rests} {other_gives}"

    def action(self, action: str, mark: bool = False) -> str:
        """An action's name, or with `mark` the sign it bears in a status table ("" for ratification)."""
        return labels.MARKS.get(action, "") if mark else self.gettext(labels.ACTIONS[action])

    def act(self, act: Act) -> str:
        """An act's action with what it concerns: `ratification of amendment A1`, `reservation to 11(3)`."""
        action = self.action(act.action)
        if act.subject.startswith(AMENDMENT):
            return self.gettext("%(action)s (amendment %(amendment)s)", action=action, amendment=act.amendment)
        if act.subject in readings.TITLES:
            return self.gettext("%(action)s (%(subject)s)", action=action, subject=self.reading_title(act.subject))
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
        if not number:  # a correction of the text, which follows from no entry
            return self.phrase(said)
        return self.gettext("entry %(number)s: %(said)s", number=number, said=self.phrase(said))

    def strikes_out(self, number: int | None) -> str:
        """What an entry without an act does."""
        return self.gettext("strikes out entry %(number)s", number=number)

    def concerns(self, concerns: str) -> str:
        """What a derived date is the date of: `entry into force`."""
        about = labels.CONCERNS.get(concerns.partition(" ")[0].partition(":")[0], "")
        return self.gettext(about) if about else concerns

    def moved(self, whose: str, concerns: str, value: Value, otherwise: Value) -> str:
        """A date, a standing or a number that rests on a reading, beside what the other reading gives."""
        return self.gettext(
            "%(whose)s, %(about)s: %(day)s; by the other reading %(otherwise)s",
            whose=whose,
            about=self.concerns(concerns),
            day=self.value(value),
            otherwise=self.value(otherwise),
        )

    def place(self, place: str) -> str:
        """A place by its name in this language, as far as it is known here."""
        return self.gettext(place) if place in labels.PLACES else place

    def last_day_of_signature(self, place: str) -> str:
        """What the last day of a period for signature is called, at a place if there is one."""
        if place:
            return self.gettext("Last day of signature in %(place)s", place=place)
        return self.gettext("Last day of signature")

    def done_at(self, clauses: Clauses) -> str:
        """Where and when a treaty was adopted, as far as its clause file says: `Hanoi, 25 October 2025`."""
        place, day = self.place(clauses.place_adopted), self.date(clauses.adopted) if clauses.adopted else ""
        return self.gettext("%(place)s, %(day)s", place=place, day=day) if place and day else place or day

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
            return self.gettext("%(provision)s of %(treaty)s", provision=self.provision(number), treaty=treaty)
        if provision.startswith("VCLT "):
            return self.gettext("VCLT %(number)s", number=provision.removeprefix("VCLT "))
        if not provision[:1].isdigit():
            return provision
        form, facts, sentence = provisions.parts(provision, self.code)
        said = self.gettext(form, **facts)
        return self.gettext(provisions.SENTENCES[sentence], provision=said) if sentence else said

    def provisions(self, numbers: Iterable[str]) -> str:
        """Provisions one after another: by their numbers alone in English, else each as it is cited."""
        return self.listed(numbers if self.code == "en" else map(self.provision, numbers))

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
    return Language(
        code, "rtl" if code == "ar" else "ltr", gettext.NullTranslations() if code == "en" else _catalogue(code)
    )


def _catalogue(code: str) -> gettext.NullTranslations:
    from babel.messages.mofile import write_mo  # only where there is something to translate
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
