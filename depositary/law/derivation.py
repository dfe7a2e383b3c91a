"""Deriving what holds: the acts are read once, in the order of time, each given to the article that governs it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from operator import attrgetter

from depositary.law.acts import CONSENTS, OF_ONE_STEP, Act, Action
from depositary.law.articles import amendment, consent, denunciation, signature, territory
from depositary.law.clauses import Clauses
from depositary.law.effects import Case, Effects
from depositary.law.history import History, Refusal
from depositary.law.participants import Participants
from depositary.law.readings import read_otherwise, rulings

Article = Callable[[History, Act], Refusal]

IN_TIME = attrgetter("order")


def note(history: History, act: Act) -> Refusal:
    """Enters an act that has no date of effect; a declaration of competence is kept for 64(3)-(4)."""
    if act.action == "declaration" and act.provision in history.clauses.reio.competence_declared_under:
        history.competence.setdefault(act.participant, []).append(act)
    history.other.append(act)
    return ()


def not_provided_for(history: History, act: Act) -> Refusal:
    """An act that the treaty does not know."""
    return ("action-not-provided-for",)


GOVERNED_BY: dict[Action, Article] = {
    "signature": signature.sign,
    **dict.fromkeys(CONSENTS, consent.deposit),
    "withdrawal of instrument": denunciation.withdraw,
    "denunciation": denunciation.denounce,
    "revocation of denunciation": denunciation.revoke,
    "reservation": note,
    "declaration": note,
    "withdrawal of reservation": note,
    "notification": note,
    "territorial application": territory.extend,
    "objection": note,
    "ruling": note,
}

GOVERNED_BY_66: dict[Action, Article] = {
    **dict.fromkeys(GOVERNED_BY, not_provided_for),
    **dict.fromkeys(CONSENTS, amendment.deposit),
    **dict.fromkeys(("reservation", "declaration", "withdrawal of reservation", "notification", "objection"), note),
    "territorial application": territory.extend,
    "amendment proposal": amendment.propose,
    "amendment adoption": amendment.adopt,
    "ruling": note,
}
"""The articles for an act whose subject is an amendment; a ruling's is a reading."""


def derive(
    acts: Iterable[Act],
    participants: Participants,
    clauses: Clauses,
    *,
    convention: Effects | None = None,
    elsewhere: Mapping[str, date | None] | None = None,
) -> Effects:
    """All that follows from the acts of one treaty, in whatever order they come.

    `convention`: what holds under the convention of a protocol, where its acts are at hand. `elsewhere`: the
    entry into force (None: not in force) of the treaties named in `not_before_treaty`, by ID.
    """
    acts, others = tuple(acts), participants.organizations_and_nobody
    apart = tuple([act for act in acts if act.participant in others])
    case = Case(acts, participants, clauses, convention, elsewhere, apart)
    ruled = rulings(apart)
    return read(case, read_otherwise(ruled), ruled)


def read(case: Case, otherwise: frozenset[str], ruled: dict[str, Act]) -> Effects:
    """Reads the acts once, with the readings in `otherwise` standing the other way."""
    clauses = case.clauses
    not_before, never = earliest(case)
    history = History(case.acts, clauses, case.participants, otherwise, case.convention, not_before)
    if never:
        history.required = 0
    refused = history.refused
    for act in in_order(case):
        articles = GOVERNED_BY_66 if act.subject else GOVERNED_BY
        if wrong := articles[act.action](history, act):
            refused[id(act)] = (act, wrong)
    return Effects(case, history, ruled, lambda other: read(case, other, ruled))


def in_order(case: Case) -> list[Act]:
    """The acts in the order of time; of one step of a day the States' first: a member's act that day is enough."""
    others = case.participants.organizations_and_nobody
    ordered = sorted([act for act in case.acts if act.participant not in others], key=IN_TIME)
    for act in sorted(case.apart, key=IN_TIME):
        ordered.insert(bisect_right(ordered, act.order | (OF_ONE_STEP - 1), key=IN_TIME), act)
    return ordered


def earliest(case: Case) -> tuple[date | None, bool]:
    """The day before which the treaty cannot enter into force, and whether it cannot at all so far.

    A treaty it must wait for and whose acts are not at hand does not hold it back.
    """
    entry = case.clauses.entry_into_force
    if entry is None:
        return None, False
    days = [entry.not_before] if entry.not_before else []
    if entry.not_before_treaty and case.elsewhere and entry.not_before_treaty in case.elsewhere:
        other = case.elsewhere[entry.not_before_treaty]
        if other is None:
            return None, True
        days.append(other)
    return max(days, default=None), False
