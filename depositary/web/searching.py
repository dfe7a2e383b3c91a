"""Searching the register: States, treaties, acts and notifications, in whichever of the six languages one asks."""

from collections.abc import Iterator
from functools import lru_cache

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.acts import Act
from depositary.naming import plain, search
from depositary.register import Entry, as_known
from depositary.web.addresses import Addresses
from depositary.web.answering import read_only, shown
from depositary.web.asked import Asked, Unanswerable, ask, only
from depositary.web.overviews_shown import Found
from depositary.web.pages import SearchPage
from depositary.web.shown import Link
from depositary.web.view import Site, View, look
from depositary.words import AVAILABLE, language

LONGEST, MOST = 100, 50
"""The longest question, in characters, and the most that is shown of a kind."""


def searching(site: Site) -> APIRouter:
    """The address of the search."""
    router = APIRouter()

    @read_only(router)("/{lang}/search")
    def search_for(request: Request, lang: str) -> Response:
        return shown(request, search_page(site, ask(request, lang), request.scope["path"], only(request, "q")))

    return router


def search_page(site: Site, asked: Asked, path: str, text: str) -> SearchPage:
    """What a text finds. Raises Unanswerable for one that is too long."""
    if len(text) > LONGEST:
        raise Unanswerable(422, "too-long", str(LONGEST))
    words, terms = asked.language, plain(text).split()
    views = [look(site, asked, treaty, path) for treaty in site.collection.in_order] if terms else []
    kinds = (
        (words.gettext("States and organizations"), states(site, asked, text)),
        (words.gettext("Treaties"), treaties(views, terms)),
        (words.gettext("Notifications"), notifications(views, terms)),
        (words.gettext("Acts"), acts(views, terms)),
    )
    found = []
    for heading, links in kinds if terms else ():
        some = [link for link, _ in zip(links, range(MOST + 1), strict=False)]
        if some:
            found.append(Found(heading, tuple(some[:MOST]), len(some) > MOST))
    return SearchPage(site.frame(asked, path, question={"q": text} if text else {}), text, tuple(found), MOST)


def states(site: Site, asked: Asked, text: str) -> Iterator[Link]:
    """Those whose name, in any language and of any time, is like the text; the likest first."""
    for code in search(site.collection.participants, text, asked.on):
        name = asked.language.name(site.collection.participants, code, asked.on)
        yield Link(name, Addresses.state(asked.language.code, code, asked.query))


def treaties(views: list[View], terms: list[str]) -> Iterator[Link]:
    """Those whose number or title has every term."""
    for view in views:
        if contains(plain(f"{view.clauses.id} {view.clauses.title}"), terms):
            yield Link(f"{view.title} ({view.clauses.id})", view.addresses.status)


def notifications(views: list[View], terms: list[str]) -> Iterator[Link]:
    """The depositary notifications whose reference has every term."""
    for view in views:
        for entry in reversed(view.recorded):
            if entry.notice and entry.notice.reference and contains(plain(entry.notice.reference), terms):
                yield Link(entry.notice.reference, view.addresses.notification(entry.notice.reference))


def acts(views: list[View], terms: list[str]) -> Iterator[Link]:
    """The acts that stand and have every term in whose they are, what they are, their text or their source."""
    for view in views:
        for entry in reversed(as_known(view.recorded)):
            act = entry.act
            if act is not None and act.date <= view.on and contains(said_of(view, entry, act), terms):
                yield Link(f"{view.act_line(act)} · {view.clauses.id}", view.addresses.entry(entry.number))


def said_of(view: View, entry: Entry, act: Act) -> str:
    """All words by which an act may be found."""
    whose = names(view, act.participant) if act.participant else ""
    made = f"{act.place} {act.provision} {act.text} {act.source} {act.subject}"
    return f"{whose} {actions(act.action)} {act.date} {entry.number} {view.clauses.id.casefold()} {plain(made)}"


def names(view: View, code: str) -> str:
    """The names of a participant in every language and of any time."""
    return _names(code, tuple(n for one in view.participants[code].names for n in (*one.short.values(), one.formal)))


@lru_cache(maxsize=1024)
def _names(code: str, each: tuple[str, ...]) -> str:
    return plain(" ".join((code, *each)))


@lru_cache(maxsize=64)
def actions(action: str) -> str:
    """What an action is called in every language."""
    return plain(" ".join(language(code).action(action) for code in AVAILABLE))


def contains(text: str, terms: list[str]) -> bool:
    """Whether every term is in a text."""
    return all(term in text for term in terms)
