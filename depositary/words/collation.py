"""How a language orders names in a list, as the lists of the United Nations in that language do.

Case and accents aside; Spanish and Russian have letters of their own that only look accented; Arabic leaves the article
out of account; Chinese goes by the reading of its characters (pinyin), then by tone.
"""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

READINGS = Path(__file__).parent / "pinyin.txt"

LETTERS = {"es": {"ñ": "n\U0010ffff"}, "ru": {"й": "и\U0010ffff"}}
"""Letters that stand after the one they are written like."""

ARTICLE = "ال"


@lru_cache(maxsize=8192)
def key(name: str, code: str) -> str:
    """What a name is compared by."""
    if code == "zh":
        return "".join(readings().get(letter, letter) for letter in name)
    own = LETTERS.get(code, {})
    folded = "".join(own.get(letter) or plain(letter) for letter in unicodedata.normalize("NFC", name).casefold())
    if code == "ar":
        return " ".join(word.removeprefix(ARTICLE) for word in folded.split())
    return folded


def plain(letter: str) -> str:
    """A letter without its accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each))


@cache
def readings() -> dict[str, str]:
    """By character: its reading, so that it stands among the others of that reading."""
    lines = (line.split() for line in READINGS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {character: f"{reading} {character} " for reading, characters in lines for character in characters}
