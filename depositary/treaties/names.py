"""Whom a text means: a participant by its code, or by a name that it bears or that people use, in six languages.

Nobody is chosen. A text that is exactly a code or a name means its bearer; every other text is a question, with
candidates.
"""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

from depositary.errors import BadInput, Sentence
from depositary.law.participants import LANGUAGES, Name, Participants

EVERYDAY = Path(__file__).parent / "everyday_names.csv"
"""Names that people use and that neither the data of participants nor Unicode's has, by code."""

WITHIN = 3
CJK = "\u2e80"
"""The first letter of the scripts that set no spaces between words."""

_UNSEEN = "\u00ad\u200b\u200e\u200f\u061c\ufeff\u0640"
"""Characters that change no name: those that are not seen, and the line that makes an Arabic word longer."""

_SIGNS = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "ʻ": "'", "–": " ", "‑": " ", "-": " ", "&": " and ", ".": " "}
    | {"ى": "ي", "ة": "ه", "，": ","}
    | dict.fromkeys(map(ord, _UNSEEN))
)


def plain(text: str) -> str:
    """A text as it is compared: case, accents and Arabic vowel signs aside."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(letter for letter in spread if not unicodedata.combining(letter)).split())


def begins_a_word(text: str, term: str) -> bool:
    """Whether a word of a text begins with a term; of a script that sets no spaces, whether the text has it."""
    place = text.find(term)
    while place > 0 and term < CJK and text[place - 1].isalnum():
        place = text.find(term, place + 1)
    return place >= 0


class Gazetteer:
    """The names of participants, and who is meant by a text."""

    def __init__(self, participants: Participants) -> None:
        self.participants = participants

    def meant(self, text: str, on: date) -> tuple[str, ...]:
        """The codes of those a text may mean on a day: one where it is a code or a name, several where several bear the
        name, none where nobody does."""
        text = text.strip()
        if text in self.participants:
            return (text,)
        if text.upper() in self.participants:
            return (text.upper(),)
        whose, _, code = text.rpartition("(")
        if whose and (code := code.rstrip(") ")) in self.participants:
            return tuple({code: ""} | dict.fromkeys(self._ever(whose)))
        then = self._then(text, on)
        return then or self._ever(text)

    def resolve(self, text: str, on: date) -> str:
        """The code of the one a text means; "" where it is a question."""
        found = self.meant(text, on) if text else ()
        return found[0] if len(found) == 1 else ""

    def code(self, text: str, on: date) -> str:
        """The code of the one a text means. Raises BadInput with the question where that is open."""
        if found := self.resolve(text, on):
            return found
        raise BadInput([self.question(text, on)])

    def question(self, text: str, on: date) -> Sentence:
        """What is asked about a text that is nobody's name or code, or that of several."""
        near = self.candidates(text, on)
        if not near:
            return Sentence("%(text)s is not a participant", text=repr(text))
        named = ", ".join(f"{self.participants[code].name_on(on).english} ({code})" for code in near)
        return Sentence(
            "%(text)s is not exactly a name or a code; is it one of these: %(near)s?", text=repr(text), near=named
        )

    def candidates(self, text: str, on: date) -> tuple[str, ...]:
        """The codes of a few of those a text may mean, for the question."""
        near = [*self.meant(text, on), *self.search(text, on)]
        alike = get_close_matches(_spelling(text), self._spellings, n=3, cutoff=0.75)
        near += [code for spelling in alike for code in self._ever(spelling)]
        return tuple(dict.fromkeys(near))[:5]

    def search(self, text: str, on: date) -> list[str]:
        """The codes of those whose code or name is a text, begins with it or has a word that does; where nobody's does,
        of those whose name has it within a word. Those that exist on a day come first."""
        wanted = plain(text)
        if not wanted:
            return []
        exact, ranked = set(self.meant(text, on)), []
        for code, names in self._searched.items():
            if code in exact or wanted in names:
                rank = 0
            elif any(name.startswith(wanted) for name in names):
                rank = 1
            elif any(begins_a_word(name, wanted) for name in names):
                rank = 2
            elif any(wanted in name for name in names):
                rank = WITHIN
            else:
                continue
            ranked.append((rank, not self.participants[code].exists_on(on), code))
        better = any(rank < WITHIN for rank, _, _ in ranked)
        return [code for rank, _, code in sorted(ranked) if rank < WITHIN or not better]

    def _then(self, text: str, on: date) -> tuple[str, ...]:
        """Those who officially bore a name on a day. A code of two letters is nobody's name."""
        wanted = _forms(text)
        found = [
            code for form in wanted for code, name in self._official.get(form, ()) if name.since <= on <= name.until
        ]
        return tuple(dict.fromkeys(found))

    def _ever(self, text: str) -> tuple[str, ...]:
        """Those who bear a name, officially or in everyday use, or once did."""
        found = [code for form in _forms(text) for code, _ in self._official.get(form, ())]
        found += [code for form in _forms(text) for code in self._everyday.get(form, ())]
        return tuple(dict.fromkeys(found))

    @cached_property
    def by_two_letters(self) -> dict[str, str]:
        """The code of each participant that exists, by its code of two letters (ISO 3166-1)."""
        there = (code for code, participant in self.participants.items() if participant.until is None)
        return {short: code for code in there if (short := _two_letters(code))}

    @cached_property
    def _official(self) -> dict[str, list[tuple[str, Name]]]:
        found = defaultdict(list)
        for code, participant in self.participants.items():
            for name in participant.names:
                for spelling in {_spelling(each) for each in (*name.short.values(), name.formal) if each}:
                    found[spelling].append((code, name))
        return found

    @cached_property
    def _everyday(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for code, participant in self.participants.items():
            for spelling in {_spelling(each) for each in _used(code, exists=participant.until is None)}:
                found[spelling].append(code)
        return found

    @cached_property
    def _spellings(self) -> list[str]:
        return [*self._official, *self._everyday]

    @cached_property
    def _searched(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for code, participant in self.participants.items():
            names = {each for name in participant.names for each in (*name.short.values(), name.formal) if each}
            found[code] = (plain(code), *map(plain, names | {*_used(code, exists=participant.until is None)}))
        return found


def _spelling(name: str) -> str:
    """A name as it is compared: kinds of apostrophes, hyphens, points and an English article before it aside."""
    return plain(name.translate(_SIGNS)).removeprefix("the ")


def _forms(text: str) -> tuple[str, ...]:
    """The spellings of a text: as it stands, and turned where it is like "Korea, Republic of" or "Bahamas (the)"."""
    spelling = _spelling(text)
    name, sign, before = spelling.rstrip(")").partition(", " if ", " in spelling else " (")
    return (spelling, f"{before} {name}".removeprefix("the ")) if sign and before else (spelling,)


def _used(code: str, *, exists: bool) -> Iterator[str]:
    """The everyday names of a participant in the six languages, and the code of two letters of one that exists."""
    yield from _own().get(code, ())
    from babel import Locale

    if exists and (short := _two_letters(code)):
        yield short
        yield from (Locale(tag).territories[short] for tag in LANGUAGES if short in Locale(tag).territories)


def _two_letters(code: str) -> str:
    """The code of two letters for one of three (ISO 3166-1); "" where there is none."""
    from babel.core import get_global

    same = get_global("territory_aliases").get(code, [])
    return same[0] if len(code) == 3 and len(same) == 1 else ""


@cache
def _own() -> dict[str, list[str]]:
    with EVERYDAY.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["names"].split("|") for row in csv.DictReader(file)}
