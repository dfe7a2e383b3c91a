"""The pages of a treaty's text: its contents, and an article with its rules, its readings and its worked cases."""

import re
from functools import cache
from pathlib import Path

from depositary.law.clauses import CONVENTION
from depositary.law.readings import READINGS
from depositary.treaties.authentic import languages_at_hand, text_file
from depositary.treaties.cases import check, read_cases
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.text import Article, ProvisionParagraph, chapters
from depositary.web.parts import Link
from depositary.web.public.pages import ArticlePage, TextPage
from depositary.web.public.parts import ArticleParagraph, CaseLine, Rule, WorkedCase
from depositary.web.public.rules import rules_by_provision
from depositary.web.public.status import reading_in_words
from depositary.web.query import Unanswerable
from depositary.web.view import View
from depositary.words.labels import LANGUAGES


def article_page(view: View, number: str) -> ArticlePage:
    """An article of the treaty. Raises Unanswerable for one whose text is not at hand."""
    text = view.site.text(view.clauses.id)
    if number not in text:
        raise Unanswerable(404, "no-such-article", number[:40])
    own = view.authentic.get(number)
    article = own or text[number]
    order = list(text)
    place = order.index(number)
    folder = view.site.collection.folder / "cases"
    return ArticlePage(
        frame=view.frame(view.treaty),
        number=number,
        title=article.title,
        language=view.words.code if own else "en",
        treaty=view.treaty,
        paragraphs=tuple(paragraph(view, article, one) for one in article.paragraphs),
        cases=worked_cases(folder / f"{number}.txt", view.clauses.id) if view.clauses.id == CONVENTION else (),
        before=_link(view, text.get(order[place - 1]) if place else None),
        after=_link(view, text.get(order[place + 1]) if place + 1 < len(order) else None),
        contents=tuple(_link(view, each) for each in text.values()),
    )


def text_page(view: View) -> TextPage:
    """The contents of the treaty by chapter, and the languages in which its text is here.

    Raises Unanswerable where the text is not at hand.
    """
    folder, treaty = view.site.collection.folder, view.clauses.id
    text = view.site.text(treaty)
    if not text:
        raise Unanswerable(404, "no-such-article", "")
    own = view.words.code if view.authentic else "en"
    at_hand = languages_at_hand(folder, treaty)
    return TextPage(
        frame=view.frame(view.treaty),
        treaty=view.treaty,
        language=own,
        chapters=tuple(
            (heading, tuple(_link(view, text[number]) for number in numbers))
            for heading, numbers in chapters(text_file(folder, treaty, own))
            if set(numbers) <= set(text)
        ),
        at_hand=tuple(view.words.gettext(LANGUAGES[code]) for code in at_hand),
    )


def paragraph(view: View, article: Article, part: ProvisionParagraph) -> ArticleParagraph:
    """A paragraph with its rules and readings. Only paragraphs of the Convention have them."""
    provision = f"{article.number}({part.number})"
    if view.clauses.id != CONVENTION:
        return ArticleParagraph(part.number, part.blocks, (), ())
    return ArticleParagraph(
        part.number,
        part.blocks,
        tuple(Rule(*each) for each in rules_by_provision().get(provision, ())),
        tuple(reading_in_words(view, name) for name, each in READINGS.items() if each.provision == provision),
    )


@cache
def worked_cases(path: Path, treaty: str) -> tuple[WorkedCase, ...]:
    """The worked cases of an article, each run by the program that serves this page."""
    if not path.is_file():
        return ()
    clauses = load_clauses(path.parent.parent / "treaties" / f"{treaty}.toml")
    written = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return tuple(
        worked_case(
            case.title, lines.splitlines()[1:], dict(failure.rsplit(": ", 1) for failure in check(case, clauses))
        )
        for case, lines in zip(read_cases(path, treaty), written, strict=True)
    )


def worked_case(title: str, lines: list[str], failed: dict[str, str]) -> WorkedCase:
    """A worked case with the result of each expectation."""
    written = []
    for line in filter(None, map(str.strip, lines)):
        expected = line.removeprefix("=>").strip() if line.startswith("=>") else ""
        written.append(CaseLine(line, expected not in failed, failed.get(expected, "")) if expected else CaseLine(line))
    return WorkedCase(title, tuple(written), not failed)


def _link(view: View, article: Article | None) -> Link:
    if article is None:
        return Link("")
    own = view.authentic.get(article.number, article)
    return Link(f"{own.number}. {own.title}", view.addresses.article(article.number))
