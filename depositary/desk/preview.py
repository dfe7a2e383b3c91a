"""The preview of a proposal: its irregularities, and the legal effects before it and after it."""

from collections.abc import Callable, Iterable
from datetime import date

from depositary.desk.case_content import CaseContent
from depositary.law.examination import Irregularity
from depositary.register.entry import Entry, acts_of, as_known
from depositary.treaties.collection import Collection
from depositary.treaties.supposition import Comparison, compare, last_day


def examine(
    content: CaseContent, collection: Collection, entries: Callable[[str], list[Entry]], today: date
) -> tuple[Comparison, ...]:
    """The comparison for each treaty of a proposal's acts. `entries` gives the entries under a treaty."""
    treaties = dict.fromkeys(act.treaty for act in content.acts)
    if content.targets:
        treaties |= dict.fromkeys(
            treaty
            for treaty in collection.treaties
            if any(entry.number in content.targets for entry in entries(treaty))
        )
    on = last_day(content.acts, today)
    compared = []
    for treaty in treaties:
        recorded = [entry for needed in collection.needed_by(treaty) for entry in entries(needed)]
        added = content.numbered(max((entry.number for entry in recorded), default=0))
        standing = acts_of(as_known(recorded))
        compared.append(compare(collection, standing, treaty, added, on, content.targets))
    return tuple(compared)


def irregularities_of(comparisons: Iterable[Comparison], today: date) -> tuple[Irregularity, ...]:
    """The irregularities of acts before they are recorded; an act of a future day is irregular."""
    return tuple(
        irregularity
        for comparison in comparisons
        for irregularity in (*comparison.irregularities, *comparison.in_the_future(today))
    )
