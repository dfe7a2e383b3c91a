"""The passages in which two texts differ."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

HALF = 0.5

Difference = tuple[str, str]
"""A passage as it was and as it is; "" where there was or is none."""


def differences(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """The passages that differ between two texts."""
    for operation, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation != "equal":
            yield from pairs(old[start:end], new[new_start:new_end])


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """Each passage beside the one that takes its place: the most alike where there are more on one side, in order."""
    if len(old) == len(new):
        yield from zip(old, new, strict=True)
        return

    @cache
    def best(place: int, other: int) -> float:
        """How alike the passages from two places on are, in the best order of them."""
        if place == len(old) or other == len(new):
            return 0
        together = likeness(old[place], new[other]) + best(place + 1, other + 1)
        return max(together, best(place + 1, other), best(place, other + 1))

    place, other = 0, 0
    while place < len(old) or other < len(new):
        if place < len(old) and best(place, other) == best(place + 1, other):
            yield old[place], ""
            place += 1
        elif other < len(new) and best(place, other) == best(place, other + 1):
            yield "", new[other]
            other += 1
        else:
            yield old[place], new[other]
            place, other = place + 1, other + 1


@lru_cache(maxsize=1_000)
def likeness(passage: str, other: str) -> float:
    """How alike two passages are; 0 for two that have less than half in common."""
    matcher = SequenceMatcher(None, passage, other, autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return matcher.ratio() if all(bound() >= HALF for bound in bounds) else 0
