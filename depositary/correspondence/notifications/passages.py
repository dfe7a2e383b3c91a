"""The passages in which two texts differ."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

Difference = tuple[str, str]
"""A passage as it was and as it is; "" where there was or is none."""


def differences(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """The passages that differ between two texts."""
    for operation, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation != "equal":
            yield from zip_longest(old[start:end], new[new_start:new_end], fillvalue="")
