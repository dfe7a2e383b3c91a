"""The outbox: posted once, sent once, with an outcome for each; on both databases."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from depositary.correspondence.mail.folder import LetterFolder
from depositary.correspondence.mail.letters import Attachment, Letter
from depositary.correspondence.mail.outbox import Sender, post, send_letters
from depositary.correspondence.mail.outcomes import PAUSES
from depositary.correspondence.mail.steps import LetterStep, insert, letters
from depositary.correspondence.mail.turn import turn
from depositary.desk.audit import Doing
from depositary.register.seal import Seal
from depositary.register.store import Store
from tests.correspondence.mail.sink import DROP, Sink, serving

AT = datetime(2028, 3, 1, 15, 0, tzinfo=UTC)
DOING = Doing("flora", AT)
LIST = Attachment("list.pdf", b"the protected list, +12025550143", "application/pdf")


def address(number: int) -> str:
    return f"mission{number:03d}@example.int"


def letter(number: int = 1, **more: object) -> Letter:
    return Letter(address(number), "The list", "Copy", attachments=(LIST,), **more)  # type: ignore[arg-type]


def posted(store: Store, seal: Seal, number: int, edition: str = "2028/1") -> None:
    with store.session(writing=True) as session:
        for place in range(1, number + 1):
            post(session, edition, f"S{place:03d}", letter(place), seal, DOING)


def states(store: Store, seal: Seal, edition: str = "2028/1") -> dict[str, str]:
    with store.session() as session:
        return {one.recipient: one.state for one in letters(session, seal, edition)}


def test_a_letter_is_posted_once_and_sent_once(store: Store, seal: Seal, sender: Sender, sink: Sink) -> None:
    posted(store, seal, 3)
    posted(store, seal, 3)
    done = send_letters(store, seal, sink.server(), sender)
    assert done.done == Counter(accepted=3)
    assert sink.recipients == [address(1), address(2), address(3)]
    assert [one["X-Copy"] for one in sink.messages] == ["1", "2", "3"]
    assert len({one["Message-ID"] for one in sink.messages}) == 3
    assert all([one.get_content() for one in each.iter_attachments()] == [LIST.content] for each in sink.messages)
    assert send_letters(store, seal, sink.server(), sender).done == Counter(unknown=0)
    assert len(sink.taken) == 3


def test_every_answer_of_the_server_is_a_state(store: Store, seal: Seal, sender: Sender, sink: Sink) -> None:
    posted(store, seal, 7)
    said = {2: "550 5.1.1 no such user", 3: "451 4.7.1 greylisted", 4: ""}
    sink.at_recipient = lambda to, attempt: next((text for place, text in said.items() if to == address(place)), "")
    data = {address(4): DROP, address(5): "554 5.6.0 not this", address(6): "452 4.3.1 full"}
    sink.at_data = lambda to, attempt: data.get(to, "") if attempt == 1 else ""
    done = send_letters(store, seal, sink.server(), sender, now=lambda: AT)
    found = states(store, seal)
    assert (found["S001"], found["S007"]) == ("accepted", "accepted")
    assert (found["S002"], found["S005"]) == ("refused", "refused")
    assert (found["S003"], found["S006"]) == ("deferred", "deferred")
    assert found["S004"] == "unknown"  # the end was sent, and no answer came
    assert done.done == Counter(found.values())
    with store.session() as session:
        words = {one.recipient: one.said for one in letters(session, seal)}
    assert words["S002"] == "550 5.1.1 no such user"
    again = send_letters(store, seal, sink.server(), sender, now=lambda: AT + PAUSES[0])
    assert again.done == Counter(accepted=1, deferred=1, unknown=0)
    assert len(sink.taken) == len({to for to, _ in sink.taken}) == 3


def test_pauses_grow_until_a_letter_is_given_up(store: Store, seal: Seal, sender: Sender, sink: Sink) -> None:
    posted(store, seal, 1)
    sink.at_recipient = lambda to, attempt: "451 later"
    at, waits = AT, []
    for _ in range(len(PAUSES)):
        send_letters(store, seal, sink.server(), sender, now=partial(datetime.fromisoformat, at.isoformat()))
        with store.session() as session:
            (letter,) = letters(session, seal)
        again = letter.steps[-1].again_at
        assert again is not None
        early = again - timedelta(seconds=1)
        assert not send_letters(
            store, seal, sink.server(), sender, now=partial(datetime.fromisoformat, early.isoformat())
        ).done.total()
        waits.append(again - at)
        at = again
    assert waits == sorted(waits) == list(PAUSES)
    assert send_letters(store, seal, sink.server(), sender, now=lambda: at).done["given up"] == 1
    assert states(store, seal) == {"S001": "given up"}
    assert sink.attempts[address(1)] == len(PAUSES) + 1


def test_a_claim_whose_sender_is_gone_is_unknown_and_is_not_sent_again(
    store: Store, seal: Seal, sender: Sender, sink: Sink
) -> None:
    posted(store, seal, 2)
    with store.session(writing=True) as session:
        insert(session, 1, 1, LetterStep("claimed", "sender", AT), seal)
    assert send_letters(store, seal, sink.server(), sender).done == Counter(unknown=1, accepted=1)
    assert sink.recipients == [address(2)]
    assert states(store, seal) == {"S001": "unknown", "S002": "accepted"}


def test_a_second_sender_has_no_turn(store: Store, seal: Seal, sender: Sender, sink: Sink) -> None:
    posted(store, seal, 1)
    with turn(store) as mine:
        assert mine
        assert send_letters(store, seal, sink.server(), sender).elsewhere
    assert sink.recipients == []
    assert not send_letters(store, seal, sink.server(), sender).elsewhere


@pytest.mark.parametrize("kind", ["no TLS", "another authority", "another name", "nothing listens"])
def test_no_tls_or_a_wrong_certificate_and_nothing_is_sent(
    sqlite: Store, seal: Seal, sender: Sender, tmp_path: Path, kind: str
) -> None:
    posted(sqlite, seal, 2)
    with serving(tmp_path / "bad", tls=kind != "no TLS") as sink:
        server = sink.server()
        if kind == "another authority":
            from depositary.correspondence.mail.smtp import MailServer

            server = MailServer(sink.url, "treaties@example.int")
        elif kind == "another name":
            server = sink.server(url=sink.url.replace("127.0.0.1", "127.0.0.2"))
        elif kind == "nothing listens":
            server = sink.server(url="smtp://127.0.0.1:1")
        done = send_letters(sqlite, seal, server, sender)
        assert "Nothing was sent" in done.stopped
        assert sink.recipients == []
        assert sink.taken == []
    assert set(states(sqlite, seal).values()) == {"queued"}


def test_tls_from_the_first_byte(sqlite: Store, seal: Seal, sender: Sender, tmp_path: Path) -> None:
    posted(sqlite, seal, 1)
    with serving(tmp_path / "implicit", implicit=True) as sink:
        assert send_letters(sqlite, seal, sink.server(), sender).done == Counter(accepted=1, unknown=0)


def test_nothing_of_a_letter_is_in_any_byte_of_the_database(
    sqlite: Store, seal: Seal, sender: Sender, sink: Sink, tmp_path: Path
) -> None:
    sink.at_recipient = lambda to, attempt: f"550 no such user {to}"
    posted(sqlite, seal, 2)
    send_letters(sqlite, seal, sink.server(), sender)
    sqlite.close()
    files = [path for path in tmp_path.iterdir() if path.name.startswith("register.sqlite")]
    assert files
    for path in files:
        content = path.read_bytes()
        for secret in (b"mission001@", b"+12025550143", b"The list", b"no such user"):
            assert secret not in content, (path, secret)


def test_the_database_refuses_what_no_code_does(store: Store, seal: Seal) -> None:
    posted(store, seal, 1)
    with store.session(writing=True) as session:
        insert(session, 1, 1, LetterStep("unknown", "sender", AT), seal)
        insert(session, 1, 2, LetterStep("proposed", "flora", AT, "it was seen", "delivered"), seal)
    for wrong in (
        LetterStep("delivered", "flora", AT),  # the same person
        LetterStep("resend", "rudolf", AT),  # not what was proposed
    ):
        with pytest.raises(sa.exc.DBAPIError, match="second person"), store.session(writing=True) as session:
            insert(session, 1, 3, wrong, seal)
    for statement in (
        "UPDATE letter SET recipient = 'X'",
        "DELETE FROM letter_step",
        "DELETE FROM letter_part",
        "INSERT INTO letter_step VALUES (1, 9, 'lost', '', 'x', '', '', '')",
        "INSERT INTO letter_step VALUES (1, 9, 'deferred', '', 'x', '', '', '')",
        "INSERT INTO letter (edition, recipient, copy, message_id, sealed, posted_by, posted_at) "
        "SELECT edition, recipient, 2, 'other', sealed, posted_by, posted_at FROM letter",
    ):
        with pytest.raises(sa.exc.DBAPIError), store.session(writing=True) as session:
            session.execute(sa.text(statement))
    with store.session(writing=True) as session:
        insert(session, 1, 3, LetterStep("delivered", "rudolf", AT), seal)
    assert states(store, seal) == {"S001": "delivered"}


def test_without_a_mail_server_letters_are_files(sqlite: Store, seal: Seal, sender: Sender, tmp_path: Path) -> None:
    posted(sqlite, seal, 2)
    assert send_letters(sqlite, seal, LetterFolder(tmp_path / "outbox"), sender).done == Counter(written=2, unknown=0)
    files = sorted((tmp_path / "outbox").iterdir())
    assert [path.name for path in files] == ["2028-1-001-S001.eml", "2028-1-002-S002.eml"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files)
    assert b"To: mission001@example.int" in files[0].read_bytes()


def test_attachments_of_many_letters_are_kept_once(sqlite: Store, seal: Seal) -> None:
    posted(sqlite, seal, 5)
    with sqlite.session() as session:
        assert (
            len(session.connection().execute(sa.select(sa.text("name")).select_from(sa.text("letter_part"))).all()) == 1
        )
