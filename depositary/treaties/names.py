"""Finding a participant by its code, or by its name in any of the six languages."""

import unicodedata
from datetime import date

from depositary.law.participants import Participants

MOST = 12
WITHIN = 3
CJK = "\u2e80"
"""The first letter of the scripts that set no spaces between words."""


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


def search(participants: Participants, text: str, on: date) -> list[str]:
    """The codes of those whose code or name is a text, begins with it or has a word that does; where nobody's does,
    of those whose name has it within a word. Those that exist on a day come first."""
    wanted = plain(text)
    if not wanted:
        return []
    ranked = []
    for code, one in participants.items():
        names = [plain(name) for each in one.names for name in (*each.short.values(), each.formal) if name]
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
        ranked.append((rank, not one.exists_on(on), code))
    better = any(rank < WITHIN for rank, _, _ in ranked)
    return [code for rank, _, code in sorted(ranked) if rank < WITHIN or not better]


def resolve(participants: Participants, text: str, on: date) -> str:
    """The one code a text stands for; "" where it is none or several."""
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
