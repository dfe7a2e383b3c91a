"""Waiting for what comes about in its own time: in another thread, process or browser."""

import time
from collections.abc import Callable

import pytest


def until(condition: Callable[[], object], what: str = "what the test waits for", pause: float = 0.02) -> None:
    """Waits until a condition holds. A loaded machine may take its time: a test fails only after many minutes.

    Tries are counted and no clock is read, because the clock of a test may be stopped.
    """
    for _ in range(int(600 / pause)):
        if condition():
            return
        time.sleep(pause)
    pytest.fail(f"It did not come about: {what}", pytrace=False)
