"""The law: one treaty, a whole collection, one act more."""

import sys
from datetime import date

from benchmarks import registers
from benchmarks.measuring import Figure, measure
from benchmarks.reference import events, fold
from depositary.law.acts import Act
from depositary.law.derivation import derive
from depositary.treaties.collection import Collection, Derived

CODES = (*registers.STATES, "ORG")
ORGANIZATION = len(CODES) - 1
MEMBERS = frozenset(range(27))


def one_treaty() -> Figure:
    """Every date of a treaty of about 200 participants and 330 acts."""
    acts, clauses = registers.acts("T", seed=1), registers.clauses("T")
    integers = events(acts, CODES)
    effects = derive(acts, registers.PARTICIPANTS, clauses)
    general, since, ends = fold(integers, ORGANIZATION, MEMBERS)
    ours = [day.toordinal() for day in effects.since.values() if day]
    if effects.in_force_on is None or effects.in_force_on.toordinal() != general or ours != list(since.values()):
        sys.exit("the law and its reference disagree on entry into force")
    if len(effects.history.denunciations) != len(ends):
        sys.exit("the law and its reference disagree on denunciations")
    return measure(
        f"one treaty, {len(acts)} acts",
        lambda: derive(acts, registers.PARTICIPANTS, clauses),
        lambda: fold(integers, ORGANIZATION, MEMBERS),
        times=60,
        goal=2.5,
    )


def whole_collection() -> Figure:
    """Every date of 560 treaties, about 106,000 acts."""
    treaties = [(registers.acts(f"T{n}", seed=n, consents=112), registers.clauses(f"T{n}")) for n in range(560)]
    integers = [events(acts, CODES) for acts, _ in treaties]
    total = sum(len(acts) for acts, _ in treaties)
    return measure(
        f"560 treaties, {total} acts",
        lambda: [derive(acts, registers.PARTICIPANTS, clauses) for acts, clauses in treaties],
        lambda: [fold(each, ORGANIZATION, MEMBERS) for each in integers],
        times=3,
        goal=3.3,
    )


def one_more_act() -> Figure:
    """A new act in one treaty of that collection, beside deriving the whole of it."""
    names = [f"T{n}" for n in range(560)]
    world = Collection(registers.PARTICIPANTS, {name: registers.clauses(name) for name in names})
    every = [act for n, name in enumerate(names) for act in registers.acts(name, seed=n, consents=112)]
    derived = Derived(world, every)
    new = iter([Act(names[n % 560], registers.STATES[n % 199], "signature", date(2001, 1, 1)) for n in range(100_000)])

    def record() -> object:
        act = next(new)
        derived.add(act)
        return derived.effects(act.treaty)

    def whole() -> object:
        return [derive_anew(derived, name) for name in names]

    whole()
    return measure(f"one more act of {len(every)}", record, whole, times=3, goal=1 / 200)


def derive_anew(derived: Derived, treaty: str) -> object:
    derived.put(treaty, derived.acts(treaty))
    return derived.effects(treaty)


def figures() -> list[Figure]:
    """All of this part."""
    return [one_treaty(), whole_collection(), one_more_act()]
