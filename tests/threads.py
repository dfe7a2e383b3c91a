"""Calls in threads of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def apart(call: Callable[..., T], *given: Any) -> T:
    """What a call gives in a thread of its own: pytest-playwright keeps a loop running in that of the tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call, *given).result()
