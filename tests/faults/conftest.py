"""Tests that break things on purpose: each says how many faults it injected, and one that injected none has failed."""

from collections.abc import Callable, Iterator

import pytest

from tests.longer import LONGER


@pytest.fixture
def many() -> Callable[[int], int]:
    """`many(200)`: 200 in the suite, a multiple of 200 in the longer run."""
    return lambda number: number * LONGER


@pytest.fixture
def injected(record_property: Callable[[str, object], None]) -> Iterator[Callable[..., None]]:
    """`injected(3)` counts three faults; their sum is told at the end of the run."""
    total = 0

    def count(number: int = 1) -> None:
        nonlocal total
        total += number

    yield count
    record_property("faults injected", total)
    assert total, "this test injected no fault"
