"""Deriving what holds: the acts are read once, in the order of time, each given to the article that governs it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from heapq import heappop
from operator import attrgetter

from depositary.law import rulings
from depositary.law.acts import CONSENTS, OF_ONE_STEP, STEP_OF_LATE_WITHDRAWALS, Act, Action, order_of
from depositary.law.articles import amendment, consent, denunciation, signature, territory
from depositary.law.clauses import Clauses
from depositary.law.effects import Case, Effects
from depositary.law.history import LATER, NEVER, History, Refusal
from depositary.law.participants import Participants

Article = Callable[[History, Act], Refusal]

IN_TIME = attrgetter("order")


def note(history: History, act: Act) -> Refusal:
    """Enters an act that has no date of effect."""
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
    "declaration": consent.declare,
    "withdrawal of reservation": note,
    "notification": note,
    "territorial application": territory.extend,
    "objection": note,
    "withdrawal of signature": signature.withdraw,
    "succession to signature": signature.succeed,
    "provisional application": note,
    "partial withdrawal of reservation": note,
    "withdrawal of objection": note,
    "objection to correction": note,
    "ruling": note,
}

GOVERNED_BY_66: dict[Action, Article] = {
    **dict.fromkeys(GOVERNED_BY, not_provided_for),
    **dict.fromkeys(CONSENTS, amendment.deposit),
    **dict.fromkeys(("reservation", "declaration", "withdrawal of reservation", "notification", "objection"), note),
    "territorial application": territory.extend,
    "withdrawal of instrument": amendment.withdraw,
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
    acts, others = tuple(acts), participants.apart
    apart = tuple([act for act in acts if act.participant in others])
    case = Case(acts, participants, clauses, convention, elsewhere, apart)
    made = [act for act in apart if act.action == "ruling"]
    ruled = rulings.judge(case, made, read) if made else rulings.NONE
    return read(case, ruled.otherwise, ruled)


def read(case: Case, otherwise: frozenset[str], ruled: rulings.Rulings, *, exactly: bool = False) -> Effects:
    """Reads the acts once, with the readings in `otherwise` standing the other way.

    `exactly`: acts of one participant in one step in the order of the law as well; it matters, and is done, only
    where one of them makes another a duplicate.
    """
    not_before, waits = earliest(case)
    history = History(case.acts, case.clauses, case.participants, otherwise, case.convention, not_before, waits)
    refused, exists = history.refused, case.participants.exists
    strangers = {id(act) for act in case.apart if act.participant and not exists(act.participant, act.date)}
    ordered = in_order(case, exactly=exactly)
    for act in ordered:
        if act.order > history.due:
            pass_time(history, act.order)
        if id(act) in strangers:
            examine_stranger(history, act)
            continue
        articles = GOVERNED_BY_66 if act.subject else GOVERNED_BY
        if wrong := articles[act.action](history, act):
            if wrong is LATER:
                put_off(history, act, ordered)
            else:
                refused[id(act)] = (act, wrong)
    pass_time(history, NEVER)
    amendment.name_the_known(history)
    if not exactly and has_twins(history):
        return read(case, otherwise, ruled, exactly=True)
    for act, code in ruled.refused:
        refused[id(act)] = (act, (*refused.get(id(act), (act, ()))[1], code))
    return Effects(case, history, ruled.accepted, lambda other: read(case, other, ruled))


def pass_time(history: History, until: int) -> None:
    """Applies what comes by itself up to a time."""
    while history.due < until:
        _, _, rule, about = heappop(history.coming)
        history.due = history.coming[0][0] if history.coming else NEVER
        rule(history, *about)


def put_off(history: History, act: Act, ordered: list[Act]) -> None:
    """Puts a withdrawal or revocation that finds nothing off to the end of the day: it may undo an act of that day.

    One that repeats another, read before it, that found its object is a duplicate, and finds nothing any more.
    """
    before = ordered[: place(ordered, act)]
    if any(other == act and id(other) not in history.put_off for other in before):
        try_again(history, act)
    else:
        history.put_off.add(id(act))
        history.plan(order_of(act.date, STEP_OF_LATE_WITHDRAWALS), try_again, act)


def examine_stranger(history: History, act: Act, late: bool = False) -> None:
    """Refuses an act of a participant that does not exist on its day, for that and for all else that is wrong.

    What it would withdraw or revoke is sought twice, as it is for others.
    """
    probe = history.copy()
    probe.late = late
    articles = GOVERNED_BY_66 if act.subject else GOVERNED_BY
    wrong = articles[act.action](probe, act)
    if wrong is LATER:
        history.plan(order_of(act.date, STEP_OF_LATE_WITHDRAWALS), examine_stranger, act, True)
    else:
        history.refused[id(act)] = (act, ("participant-does-not-exist", *wrong))


def try_again(history: History, act: Act) -> None:
    """Reads a withdrawal or revocation after the day's other acts: it undoes one of that day, or nothing."""
    history.late = True
    articles = GOVERNED_BY_66 if act.subject else GOVERNED_BY
    if wrong := articles[act.action](history, act):
        history.refused[id(act)] = (act, wrong)
    history.late = False


def in_order(case: Case, *, exactly: bool) -> list[Act]:
    """The acts in the order of time; of one step of a day the States' first: a member's act that day is enough."""
    in_time = exact_order(case.clauses) if exactly else IN_TIME
    ordered, organizations = sorted(case.acts, key=in_time), case.participants.organizations
    last = [act for act in case.apart if act.participant in organizations or not act.participant]
    for act in last:
        del ordered[place(ordered, act)]
    for act in sorted(last, key=in_time):
        ordered.insert(bisect_right(ordered, act.order | (OF_ONE_STEP - 1), key=IN_TIME), act)
    return ordered


def place(ordered: list[Act], act: Act) -> int:
    """Where an act stands among those in order."""
    found = bisect_left(ordered, act.order // OF_ONE_STEP * OF_ONE_STEP, key=IN_TIME)
    while ordered[found] is not act:
        found += 1
    return found


def exact_order(clauses: Clauses) -> Callable[[Act], tuple[int | str, ...]]:
    """The order in time, and within a step by action, as the clauses have them, by participant, provision and text."""
    ranks = {action: rank for rank, action in enumerate(dict.fromkeys((*clauses.consent.actions, *CONSENTS)))}

    def key(act: Act) -> tuple[int | str, ...]:
        step, place = divmod(act.order, OF_ONE_STEP)
        rank = ranks.get(act.action, place)
        return step, rank, act.participant, act.provision, act.text, act.place, act.source, act.number

    return key


def has_twins(history: History) -> bool:
    """Whether an act was refused that another of the same step may have made a duplicate, or may be one of."""
    if any(act.action == "amendment proposal" for act, _ in history.refused.values()):  # of different States
        return True
    orders = {
        (act.participant, act.order // OF_ONE_STEP)
        for act, codes in history.refused.values()
        if any(code.startswith(("duplicate", "withdrawal-without", "revocation-without")) for code in codes)
    }
    if not orders:
        return False
    steps = {step for _, step in orders}
    found = [act.participant for act in history.acts if act.order // OF_ONE_STEP in steps]
    return len(found) > len(orders) and len(found) > len(set(found))


def earliest(case: Case) -> tuple[date | None, bool]:
    """The day before which the treaty cannot enter into force, and whether it waits for one not in force so far.

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
