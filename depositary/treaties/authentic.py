"""Authentic texts of a treaty in other languages than English, from `data/treaties/ID.LANGUAGE.md`.

A text is used as soon as its file is there. An article is taken from it where its paragraphs and items answer those of
the English text; else the English article is shown and marked, for it is authentic as well.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from depositary.law.clauses import Clauses
from depositary.law.participants import LANGUAGES
from depositary.treaties.text import Article, articles, paragraph_of, whole_paragraph

ENGLISH = "en"


def text_file(folder: Path, treaty: str, language: str) -> Path:
    """Where the text of a treaty is in a language."""
    return folder / "treaties" / (f"{treaty}.md" if language == ENGLISH else f"{treaty}.{language}.md")


def languages_at_hand(folder: Path, treaty: str) -> tuple[str, ...]:
    """The languages in which the text of a treaty is here."""
    return tuple(code for code in LANGUAGES if text_file(folder, treaty, code).is_file())


@cache
def authentic(folder: Path, treaty: str, language: str) -> dict[str, Article]:
    """The articles of a text that answer those of the English text; empty for English, and without a text."""
    if language == ENGLISH:
        return {}
    english = articles(text_file(folder, treaty, ENGLISH))
    own = articles(text_file(folder, treaty, language))
    return {number: own[number] for number, article in english.items() if not [*differences(article, own.get(number))]}


def differences(english: Article, other: Article | None) -> Iterator[str]:
    """In what an article of another language does not answer the English one, paragraph by paragraph."""
    where = f"article {english.number}"
    if other is None:
        yield f"{where} is not there"
        return
    numbers, others = ([paragraph.number for paragraph in each.paragraphs] for each in (english, other))
    if numbers != others:
        yield f"{where} has the paragraphs {others}, the English text has {numbers}"
        return
    for mine, theirs in zip(english.paragraphs, other.paragraphs, strict=True):
        depths, other_depths = ([block.depth for block in each.blocks] for each in (mine, theirs))
        if depths != other_depths:
            named = f"{english.number}({mine.number})" if mine.number else english.number
            yield f"{named} has parts at the depths {other_depths}, the English text at {depths}"


def faults_of_text(folder: Path, treaty: str, language: str) -> list[str]:
    """What does not answer in a text, and articles that the English text has not."""
    english = articles(text_file(folder, treaty, ENGLISH))
    own = articles(text_file(folder, treaty, language))
    found = [fault for number, article in english.items() for fault in differences(article, own.get(number))]
    return found + [f"article {number} is not in the English text" for number in own if number not in english]


def quoted(folder: Path, clauses: Clauses, provision: str, language: str) -> tuple[str, str]:
    """The words of a provision and the language they are in: its whole paragraph, or else its operative words.

    They are "" where the clause file quotes none.
    """
    if not (operative := clauses.words(provision)):
        return "", language
    if own := paragraph_of(authentic(folder, clauses.id, language), provision):
        return own, language
    return whole_paragraph(text_file(folder, clauses.id, ENGLISH), provision) or operative, ENGLISH
