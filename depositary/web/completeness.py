"""How complete the data is, from `data/SOURCES.md`: the last complete day, and what is known to be missing.

A section says it of the treaties whose numbers its heading ends with: `## Acts under IV-3, IV-4`. A treaty may stand in
several headings: what many treaties lack is then said once, and the day of each in a section of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from depositary.treaties.sources import complete_as_of, section
from depositary.web.parts import Link

_SOURCE = re.compile(r"^source: (.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
_ADDRESS = re.compile(r"<(https?://[^>\s]+)>")


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing, and why: a lead and its items with their sources, in English."""

    lead: str
    entries: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """The day up to which the acts are complete (None: not stated), its source, and what is known to be missing."""

    as_of: date | None = None
    source: tuple[Link, ...] = ()
    gaps: tuple[Gap, ...] = ()


@cache
def completeness(path: Path, treaty: str) -> Completeness:
    """What a file of sources says about the acts under a treaty; nothing if there is no file or no section."""
    text = section(path, treaty)
    source = _SOURCE.search(text)
    as_of = complete_as_of(path.parent, treaty)
    return Completeness(as_of, tuple(pieces(source[1])) if source else (), tuple(gaps(text)))


def gaps(text: str) -> Iterator[Gap]:
    """The lists in a text whose lead says that something is missing or not recorded."""
    for passage in text.split("\n\n"):
        lead, *items = re.split(r"^- ", passage.strip(), flags=re.MULTILINE)
        if items and ("missing" in lead or "no instrument is recorded" in lead):
            yield Gap(_plain(lead).rstrip(":"), tuple(tuple(pieces(item)) for item in items))


def pieces(item: str) -> Iterator[Link]:
    """The words of an item and its sources."""
    for place, part in enumerate(_ADDRESS.split(item)):
        if place % 2:
            yield Link(part.removeprefix("https://").removeprefix("http://").split("/")[0], part)
        elif part.strip():
            yield Link(re.sub(r"\s+", " ", part.replace("**", "")))


def _plain(markdown: str) -> str:
    return " ".join(markdown.replace("**", "").split())
