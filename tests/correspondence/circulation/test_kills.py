"""Killed in the middle of a circulation, over a mail server that misbehaves: nothing lost, nothing twice."""

from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from depositary.correspondence.mail.steps import Posted, letters
from depositary.register.recording import record
from depositary.register.seal import Seal
from depositary.register.store import Store
from tests.correspondence.circulation.killed import PARTIES
from tests.correspondence.circulation.sample_registers import AT
from tests.correspondence.mail.sink import DROP, Sink
from tests.kills import tried
from tests.register.sample_acts import RATIFIED

KILLS = 5
"""On each database."""


def part(to: str, of: int) -> int:
    """A number that is always the same for an address."""
    return int(sha256(to.encode()).hexdigest(), 16) % of


def misbehaving(sink: Sink) -> None:
    """Refuses 5 %, defers 10 % at first, cuts the connection in 3 % of messages and after 3 % of them."""
    sink.at_recipient = lambda to, attempt: (
        "550 5.1.1 no such user"
        if part(to, 20) == 0
        else "451 4.7.1 later"
        if part(to, 10) == 1 and attempt == 1
        else ""
    )
    sink.amid_data = lambda to, attempt: part(to, 33) == 2 and attempt == 1
    sink.after_data = lambda to, attempt: DROP if part(to, 33) == 3 else ""


def test_no_letter_is_lost_and_none_is_taken_twice(
    store: Store, seal: Seal, sink: Sink, tmp_path: Path, many: Callable[[int], int], injected: Callable[..., None]
) -> None:
    record(RATIFIED, "clerk", AT, store)
    misbehaving(sink)
    trials = "tests.correspondence.circulation.killed"
    told = tried(trials, store.url, tmp_path / "keys", sink.url, sink.authority, many(KILLS), 7)
    injected(told["kills"])
    assert told["kills"] == many(KILLS)
    with store.session() as session:
        posted = letters(session, seal)
    check(posted, sink, told["kills"], told["editions"])


def check(posted: list[Posted], sink: Sink, kills: int, editions: int) -> None:
    assert len(posted) == editions * PARTIES
    states = Counter(one.state for one in posted)
    print(states, f"{kills} kills, {editions} editions")
    assert set(states) <= {"accepted", "refused", "unknown"}
    assert min(states["accepted"], states["refused"], states["unknown"]) > 0
    taken = Counter(one["X-Edition"] + " " + one["To"] for one in sink.messages)
    assert max(taken.values()) == 1, "a letter was taken twice"
    for letter in posted:
        was_taken = taken[f"{letter.edition} {letter.to}"]
        assert was_taken or letter.state != "accepted", "a letter is lost"
        assert not was_taken or letter.state in ("accepted", "unknown"), "a letter was taken, and nobody knows"
    drops = sum(part(one.to, 33) == 3 for one in posted)
    assert states["unknown"] <= kills + drops
