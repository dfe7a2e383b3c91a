"""Status pages of the United Nations Treaty Collection, saved as HTML or as the XML of *Multilateral Treaties Deposited
with the Secretary-General*, as rows of a file of acts.

A table of participants has a column of participants, one of signatures, and one of consents, whose heading says what a
date without a mark is: "Ratification, Acceptance (A), Accession (a)". A raised number leads to an end note. A date in
brackets is of an act that was withdrawn later; it is asked about. Statements have a provision where their words name
one, and the date of their State's consent where they bear none; `status_statements` finds those of HTML.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

from depositary.errors import BadInput, Sentence
from depositary.law.acts import Action
from depositary.treaties.csv_files import at
from depositary.treaties.status_statements import blocks_of, statements

HEAD = ("participant", "action", "date", "provision", "text", "addressee", "source")
"""The columns of the rows."""

LARGEST = 20 * 1024 * 1024
ROWS, CELLS, RAISED = {"tr", "row"}, {"td", "th", "entry"}, {"sup", "superscript"}
UNSEEN = {"script", "style", "template", "head"}
ENDS_A_LINE = {"br", "p", "div", "li"}
STATEMENTS = {"declarations": "declaration", "objections": "objection"}

_DATE = re.compile(r"(\[?)\s*(\d{1,2}\.?\s+[^\W\d]{3,10}\.?\s+\d{4})\s*(\]?)\s*\(?([AaCcDdSsPp]{1,2})?\b\)?\s*(\]?)")
_MARKUP = re.compile(r"</?(?:superscript|sup|i|b|em|strong|right|br)\s*/?>", re.IGNORECASE)
_NOTES = re.compile(r"<(?:superscript|sup)>\s*([\d,\s]+?)\s*</(?:superscript|sup)>", re.IGNORECASE)
_ENCODING = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_ARTICLE = re.compile(r"article\s+(\d{1,3})\s*(?:,?\s*paragraphs?\s+(\d{1,2})|((?:\s*\(\w{1,4}\))+))?", re.IGNORECASE)
_MADE_BY = re.compile(
    r"(?:reservations?|declarations?|statements?)\s+(?:made|formulated)\s+by\s+(?:the\s+)?"
    r"((?:Government of\s+(?:the\s+)?)?[^,.;()]{2,60}?)\s+(?:upon|on|with|in|at|when|regarding|and|to)\b"
)
_MARKS: dict[str, Action] = {
    "A": "acceptance",
    "AA": "approval",
    "a": "accession",
    "c": "formal confirmation",
    "d": "succession",
    "s": "definitive signature",
}
_LISTED: tuple[tuple[str, Action], ...] = (
    ("ratification", "ratification"),
    ("acceptance", "acceptance"),
    ("approval", "approval"),
    ("formal confirmation", "formal confirmation"),
    ("accession", "accession"),
    ("succession", "succession"),
)
Kind = Literal["participant", "signature", "consent", ""]


@dataclass
class _Cell:
    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join(_MARKUP.sub(" ", _NOTES.sub("", "".join(self.text))).split())

    @property
    def numbers(self) -> str:
        """The numbers of its end notes."""
        found = [*self.notes, *_NOTES.findall("".join(self.text))]
        return ", ".join(dict.fromkeys(re.findall(r"\d+", " ".join(found))))


@dataclass
class _Statement:
    kind: str
    participant: _Cell = field(default_factory=_Cell)
    text: _Cell = field(default_factory=_Cell)


class _Page(HTMLParser):
    """The tables and statements of a page. Tags that are never closed, and tables within tables, do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[_Cell]] = []
        self.statements: list[_Statement] = []
        self._open: list[list[_Cell] | None] = []
        self._raised = self._unseen = 0
        self._section = self._part = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in ROWS:
            self.rows.append([])
        elif tag in CELLS and self.rows:
            self.rows[-1].append(_Cell())
        elif tag in RAISED:
            self._raised += 1
        elif tag in STATEMENTS:
            self._section = STATEMENTS[tag]
        elif self._section and tag in ("declaration", "objection"):
            self.statements.append(_Statement(self._section))
        elif self._section and tag in ("participant", "text") and self.statements:
            self._part = tag
        if tag in ENDS_A_LINE:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in RAISED:
            self._raised = max(self._raised - 1, 0)
        elif tag in CELLS:
            self._raised = 0
        elif tag in ("table", "tgroup"):
            self.rows.append([])
        elif tag in STATEMENTS:
            self._section = self._part = ""
        elif tag == self._part:
            self._part = ""

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        cell = None
        if self._section:
            if self._part:
                statement = self.statements[-1]
                cell = statement.participant if self._part == "participant" else statement.text
        elif self.rows and self.rows[-1]:
            cell = self.rows[-1][-1]
        if cell is not None:
            (cell.notes if self._raised else cell.text).append(data)


