"""Editions: who receives, what is frozen, by whom it is approved, and that the registers give it again."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from threading import Thread

import pytest
import sqlalchemy as sa

from depositary.correspondence.circulation import decisions, editions
from depositary.correspondence.circulation.dispatch import HELD_BACK, circulate_edition
from depositary.correspondence.circulation.due import due_at
from depositary.correspondence.circulation.editions import EditionRefused, KeptEdition
from depositary.correspondence.circulation.lists import list_files
from depositary.correspondence.circulation.preparation import edition_list, new_edition, recipients, remake
from depositary.correspondence.circulation.rehearsal import differing, rehearse
from depositary.correspondence.mail.decisions import agree_outcome, note_outcome, overdue, propose_outcome
from depositary.correspondence.mail.outbox import Sender
from depositary.correspondence.mail.steps import letters
from depositary.correspondence.mail.tables import EditionStepRow
from depositary.desk.audit import Doing
from depositary.errors import BadInput
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.words import AVAILABLE
from tests.correspondence.circulation.sample_registers import (
    AT,
    BEGUN,
    FIRST,
    LATER,
    SECOND,
    TREATY,
    codes,
    designation,
    mission,
    parties,
)
from tests.correspondence.mail.sink import Sink

FLORA, RUDOLF = Doing("flora", AT), Doing("rudolf", AT)
FORCE = date(2026, 5, 31)
"""The ninetieth day after the fortieth instrument."""


def receiving(own: object, on: date, *, contracting: bool = False) -> tuple[str, ...]:
    found, lacking = recipients(own, TREATY, on, LATER, contracting=contracting)  # type: ignore[arg-type]
    return tuple(sorted((*(one.participant for one in found), *lacking)))


class TestWhoReceives:
    def test_the_parties_on_the_day_and_nobody_else(self) -> None:
        own = (
            parties(40).act("ZWE", "ratification", date(2026, 6, 10), BEGUN).act("URY", "signature", date(2025, 10, 25))
        )
        assert receiving(own.registers(), FORCE - timedelta(days=1)) == ()
        assert receiving(own.registers(), FORCE) == codes(40)
        assert receiving(own.registers(), date(2026, 7, 9)) == codes(40)
        assert receiving(own.registers(), date(2026, 7, 10)) == (*codes(40), "ZWE")

    def test_contracting_states_only_where_an_officer_chose_so(self) -> None:
        own = parties(40)
        assert receiving(own.registers(), FORCE - timedelta(days=1), contracting=True) == codes(40)

    def test_a_state_that_denounces_receives_until_the_day_of_effect(self) -> None:
        own = parties(41).act(codes(41)[0], "denunciation", date(2028, 2, 10), AT)
        assert codes(41)[0] in receiving(own.registers(), date(2029, 2, 9))
        assert codes(41)[0] not in receiving(own.registers(), date(2029, 2, 10))

    def test_an_organization_that_is_a_party_receives(self) -> None:
        own = parties(41).act("EU", "declaration", date(2026, 4, 1), provision="64(3)", text="competence")
        own.act("FRA", "ratification", date(2026, 4, 1)).act("EU", "approval", date(2026, 4, 1))
        assert "EU" in receiving(own.registers(), FIRST)

    def test_who_has_no_address_is_named(self) -> None:
        own = parties(40)
        lost = codes(40)[1]
        own.authority("mission", lost, mission=mission(lost, 1, email="mission@elsewhere.example.org"))
        edition = new_edition(own.registers(), [], TREATY, 2028, FIRST, AT)
        assert edition.lacking == (lost,)
        assert lost in edition.parties
        assert len(edition.recipients) == 39


class TestTwoPersonsAndAFrozenList:
    def test_nobody_approves_what_they_prepared(
        self, store: Store, seal: Seal, prepared: Callable[..., KeptEdition]
    ) -> None:
        own = parties(40).registers()
        kept = prepared(own)
        with pytest.raises(EditionRefused, match="prepared themselves"):
            decisions.approve(store, own, kept.name, kept.edition.digest, "40", seal, FLORA)
        row = {"edition": kept.name, "step": 1, "what": "approved", "done_by": "flora", "shown": kept.edition.digest}
        more = {"done_at": "x", "key": "k", "signature": "s" * 128, "reason": ""}
        with pytest.raises(sa.exc.DBAPIError, match="nobody approves"), store.session(writing=True) as session:
            session.connection().execute(sa.insert(EditionStepRow), row | more)

    @pytest.mark.parametrize("count", ["39", "41", "", "forty", "040"])
    def test_the_count_is_typed(
        self, store: Store, seal: Seal, prepared: Callable[..., KeptEdition], count: str
    ) -> None:
        own = parties(40).registers()
        kept = prepared(own)
        with pytest.raises(EditionRefused, match="40 letters"):
            decisions.approve(store, own, kept.name, kept.edition.digest, count, seal, RUDOLF)

    def test_one_address_that_changes_voids_it(
        self, store: Store, seal: Seal, prepared: Callable[..., KeptEdition]
    ) -> None:
        own = parties(40)
        kept = prepared(own.registers())
        own.authority(
            "mission", codes(40)[7], AT + timedelta(hours=1), mission=mission(codes(40)[7], 7, name="New name")
        )
        later = replace(RUDOLF, at=AT + timedelta(hours=2))
        with pytest.raises(EditionRefused, match="not as it was prepared"):
            decisions.approve(store, own.registers(), kept.name, kept.edition.digest, "40", seal, later)
        decisions.withdraw(store, kept.name, "an address has changed", seal, later)
        with store.session() as session:
            assert editions.present(session, 2028, seal) is None

    def test_an_address_that_changes_after_approval_holds_the_letter_back(
        self, store: Store, seal: Seal, sender: Sender, sink: Sink, approved: Callable[..., KeptEdition]
    ) -> None:
        own = parties(40)
        kept = approved(own.registers())
        code = codes(40)[7]
        own.authority("mission", code, AT, mission=mission(code, 7, email="evil@example.int"))
        done = circulate_edition(store, own.registers(), kept, seal, sink.server(), sender, RUDOLF)
        assert done.done["accepted"] == 39
        with store.session() as session:
            (held,) = [one for one in letters(session, seal, kept.name) if one.state != "accepted"]
        assert (held.recipient, held.state, held.said) == (code, "refused", HELD_BACK)
        assert "evil@example.int" not in sink.recipients

    def test_nothing_is_sent_before_a_second_person_approved(
        self, store: Store, seal: Seal, sender: Sender, sink: Sink, prepared: Callable[..., KeptEdition]
    ) -> None:
        own = parties(40).registers()
        kept = prepared(own)
        with pytest.raises(Exception, match="second person approves"):
            circulate_edition(store, own, kept, seal, sink.server(), sender, RUDOLF)
        assert sink.recipients == []

    def test_what_is_approved_is_signed_and_kept(
        self, store: Store, seal: Seal, approved: Callable[..., KeptEdition]
    ) -> None:
        kept = approved(parties(40).registers())
        with store.session() as session:
            assert editions.holds(session, kept)
            assert not editions.holds(session, replace(kept, edition=replace(kept.edition, year=2027)))
        for statement in ("UPDATE edition SET year = 2027", "DELETE FROM edition_step"):
            with pytest.raises(sa.exc.DBAPIError), store.session(writing=True) as session:
                session.execute(sa.text(statement))

    def test_a_year_has_one_edition(self, prepared: Callable[..., KeptEdition]) -> None:
        own = parties(40).registers()
        prepared(own)
        with pytest.raises(EditionRefused, match="edition of 2028 already"):
            prepared(own)
        with pytest.raises(BadInput, match="not a day of 2029"):
            new_edition(own, [], TREATY, 2029, FIRST, AT)


def second_year(seal: Seal, approved: Callable[..., KeptEdition]) -> tuple[object, KeptEdition, KeptEdition]:
    own = parties(40)
    first = approved(own.registers())
    changed, gone = codes(40)[3], codes(40)[5]
    own.authority("designation", changed, LATER, designation=designation(changed, unit="Night desk"), concerns=7)
    own.authority("withdrawal", gone, LATER - timedelta(days=9), concerns=11, reason="note verbale")
    own.act("ZWE", "accession", date(2028, 9, 1), LATER - timedelta(days=90))
    own.authority("designation", "ZWE", LATER - timedelta(days=90), designation=designation("ZWE"))
    own.authority("mission", "ZWE", LATER - timedelta(days=90), mission=mission("ZWE", 0, certificate=""))
    return own, first, approved(own.registers(), SECOND, LATER)


def test_a_second_year_marks_what_changed(seal: Seal, approved: Callable[..., KeptEdition]) -> None:
    own, first, second = second_year(seal, approved)
    assert (first.name, second.name, second.edition.before) == ("2028/1", "2029/1", "2028/1")
    listed = edition_list(own.registers(), second.edition, [first.edition])  # type: ignore[attr-defined]
    assert sorted((each.participant, each.what) for each in listed.changes) == [
        (codes(40)[3], "changed"),
        (codes(40)[5], "ended"),
        ("ZWE", "added"),
    ]
    rows = list(csv.DictReader(io.StringIO(list_files(listed)["list.csv"].decode(), newline="")))
    marked = {row["participant"]: row["changed_since"] for row in rows if row["changed_since"]}
    assert marked == {codes(40)[3]: "changed", "ZWE": "added"}


def test_an_edition_comes_back_byte_for_byte_years_later(
    tmp_path, seal: Seal, approved: Callable[..., KeptEdition]
) -> None:
    own, first, second = second_year(seal, approved)
    own.authority("withdrawal", codes(40)[8], LATER + timedelta(days=900), concerns=17)  # type: ignore[attr-defined]
    own.act(codes(40)[2], "denunciation", date(2031, 1, 1), LATER + timedelta(days=900))  # type: ignore[attr-defined]
    later = own.registers()  # type: ignore[attr-defined]
    for kept in (first, second):
        assert remake(later, kept.edition, [first, second]) == kept.edition
        assert differing(later, kept.edition, [first, second]) == []
    sender = Sender("treaties@example.int", "example.int")
    for folder in ("one", "two"):
        assert rehearse(later, second.edition, [first, second], tmp_path / folder, sender) == 41
    written = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir() if path.is_file()}
    assert {name: sha256(content).hexdigest() for name, content in written.items()} == dict(second.edition.files)
    assert set(written) == {"list.csv", *(f"list.{code}.pdf" for code in AVAILABLE)}
    note_only = "041-ZWE.eml"
    assert (tmp_path / "one/letters" / note_only).read_bytes() == (tmp_path / "two/letters" / note_only).read_bytes()
    fault = replace(second.edition, files=(("list.csv", "0" * 64), *second.edition.files[1:]))
    assert differing(later, fault, [first, second]) == ["list.csv"]


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
    assert "نقاط الاتصال" in arabic["Subject"]
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
    assert any("نقاط الاتصال" in name and name.endswith(".csv") for name in names if name)
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


def test_r20_what_was_refused_keeps_it_from_being_closed(
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


def test_r3_unknown_letters_are_resolved_by_two_and_no_edition_closes_before(
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


class TestDue:
    def test_when_the_next_circulation_falls(self, approved: Callable[..., KeptEdition]) -> None:
        own = parties(40)
        none = due_at(parties(39).registers(), [], [], TREATY, BEGUN + timedelta(hours=1))
        assert (none.next_on, none.is_overdue, none.is_alarming) == (None, False, False)
        assert due_at(own.registers(), [], [], TREATY, BEGUN + timedelta(hours=1)).next_on == FORCE
        assert due_at(own.registers(), [], [], TREATY, AT).is_overdue
        kept = approved(own.registers())
        after = due_at(own.registers(), [kept], [], TREATY, AT + timedelta(days=1))
        assert (after.next_on, after.is_overdue) == (SECOND, False)
        assert due_at(own.registers(), [kept], [], TREATY, LATER).is_overdue

    def test_who_lacks_what(self) -> None:
        own = parties(42)
        own.authority("mission", codes(42)[0], mission=mission(codes(42)[0], 0, certificate=""))
        own.authority("withdrawal", codes(42)[1], concerns=3)
        own.act("ZWE", "ratification", date(2026, 3, 3))
        told = due_at(own.registers(), [], [], TREATY, BEGUN + timedelta(days=3))
        assert (told.lacking, told.without_certificate, told.without_contact) == (
            ("ZWE",),
            (codes(42)[0],),
            (codes(42)[1], "ZWE"),
        )
        assert told.unconfirmed == ()
        late = due_at(own.registers(), [], [], TREATY, BEGUN + timedelta(days=367))
        assert len(late.unconfirmed) == 41


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
