"""The glossary: each term in six languages with its source; no catalogue has a word that it rejects."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from depositary.law.participants import LANGUAGES
from depositary.words.languages import CATALOGUES

FILE = Path(CATALOGUES).parent / "glossary.toml"
GLOSSARY = tomllib.loads(FILE.read_text(encoding="utf-8"))
TERMS, PAGES = GLOSSARY["term"], GLOSSARY["pages"]
TRANSLATED = [code for code in LANGUAGES if code != "en"]


def speaks_of(english: str, term: dict[str, object]) -> bool:
    names = [str(term["en"]), *term.get("forms", [])]  # type: ignore[misc]
    return any(re.search(rf"(?<![\w(]){re.escape(name)}(?!\w)", english, re.IGNORECASE) for name in names)


def rejected(english: str, translation: str, code: str, terms: list[dict[str, object]] = TERMS) -> list[str]:
    """The rejected words of a translation that are not the word of another term of the message."""
    accepted = [str(term[code]) for term in terms if speaks_of(english, term)]
    return [
        match[0]
        for term in terms
        for pattern in term.get("rejected", {}).get(code, ())  # type: ignore[attr-defined]
        for match in re.finditer(pattern, translation, re.IGNORECASE)
        if not any(match[0].lower() in word.lower() for word in accepted)
    ]


def test_each_term_has_six_languages_and_a_source() -> None:
    assert len(TERMS) >= 20
    assert len({term["en"] for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert {*LANGUAGES, "source"} <= term.keys() <= {*LANGUAGES, "source", "seen", "forms", "rejected"}, term["en"]
        assert all(isinstance(term[code], str) and term[code].strip() for code in (*LANGUAGES, "source"))
        assert set(term.get("rejected", {})) <= set(TRANSLATED)


def test_a_word_that_was_seen_names_a_page_in_its_language() -> None:
    seen = [(code, page) for term in TERMS for code, page in term.get("seen", {}).items()]
    assert [pair for pair in seen if pair[1].partition("_")[0] != pair[0]] == []
    assert sorted({page for _, page in seen}) == sorted(PAGES)
    assert [page for page in PAGES.values() if not page.startswith(("http://", "https://")) or ": " not in page] == []
    assert len(seen) > 80


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_message_has_a_rejected_word(code: str) -> None:
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    wrong = {}
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        words = [word for each in said for word in rejected(" ".join(ids), str(each), code)]
        if ids[0] and words:
            wrong[ids[0]] = words
    assert wrong == {}


@pytest.mark.parametrize(
    ("english", "translation", "code", "words"),
    [
        ("Participants (%(count)s)", "Участники (%(count)s)", "ru", ["Участник"]),
        ("Parties (%(count)s)", "Участники (%(count)s)", "ru", []),
        ("The other reading", "L’autre lecture", "fr", ["lecture"]),
        ("This address is read-only.", "Cette adresse est en lecture seule.", "fr", []),
        ("The depositary", "保管人", "zh", ["保管人"]),
        ("Add an act", "Добавить акт", "ru", ["акт"]),
        ("The party", "参加方", "zh", ["参加方"]),
        ("The participant", "参加方", "zh", []),
        ("The States Parties", "Los Estados Partes", "es", ["Estados Partes"]),
        ("The points of contact", "نقاط الاتصال", "ar", ["نقاط الاتصال"]),
    ],
)
def test_the_glossary_finds_a_rejected_word(english: str, translation: str, code: str, words: list[str]) -> None:
    assert rejected(english, translation, code) == words
