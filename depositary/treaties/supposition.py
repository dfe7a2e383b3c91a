"""Compares the legal effects before and after some acts are added. Nothing is recorded.

An act may be that of an unnamed State, and unnamed States may complete the number required.
"""

from collections.abc import Collection as Numbers
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from depositary.law.acts import Act, Action
from depositary.law.clauses import Clauses
from depositary.law.effects import Effects
from depositary.law.examination import Irregularity, irregularities, irregularity
from depositary.law.grounds import missing as still_required
from depositary.law.participants import Name, Participant, Participants
from depositary.treaties.collection import Collection

MOST_UNNAMED = 1000


@dataclass(frozen=True)
class Comparison:
    """The legal effects under a treaty on a day, before and after acts are added and entries are removed."""

    treaty: str
    added: tuple[Act, ...]
    before: Effects
    after: Effects
    on: date

    @cached_property
    def irregularities(self) -> tuple[Irregularity, ...]:
        """The irregularities of the added acts; an equal act that stands in the register counts as another act."""
        new = {id(act) for act in self.added}
        return tuple(found for found in irregularities(self.after) if id(found.act) in new)

    @cached_property
    def elsewhere(self) -> tuple[Irregularity, ...]:
        """What is wrong with acts that stand already, and is not wrong without the acts added."""
        known = {(found.act.number, found.code) for found in irregularities(self.before)}
        new = {id(act) for act in self.added}
        return tuple(
            found
            for found in irregularities(self.after)
            if id(found.act) not in new and (found.act.number, found.code) not in known
        )

    def in_the_future(self, today: date) -> tuple[Irregularity, ...]:
        """The acts added whose day has not come. They may be supposed; the register does not take them."""
        late = (act for act in self.added if act.date > today)
        return tuple(irregularity(act, "date-in-the-future", self.after.clauses) for act in late)


def compare(
    collection: Collection,
    entered: Sequence[Act],
    treaty: str,
    added: Iterable[Act],
    on: date,
    removed: Numbers[int] = (),
) -> Comparison:
    """Compares the effects of the entered acts with the effects after acts are added and entries are removed."""
    added = tuple(added)
    before = collection.effects(entered, treaty, on)
    after = collection.effects([*(act for act in entered if act.number not in removed), *added], treaty, on)
    return Comparison(treaty, added, before, after, on)


def last_day(acts: Iterable[Act], today: date) -> date:
    """The day on which acts are compared with what holds: the last of their days, today at the earliest."""
    return max([today, *(act.date for act in acts)])


@dataclass(frozen=True)
class Supposition:
    """The effects without and with the supposed acts. `others` are the unnamed States that complete the number."""

    collection: Collection
    acts: tuple[Act, ...]
    others: tuple[str, ...]
    before: Effects
    after: Effects

    @cached_property
    def irregularities(self) -> tuple[Irregularity, ...]:
        """The irregularities of the supposed acts, and of acts equal to them."""
        return tuple(found for found in irregularities(self.after) if found.act in self.acts)

    @property
    def refused(self) -> tuple[Irregularity, ...]:
        """Why supposed acts would have no effect."""
        return tuple(found for found in self.irregularities if found.severity == "refused")


def usual(effects: Effects, code: str) -> Action:
    """The instrument a participant would usually deposit: a signatory ratifies, others accede."""
    allowed = effects.clauses.consent.actions
    wanted: Action = "ratification" if code in effects.history.signatures else "accession"
    return wanted if wanted in allowed else allowed[0]


def with_unnamed(collection: Collection, names: Mapping[str, str]) -> Collection:
    """The collection with States that exist only here, by code, each with what it is called. Every group has them."""
    unnamed = [Participant(code, "state", (Name({"en": name}, ""),)) for code, name in names.items()]
    known = collection.participants
    return replace(
        collection,
        participants=Participants([*known.values(), *unnamed], known.memberships),
        treaties={treaty: of_every_group(clauses, names) for treaty, clauses in collection.treaties.items()},
    )


def of_every_group(clauses: Clauses, codes: Iterable[str]) -> Clauses:
    """The clauses, as if some States belonged to the group that the clause on entry into force names."""
    entry = clauses.entry_into_force
    if entry is None or entry.among is None:
        return clauses
    among = entry.among.model_copy(update={"states": (*entry.among.states, *codes)})
    return clauses.model_copy(update={"entry_into_force": entry.model_copy(update={"among": among})})


def suppose(
    collection: Collection,
    entered: Iterable[Act],
    treaty: str,
    supposed: Iterable[Act],
    on: date,
    reached_on: date | None = None,
    others: Iterable[str] = (),
) -> Supposition:
    """The effects on a day of the entered and the supposed acts.

    With `reached_on` as many of `others`, unnamed States of the collection, deposit on that day as the number required
    still lacks on it; fewer where they are not enough.
    """
    entered, supposed = [*entered], tuple(supposed)
    completing: tuple[str, ...] = ()
    if reached_on is not None:
        then = collection.effects([*entered, *supposed], treaty, reached_on)
        missing = still_required(then, then.last_day) if then.threshold_on is None else 0
        completing = tuple(others)[: max(0, missing)]
        supposed += tuple(act for code in completing for act in consent(collection, treaty, code, reached_on))
    compared = compare(collection, entered, treaty, supposed, on)
    return Supposition(collection, supposed, completing, compared.before, compared.after)


def consent(collection: Collection, treaty: str, code: str, day: date, action: Action | None = None) -> list[Act]:
    """The consent of an unnamed State, which is a party to no other treaty: with it, its consent to the convention."""
    clauses = collection.treaties[treaty]
    allowed = clauses.consent.actions
    chosen = action or ("accession" if "accession" in allowed else allowed[0])
    acts = [Act(treaty, code, chosen, day)]
    if clauses.parent in collection.treaties and clauses.consent.needs_convention != "":
        acts += consent(collection, clauses.parent, code, day)
    return acts
