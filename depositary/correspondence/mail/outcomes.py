"""What becomes of a letter: its states, and how long is waited before a deferred one is tried again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol, get_args

Outcome = Literal["accepted", "refused", "deferred", "unknown"]
"""What one attempt ends in: the server took it; refused it for good; not now; nobody knows whether it took it."""

LetterState = Literal[
    "queued",
    "claimed",
    "accepted",
    "refused",
    "deferred",
    "unknown",
    "given up",
    "proposed",
    "resend",
    "delivered",
    "received",
    "bounced",
]
STATES: tuple[LetterState, ...] = get_args(LetterState)

SETTLED: frozenset[LetterState] = frozenset({"accepted", "delivered", "received"})
"""The states in which nothing is left to be done."""
UNDER_WAY: frozenset[LetterState] = frozenset({"queued", "claimed", "deferred", "resend"})
"""The states out of which the program itself finds."""
FOR_A_PERSON: frozenset[LetterState] = frozenset(STATES) - SETTLED - UNDER_WAY
"""The states out of which only two persons find: `unknown` among them."""

PAUSES = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=45)),
    *(timedelta(hours=2), timedelta(hours=4), timedelta(hours=8), timedelta(hours=16), timedelta(hours=24)),
)
"""How long is waited after the first deferral, the second …; after the last the letter is given up."""


@dataclass(frozen=True)
class Attempt:
    """What an attempt ended in, in the server's words or ours."""

    outcome: Outcome
    said: str


class Carrier(Protocol):
    """Who carries letters out of the house: a mail server, or a folder of files."""

    ended: Outcome
    """What the last attempt has come to, should the sender be stopped in the middle of it."""

    def ready(self) -> None:
        """Makes sure that it can carry. Raises DepositaryError: then no letter is claimed."""

    def carry(self, to: str, message: bytes, name: str) -> Attempt:
        """Carries one message; `name` is what a file of it would be called. Raises nothing of its own."""

    def close(self) -> None:
        """Ends the connection."""
