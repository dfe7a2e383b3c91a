"""Authentic words of a treaty in other languages than English, from `data/authentic/ID.LANGUAGE.toml`.

Where a language has no file, the English text is quoted and marked; it is authentic as well.
"""

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from depositary.law.clauses import Clauses
from depositary.treaties.text import whole_paragraph


@dataclass(frozen=True)
class Authentic:
    """A treaty's operative words in one language; empty where they are not at hand."""

    provisions: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=256)
def authentic(folder: Path, treaty: str, language: str) -> Authentic:
    """The authentic words of a treaty in a language."""
    path = folder / "authentic" / f"{treaty}.{language}.toml"
    if not path.is_file():
        return Authentic()
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Authentic(dict(told.get("provisions", {})))


def quoted(folder: Path, clauses: Clauses, provision: str, language: str) -> tuple[str, str]:
    """The words of a provision and the language they are in: its whole paragraph, or else its operative words.

    They are "" where the clause file quotes none.
    """
    own = authentic(folder, clauses.id, language).provisions.get(provision, "")
    if own or not (operative := clauses.words(provision)):
        return own, language
    return whole_paragraph(folder / "treaties" / f"{clauses.id}.md", provision) or operative, "en"
