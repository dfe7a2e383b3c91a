"""The catalogues are whole: every message of the program, in every language, with all its placeholders."""

import ast
import io
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from depositary.law.participants import LANGUAGES
from depositary.settings import PROJECT
from depositary.words.dates import in_words
from depositary.words.forms import FORMS as WORD_FORMS
from depositary.words.languages import AVAILABLE, CATALOGUES
from depositary.words.templates import TEMPLATES

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
FORM = re.compile(f"_({'|'.join(WORD_FORMS)})$")
FORMS = {"fr": 2, "es": 2, "ru": 3, "ar": 6, "zh": 1}


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the program says, taken from its sources."""
    out: Path = tmp_path_factory.mktemp("words") / "depositary.pot"
    command = [
        "-q",
        "extract",
        "--mapping-file",
        str(CATALOGUES / "babel.cfg"),
        "--keywords",
        "N_",
        "--keywords",
        "say",
        "--keywords",
        "Sentence",
    ]
    subprocess.run(
        [
            sys.executable,
            "-m",
            "babel.messages.frontend",
            *command,
            "--output-file",
            str(out),
            "depositary",
            "templates",
        ],
        cwd=PROJECT,
        check=True,
    )
    return read_po(io.BytesIO(out.read_bytes()))


def strings(message: Message | None) -> tuple[str, ...]:
    if message is None:
        return ()
    return tuple(message.string) if isinstance(message.string, tuple | list) else (str(message.string),)


def test_the_program_says_many_things(messages: Catalog) -> None:
    assert len(messages) > 600


def test_the_extraction_misses_no_marked_message(messages: Catalog) -> None:
    """Babel passes over a marked message that stands inside the call of another."""
    marked = {
        said.value
        for path in (PROJECT / "depositary").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "N_"
        for said in call.args
        if isinstance(said, ast.Constant) and isinstance(said.value, str)
    }
    assert len(marked) > 200
    assert [text for text in sorted(marked) if text not in messages] == []


@pytest.mark.parametrize("code", [code for code in AVAILABLE if code != "en"])
def test_no_message_is_missing_and_none_has_lost_a_placeholder(messages: Catalog, code: str) -> None:
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    wrong = []
    for message in messages:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        said = strings(catalogue.get(ids[0]))
        wanted = {name for each in ids for name in PLACEHOLDER.findall(each)}
        if not said or not all(said):
            wrong.append(f"missing: {ids[0]}")
        for translation in said:
            own = {FORM.sub("", name) for name in PLACEHOLDER.findall(translation)}
            if not own <= wanted or (len(ids) == 1 and own != wanted):
                wrong.append(f"placeholders: {ids[0]}: {translation}")
        if len(ids) == 2 and len(said) != FORMS[code]:
            wrong.append(f"plural forms: {ids[0]}")
    assert wrong == []
    assert not any(message.fuzzy for message in catalogue)


WRITTEN = {
    "en": ("1 November 2026", "1 Nov 2026"),
    "fr": ("1er novembre 2026", "1er nov. 2026"),
    "es": ("1 de noviembre de 2026", "1 nov 2026"),
    "ru": ("1 ноября 2026 года", "1 нояб. 2026"),
    "ar": ("1 تشرين الثاني/نوفمبر 2026", "1 نوفمبر 2026"),
    "zh": ("2026年11月1日", "2026年11月1日"),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_dates_as_the_united_nations_writes_them(code: str) -> None:
    day = date(2026, 11, 1)
    assert (in_words(day, code), in_words(day, code, short=True)) == WRITTEN[code]
    assert in_words(date(2026, 11, 2), "fr") == "2 novembre 2026"


def test_french_signs_are_not_parted_from_their_words() -> None:
    """A sign of two parts, and a quotation mark, has a space that no line is broken at."""
    catalogue = read_po(io.BytesIO((CATALOGUES / "fr.po").read_bytes()))
    forms = [form for one in catalogue if one.id for form in strings(one)]
    assert sum("\N{NO-BREAK SPACE}" in form for form in forms) > 100
    assert [form for form in forms if re.search(r" [;:?!»]|« ", form)] == []


@pytest.mark.parametrize("code", FORMS)
def test_no_message_has_a_sign_that_is_not_printed(code: str) -> None:
    """A control character, as a slip of a program leaves it, is no sign of a sentence, and no XML may have it."""
    catalogue = read_po(io.BytesIO((CATALOGUES / f"{code}.po").read_bytes()))
    assert [
        form for one in catalogue if one.id for form in strings(one) if re.search(r"[\x00-\x08\x0b-\x1f]", form)
    ] == []


@pytest.mark.parametrize("code", FORMS)
def test_no_message_of_a_template_asks_for_a_form(code: str) -> None:
    """A template fills in a message itself, and knows no `%(name_of)s`."""
    catalogue = read_po(io.BytesIO((CATALOGUES / f"{code}.po").read_bytes()))
    ids = set()
    for _, _, message, _, _ in extract_from_dir(TEMPLATES, [("**.*", "jinja2.ext.babel_extract")]):
        ids.add(message if isinstance(message, str) else message[0])
    assert len(ids) > 300
    asked = {each: PLACEHOLDER.findall(form) for each in ids for form in strings(catalogue.get(each))}
    assert {each: names for each, names in asked.items() if any(FORM.search(name) for name in names)} == {}
