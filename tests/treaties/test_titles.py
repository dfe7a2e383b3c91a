"""The titles of the treaties in the six official languages: official, sourced, and which are not at hand."""

import re

import pytest

from depositary.law.clauses import Clauses
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.words import AVAILABLE

TREATIES = load_collection(PROJECT / "data").treaties

OTHER = [code for code in AVAILABLE if code != "en"]

SUBTITLE_NOT_SEEN = {"XVIII-16": "ru ar zh"}
"""Titles whose subtitle was not seen."""

SCRIPTS = {"fr": "A-Za-zÀ-ÿœ", "es": "A-Za-zÀ-ÿ", "ru": "А-Яа-яё", "ar": "\u0621-\u0652", "zh": "\u4e00-\u9fff"}

PUNCTUATION = {"fr": " \N{NO-BREAK SPACE}’,;-", "es": " ,;", "ru": " ,;", "ar": " ،؛", "zh": "、，；"}


@pytest.mark.parametrize("clauses", TREATIES.values(), ids=TREATIES)
def test_a_treaty_has_its_titles_in_six_languages(clauses: Clauses) -> None:
    assert [code for code in OTHER if code not in clauses.titles] == []
    assert clauses.short_title
    assert all(one.name and len(one.name) <= len(one.title) for one in clauses.titles.values())


@pytest.mark.parametrize("clauses", TREATIES.values(), ids=TREATIES)
def test_a_subtitle_is_in_every_title_or_is_listed(clauses: Clauses) -> None:
    if ";" not in clauses.title:
        assert not [one.title for one in clauses.titles.values() if re.search("[;；؛]", one.title)]
        return
    missing = [code for code, one in clauses.titles.items() if not re.search("[;；؛]", one.title)]
    assert missing == SUBTITLE_NOT_SEEN.get(clauses.id, "").split()


@pytest.mark.parametrize("clauses", TREATIES.values(), ids=TREATIES)
def test_a_title_is_written_as_its_language_is(clauses: Clauses) -> None:
    for code, titles in clauses.titles.items():
        allowed = re.compile(f"[{SCRIPTS[code]}{re.escape(PUNCTUATION[code])}]+")
        for title in filter(None, (titles.title, titles.short_title)):
            assert allowed.fullmatch(title), (code, title)
            assert title == title.strip()


def test_a_title_says_where_it_was_seen() -> None:
    sources = [titles.source for clauses in TREATIES.values() for titles in clauses.titles.values()]
    assert [source for source in sources if not re.search(r"https?://\S+\.\S+", source)] == []
