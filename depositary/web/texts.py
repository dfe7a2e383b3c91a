"""The authentic text of a treaty, by article, from `data/treaties/ID.md`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ARTICLE = re.compile(r"^### Article (\d+)\. (.+)$", re.MULTILINE)
_ITEM = re.compile(r"^( *)(?:- )?(.*)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or sub-paragraph: its depth (0 for a paragraph), its number ("1", "(a)") and its words."""

    depth: int
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its number, its title, its lines in order."""

    number: int
    title: str
    lines: tuple[Line, ...]


@cache
def articles(path: Path) -> dict[int, Article]:
    """The articles of a text by number; none where the treaty's text is not at hand."""
    if not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8")
    found = {}
    headings = list(_ARTICLE.finditer(text))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        body = text[heading.end() : following.start() if following else len(text)]
        body = re.split(r"^## ", body, maxsplit=1, flags=re.MULTILINE)[0]
        number = int(heading[1])
        found[number] = Article(number, heading[2], tuple(_line(line) for line in body.splitlines() if line.strip()))
    return found


def _line(text: str) -> Line:
    match = _ITEM.match(text)
    assert match is not None, "every line matches"
    words = match[2]
    depth = len(match[1]) // 2 + (1 if text.lstrip().startswith("- ") else 0)
    numbered = re.match(r"(\d+\.|\([a-z]+\)) (.*)", words)
    return Line(depth, numbered[1].rstrip("."), numbered[2]) if numbered else Line(depth, "", words)
