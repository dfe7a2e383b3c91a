"""The text of a treaty, from `data/treaties/ID.md`: chapters, articles, their paragraphs, and the items within.

A text in another language has the same form: `### Статья 65. …`, `### المادة 65. …`, `### 第65条. …`, in digits.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ARTICLE = re.compile(r"### \D*(\d+)条?\. (.+)")
_CHAPTER = re.compile(r"## (.+)")
_PARAGRAPH = re.compile(r"(\d+)\. (.+)")
_PROVISION = re.compile(r"(\d+)\((\d+)\)(?:, .+)?")
_ITEM = re.compile(r"( *)- (\([^()\s]{1,5}\)) (.+)")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a paragraph: an item has a `label` such as "(a)", and `depth` is the number of items around it."""

    label: str
    words: str
    depth: int


@dataclass(frozen=True, slots=True)
class ProvisionParagraph:
    """A paragraph; `number` is "" where it has no number."""

    number: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a treaty."""

    number: str
    title: str
    paragraphs: tuple[ProvisionParagraph, ...]


@cache
def articles(path: Path) -> dict[str, Article]:
    """The articles of a text by number; empty where there is no such file."""
    if not path.is_file():
        return {}
    found: dict[str, tuple[str, list[str]]] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if heading := _ARTICLE.fullmatch(line.rstrip()):
            lines = []
            found[heading[1]] = (heading[2], lines)
        elif line.startswith("#"):
            lines = []
        elif line.strip():
            lines.append(line.rstrip())
    return {number: Article(number, title, paragraphs(lines)) for number, (title, lines) in found.items()}


@cache
def chapters(path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The headings of chapters, each with the numbers of its articles; "" for articles before the first chapter."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        if article := _ARTICLE.fullmatch(line.rstrip()):
            found[-1][1].append(article[1])
        elif chapter := _CHAPTER.fullmatch(line.rstrip()):
            found.append((chapter[1], []))
    return tuple((heading, tuple(numbers)) for heading, numbers in found if numbers)


def paragraphs(lines: list[str]) -> tuple[ProvisionParagraph, ...]:
    """The paragraphs in the lines of an article."""
    found: list[tuple[str, list[Block]]] = []
    for line in lines:
        if numbered := _PARAGRAPH.fullmatch(line):
            found.append((numbered[1], [Block("", numbered[2], 0)]))
            continue
        item = _ITEM.fullmatch(line)
        block = Block(item[2], item[3], 1 + len(item[1]) // 4) if item else Block("", line.strip(), 0)
        if not found:
            found.append(("", []))
        found[-1][1].append(block)
    return tuple(ProvisionParagraph(number, tuple(blocks)) for number, blocks in found)


def whole_paragraph(path: Path, provision: str) -> str:
    """The whole paragraph that a provision names, as `65(1)` or `65(1), second sentence`; "" for any other provision.

    A provision that names an item of a paragraph, as `40(12)(c)`, has none: its paragraph says much that is not meant.
    """
    return paragraph_of(articles(path), provision)


def paragraph_of(text: Mapping[str, Article], provision: str) -> str:
    """The whole paragraph of a text that a provision names; "" for any other provision."""
    named = _PROVISION.fullmatch(provision)
    article = text.get(named[1]) if named else None
    if named is None or article is None:
        return ""
    found = (paragraph for paragraph in article.paragraphs if paragraph.number == named[2])
    blocks = (f"{block.label} {block.words}".strip() for paragraph in found for block in paragraph.blocks)
    return "\n".join(blocks)
