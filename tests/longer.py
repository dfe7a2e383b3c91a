"""How much the suite tries, and how much the longer run does: `DEPOSITARY_TEST_LONGER=5 make test`."""

import os

LONGER = int(os.environ.get("DEPOSITARY_TEST_LONGER", "1"))
"""How many times the faults of the suite the longer run injects."""


def examples(number: int) -> int:
    """How many examples a property is tried with: a fifth of the number in the suite."""
    return number if LONGER > 1 else number // 5
