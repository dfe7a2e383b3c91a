"""`make bench`: every figure beside its reference, measured in interleaved rounds; a table and `var/bench.json`.

Exit status 1 where a ratio misses its goal. A figure in microseconds is told, never judged: it is the machine's.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks import registers
from benchmarks.reference import events, fold
from depositary.acts import Act
from depositary.collection import Collection, Derived
from depositary.law.derivation import derive

ROUNDS = 7


@dataclass(frozen=True)
class Figure:
    """One measurement: microseconds of ours and of the reference, and their ratio with its goal."""

    name: str
    microseconds: float
    reference: float
    ratio: float
    goal: float


def interleaved(ours: Callable[[], object], reference: Callable[[], object], times: int) -> tuple[float, float]:
    """Microseconds of a call of each: the median of rounds, each round's best of `times`."""
    rounds = [(best(ours, times), best(reference, times)) for _ in range(ROUNDS)]
    return median(one for one, _ in rounds), median(other for _, other in rounds)


def best(call: Callable[[], object], times: int) -> float:
    gc.collect()
    gc.disable()
    try:
        found = []
        for _ in range(times):
            start = time.perf_counter_ns()
            call()
            found.append(time.perf_counter_ns() - start)
    finally:
        gc.enable()
    return min(found) / 1000


def measure(
    name: str, ours: Callable[[], object], reference: Callable[[], object], *, times: int, goal: float
) -> Figure:
    mine, theirs = interleaved(ours, reference, times)
    return Figure(name, round(mine, 1), round(theirs, 1), round(mine / theirs, 4), goal)


CODES = (*registers.STATES, "ORG")
ORGANIZATION = len(CODES) - 1
MEMBERS = frozenset(range(27))


def one_treaty() -> Figure:
    """P8: every date of a treaty of about 200 participants and 330 acts."""
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
        f"P8 one treaty, {len(acts)} acts",
        lambda: derive(acts, registers.PARTICIPANTS, clauses),
        lambda: fold(integers, ORGANIZATION, MEMBERS),
        times=60,
        goal=2.5,
    )


def whole_collection() -> Figure:
    """P9: every date of 560 treaties, about 106,000 acts."""
    treaties = [(registers.acts(f"T{n}", seed=n, consents=112), registers.clauses(f"T{n}")) for n in range(560)]
    integers = [events(acts, CODES) for acts, _ in treaties]
    total = sum(len(acts) for acts, _ in treaties)
    return measure(
        f"P9 560 treaties, {total} acts",
        lambda: [derive(acts, registers.PARTICIPANTS, clauses) for acts, clauses in treaties],
        lambda: [fold(each, ORGANIZATION, MEMBERS) for each in integers],
        times=3,
        goal=2.5,
    )


def one_more_act() -> Figure:
    """P11: a new act in one treaty of that collection, beside deriving the whole of it."""
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
    return measure(f"P11 one more act of {len(every)}", record, whole, times=3, goal=1 / 200)


def derive_anew(derived: Derived, treaty: str) -> object:
    derived.put(treaty, derived.acts(treaty))
    return derived.effects(treaty)


def main() -> None:
    figures = [one_treaty(), whole_collection(), one_more_act()]
    print(f"{'':40}{'µs':>12}{'reference':>12}{'ratio':>10}{'goal':>10}")
    for one in figures:
        missed = "" if one.ratio <= one.goal else "  missed"
        print(f"{one.name:40}{one.microseconds:12.1f}{one.reference:12.1f}{one.ratio:10.4g}{one.goal:10.4g}{missed}")
    out = Path("var")
    out.mkdir(exist_ok=True)
    (out / "bench.json").write_text(json.dumps([asdict(one) for one in figures], indent=2) + "\n")
    sys.exit(any(one.ratio > one.goal for one in figures))


if __name__ == "__main__":
    main()
