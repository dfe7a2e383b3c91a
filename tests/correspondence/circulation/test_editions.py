"""Editions: who receives, what is frozen, by whom it is approved, and that the registers give it again."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa

from depositary.correspondence.circulation import decisions, editions
from depositary.correspondence.circulation.dispatch import HELD_BACK, circulate_edition, letters_of
from depositary.correspondence.circulation.editions import EditionRefused, KeptEdition
from depositary.correspondence.circulation.lists import change_rows, cover_note, list_files
from depositary.correspondence.circulation.preparation import edition_list, new_edition, recipients, remake
from depositary.correspondence.circulation.rehearsal import differing, rehearse
from depositary.correspondence.mail.outbox import Sender
from depositary.correspondence.mail.steps import letters
from depositary.correspondence.mail.tables import EditionStepRow
from depositary.errors import BadInput
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.words import AVAILABLE, language
from tests.correspondence.circulation.sample_registers import (
    AT,
    BEGUN,
    FIRST,
    FLORA,
    FORCE,
    LATER,
    RUDOLF,
    SECOND,
    TREATY,
    codes,
    designation,
    mission,
    parties,
)
from tests.correspondence.mail.sink import Sink


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
        with pytest.raises(EditionRefused, match="is approved by a second person"):
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


def test_what_is_prepared_after_a_withdrawal_is_the_edition_of_its_year() -> None:
    own = parties(40).registers()
    withdrawn = KeptEdition(new_edition(own, [], TREATY, 2028, FIRST, AT), "flora", AT)
    edition = new_edition(own, [withdrawn], TREATY, 2028, FIRST, AT)
    assert edition.name == "2028/2"
    listed, kept = edition_list(own, edition, []), KeptEdition(edition, "flora", AT)
    for to, letter in letters_of(listed, kept, list(edition.recipients[:1])):
        told = cover_note(kept, to, listed, language("en"))
        assert told["reference"] == "Edition 2028, as of 1 March 2028"
        assert letter.subject.endswith("edition 2028")
        read = [
            letter.subject,
            letter.text,
            letter.html,
            *map(str, told.values()),
            *(one.name for one in letter.attachments),
        ]
        assert not [text for text in read if "2028/2" in text or "2028-2" in text]
        assert "Edition 2028, as of" in letter.text


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
    for code in AVAILABLE:
        told = [row[0] for row in change_rows(listed, language(code))]
        assert len(told) == 3
        assert told == sorted(told, key=language(code).sort_key)


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
