"""The list of treaties, by chapter, each with its state on the day."""

from collections import defaultdict
from datetime import date, timedelta

from depositary.web.addresses import Addresses
from depositary.web.parts import Link
from depositary.web.public.glance import glance
from depositary.web.public.pages import TreatiesPage
from depositary.web.public.parts import LeadingTreaty, TreatyLine
from depositary.web.public.status import treaty_line
from depositary.web.query import PageQuery
from depositary.web.view import Site, look
from depositary.words.labels import CHAPTERS

NEWS = timedelta(days=30)
"""For how long after its entry into force a treaty is said to have entered into force on that day."""


def is_news(line: TreatyLine, on: date) -> bool:
    """Whether the treaty has just entered into force."""
    return line.in_force_on is not None and line.in_force_on <= on < line.in_force_on + NEWS


def treaties_page(site: Site, asked: PageQuery, path: str) -> TreatiesPage:
    """All treaties at hand: the leading one, then the others by chapter."""
    chapters: dict[str, list[TreatyLine]] = defaultdict(list)
    leading = None
    for number in site.collection.in_order:
        view = look(site, asked, number, path)
        line = treaty_line(view)
        if number == site.collection.leading:
            leading = LeadingTreaty(
                line, view.addresses.calculator, is_news(line, asked.on), glance(view).signature_until
            )
            continue
        chapter, _, name = (view.clauses.chapter or number.partition("-")[0]).partition(". ")
        said = asked.language.gettext(CHAPTERS[name]) if name in CHAPTERS else name
        chapters[f"{chapter}. {said}" if said else chapter].append(line)
    by_chapter = tuple((name, tuple(lines)) for name, lines in chapters.items())
    files = (Link("XLSX", Addresses.acts_to_fill_in(asked.language.code)), Link("CSV", Addresses.acts_to_fill_in()))
    return TreatiesPage(site.frame(asked, path), leading, by_chapter, files)
