"""Measuring one thing beside its reference, in interleaved rounds of one process."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 7


@dataclass(frozen=True)
class Figure:
    """One measurement: microseconds of ours and of the reference, and their ratio with its goal."""

    name: str
    microseconds: float
    reference: float
    ratio: float
    goal: float


@dataclass(frozen=True)
class Skipped:
    """What was not measured, and why: never as if its goal were met."""

    name: str
    skipped: str


def interleaved(
    ours: Callable[[], object], reference: Callable[[], object], times: int, rounds: int
) -> tuple[float, float]:
    """Microseconds of a call of each: the median of rounds, each round's best of `times`."""
    found = [(best(ours, times), best(reference, times)) for _ in range(rounds)]
    return median(one for one, _ in found), median(other for _, other in found)


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
    name: str,
    ours: Callable[[], object],
    reference: Callable[[], object],
    *,
    times: int,
    goal: float,
    rounds: int = ROUNDS,
) -> Figure:
    """What a call of ours takes beside a call of the reference."""
    mine, theirs = interleaved(ours, reference, times, rounds)
    return Figure(name, round(mine, 1), round(theirs, 1), round(mine / theirs, 4), goal)
