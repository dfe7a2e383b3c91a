"""What people write of a language, a channel, hours and a time zone, in the one form in which it is kept."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError

from depositary.authorities.designations import CHANNELS
from depositary.law.participants import LANGUAGES
from depositary.treaties.names import plain

ALWAYS = "24/7"
_ALWAYS = re.compile(r"24\s*(h|hours|hrs)?\s*[/x×-]\s*7\s*(days|d)?", re.IGNORECASE)


def language_tag(written: str) -> str:
    """The tag of a language that is written as a tag or by its name in an official language; else the text as it is."""
    text = written.strip()
    if named := tags_by_name().get(plain(text)):
        return named
    try:
        found = Locale.parse(text.replace("-", "_"), sep="_", resolve_likely_subtags=False)
    except (UnknownLocaleError, ValueError):
        return text
    return str(found).replace("_", "-")


@cache
def tags_by_name() -> dict[str, str]:
    """The tag of each language by its names in the official languages; a name of two languages is left out."""
    found: dict[str, set[str]] = {}
    for code in LANGUAGES:
        for tag, name in Locale.parse(code).languages.items():
            found.setdefault(plain(name), set()).add(tag.replace("_", "-"))
    return {name: tags.pop() for name, tags in found.items() if len(tags) == 1}


def channel(written: str) -> str:
    """The channel of a text in any case; a text that is none as it is."""
    return next((known for known in CHANNELS if known.casefold() == " ".join(written.casefold().split())), written)


def hours(written: str) -> str:
    """`24/7` for all the ways in which people write it; other hours as they are written."""
    return ALWAYS if _ALWAYS.fullmatch(written.strip()) else written


def zone(written: str, known: frozenset[str]) -> str:
    """A time zone in any case, with spaces or without: `europe/vienna`; a text that is none as it is."""
    text = "_".join(written.split()).casefold()
    return next((name for name in known if name.casefold() == text), written)
