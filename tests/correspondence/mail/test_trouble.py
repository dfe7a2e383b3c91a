"""A mail server that is slow, down, or puts off for an hour; and a restored backup, which sends nothing."""

import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from depositary.correspondence.mail.letters import Letter
from depositary.correspondence.mail.outbox import Sender, post, send_letters
from depositary.correspondence.mail.smtp import TIMEOUT
from depositary.correspondence.mail.steps import letters
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
    assert TIMEOUT == 60
    stuck = {address(2)}
    sink.slow = lambda to, attempt: 12 if to in stuck and attempt == 1 else 0
    assert send_letters(sqlite, seal, server, sender, now=lambda: AT).done == Counter(accepted=2, deferred=1, unknown=0)
    again = send_letters(sqlite, seal, sink.server(), sender, now=lambda: AT + timedelta(minutes=2))
    assert again.done == Counter(accepted=1, unknown=0)
    assert len(sink.taken) == 3


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
