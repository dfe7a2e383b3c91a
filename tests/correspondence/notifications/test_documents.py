"""A notification as PDF and as kept data: what can be read in it, and that nothing typed becomes more than text."""

import io
import re
import shutil
import subprocess
from datetime import date
from typing import Any

import pypdf
import pytest
from pdfminer.high_level import extract_text

from depositary.correspondence.notifications.document import Document, document_of
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.pdf import pdf_of
from depositary.correspondence.notifications.references import REFERENCE, parts_of, reference_of, references_in
from depositary.treaties.collection import Collection
from depositary.words import AVAILABLE, language
from tests.correspondence.notifications.conftest import act, event_of, forty, register

REF = "C.N.12.2027.TREATIES-XVIII.16"
ISSUE = Issue(date(2027, 3, 1), REF, 812, "ab" * 32, "https://treaties.example.int/cn/2027/12")


def document_of_kind(treaties: Collection, code: str, text: str = "", *, kind: int = 0) -> Document:
    acts = (
        forty() if kind else [act("S01", "accession", "2026-05-04"), act("S01", "declaration", "2026-05-05", text=text)]
    )
    entries = register(*acts)
    told = event_of(treaties, entries, len(entries), "entry into force" if kind else "")
    return draft(told, language(code), ISSUE, treaties.folder)


def passages(document: Document) -> list[str]:
    """The passages of a document in its own language."""
    own = [one.text for one in document.paragraphs if one.language in ("", document.language)]
    return [document.house, document.event, document.opening, *own, document.issued, document.attention]


def words_in(passages: list[str], code: str) -> set[str]:
    """The words of passages; in Chinese, where nothing parts them, each sign that follows another, with it."""
    text = " ".join(passages)
    return set(re.findall(r"(?=([\u4e00-\u9fff]{2}))", text) if code == "zh" else re.findall(r"[^\W\d_]{3,}", text))


def poppler(content: bytes) -> str:
    """What a person copies from most viewers of a free desktop."""
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", done.stdout.decode())


@pytest.mark.parametrize("code", AVAILABLE)
@pytest.mark.parametrize("kind", [0, 1])
def test_independent_readers_find_every_word(code: str, kind: int, treaties: Collection) -> None:
    document = document_of_kind(treaties, code, kind=kind)
    content, wanted = pdf_of(document), words_in(passages(document), code)
    assert len(wanted) > 10
    readers = {"pypdf": read, "pdfminer": lambda content: extract_text(io.BytesIO(content))}
    if shutil.which("pdftotext"):
        readers["poppler"] = poppler
    for name, reader in readers.items():
        found = reader(content)
        found = re.sub(r"\s", "", found) if code == "zh" else found
        # pdfminer gives the letters of Arabic as they stand on paper, from left to right.
        order = -1 if name == "pdfminer" and code == "ar" else 1
        missing = sorted(word for word in wanted if word not in found and word[::order] not in found)
        assert missing == [], name


def languages_in(content: bytes) -> list[tuple[str, str]]:
    """Each element of the structure that has a language of its own, with it."""
    found: list[tuple[str, str]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        for each in node if isinstance(node, list) else []:
            walk(each)
        if isinstance(node, dict):
            if "/Lang" in node:
                found.append((str(node["/S"]), str(node["/Lang"])))
            walk(node.get("/K"))

    root: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    walk(root["/StructTreeRoot"])
    return found


def test_a_passage_in_another_language_is_tagged_with_it(treaties: Collection) -> None:
    assert ("/Quote", "en") in languages_in(pdf_of(document_of_kind(treaties, "ar", kind=1)))
    assert languages_in(pdf_of(document_of_kind(treaties, "en", kind=1))) == []
    for text, code in (("Заявление Руритании", "ru"), ("声明", "zh"), ("إعلان", "ar")):
        assert code in dict(map(reversed, languages_in(pdf_of(document_of_kind(treaties, "fr", text)))))  # type: ignore[arg-type]


def read(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("code", AVAILABLE)
def test_a_pdf_is_tagged_and_says_what_it_is_and_in_which_language(code: str, treaties: Collection) -> None:
    document = document_of_kind(treaties, code, kind=1)
    content = pdf_of(document)
    reader = pypdf.PdfReader(io.BytesIO(content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).partition("-")[0] == code
    assert reader.metadata is not None
    assert reader.metadata.title == f"{REF}: {document.event}"
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfaid:part>2</pdfaid:part>", metadata)
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", metadata)
    assert REF in read(content)
    assert "https://treaties.example.int/cn/2027/12" in read(content)
    assert "ab" * 32 in read(content).replace("\n", "")


@pytest.mark.parametrize("code", AVAILABLE)
def test_the_same_content_is_the_same_bytes(code: str, treaties: Collection) -> None:
    assert pdf_of(document_of_kind(treaties, code)) == pdf_of(document_of_kind(treaties, code))
    assert pdf_of(document_of_kind(treaties, code)) != pdf_of(document_of_kind(treaties, code, "otherwise"))


@pytest.mark.parametrize("code", AVAILABLE)
def test_a_document_is_read_again_as_it_was_kept(code: str, treaties: Collection) -> None:
    document = document_of_kind(treaties, code, "text")
    assert document_of(document.told()) == document


HOSTILE = [
    '#read("/etc/passwd")',
    '#include "/etc/passwd"',
    "#sys.inputs",
    "= Heading\n#pagebreak()",
    "$ x^2 $ *bold* _thin_ `raw` <label> @ref \\u{41}",
    '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
    '//comment */ #eval("1+1")',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_items_21_and_22_what_is_typed_is_set_as_it_was_typed(text: str, treaties: Collection) -> None:
    """Nothing is read, run, or formatted: the same characters stand in the PDF."""
    told = read(pdf_of(document_of_kind(treaties, "en", text)))
    plain = re.sub(r"\s", "", told)
    assert re.sub(r"\s", "", text) in plain
    assert "root:" not in told


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "شكرا لكم"), ("ar", "Thank you"), ("zh", "Спасибо"), ("ru", "谢谢各位"), ("fr", "Ça ne va pas : « non »")],
)
def test_a_communication_may_be_in_any_of_the_languages(code: str, text: str, treaties: Collection) -> None:
    assert len(pdf_of(document_of_kind(treaties, code, text))) > 10_000


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("C.N.196.2025.TREATIES-XVIII.16", (196, 2025, "XVIII-16")),
        ("C.N.1.2026.TREATIES-IV.11.b", (1, 2026, "IV-11-b")),
        ("C.N.0.2026.TREATIES-IV.9", None),
        ("C.N.01.2026.TREATIES-IV.9", None),
        ("C.N.1.26.TREATIES-IV.9", None),
        ("C.N.1.2026.TREATIES-", None),
        ("c.n.1.2026.treaties-IV.9", None),
        ("C.N.1.2026.TREATIES-IV.9/../x", None),
        ("C.N.1.2026.TREATIES-IV.9\n", None),
        ("CxNx1x2026xTREATIES-IVx9", None),
    ],
)
def test_references(reference: str, parts: tuple[int, int, str] | None) -> None:
    assert parts_of(reference) == parts
    if parts:
        assert reference_of(*parts) == reference
        assert REFERENCE.fullmatch(reference)


def test_references_are_found_where_they_stand() -> None:
    assert references_in("see C.N.5.2026.TREATIES-IV.9. and C.N.6.2026.TREATIES-IV.9, C.N.5.2026.TREATIES-IV.9") == (
        "C.N.5.2026.TREATIES-IV.9",
        "C.N.6.2026.TREATIES-IV.9",
    )
