"""What goes wrong with what a person gives the program. A defective act is no error: it is an irregularity."""

from collections.abc import Iterable


class DepositaryError(Exception):
    """Something to be said to the person in a sentence; never shown as a traceback."""


class Unavailable(DepositaryError):
    """The register cannot be written at present: a full disk, a database that does not answer. Nothing was done."""


class BadInput(DepositaryError):
    """A file or a call that is wrong: every fault, each a line of its own. Nothing was done."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))
