"""The declarations, reservations and objections of a status page that was saved as HTML.

They stand under headings after the table of participants. The name of a State stands alone, in bold, before its words;
a bold line such as "Upon ratification:" is part of the words. A name that the table does not have is given as it
stands, so that it is asked about.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

Kind = Literal["declaration", "objection"]

HEADING = re.compile(r"(?:declarations?|reservations?|understandings?)\b|(objections?)\b", re.IGNORECASE)
END = re.compile(r"(?:end ?notes?|notes?|notifications?|territorial applications?|participants?)\b", re.IGNORECASE)
LABEL = re.compile(
    r":$|^[^\w\"“]|^(?-i:[a-z])|\b(?:upon|declarations?|reservations?|objections?|statements?|understandings?|confirmed|"
    r"articles?|paragraphs?|communications?|withdrawn|with regard|original|translation)\b",
    re.IGNORECASE,
)
LONGEST_NAME, LONGEST_HEADING = 80, 240

UNSEEN, RAISED, BOLD = {"script", "style", "template", "head"}, {"sup"}, {"b", "strong", "th"}
HEADS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BOUNDS = {"table", "tr", "td", "th", "p", "div", "br", "li", "ul", "ol", "hr", "center", *HEADS}
CELLS = {"table", "td", "th"}
"""Beyond these nothing stays bold or raised, though its tag was never closed."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line or a paragraph of a page, without the numbers of its end notes; whether all of it is bold."""

    words: str
    is_bold: bool


def statements(blocks: Iterable[Block], names: Collection[str]) -> Iterator[tuple[Kind, str, str]]:
    """The statements among the blocks of a page: kind, name of the State, words. `names` are those of the table."""
    kind: Kind | None = None
    name, words = "", list[str]()
    for block in blocks:
        plain = re.sub(r"[\s\d,]+$", "", block.words)
        heading = len(block.words) <= LONGEST_HEADING and plain not in names
        if block.is_bold and heading and END.match(plain) and not plain.endswith(":"):
            following, named = None, ""
        elif block.is_bold and heading and (found := HEADING.match(plain)) and not plain.endswith(":"):
            following, named = ("objection" if found[1] else "declaration"), ""
        elif kind and block.is_bold and is_name(plain, names):
            following, named = kind, plain
        else:
            if name:
                words.append(block.words)
            continue
        if kind and name and words:
            yield kind, name, "\n".join(words)
        kind, name, words = following, named, []  # type: ignore[assignment]
    if kind and name and words:
        yield kind, name, "\n".join(words)


class Blocks(HTMLParser):
    """The blocks of a page, in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._open: list[str] = []
        """The tags that make bold or raise what they hold, or hide it."""
        self._pieces: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BOUNDS:
            self.end_block(tag)
        if tag in UNSEEN | RAISED | BOLD | HEADS or "bold" in (dict(attrs).get("style") or ""):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BOUNDS:
            self.end_block(tag)
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not any(tag in UNSEEN | RAISED for tag in self._open):
            self._pieces.append((data, bool(self._open)))

    def end_block(self, tag: str = "table") -> None:
        """Ends a block, as each tag does that begins a line."""
        words = " ".join("".join(text for text, _ in self._pieces).split())
        if words:
            self.found.append(Block(words, all(bold for text, bold in self._pieces if text.strip())))
        self._pieces.clear()
        if tag in CELLS:
            self._open.clear()


def blocks_of(page: str) -> list[Block]:
    """The blocks of a page in HTML."""
    parser = Blocks()
    parser.feed(page)
    parser.close()
    parser.end_block()
    return parser.found


def is_name(words: str, names: Collection[str]) -> bool:
    """Whether a bold line is the name of a State, and no label of what follows."""
    return words in names or (0 < len(words) <= LONGEST_NAME and LABEL.search(words) is None)
