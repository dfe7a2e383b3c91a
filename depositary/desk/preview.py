"""What a proposal would do to the register: what is wrong with it, and what holds before it and after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import holidays

from depositary.desk.proposal import Proposal
from depositary.law.effects import Effects
from depositary.law.examination import Irregularity, irregularities, irregularity
from depositary.register.entry import Entry, acts_of, as_known
from depositary.treaties.collection import Collection


@dataclass(frozen=True)
class Examined:
    """A proposal under one treaty: `before` and `after` it, as seen on a day."""

    treaty: str
    before: Effects
    after: Effects
    on: date
    found: tuple[Irregularity, ...]


def examine(
    proposal: Proposal, collection: Collection, entries: Callable[[str], list[Entry]], today: date
) -> tuple[Examined, ...]:
    """What a proposal would do, for each treaty it has acts of. `entries` gives those under a treaty."""
    treaties = dict.fromkeys(act.treaty for act in proposal.acts)
    if not treaties and proposal.target:
        treaties = dict.fromkeys(
            one for one in collection.treaties if any(entry.number == proposal.target for entry in entries(one))
        )
    return tuple(_under(treaty, proposal, collection, entries, today) for treaty in treaties)


def _under(
    treaty: str, proposal: Proposal, collection: Collection, entries: Callable[[str], list[Entry]], today: date
) -> Examined:
    recorded = [entry for one in collection.needed_by(treaty) for entry in entries(one)]
    on = max(today, *(act.date for act in proposal.acts)) if proposal.acts else today
    before = collection.effects(acts_of(as_known(recorded)), treaty, on)
    after = collection.effects(proposal.applied(recorded), treaty, on)
    last = max((entry.number for entry in recorded), default=0)
    found = [one for one in irregularities(after) if one.act.number > last]
    found += [irregularity(act, "date-in-the-future", after.clauses) for act in proposal.acts if act.date > today]
    return Examined(treaty, before, after, on, tuple(found))


def holiday(day: date) -> str:
    """The public holiday in New York a day is, in English; "" for none."""
    return str(holidays.country_holidays("US", subdiv="NY", years=day.year).get(day, ""))
