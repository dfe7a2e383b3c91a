"""Finding a participant by its code, or by its name in any of the six languages."""

import unicodedata
from datetime import date

from depositary.participants import Participants

MOST = 12


def plain(text: str) -> str:
    """A text as it is compared: case, accents and Arabic vowel signs aside."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(letter for letter in spread if not unicodedata.combining(letter)).split())


def search(participants: Participants, text: str, on: date) -> list[str]:
    """The codes of those whose code or name is, begins with or contains a text; those that exist on a day first."""
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
        elif any(f" {wanted}" in name for name in names):
            rank = 2
        elif any(wanted in name for name in names):
            rank = 3
        else:
            continue
        ranked.append((rank, not one.exists_on(on), code))
    return [code for _, _, code in sorted(ranked)]


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
