"""The list of treaties, by chapter, each with its state on the day."""

from collections import defaultdict

from depositary.web.asked import Asked
from depositary.web.pages import TreatiesPage
from depositary.web.shown import Link, TreatyLine
from depositary.web.status import numbers
from depositary.web.view import Site, look


def treaties_page(site: Site, asked: Asked, path: str) -> TreatiesPage:
    """All treaties at hand."""
    chapters: dict[str, list[TreatyLine]] = defaultdict(list)
    for number, clauses in sorted(site.collection.treaties.items()):
        view = look(site, asked, number, path)
        title = Link(clauses.title.partition("; ")[0], view.addresses.status)
        chapter = clauses.chapter or number.partition("-")[0]
        chapters[chapter].append(TreatyLine(title, number, view.effects.in_force_on, numbers(view)))
    found = tuple((chapter, tuple(lines)) for chapter, lines in sorted(chapters.items()))
    return TreatiesPage(site.frame(asked, path), found)
