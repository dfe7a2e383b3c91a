"""The treaty as it would be if the acts of a question were done."""

from dataclasses import replace
from datetime import date

from depositary.treaties.supposition import Supposition, suppose, with_unnamed
from depositary.web.public.question import OTHER, Question
from depositary.web.view import View


def supposed_view(view: View, asked: Question, reached_on: date | None) -> tuple[View, Supposition]:
    """The treaty as it would be on the last day supposed, and what was supposed."""
    clause = view.clauses.entry_into_force
    assert clause is not None
    required = clause.instruments
    collection = with_unnamed(view.site.collection, asked.names(view.words, required))
    acts = asked.acts(view)
    horizon = max([view.on, *(act.date for act in acts), *([reached_on] if reached_on else [])])
    known = view.site.known
    others = (f"{OTHER}{number:04}" for number in range(1, required + 1))
    treaty = view.clauses.id
    entered = known.acts(treaty, view.asked)
    supposed = suppose(collection, entered, treaty, acts, horizon, reached_on, others)
    site = replace(
        view.site, collection=collection, known=known.with_acts(collection, treaty, supposed.acts, view.asked)
    )
    return View(site, replace(view.asked, on=horizon, known_at=None), view.clauses, view.path), supposed
