"""Finding a participant by its code, or by its name in any of the six languages."""

import unicodedata
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache

from babel.core import get_global

from depositary.law.participants import Participants

MOST = 12
WITHIN = 3
CJK = "\u2e80"
"""The first letter of the scripts that set no spaces between words."""

_UNSEEN = "\u00ad\u200b\u200e\u200f\u061c\ufeff"
"""Characters that are not seen, and change no name."""


def plain(text: str) -> str:
    """A text for comparison: without case, accents and Arabic vowel signs."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(letter for letter in spread if not unicodedata.combining(letter)).split())


def begins_a_word(text: str, term: str) -> bool:
    """Whether a word of a text begins with a term; of a script that sets no spaces, whether the text has it."""
    place = text.find(term)
    while place > 0 and term < CJK and text[place - 1].isalnum():
        place = text.find(term, place + 1)
    return place >= 0


def search(participants: Participants, text: str, on: date) -> list[str]:
    """The codes of those whose code or name is a text, begins with it or has a word that does; where nobody's does,
    of those whose name has it within a word. Those that exist on a day come first."""
    wanted = plain(text)
    if not wanted:
        return []
    ranked = []
    for code, participant in participants.items():
        names = [plain(name) for each in participant.names for name in (*each.short.values(), each.formal) if name]
        if plain(code) == wanted or wanted in names:
            rank = 0
        elif any(name.startswith(wanted) for name in names):
            rank = 1
        elif any(begins_a_word(name, wanted) for name in names):
            rank = 2
        elif any(wanted in name for name in names):
            rank = WITHIN
        else:
            continue
        ranked.append((rank, not participant.exists_on(on), code))
    better = any(rank < WITHIN for rank, _, _ in ranked)
    return [code for rank, _, code in sorted(ranked) if rank < WITHIN or not better]


def resolve(participants: Participants, text: str, on: date) -> str:
    """The only code that a text can mean; "" where it means none, or several."""
    text = text.strip()
    if text in participants:
        return text
    if text.endswith(")") and (inner := text.rpartition("(")[2][:-1]) in participants:
        return inner
    found = search(participants, text, on)
    exact = [
        code
        for code in found
        if plain(text)
        in {plain(name) for each in participants[code].names for name in (*each.short.values(), each.formal)}
    ]
    if len(exact) == 1:
        return exact[0]
    return found[0] if len(found) == 1 else ""


def named(participants: Participants, text: str, on: date) -> list[str]:
    """The codes of those who have exactly this code (of three letters or two) or name; of several, those who bore the
    name on a day, where any did."""
    wanted = _spelling(text)
    found, then = [], []
    for code, participant in participants.items():
        if wanted in (code.casefold(), _two_letters(code)):
            return [code]
        for each in participant.names:
            if wanted in {_spelling(name) for name in (*each.short.values(), each.formal) if name}:
                found.append(code)
                then += [code] * (each.since <= on <= each.until)
    return list(dict.fromkeys(then or found))


def candidates(participants: Participants, text: str, on: date) -> list[str]:
    """The codes of several participants whose name is similar to a text."""
    near = search(participants, text, on)
    spellings = {_spelling(name): code for code, one in participants.items() for name in one.name_on(on).short.values()}
    near += [spellings[name] for name in get_close_matches(_spelling(text), spellings, n=3, cutoff=0.75)]
    return list(dict.fromkeys(near))[:5]


@lru_cache(20_000)
def _spelling(name: str) -> str:
    """A name as it is compared, kinds of apostrophes and hyphens and an English article before it aside."""
    return plain(name.translate(_SIGNS)).removeprefix("the ")


_SIGNS = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "–": "-", "‑": "-"} | dict.fromkeys(map(ord, _UNSEEN)))


@cache
def _two_letters(code: str) -> str:
    """The code of two letters that means the same as one of three; "" where there is none."""
    same = get_global("territory_aliases").get(code, [])
    return same[0].casefold() if len(code) == 3 and len(same) == 1 else ""
