"""What goes wrong with what a person gives the program. A defective act is no error: it is an irregularity."""

from collections.abc import Iterable
from typing import Any


class Sentence(str):
    """A sentence in English that can be said in another language: its message, and the facts that fill it in.

    The desk says it in the language of its reader (`Language.said`); the command line as it is.
    """

    message: str
    facts: dict[str, Any]

    def __new__(cls, message: str, **facts: Any) -> "Sentence":
        self = super().__new__(cls, message % facts)
        self.message, self.facts = message, facts
        return self


class DepositaryError(Exception):
    """Something to be said to the person in a sentence; never shown as a traceback."""

    def __init__(self, sentence: str = "") -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Unavailable(DepositaryError):
    """The register cannot be written at present: a full disk, a database that does not answer. Nothing was done."""


class BadInput(DepositaryError):
    """A file or a call that is wrong: every fault, each a line of its own. Nothing was done."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))
