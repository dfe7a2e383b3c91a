"""A mail server that is slow, down, or puts off for an hour; and a restored backup, which sends nothing."""

import io
import socket
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from depositary.correspondence.mail import smtp
from depositary.correspondence.mail.letters import Letter
from depositary.correspondence.mail.outbox import Sender, post, send_letters
from depositary.correspondence.mail.outcomes import Outcome
from depositary.correspondence.mail.smtp import LONGEST, TIMEOUT, MailServer
from depositary.correspondence.mail.steps import letters
from depositary.errors import DepositaryError
from depositary.register.dump import restore_dump, write_dump
from depositary.register.heads import Keys
from depositary.register.seal import Seal
from depositary.register.store import Store
from tests.correspondence.mail.sink import Sink
from tests.correspondence.mail.test_outbox import DOING, address, posted, states

AT = datetime(2028, 3, 1, 15, 0, tzinfo=UTC)


def test_every_socket_has_its_time(sqlite: Store, seal: Seal, sender: Sender, sink: Sink) -> None:
    """A server that does not answer in time costs one letter its attempt, and stops nothing."""
    posted(sqlite, seal, 3)
    server = sink.server(timeout=4)
    assert (TIMEOUT, LONGEST) == (60, 600)
    stuck = {address(2)}
    sink.slow = lambda to, attempt: 12 if to in stuck and attempt == 1 else 0
    assert send_letters(sqlite, seal, server, sender, now=lambda: AT).done == Counter(accepted=2, deferred=1, unknown=0)
    again = send_letters(sqlite, seal, sink.server(), sender, now=lambda: AT + timedelta(minutes=2))
    assert again.done == Counter(accepted=1, unknown=0)
    assert len(sink.taken) == 3


@dataclass
class Timers:
    """The timers that run; their time is over when a test says so."""

    running: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def __call__(self, seconds: float, work: Callable[[], None]) -> "Timers":
        self.running.append((seconds, work))
        return self

    def start(self) -> None:
        assert [seconds for seconds, _ in self.running] == [LONGEST]

    def cancel(self) -> None:
        self.running.clear()

    def end(self) -> None:
        for _, work in [*self.running]:
            work()


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> Timers:
    timers = Timers()
    monkeypatch.setattr(smtp, "Timer", timers)
    return timers


@pytest.mark.parametrize(("moment", "outcome"), [("recipient", "deferred"), ("message", "unknown")])
def test_a_server_that_answers_for_hours_is_hung_up_on(
    sqlite: Store, seal: Seal, sender: Sender, sink: Sink, timers: Timers, moment: str, outcome: Outcome
) -> None:
    """It is never silent: each line comes in time, and says that another line follows."""

    def endless(to: str, now: str) -> bool:
        stuck = (to, now) == (address(1), moment)
        if stuck and not hung_up:  # a later line would end the time of the connection that follows
            hung_up.append(to)
            timers.end()
        return stuck

    hung_up: list[str] = []
    posted(sqlite, seal, 2)
    sink.endless = endless
    done = send_letters(sqlite, seal, sink.server(), sender, now=lambda: AT).done
    assert done == Counter({"accepted": 1, outcome: 1, "unknown": int(outcome == "unknown")})


@pytest.mark.parametrize(
    ("scheme", "first", "then"),
    [("smtp", b"", b"220-wait\r\n"), ("smtp", b"220 ", b"x"), ("smtps", b"\x16\x03\x03\xff\xff", b"\0")],
    ids=["lines", "letters", "keys"],
)
def test_a_server_that_greets_for_hours_is_left(timers: Timers, scheme: str, first: bytes, then: bytes) -> None:
    def drip() -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            connection.sendall(first)
            while True:
                connection.sendall(then)
                timers.end()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        dripping = Thread(target=drip)
        dripping.start()
        url = f"{scheme}://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(DepositaryError, match="Nothing was sent by it"):
            MailServer(url, "treaties@example.int").ready()
        dripping.join()


def test_greylisting_for_an_hour_ends_well(sqlite: Store, seal: Seal, sender: Sender, sink: Sink) -> None:
    posted(sqlite, seal, 5)
    at = AT
    while at < AT + timedelta(hours=6):
        sink.at_recipient = lambda to, attempt: "451 4.7.1 come back" if at < AT + timedelta(hours=1) else ""  # noqa: B023
        send_letters(sqlite, seal, sink.server(), sender, now=lambda: at)  # noqa: B023
        at += timedelta(minutes=5)
    assert set(states(sqlite, seal).values()) == {"accepted"}
    assert len(sink.taken) == 5
    assert max(sink.attempts.values()) < 10  # pauses grow: no hammering


def test_a_server_that_is_down_costs_no_letter_an_attempt(
    sqlite: Store, seal: Seal, sender: Sender, sink: Sink
) -> None:
    posted(sqlite, seal, 2)
    for _ in range(20):
        assert send_letters(sqlite, seal, sink.server(url="smtp://127.0.0.1:1"), sender).stopped
    with sqlite.session() as session:
        assert [one.steps for one in letters(session, seal)] == [(), ()]
    assert send_letters(sqlite, seal, sink.server(), sender).done["accepted"] == 2


def test_a_restored_outbox_sends_nothing(store: Store, seal: Seal, sender: Sender, sink: Sink, tmp_path: Path) -> None:
    posted(store, seal, 3)
    sink.at_recipient = lambda to, attempt: "451 later" if to == address(2) else ""
    send_letters(store, seal, sink.server(), sender)
    with store.session(writing=True) as session:
        post(session, "C.N.1", "S009", Letter(address(9), "A notification", "Text"), seal, DOING)
    out = io.StringIO()
    write_dump(store, out, with_desk=True)
    assert "mission001@" not in out.getvalue()
    taken = len(sink.taken)
    sink.at_recipient = lambda to, attempt: ""
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}", Keys(tmp_path / "keys"))
    other.migrate()
    restore_dump(other, io.StringIO(out.getvalue()), "backup")
    assert send_letters(other, seal, sink.server(), sender, now=lambda: AT + timedelta(days=400)).done.total() == 0
    assert len(sink.taken) == taken
    with other.session() as session:
        found = {one.recipient: one.state for one in letters(session, seal)}
    assert found == {"S001": "accepted", "S002": "unknown", "S003": "accepted", "S009": "unknown"}
    other.close()
