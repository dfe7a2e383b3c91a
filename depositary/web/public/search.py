"""Search in the register: States, treaties, acts and notifications, with words in any of the six languages."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.law.acts import Act
from depositary.register.entry import Entry, as_known
from depositary.treaties.names import begins_a_word, plain
from depositary.web.addresses import Addresses
from depositary.web.parts import Link
from depositary.web.public.overview_parts import SearchResults
from depositary.web.public.pages import SearchPage
from depositary.web.public.passages import articles, cited_articles, readings, treaties, vocabulary
from depositary.web.query import PageQuery, Unanswerable, ask, parameter
from depositary.web.responses import page_response, read_only, site_of
from depositary.web.view import Site, View, look
from depositary.words import AVAILABLE, language

LONGEST, MOST = 100, 50
"""The longest text of a search, in characters, and the most results of a kind."""

SHORT, ENDING = 5, 2
"""A word of more letters is also sought without its ending, which a case or a number changes."""

Fits = Callable[[str], bool]

Kind = Literal["participant", "treaty", "article", "reading", "notification", "act"]
"""The kinds of results, in their order."""


def routes() -> APIRouter:
    """The address of the search."""
    router = APIRouter()

    @read_only(router)("/{lang}/search")
    def search_for(request: Request, lang: str) -> Response:
        site, asked = site_of(request), ask(request, lang)
        return page_response(request, search_page(site, asked, request.scope["path"], parameter(request, "q")))

    return router


def search_page(site: Site, asked: PageQuery, path: str, text: str) -> SearchPage:
    """The results of a search. Raises Unanswerable for a text that is too long."""
    found, more = found_links(site, asked, text)
    headings = {
        "participant": asked.language.gettext("States and organizations"),
        "treaty": asked.language.gettext("Treaties"),
        "article": asked.language.gettext("Articles"),
        "reading": asked.language.gettext("Readings of the text"),
        "notification": asked.language.gettext("Notifications"),
        "act": asked.language.gettext("Acts"),
    }
    results = tuple(SearchResults(headings[kind], links, kind in more) for kind, links in found.items() if links)
    return SearchPage(site.frame(asked, path, question={"q": text} if text else {}), text, results, MOST)


def found_links(site: Site, asked: PageQuery, text: str) -> tuple[dict[Kind, tuple[Link, ...]], list[Kind]]:
    """The results of each kind, and the kinds that have more. Raises Unanswerable for a text that is too long."""
    if len(text) > LONGEST:
        raise Unanswerable(422, "too-long", str(LONGEST))
    terms = plain(text).split()
    views = [look(site, asked, treaty, "") for treaty in site.collection.in_order] if terms else []
    ways = ways_to_fit(site, terms)
    kinds: dict[Kind, Iterator[Link]] = {
        "participant": states(site, asked, text) if terms else iter(()),
        "treaty": best_matches(treaties, views, ways),
        "article": chain(cited_articles(views, plain(text)), best_matches(articles, views, ways)),
        "reading": best_matches(readings, views, ways),
        "notification": best_matches(notifications, views, ways),
        "act": best_matches(acts, views, ways),
    }
    found = {kind: list(islice(links, MOST + 1)) for kind, links in kinds.items()}
    return (
        {kind: tuple(links[:MOST]) for kind, links in found.items()},
        [kind for kind, links in found.items() if len(links) > MOST],
    )


def ways_to_fit(site: Site, terms: list[str]) -> tuple[Fits, ...]:
    """How a text may fit the terms, the best way first: its words begin with them, or with their stems, or with words
    like them that the treaties have; or it contains them."""
    stems = [term[:-ENDING] if len(term) > SHORT else term for term in terms]
    meant = [(term, *vocabulary(site.collection).alike(term)) for term in terms]
    return (
        lambda text: all(begins_a_word(text, term) for term in terms),
        lambda text: all(begins_a_word(text, stem) for stem in stems),
        lambda text: all(any(begins_a_word(text, word) for word in words) for words in meant),
        lambda text: all(term in text for term in terms),
    )


def best_matches(
    kind: Callable[[list[View], Fits], Iterator[Link]], views: list[View], ways: tuple[Fits, ...]
) -> Iterator[Link]:
    """The links that fit in the first way in which any does."""
    for fits in ways:
        matches = kind(views, fits)
        if first := next(matches, None):
            return chain((first,), matches)
    return iter(())


def states(site: Site, asked: PageQuery, text: str) -> Iterator[Link]:
    """Participants with a name like the text, in any language and of any time, the best match first; else misspelt."""
    gazetteer = site.collection.gazetteer
    for code in gazetteer.search(text, asked.on) or gazetteer.candidates(text, asked.on):
        name = asked.language.name(site.collection.participants, code, asked.on)
        yield Link(name, Addresses.state(asked.language.code, code, asked.query))


def notifications(views: list[View], fits: Fits) -> Iterator[Link]:
    """The depositary notifications whose reference fits, and the treaties that one of them opened for signature."""
    for view in views:
        if fits(plain(view.clauses.opened_by)):
            yield Link(f"{view.clauses.opened_by} · {view.title}", view.addresses.status)
        for entry in reversed(view.recorded):
            if entry.notice and entry.notice.reference and fits(plain(entry.notice.reference)):
                yield Link(entry.notice.reference, view.addresses.notification(entry.notice.reference))


def acts(views: list[View], fits: Fits) -> Iterator[Link]:
    """Acts in effect that fit by participant, action, text or source."""
    for view in views:
        for entry in reversed(as_known(view.recorded)):
            act = entry.act
            if act is not None and act.date <= view.on and fits(searchable_words(view, entry, act)):
                yield Link(f"{view.act_line(act)} · {view.clauses.id}", view.addresses.entry(entry.number))


def searchable_words(view: View, entry: Entry, act: Act) -> str:
    """All words by which an act can be found. Web addresses are left out."""
    whose = names(view, act.participant) if act.participant else ""
    source = " ".join(word for word in act.source.split() if "://" not in word)
    made = f"{act.place} {act.provision} {act.text} {source} {act.subject}"
    return f"{whose} {actions(act.action)} {act.date} {entry.number} {view.clauses.id.casefold()} {plain(made)}"


def names(view: View, code: str) -> str:
    """The names of a participant in every language and of any time."""
    return _names(code, tuple(n for one in view.participants[code].names for n in (*one.short.values(), one.formal)))


@lru_cache(maxsize=1024)
def _names(code: str, names_of_it: tuple[str, ...]) -> str:
    return plain(" ".join((code, *names_of_it)))


@lru_cache(maxsize=64)
def actions(action: str) -> str:
    """The names of an action in all languages."""
    return plain(" ".join(language(code).action(action) for code in AVAILABLE))
