"""To look things up, as data: the search, and the glossary of the words that the other answers have."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from depositary.web.api.calls import Here, Pages, Question, call
from depositary.web.api.envelope import Asked, Page, Part, of_all
from depositary.web.public.search import LONGEST, Kind, found_links
from depositary.words import AVAILABLE, language
from depositary.words.labels import ACTIONS, CONCERNS, MARKS, RESERVATION_STATES, STANDINGS, STATUSES

TermKind = Literal["action", "standing", "date", "status of a reading", "state of a reservation"]

TERMS: dict[TermKind, dict[str, str]] = {
    "action": ACTIONS,
    "standing": STANDINGS,
    "date": CONCERNS,
    "status of a reading": STATUSES,
    "state of a reservation": RESERVATION_STATES,
}


class FoundInSearch(Part):
    """A result: what it is, its words in the language asked for, and the address of its page."""

    kind: Kind
    words: str
    page: str


class SearchAnswer(Asked):
    """The results of a search, the best of each kind first."""

    items: list[FoundInSearch]
    more: Annotated[list[Kind], Field(description="The kinds of which there are more results than are given.")]


class TermOfGlossary(Part):
    """A word of the answers, and how the six languages say it."""

    kind: TermKind
    term: Annotated[str, Field(description="As the answers write it.", examples=["accession"])]
    mark: Annotated[str | None, Field(description="The sign of the United Nations for it beside a date.")]
    words: Annotated[dict[str, str], Field(description="By language.", examples=[{"fr": "adhésion"}])]


def routes(router: APIRouter) -> None:
    """The calls."""

    @call(router, "/search", "Look up")
    def search(
        site: Here,
        question: Question,
        q: Annotated[
            str, Query(description="Words, in any of the six languages.", max_length=LONGEST, examples=["Ghana"])
        ],
    ) -> SearchAnswer:
        """Participants, treaties, notifications and acts by words in any of the six languages; 50 of each at most."""
        found, more = found_links(site, question, q)
        items = [
            FoundInSearch(kind=kind, words=link.words, page=site.base_url + link.url)
            for kind, links in found.items()
            for link in links
        ]
        return SearchAnswer(**of_all(site, question), items=items, more=more)

    @call(router, "/glossary", "Look up")
    def glossary(site: Here, question: Question, pages: Pages) -> Page[TermOfGlossary]:
        """The words of the answers (actions, standings, kinds of dates, states) in the six languages."""
        terms = [term(kind, name, said) for kind, words in TERMS.items() for name, said in words.items()]
        return Page(**of_all(site, question), **pages.cut(terms, lambda each: f"{each.kind} {each.term}"))


def term(kind: TermKind, name: str, said: str) -> TermOfGlossary:
    """A word in the six languages."""
    words = {code: language(code).gettext(said) for code in AVAILABLE}
    return TermOfGlossary(kind=kind, term=name, mark=MARKS.get(name) if kind == "action" else None, words=words)
