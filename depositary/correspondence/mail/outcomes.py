"""The states of a letter, and the waiting times before a deferred letter is tried again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol, get_args

Outcome = Literal["accepted", "written", "refused", "deferred", "unknown"]
"""The ends of an attempt: the server took the letter; it stands in a file; the server refused it for good; deferred it;
nobody knows which."""

LetterState = Literal[
    "queued",
    "claimed",
    "accepted",
    "written",
    "refused",
    "deferred",
    "unknown",
    "given up",
    "proposed",
    "resend",
    "delivered",
    "received",
    "bounced",
    "replaced",
]
STATES: tuple[LetterState, ...] = get_args(LetterState)

SETTLED: frozenset[LetterState] = frozenset({"accepted", "delivered", "received", "replaced"})
"""The states in which nothing is left to do: another letter follows one that is replaced."""
UNDER_WAY: frozenset[LetterState] = frozenset({"queued", "claimed", "deferred", "resend"})
"""The states that the program itself ends."""
FOR_A_PERSON: frozenset[LetterState] = frozenset(STATES) - SETTLED - UNDER_WAY
"""The states that only two persons end: `unknown` is among them, and `written`, for a file arrives nowhere."""

PAUSES = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=45)),
    *(timedelta(hours=2), timedelta(hours=4), timedelta(hours=8), timedelta(hours=16), timedelta(hours=24)),
)
"""The waiting times after the first deferral, the second, and so on; after the last the letter is given up."""


@dataclass(frozen=True)
class Attempt:
    """The end of an attempt, with the server's words or ours."""

    outcome: Outcome
    said: str


class Carrier(Protocol):
    """A carrier of letters: a mail server, or a folder of files."""

    ended: Outcome
    """The end of the last attempt, for a sender that is stopped in the middle of it."""

    def ready(self) -> None:
        """Makes sure that it can carry letters. Raises DepositaryError; then no letter is claimed."""

    def carry(self, to: str, message: bytes, name: str) -> Attempt:
        """Carries a message; a carrier that writes files uses `name` as a file's name. Raises no errors of its own."""

    def close(self) -> None:
        """Ends the connection."""