def is_status_page(begins: bytes) -> bool:
    """Whether a file begins as HTML or XML does."""
    return begins.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def status_rows(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a status page, in the columns of `HEAD`, numbered in their order. Raises BadInput."""
    if len(content) > LARGEST:
        raise BadInput([at(f"{name}:1: file", Sentence("is larger than %(number)d MB", number=LARGEST >> 20))])
    page, text = _Page(), _decoded(content)
    page.feed(text)
    page.close()
    rows = [*_acts(page.rows)]
    if not rows:
        raise BadInput([at(f"{name}:1: file", Sentence("has no table of participants with their dates"))])
    said = page.statements or [
        _Statement(kind, _Cell([whose]), _Cell([words]))
        for kind, whose, words in statements(blocks_of(text), {row[0] for row in rows})
    ]
    yield from enumerate([[*HEAD], *rows, *_statements(said, rows)], 1)


def _decoded(content: bytes) -> str:
    """The text of a page, in the encoding that it names; in Windows-1252, as browsers do, where it does not hold."""
    named = _ENCODING.search(content[:2000])
    for encoding in (named[1].decode() if named else "utf-8", "utf-8"):
        try:
            return content.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
        except (UnicodeError, LookupError):
            continue
    return content.decode("windows-1252", "replace")


def _acts(rows: Iterable[list[_Cell]]) -> Iterator[list[str]]:
    kinds: list[Kind] = []
    usual = ""
    for cells in rows:
        heading = [_kind(cell.words) for cell in cells]
        if "participant" in heading and ("signature" in heading or "consent" in heading):
            kinds, usual = heading, _usual([cell.words for cell in cells], heading)
        elif not cells:
            kinds = []
        elif kinds:
            yield from _of_a_participant(dict(zip(kinds, cells, strict=False)), usual)


def _kind(heading: str) -> Kind:
    said = heading.casefold()
    if said.startswith(("participant", "state", "country")):
        return "participant"
    if any(word in said for word, _ in _LISTED):
        return "consent"
    return "signature" if "signature" in said else ""


def _usual(headings: list[str], kinds: list[Kind]) -> str:
    """What a date without a mark is: the first action that the heading names without one."""
    said = headings[kinds.index("consent")].casefold() if "consent" in kinds else ""
    places = [
        (said.index(word), action)
        for word, action in _LISTED
        if word in said and not re.match(r"\s*\(\w{1,2}\)", said[said.index(word) + len(word) :])
    ]
    return min(places)[1] if places else ""


def _of_a_participant(cells: dict[Kind, _Cell], usual: str) -> Iterator[list[str]]:
    who = cells["participant"]
    name = re.sub(r"[\s\d,]+$", "", who.words).strip("[] ")
    for kind, without in (("signature", "signature"), ("consent", usual)):
        cell = cells.get(kind)  # type: ignore[call-overload]
        for bracket, day, closing, mark, closed in _DATE.findall(cell.words) if cell and name else ():
            action = _MARKS.get(mark, f"({mark})" if mark else without or "(no mark)")
            if bracket or closing or closed:
                action = f"[{action}]"
            notes = ", ".join(filter(None, (who.numbers, cell.numbers)))
            source = f"status page, end notes {notes}" if notes else "status page"
            yield [name, action, day, "", "", "", source]


def _statements(statements: Iterable[_Statement], rows: list[list[str]]) -> Iterator[list[str]]:
    last = {row[0]: row[2] for row in rows}
    for statement in statements:
        name, text = re.sub(r"[\s\d,]+$", "", statement.participant.words), statement.text.words
        own = _DATE.match(text)
        is_reservation = statement.kind == "declaration" and "reservation" in text[:200].casefold()
        addressee = _MADE_BY.search(text) if statement.kind == "objection" else None
        whose = re.sub(r"^Government of\s+(?:the\s+)?", "", addressee[1]) if addressee else ""
        action = "reservation" if is_reservation else statement.kind
        yield [name, action, own[2] if own else last.get(name, ""), _provision(text), text, whose, "status page"]


def _provision(text: str) -> str:
    """The first provision that a text names, as 63(3); "" where it names none."""
    found = _ARTICLE.search(text)
    if found is None:
        return ""
    return found[1] + (f"({found[2]})" if found[2] else re.sub(r"\s", "", found[3] or ""))
