"""A notification as PDF and as kept data: what can be read in it, and that nothing typed becomes more than text."""

import io
import re
from datetime import date
from typing import Any

import pypdf
import pytest

from depositary.correspondence.notifications.case import case_of, kinds
from depositary.correspondence.notifications.document import Document, document_of
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.pdf import pdf_of
from depositary.correspondence.notifications.references import REFERENCE, parts_of, reference_of, references_in
from depositary.treaties.collection import Collection
from depositary.words import AVAILABLE, language
from tests.correspondence.notifications.conftest import act, forty, register, under

REF = "C.N.12.2027.TREATIES-XVIII.16"
ISSUE = Issue(date(2027, 3, 1), REF, 812, "ab" * 32, "https://treaties.example.int/cn/2027/12")


def document_of_kind(treaties: Collection, code: str, text: str = "", *, kind: int = 0) -> Document:
    acts = (
        forty() if kind else [act("S01", "accession", "2026-05-04"), act("S01", "declaration", "2026-05-04", text=text)]
    )
    entries = register(*acts)
    case = case_of(treaties, under(entries), entries[-1])
    return draft(case, kinds(case)[kind], language(code), ISSUE, treaties.folder)


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
