"""The catalogues are whole: every message of the program, in every language, with all its placeholders."""

import ast
import io
import re
import subprocess
import sys
from datetime import date
from functools import cache
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

CODES = [code for code in AVAILABLE if code != "en"]
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


@cache
def catalogue_of(code: str) -> Catalog:
    return read_po(io.BytesIO((CATALOGUES / f"{code}.po").read_bytes()), locale=code)


def translations(code: str) -> list[tuple[str, str]]:
    """Each message of a catalogue in English, with each form of its translation."""
    return [
        (message.id if isinstance(message.id, str) else message.id[0], form)
        for message in catalogue_of(code)
        if message.id
        for form in strings(message)
    ]


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


UNCLEAR = re.compile(
    r"\b(?:nobody|somebody|whoever|one whose|(?:the|for) one that|nothing of)\b"
    r"|(?<!there )\b(?:is|are|was|were) no (?!longer)",
    re.IGNORECASE,
)
"""What says a thing by what it is not, or a person by what it does: a reader of English at work reads it twice."""


def test_english_names_what_it_speaks_of(messages: Catalog) -> None:
    ids = [said for one in messages for said in ((one.id,) if isinstance(one.id, str) else one.id)]
    assert [said for said in ids if UNCLEAR.search(said)] == []
    assert UNCLEAR.search("This is no account.")
    assert not UNCLEAR.search("There is no account, and this one is no longer valid.")


@pytest.mark.parametrize("code", CODES)
def test_no_message_is_missing_and_none_has_lost_a_placeholder(messages: Catalog, code: str) -> None:
    catalogue = catalogue_of(code)
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


BLOCK = re.compile(r'^msgid "(?P<id>.*)"$(?:\n(?!\n).*)*', re.MULTILINE)


def repeated(catalogue: str, forms: int) -> list[str]:
    """The messages of a catalogue's file that stand in it twice, or have a line of `msgstr` too many or too few."""
    blocks = [
        (match[1], match[0]) for match in BLOCK.finditer(catalogue) if match[1] or '\nmsgstr ""\n"Lang' not in match[0]
    ]
    wrong = [
        said
        for said, block in blocks
        if re.findall(r"^msgstr(?:\[\d\])?", block, re.MULTILINE)
        != ([f"msgstr[{form}]" for form in range(forms)] if "\nmsgid_plural " in block else ["msgstr"])
    ]
    names = [said for said, _ in blocks if said]
    return wrong + sorted({said for said in names if names.count(said) > 1})


@pytest.mark.parametrize("code", CODES)
def test_no_message_stands_twice_and_none_has_a_line_too_many(code: str) -> None:
    """Two branches that are merged can leave both lines, of which only one is read."""
    assert repeated((CATALOGUES / f"{code}.po").read_text(), FORMS[code]) == []


def test_a_line_too_many_is_found() -> None:
    once = 'msgid "Yes"\nmsgstr "Oui"\n\nmsgid "day"\nmsgid_plural "days"\nmsgstr[0] "jour"\nmsgstr[1] "jours"\n'
    assert repeated(once, 2) == []
    assert repeated(once.replace('"Oui"', '"Oui"\nmsgstr "Si"'), 2) == ["Yes"]
    assert repeated(once.replace('"jours"', '"jours"\nmsgstr[1] "jours"'), 2) == ["day"]
    assert repeated(f"{once}\n{once}", 2) == ["Yes", "day"]


SIGNS = {
    "fr": [r" [;:?!»]|« |\u202f", r"[\"']"],
    "es": [r"[\"']", r"^[^¿]*\?$"],
    "ru": [r"[\"']", "[ёЁ]"],
    "ar": ['[“”"]', r"(?<=[\u0600-\u06ff])[,;?]", "[٠-٩]", "\N{ARABIC FATHATAN}"],
    "zh": [
        r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]",
        r"[\u4e00-\u9fff] +(?:\d|%\(\w+\)d)|(?:\d|%\(\w+\)d) +[\u4e00-\u9fff]",
    ],
}
"""What no message has. French: a sign that is parted from its word. Russian, Arabic: ё and the fathatan, which
United Nations documents leave out. Arabic, Chinese: the signs and digits of other scripts, a space beside a digit."""

ENDINGS = {".": ".。", "?": "?؟？", ":": ":：", ";": ";؛；"}
"""The sign that ends a message in English, and the signs that end it in other scripts."""


@pytest.mark.parametrize("code", CODES)
def test_signs_are_those_of_the_language(code: str) -> None:
    wrong = [form for _, form in translations(code) for sign in SIGNS[code] if re.search(sign, form)]
    assert wrong == []
    parted = {
        form
        for said, form in translations(code)
        if not re.search(r"[A-Z]\.$", said) and not form.endswith(tuple(ENDINGS.get(said[-1], form[-1])))
    }
    added = {form for said, form in translations(code) if said[-1] not in ENDINGS and form[-1] in ".。؟？؛；"}
    assert parted | added == set()
    assert code != "fr" or sum("\N{NO-BREAK SPACE}" in form for _, form in translations(code)) > 100


@pytest.mark.parametrize("code", CODES)
def test_a_closing_sentence_is_translated_in_one_way(code: str) -> None:
    """What a refusal closes with, as "Nothing was recorded.", is one sentence in each language."""
    closings: dict[str, set[str]] = {}
    for said, form in translations(code):
        if closing := re.search(r"(?<=[.:] )Nothing was \w+\.$", said):
            closings.setdefault(closing[0], set()).add(re.split(r"(?<=[.。])", form)[-2].strip())
    assert len(closings) >= 6
    assert {closing: ways for closing, ways in closings.items() if len(ways) > 1} == {}


NAMED = "participant|one|other|organization|objecting|reserving|member"


def test_no_name_is_the_subject_of_a_verb_that_must_agree_with_it() -> None:
    """`les États-Unis ont`, `la France a`; `أودع العراق`, `أودعت غانا`: a name is before a colon, or after "par"."""
    french = rf"(?<!par )%\(\w+_the\)s|^%\((?:{NAMED})\)s (?![(\u00a0]|et )"
    assert [form for _, form in translations("fr") if re.search(french, form)] == []
    arabic = rf"(?<!\w)(?:\w+ت|ت(?!حفظ)\w+|ي\w+)(?<!أصوات) %\((?:{NAMED})\)s"
    assert [form for _, form in translations("ar") if re.search(arabic, form)] == []


@pytest.mark.parametrize("code", FORMS)
def test_no_message_has_a_sign_that_is_not_printed(code: str) -> None:
    """A control character, as a slip of a program leaves it, is no sign of a sentence, and no XML may have it."""
    assert [form for _, form in translations(code) if re.search(r"[\x00-\x08\x0b-\x1f]", form)] == []


@pytest.mark.parametrize("code", FORMS)
def test_no_message_of_a_template_asks_for_a_form(code: str) -> None:
    """A template fills in a message itself, and knows no `%(name_of)s`."""
    catalogue = catalogue_of(code)
    ids = set()
    for _, _, message, _, _ in extract_from_dir(TEMPLATES, [("**.*", "jinja2.ext.babel_extract")]):
        ids.add(message if isinstance(message, str) else message[0])
    assert len(ids) > 300
    asked = {each: PLACEHOLDER.findall(form) for each in ids for form in strings(catalogue.get(each))}
    assert {each: names for each, names in asked.items() if any(FORM.search(name) for name in names)} == {}
