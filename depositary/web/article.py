"""The page of an article: its text, beside the rules that apply it, its readings and its worked cases."""

import re
from functools import cache
from pathlib import Path

from depositary.clauses import CONVENTION
from depositary.law.readings import READINGS
from depositary.web.asked import Unanswerable
from depositary.web.governing import governing
from depositary.web.pages import ArticlePage
from depositary.web.shown import Link, ParagraphShown, Rule, WorkedCase
from depositary.web.status import reading
from depositary.web.treaty_text import Article, Paragraph
from depositary.web.view import View


def article_page(view: View, number: str) -> ArticlePage:
    """An article of the treaty. Raises Unanswerable for one whose text is not at hand."""
    text = view.site.text(view.clauses.id)
    if number not in text:
        raise Unanswerable(404, "no-such-article", number[:40])
    article = text[number]
    order = list(text)
    place = order.index(number)
    folder = view.site.collection.folder / "cases"
    return ArticlePage(
        frame=view.frame(view.treaty),
        number=number,
        title=article.title,
        treaty=view.treaty,
        paragraphs=tuple(paragraph(view, article, one) for one in article.paragraphs),
        cases=worked_cases(folder / f"{number}.txt") if view.clauses.id == CONVENTION else (),
        before=_link(view, text.get(order[place - 1]) if place else None),
        after=_link(view, text.get(order[place + 1]) if place + 1 < len(order) else None),
        contents=tuple(_link(view, each) for each in text.values()),
    )


def paragraph(view: View, article: Article, one: Paragraph) -> ParagraphShown:
    """A paragraph beside its rules and readings, which go by the Convention's numbering."""
    provision = f"{article.number}({one.number})"
    if view.clauses.id != CONVENTION:
        return ParagraphShown(one.number, one.blocks, (), ())
    return ParagraphShown(
        one.number,
        one.blocks,
        tuple(Rule(name, says) for name, says in governing().get(provision, ())),
        tuple(reading(view, name) for name, each in READINGS.items() if each.provision == provision),
    )


@cache
def worked_cases(path: Path) -> tuple[WorkedCase, ...]:
    """The worked cases of an article; none where there are none."""
    if not path.is_file():
        return ()
    sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return tuple(WorkedCase(*(part.strip() for part in one.split("\n", 1))) for one in sections if "\n" in one)


def _link(view: View, article: Article | None) -> Link:
    if article is None:
        return Link("")
    return Link(f"{article.number}. {article.title}", view.addresses.article(article.number))
