"""Authentic texts in other languages: their place, what is checked paragraph by paragraph, what is used of them."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from depositary.law.acts import Act
from depositary.law.participants import LANGUAGES
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.authentic import authentic, faults_of_text, languages_at_hand, quoted
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import load_collection
from depositary.web.app import create_app
from tests.words_of import words_of

ENGLISH = """## Chapter I. Clocks

### Article 65. Entry into force

1. It enters into force on the ninetieth day.

2. For each it enters into force:
  - (a) On the day;
  - (b) Or later.

### Article 66. Amendment

A clock may be amended.
"""
HEADINGS = {
    "fr": ("Article 65. Entrée en vigueur", "Article 66. Amendement", "(a)", "(b)"),
    "ru": ("Статья 65. Вступление в силу", "Статья 66. Поправки", "(a)", "(b)"),
    "ar": ("المادة 65. بدء النفاذ", "المادة 66. التعديل", "(أ)", "(ب)"),
    "zh": ("第65条. 生效", "第66条. 修正", "(一)", "(二)"),
}


def text_of(code: str) -> str:
    first, second, a, b = HEADINGS[code]
    return f"""## I

### {first}

1. {code} un.

2. {code} deux :
  - {a} {code} a ;
  - {b} {code} b.

### {second}

{code} trois.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "treaties").mkdir()
    (tmp_path / "treaties/I-1.md").write_text(ENGLISH, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("code", HEADINGS)
def test_a_text_is_used_as_soon_as_its_file_is_there(folder: Path, code: str) -> None:
    assert languages_at_hand(folder, "I-1") == ("en",)
    (folder / f"treaties/I-1.{code}.md").write_text(text_of(code), encoding="utf-8")
    assert set(languages_at_hand(folder, "I-1")) == {"en", code}
    assert faults_of_text(folder, "I-1", code) == []
    text = authentic(folder, "I-1", code)
    assert list(text) == ["65", "66"]
    assert [block.label for block in text["65"].paragraphs[1].blocks] == ["", *HEADINGS[code][2:]]


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("1. fr un.\n\n", "", "article 65 has the paragraphs ['2'], the English text has ['1', '2']"),
        ("  - (b) fr b.\n", "", "65(2) has parts at the depths [0, 1], the English text at [0, 1, 1]"),
        (
            "  - (b) fr b.\n",
            "    - (b) fr b.\n",
            "65(2) has parts at the depths [0, 1, 2], the English text at [0, 1, 1]",
        ),
        ("### Article 65. Entrée en vigueur", "### Article 64. Signature", "article 65 is not there"),
    ],
)  # fmt: skip
def test_an_article_that_does_not_answer_the_english_one_is_not_used(
    folder: Path, was: str, becomes: str, fault: str
) -> None:
    assert was in text_of("fr")
    (folder / "treaties/I-1.fr.md").write_text(text_of("fr").replace(was, becomes), encoding="utf-8")
    assert fault in faults_of_text(folder, "I-1", "fr")
    assert list(authentic(folder, "I-1", "fr")) == ["66"]


@pytest.mark.parametrize("treaty", [path.stem for path in sorted((PROJECT / "data/treaties").glob("*.toml"))])
def test_every_text_at_hand_answers_the_english_one(treaty: str) -> None:
    for code in LANGUAGES:
        if code in languages_at_hand(PROJECT / "data", treaty):
            assert faults_of_text(PROJECT / "data", treaty, code) == []


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data, with an invented French text of the Convention: the English paragraphs in capitals."""
    folder = tmp_path / "data"
    shutil.copytree(PROJECT / "data", folder)
    english = (folder / "treaties/XVIII-16.md").read_text(encoding="utf-8")
    lines = [line if line.lstrip().startswith(("#", "-")) else line.upper() for line in english.splitlines()]
    (folder / "treaties/XVIII-16.fr.md").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_pages_and_notifications_quote_the_text_in_their_language(data: Path) -> None:
    act = Act("XVIII-16", "GHA", "ratification", date(2026, 11, 2))
    entry = Entry(1, act, datetime(2026, 11, 3, tzinfo=UTC), "clerk", treaty="XVIII-16")
    site = TestClient(
        create_app(load_collection(data), lambda after, treaty: [entry][after:] if treaty == "XVIII-16" else [])
    )
    for lang, at_hand in (("fr", "anglais, français"), ("es", "inglés, francés")):
        assert at_hand in words_of(site.get(f"/{lang}/treaties/XVIII-16/articles").text).lower()
    article = site.get("/fr/treaties/XVIII-16/articles/65").text
    assert '<div class="text" lang="fr" dir="auto">' in article
    assert "THIS CONVENTION SHALL ENTER INTO FORCE" in article
    assert '<div class="text" lang="en" dir="auto">' in site.get("/es/treaties/XVIII-16/articles/65").text
    reasons = site.get("/fr/treaties/XVIII-16/reasons/entry-into-force").text
    assert '<q lang="fr" dir="auto">THIS CONVENTION SHALL ENTER INTO FORCE' in reasons
    clauses = load_clauses(data / "treaties/XVIII-16.toml")
    words, language = quoted(data, clauses, "65(1)", "fr")
    assert (language, words.isupper()) == ("fr", True)
    assert quoted(data, clauses, "65(1)", "ru")[1] == "en"


def test_the_contents_of_a_text_are_by_chapter() -> None:
    site = TestClient(create_app(load_collection(PROJECT / "data"), lambda after, treaty: []))
    page = site.get("/en/treaties/XVIII-16/articles").text
    assert "The text is at hand in: English." in words_of(page)
    assert page.count("<h2") == 9
    assert words_of(page).index("Chapter IX. Final provisions") < words_of(page).index("65. Entry into force")
    assert 'href="/en/treaties/XVIII-16/articles/65"' in page
    assert 'href="/en/treaties/XVIII-16/articles"' in site.get("/en/treaties/XVIII-16/").text
