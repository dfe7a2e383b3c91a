"""The difference between two days under a treaty."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from depositary.law.dates import ONE_DAY
from depositary.law.effects import Standing
from depositary.web.parts import Link
from depositary.web.public.days import changes_by_day, days_of_change
from depositary.web.public.overview_pages import DifferencePage
from depositary.web.public.overview_parts import Shift
from depositary.web.public.status import numbers
from depositary.web.query import Unanswerable
from depositary.web.view import View


def difference_page(view: View, since: date | None = None) -> DifferencePage:
    """The difference from an earlier day to the one asked about; by default what changed last.

    Raises Unanswerable where the earlier day is the later one.
    """
    if since is None:
        since = next((day for day in reversed(days_of_change(view)) if day <= view.on), view.on) - ONE_DAY
    if since > view.on:
        raise Unanswerable(422, "wrong-order", since.isoformat())
    earlier = replace(view, asked=replace(view.asked, on=since))
    return DifferencePage(
        frame=view.frame(view.treaty, question={"from": since.isoformat()}),
        treaty=view.treaty,
        since=since,
        before=numbers(earlier),
        after=numbers(view),
        in_force_before=earlier.effects.in_force_on,
        in_force_after=view.effects.in_force_on,
        shifts=shifts(earlier, view),
        days=tuple(changes_by_day(view, since, view.on)),
    )


def shifts(earlier: View, later: View) -> tuple[Shift, ...]:
    """The participants whose standing changed, by name, in groups of the same change; the largest group first."""
    moved: dict[tuple[Standing, Standing], list[Link]] = defaultdict(list)
    for code in {*earlier.effects.codes, *later.effects.codes}:
        before, after = earlier.effects.standing(code, earlier.on), later.effects.standing(code, later.on)
        if before != after:
            moved[before, after].append(later.participant(code))
    groups = (
        Shift(before, after, tuple(sorted(links, key=lambda link: later.words.sort_key(link.words))))
        for (before, after), links in moved.items()
    )
    return tuple(sorted(groups, key=lambda group: (-len(group.participants), group.before, group.after)))
