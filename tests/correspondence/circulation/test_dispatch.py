"""The letters of an edition: each mission's language, what is in clear, what fails, and nothing twice."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread

import pytest
import sqlalchemy as sa

from depositary.correspondence.circulation import decisions
from depositary.correspondence.circulation.dispatch import circulate_edition
from depositary.correspondence.circulation.due import due_at
from depositary.correspondence.circulation.editions import EditionRefused, KeptEdition
from depositary.correspondence.mail.decisions import agree_outcome, note_outcome, overdue, propose_outcome
from depositary.correspondence.mail.outbox import Sender
from depositary.correspondence.mail.steps import letters
from depositary.correspondence.mail.tables import EditionStepRow
from depositary.register.seal import Seal
from depositary.register.store import Store
from tests.correspondence.circulation.sample_registers import (
    AT,
    FLORA,
    RUDOLF,
    TREATY,
    codes,
    parties,
)
from tests.correspondence.mail.sink import Sink


def text_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_each_mission_reads_its_own_language_and_no_list_in_clear(
    store: Store, seal: Seal, sender: Sender, sink: Sink, approved: Callable[..., KeptEdition]
) -> None:
    own = parties(40, certificates=False).registers()
    circulate_edition(store, own, approved(own), seal, sink.server(), sender, RUDOLF)
    by_language = {one["To"]: one for one in sink.messages}
    arabic, chinese = (by_language[f"mission.{codes(40)[place].lower()}@example.int"] for place in (4, 5))
    assert "جهات الاتصال" in arabic["Subject"]
    assert "联络点" in chinese["Subject"]
    for message in sink.messages:
        content = message.as_bytes()
        names = [part.get_filename() for part in message.iter_attachments()]
        assert len(names) == 2  # the note and the manifest, no list
        assert b"+1202555" not in content
    assert "البعثة الدائمة" in text_of(arabic, "plain")
    assert text_of(arabic, "html").count('dir="rtl"') == 1


def test_in_clear_only_where_an_officer_chose_so(
    store: Store, seal: Seal, sender: Sender, sink: Sink, approved: Callable[..., KeptEdition]
) -> None:
    own = parties(40, certificates=False).registers()
    kept = approved(own, in_clear_by="flora")
    assert {one.manner for one in kept.edition.recipients} == {"clear"}
    circulate_edition(store, own, kept, seal, sink.server(), sender, RUDOLF)
    names = [part.get_filename() for part in sink.messages[4].iter_attachments()]
    assert len(names) == 4
    assert any("جهات الاتصال" in name and name.endswith(".csv") for name in names if name)
    assert b"+1202555" in b"".join(
        bytes(part.get_payload(decode=True))
        for part in sink.messages[0].iter_attachments()
        if (part.get_filename() or "").endswith(".csv")
    )


def test_running_it_again_does_nothing(
    store: Store, seal: Seal, sender: Sender, sink: Sink, approved: Callable[..., KeptEdition]
) -> None:
    own = parties(40).registers()
    kept = approved(own)
    assert circulate_edition(store, own, kept, seal, sink.server(), sender, RUDOLF).done["accepted"] == 40
    assert circulate_edition(store, own, kept, seal, sink.server(), sender, RUDOLF).done.total() == 0
    assert len(sink.taken) == len(set(sink.recipients)) == 40
    parsed = message_from_bytes(sink.taken[0][1], policy=policy.default)
    assert parsed["Content-Type"].startswith("application/pkcs7-mime")


def test_what_was_refused_keeps_it_from_being_closed(
    store: Store, seal: Seal, sender: Sender, sink: Sink, approved: Callable[..., KeptEdition]
) -> None:
    own = parties(40).registers()
    kept = approved(own)
    bad = {f"mission.{code.lower()}@example.int" for code in codes(40)[:10]}
    sink.at_recipient = lambda to, attempt: "550 5.1.1 no such user" if to in bad else ""
    done = circulate_edition(store, own, kept, seal, sink.server(), sender, RUDOLF)
    assert (done.done["accepted"], done.done["refused"]) == (30, 10)
    with pytest.raises(EditionRefused, match=r"not settled \(10\)"):
        decisions.close(store, kept.name, seal, RUDOLF)
    with store.session() as session:
        refused = [one for one in letters(session, seal, kept.name) if one.state == "refused"]
        every = letters(session, seal, kept.name)
    assert {one.recipient for one in refused} == set(codes(40)[:10])
    told = due_at(own, [kept], every, TREATY, AT + timedelta(hours=2))
    assert len(told.to_resolve) == 10
    assert told.is_alarming
    for letter in refused:
        with store.session(writing=True) as session:
            propose_outcome(session, letter.number, "delivered", "handed over at the counter", seal, FLORA)
            agree_outcome(session, letter.number, "delivered", seal, RUDOLF)
    assert decisions.close(store, kept.name, seal, RUDOLF).state == "closed"


def test_unknown_letters_are_resolved_by_two_and_no_edition_closes_before(
    store: Store, seal: Seal, sender: Sender, sink: Sink, approved: Callable[..., KeptEdition]
) -> None:
    own = parties(40).registers()
    kept = approved(own)
    lost = [f"mission.{code.lower()}@example.int" for code in codes(40)[:2]]
    sink.after_data = lambda to, attempt: "drop" if to in lost and attempt == 1 else ""
    circulate_edition(store, own, kept, seal, sink.server(), sender, RUDOLF)
    with store.session() as session:
        every = letters(session, seal, kept.name)
    unknown = [one for one in every if one.state == "unknown"]
    assert [one.copy for one in unknown] == [1, 2]
    hour = max(one.posted_at for one in every) + timedelta(hours=1)
    assert [one.copy for one in overdue(every, hour)] == [1, 2]
    assert overdue(every, hour - timedelta(seconds=1)) == []
    row = {"edition": kept.name, "step": 2, "what": "closed", "done_by": "rudolf", "done_at": "x"}
    more = {"shown": "", "key": "", "signature": "", "reason": ""}
    with pytest.raises(sa.exc.DBAPIError, match="every letter"), store.session(writing=True) as session:
        session.connection().execute(sa.insert(EditionStepRow), row | more)
    with store.session(writing=True) as session:
        propose_outcome(session, unknown[0].number, "resend", "the mission has nothing", seal, FLORA)
        propose_outcome(session, unknown[1].number, "delivered", "the mission has copy 2", seal, FLORA)
    for wrong, choice in ((FLORA, "resend"), (RUDOLF, "delivered")):
        with pytest.raises(Exception, match="Nothing was done"), store.session(writing=True) as session:
            agree_outcome(session, unknown[0].number, choice, seal, wrong)  # type: ignore[arg-type]
    with store.session(writing=True) as session:
        agree_outcome(session, unknown[0].number, "resend", seal, RUDOLF)
        agree_outcome(session, unknown[1].number, "delivered", seal, RUDOLF)
        note_outcome(session, every[5].number, "received", "NV 12/2028", seal, FLORA)
    circulate_edition(store, own, kept, seal, sink.server(), sender, RUDOLF)
    again = [(one["Message-ID"], one["X-Copy"]) for one in sink.messages if one["To"] == lost[0]]
    assert len(again) == 2
    assert again[0] == again[1]
    assert decisions.close(store, kept.name, seal, RUDOLF).state == "closed"
    with store.session() as session:
        said = session.connection().execute(sa.text("SELECT done_by, what FROM audit ORDER BY number")).all()
    assert ("flora", "letter: proposed") in {tuple(row) for row in said}
    assert ("rudolf", "letter: resend") in {tuple(row) for row in said}


def test_a_bounce_opens_a_letter_again(
    store: Store, seal: Seal, sender: Sender, sink: Sink, approved: Callable[..., KeptEdition]
) -> None:
    own = parties(40).registers()
    kept = approved(own)
    circulate_edition(store, own, kept, seal, sink.server(), sender, RUDOLF)
    with store.session(writing=True) as session:
        note_outcome(session, 1, "bounced", "mailbox full", seal, FLORA)
    with pytest.raises(EditionRefused, match=r"not settled \(1\)"):
        decisions.close(store, kept.name, seal, RUDOLF)


def test_two_circulations_at_once_send_nothing_twice(
    store: Store, seal: Seal, sender: Sender, sink: Sink, approved: Callable[..., KeptEdition]
) -> None:
    own = parties(40).registers()
    kept = approved(own)
    found, faults = [], []

    def run() -> None:
        try:
            found.append(circulate_edition(store, own, kept, seal, sink.server(), sender, RUDOLF))
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sum(one.done["accepted"] for one in found) == 40
    assert len(sink.taken) == len(set(sink.recipients)) == len(sink.recipients) == 40
    circulate_edition(store, own, kept, seal, sink.server(), sender, RUDOLF)
    assert len(sink.taken) == 40
