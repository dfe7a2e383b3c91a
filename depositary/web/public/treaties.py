"""The list of treaties, by chapter, each with its state on the day."""

from collections import defaultdict

from depositary.web.addresses import Addresses
from depositary.web.parts import Link
from depositary.web.public.pages import TreatiesPage
from depositary.web.public.parts import TreatyLine
from depositary.web.public.status import treaty_line
from depositary.web.query import PageQuery
from depositary.web.view import Site, look


def treaties_page(site: Site, asked: PageQuery, path: str) -> TreatiesPage:
    """All treaties at hand."""
    chapters: dict[str, list[TreatyLine]] = defaultdict(list)
    awaited = []
    for number in site.collection.in_order:
        view = look(site, asked, number, path)
        line = treaty_line(view)
        chapters[view.clauses.chapter or number.partition("-")[0]].append(line)
        if view.clauses.entry_into_force and line.acted and (line.in_force_on is None or line.in_force_on > asked.on):
            awaited.append((line, view.addresses.calculator))
    by_chapter = tuple((name, tuple(lines)) for name, lines in chapters.items())
    files = (Link("XLSX", Addresses.acts_to_fill_in(asked.language.code)), Link("CSV", Addresses.acts_to_fill_in()))
    return TreatiesPage(site.frame(asked, path), tuple(awaited), by_chapter, files)
