"""What a search finds in the texts: treaties by their titles, articles, and the readings of the Convention."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from depositary.law.clauses import CONVENTION, Clauses
from depositary.law.participants import Name
from depositary.law.readings import READINGS
from depositary.treaties.collection import Collection
from depositary.treaties.everyday_titles import everyday_titles
from depositary.treaties.names import plain
from depositary.treaties.text import Article
from depositary.treaties.text import articles as articles_of
from depositary.web.parts import Link
from depositary.web.public.vocabulary import Vocabulary
from depositary.web.view import View
from depositary.words import AVAILABLE, language
from depositary.words.labels import ACTIONS

Fits = Callable[[str], bool]

CITED = re.compile(r"(?:(?:art|арт|ст|الماد|ماد|第)[^\d\s]*\s*)?(\d{1,3})(?:\s?\((\d{1,2})\))?(?:\s?条)?")
"""A citation of an article in any of the six languages: `65`, `65(1)`, `article 65`, `статья 65`, `第65条`."""


def treaties(views: list[View], fits: Fits) -> Iterator[Link]:
    """Treaties whose number, title or name fits, in any language."""
    for view in views:
        if fits(titles(view.clauses)):
            yield Link(f"{view.title} ({view.clauses.id})", view.addresses.status)


def articles(views: list[View], fits: Fits) -> Iterator[Link]:
    """Articles whose heading fits, and then those whose text does; those of the Convention first."""
    every = [(view, article) for view in by_weight(views) for article in view.site.text(view.clauses.id).values()]
    headed = [fits(heading(article)) for _, article in every]
    yield from (article_link(*each) for each, is_headed in zip(every, headed, strict=True) if is_headed)
    for (view, article), is_headed in zip(every, headed, strict=True):
        if not is_headed and fits(words_of(article)):
            yield article_link(view, article)


def cited_articles(views: list[View], text: str) -> Iterator[Link]:
    """The articles that a citation names; the Convention's first."""
    cited = CITED.fullmatch(text)
    for view in by_weight(views) if cited else ():
        if article := view.site.text(view.clauses.id).get(cited[1] if cited else ""):
            yield article_link(view, article, cited[2] if cited else "")


def readings(views: list[View], fits: Fits) -> Iterator[Link]:
    """The readings of the Convention that fit by name or by their words, in any language."""
    for view in views:
        if view.clauses.id == CONVENTION:
            for name, reading in READINGS.items():
                address = view.addresses.provision(reading.provision)
                if address and fits(words_of_reading(name)):
                    yield Link(f"{view.words.reading_title(name)} · {reading.provision}", address)


def by_weight(views: list[View]) -> list[View]:
    """The views with the Convention's first."""
    return sorted(views, key=lambda view: view.clauses.id != CONVENTION)


def article_link(view: View, article: Article, paragraph: str | None = "") -> Link:
    """A link to an article, or to a paragraph of it."""
    address = view.addresses.article(article.number) + (f"#paragraph-{paragraph}" if paragraph else "")
    return Link(f"{article.number}. {article.title} · {view.clauses.id}", address, "en")


def titles(clauses: Clauses) -> str:
    """All words by which a treaty can be found: its number, its titles, its everyday titles, and what opened it."""
    own = (f"{there.title} {there.short_title}" for there, _ in map(clauses.titled, AVAILABLE))
    return _plain(" ".join((clauses.id, clauses.opened_by, *own, *everyday_titles().get(clauses.id, ()))))


@lru_cache(maxsize=4096)
def heading(article: Article) -> str:
    """The words above an article."""
    return plain(f"{article.number} {article.title}")


@lru_cache(maxsize=4096)
def words_of(article: Article) -> str:
    """The words of an article."""
    blocks = (block.words for paragraph in article.paragraphs for block in paragraph.blocks)
    return plain(" ".join((article.title, *blocks)))


@lru_cache(maxsize=256)
def words_of_reading(name: str) -> str:
    """The name of a reading, its title and what it says, in all languages."""
    said = [name]
    for words in map(language, AVAILABLE):
        said += [words.reading_title(name), *words.reading(name)]
    return plain(" ".join((*said, READINGS[name].provision)))


def vocabulary(collection: Collection) -> Vocabulary:
    """The words of the treaties' titles, of their articles, of the readings, of participants' names and of actions."""
    names = tuple(n for one in collection.participants.values() for name in one.names for n in spoken(name))
    texts = (articles_of(collection.folder / "treaties" / f"{treaty}.md") for treaty in collection.treaties)
    return _vocabulary(
        (*map(titles, collection.treaties.values()), *names),
        tuple(article for text in texts for article in text.values()),
    )


def spoken(name: Name) -> tuple[str, ...]:
    """A participant's name in every language, and its formal name."""
    return (*name.short.values(), name.formal)


@lru_cache(maxsize=2)
def _vocabulary(names: tuple[str, ...], texts: tuple[Article, ...]) -> Vocabulary:
    actions = (language(code).action(action) for code in AVAILABLE for action in ACTIONS)
    own = (*map(words_of_reading, READINGS), *map(plain, actions))
    return Vocabulary((*map(plain, names), *map(words_of, texts), *own))


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return plain(text)
