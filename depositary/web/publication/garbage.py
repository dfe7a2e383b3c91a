"""When the process looks for garbage, which holds up everything in it while it does."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def keep() -> None:
    """Passes over what is loaded by now for good: to look through it would hold up every reader for 0.1 s."""
    gc.freeze()


@contextmanager
def postpone() -> Iterator[None]:
    """Looks after what is done here, and not within: that would take up to 8 ms of the 25 from an entry to its page."""
    sweeping = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sweeping:
            gc.enable()
