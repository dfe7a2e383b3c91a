"""When the process collects garbage. A collection stops every thread of the process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def keep() -> None:
    """Leaves everything loaded so far out of later collections: to look through it would stop all readers for 0.1 s."""
    gc.freeze()


@contextmanager
def postpone() -> Iterator[None]:
    """Collects after the work done here, not during it: that would take 8 of the 25 ms from an entry to its page."""
    sweeping = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sweeping:
            gc.enable()
