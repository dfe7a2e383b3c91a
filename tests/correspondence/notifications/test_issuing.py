"""Issuing: numbers without gaps or doubles, the register's note, two persons, and that nothing issued is changed."""

import json
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from depositary.correspondence.notifications import corrections
from depositary.correspondence.notifications.archive import find, issued
from depositary.correspondence.notifications.comparison import Changed, Shown
from depositary.correspondence.notifications.corrections import Correction, Passage
from depositary.correspondence.notifications.issue import issue, issue_all, issue_correction
from depositary.correspondence.notifications.pdf import pdf_of
from depositary.correspondence.notifications.pending import pending
from depositary.correspondence.notifications.series import agree_first, propose_first
from depositary.desk.audit import Doing
from depositary.errors import BadInput
from depositary.law.acts import Act
from depositary.register.recording import record, rectify, strike_out
from depositary.register.side_tables import verify_side_tables
from depositary.register.store import Store
from depositary.register.transaction import Refused
from depositary.register.verification import verify_register
from depositary.treaties.collection import Collection
from depositary.words import AVAILABLE
from tests.correspondence.notifications.conftest import AT, ISSUED, act, forty
from tests.faults.conftest import injected
from tests.kills import tried

__all__ = ["injected"]

YEAR = 2027


def numbers(store: Store, year: int = YEAR) -> list[int]:
    with store.session() as session:
        return sorted(one.number for one in issued(session, year=year))


def recorded(store: Store, count: int) -> None:
    for instrument in forty()[:count]:
        record(instrument, "flora", AT - timedelta(days=1), store)


def to_be_issued(store: Store, treaties: Collection, on: date = ISSUED) -> list[tuple[int, str]]:
    with store.session() as session:
        there = issued(session)
    found = pending(treaties, lambda treaty: store.entries(0, treaty), there, ["XVIII-16"], on)
    return [event.key for event in found]


def test_a_notification_is_numbered_noted_and_proven(store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 2)
    first = issue(store, treaties, 1, "consent", rudolf, base_url="https://treaties.example.int")
    second = issue(store, treaties, 2, "consent", rudolf)
    assert (first.reference, second.reference) == ("C.N.1.2027.TREATIES-XVIII.16", "C.N.2.2027.TREATIES-XVIII.16")
    note = store.entries()[2]
    assert note.notice is not None
    assert (note.notice.concerns, note.notice.reference, note.notice.notified_on) == (1, first.reference, first.on)
    assert note.documents == (first.digest,), "the tree proves the content"
    assert verify_register(store).faults == ()
    told = json.loads(first.content)
    assert set(told["documents"]) == set(AVAILABLE)
    assert first.document("en").link == "https://treaties.example.int/cn/2027/1"
    head = store.head(told["head"]["size"])
    assert head is not None
    assert head.root == told["head"]["root"], "a signed head"


def test_issued_twice_is_issued_once(store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 1)
    first = issue(store, treaties, 1, "consent", rudolf)
    with pytest.raises(Refused, match=f"notified by {first.reference} on 2027-03-01"):
        issue(store, treaties, 1, "consent", rudolf)
    assert len(store.entries()) == 2


def test_the_numbers_run_over_all_treaties_and_begin_anew_each_year(
    store: Store, treaties: Collection, rudolf: Doing
) -> None:
    both = Collection(
        treaties.participants,
        {**treaties.treaties, "IV-11-b": treaties.treaties["XVIII-16"].model_copy(update={"id": "IV-11-b"})},
        treaties.folder,
    )
    recorded(store, 2)
    record(replace(act("S09", "accession", "2026-09-09"), treaty="IV-11-b"), "flora", AT, store)
    found = [
        issue(store, both, 1, "consent", rudolf).reference,
        issue(store, both, 3, "consent", rudolf).reference,
        issue(store, both, 2, "consent", replace(rudolf, at=datetime(2028, 1, 1, 12, tzinfo=UTC))).reference,
    ]
    assert found == [
        "C.N.1.2027.TREATIES-XVIII.16",
        "C.N.2.2027.TREATIES-IV.11.b",
        "C.N.1.2028.TREATIES-XVIII.16",
    ]


def test_the_year_is_new_yorks(store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 1)
    late = replace(rudolf, at=datetime(2028, 1, 1, 4, 59, tzinfo=UTC))
    assert issue(store, treaties, 1, "consent", late).on == date(2027, 12, 31)


def test_what_is_to_be_issued(store: Store, treaties: Collection, rudolf: Doing) -> None:
    for instrument in forty():
        record(instrument, "flora", AT, store)
    for place, source in enumerate(
        ("https://treaties.example.int", "UNTC XVIII-16", "C.N.3.2026.TREATIES-XVIII.16"), 41
    ):
        record(act(f"S{place}", "signature", "2026-03-02", source=source), "flora", AT, store)
    record(act("S44", "signature", "2026-03-02", source="Note verbale 12/2026"), "flora", AT, store)
    assert to_be_issued(store, treaties) == [
        *((number, "consent") for number in range(1, 41)),
        (40, "entry into force"),
        (44, "signature"),
    ], "an act that names where it was published was notified there"
    with pytest.raises(Refused, match="entry 1 first"):
        issue(store, treaties, 40, "entry into force", rudolf)
    issue(store, treaties, 1, "consent", rudolf)
    assert (1, "consent") not in to_be_issued(store, treaties)
    assert (2, "consent") in to_be_issued(store, treaties)


def test_all_that_waits_is_issued_together(store: Store, treaties: Collection, rudolf: Doing) -> None:
    """Forty instruments and the entry into force: in order, one transaction, all from one state of the register."""
    recorded(store, 40)
    waiting = to_be_issued(store, treaties)
    made = issue_all(store, treaties, rudolf)
    assert [(each.concerns, each.kind) for each in made] == waiting
    assert [each.number for each in made] == [*range(1, 42)]
    assert (made[-1].kind, made[-2].concerns) == ("entry into force", 40)
    assert all("10 April 2027" in "".join(p.text for p in each.document("en").paragraphs) for each in made)
    assert {json.loads(each.content)["head"]["size"] for each in made} == {40}
    assert to_be_issued(store, treaties) == []
    with pytest.raises(Refused, match="nothing that you can issue"):
        issue_all(store, treaties, rudolf)
    assert verify_register(store).faults == ()


def test_what_was_shown_is_what_is_issued(store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 3)
    shown = Shown(ISSUED, 3)
    record(forty()[3], "flora", AT, store)
    for call in (
        lambda: issue(store, treaties, 1, "consent", rudolf, shown=shown),
        lambda: issue_all(store, treaties, rudolf, shown=shown),
    ):
        with pytest.raises(Changed, match="changed since it was shown"):
            call()
    assert numbers(store) == []
    assert issue(store, treaties, 1, "consent", rudolf, shown=Shown(ISSUED, 4)).number == 1


def test_a_row_that_nobody_issued_is_named(store: Store, treaties: Collection, rudolf: Doing) -> None:
    """A row with the next number, written into the database, would take the number and the place of a real one."""
    recorded(store, 2)
    issue(store, treaties, 1, "consent", rudolf)
    forged = sa.text(
        "INSERT INTO notification SELECT year, 2, 'C.N.2.2027.TREATIES-XVIII.16', treaty, kind, participant, 2, "
        "correction, content, digest, issued_by, issued_at FROM notification"
    )
    with store.session(writing=True) as session:
        session.connection().execute(forged)
    with pytest.raises(Refused, match=r"nobody issued.*C\.N\.2\.2027"):
        issue(store, treaties, 2, "consent", rudolf)


def test_a_mistake_is_a_corrigendum(store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 1)
    first = issue(store, treaties, 1, "consent", rudolf)
    right = replace(forty()[0], date=date(2026, 12, 30))
    new = rectify(1, right, "flora", AT, store, reason="Misread.")
    with pytest.raises(Refused, match="notified by"):
        issue(store, treaties, 1, "consent", rudolf)
    assert to_be_issued(store, treaties) == [(new.number, "corrigendum")]
    second = issue(store, treaties, new.number, "corrigendum", rudolf)
    assert first.reference in "".join(one.text for one in second.document("en").paragraphs)
    gone = strike_out(new.number, "flora", AT, store, reason="Never deposited.")
    third = issue(store, treaties, gone.number, "withdrawn", rudolf)
    said = "".join(one.text for one in third.document("en").paragraphs)
    assert f"{first.reference} of 1 March 2027 is withdrawn" in said
    assert second.reference in said
    assert to_be_issued(store, treaties) == []
    with store.session() as session:
        assert find(session, first.reference) == first, "nothing issued is changed"


def test_what_does_not_follow_is_not_issued(store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 1)
    for number, kind in ((1, "entry into force"), (1, "signature"), (1, "nonsense"), (9, "consent")):
        with pytest.raises(Refused):
            issue(store, treaties, number, kind, rudolf)
    assert numbers(store) == []


def test_a_notification_that_cannot_be_set_takes_no_number(store: Store, treaties: Collection, rudolf: Doing) -> None:
    record(act("S01", "declaration", "2026-05-04", text="ᚠᚢᚦ"), "flora", AT, store)
    recorded(store, 1)
    with pytest.raises(Refused, match="cannot be set"):
        issue(store, treaties, 1, "declaration", rudolf)
    assert issue(store, treaties, 2, "consent", rudolf).number == 1


@pytest.mark.parametrize("change", ["UPDATE notification SET kind = 'x'", "DELETE FROM notification"])
def test_the_database_changes_nothing_issued(change: str, store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 1)
    issue(store, treaties, 1, "consent", rudolf)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), store.session(writing=True) as session:
        session.connection().execute(sa.text(change))


@pytest.mark.parametrize("number", [1, 3, 7])
def test_the_database_takes_no_number_but_the_next(
    number: int, store: Store, treaties: Collection, rudolf: Doing
) -> None:
    recorded(store, 1)
    issue(store, treaties, 1, "consent", rudolf)
    made = sa.text(
        f"INSERT INTO notification SELECT year, {number}, 'C.N.X', treaty, kind, participant, 99, correction, content, "  # noqa: S608
        "digest, issued_by, issued_at FROM notification"
    )
    wrong = pytest.raises(sa.exc.DBAPIError, match=r"the number after the last|never changed|(?i:unique)")
    with wrong, store.session(writing=True) as session:
        session.connection().execute(made)
    assert numbers(store) == [1]


def test_many_at_once_leave_neither_gap_nor_double(store: Store, treaties: Collection, rudolf: Doing) -> None:
    """Eight threads, each issuing what it finds, some of it the same, some of it refused."""
    recorded(store, 24)
    faults: list[BaseException] = []

    def work(seed: int) -> None:
        order = list(range(1, 26))
        random.Random(seed).shuffle(order)
        for number in order:
            try:
                issue(store, treaties, number, "consent", rudolf)
            except Refused as fault:
                if number != 25 and "notified by" not in fault.sentence:
                    faults.append(fault)
            except BaseException as fault:
                faults.append(fault)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert numbers(store) == list(range(1, 25))
    assert verify_register(store).faults == ()


def test_no_gap_after_issuers_are_killed(
    store: Store, treaties: Collection, rudolf: Doing, injected: Callable[..., None]
) -> None:
    """Processes killed at random moments, two at a time: what is there is numbered without a gap, and holds."""
    recorded(store, 24)
    told = tried("tests.correspondence.notifications.issuers", store.url, store.keys.folder, 3, 7)
    injected(told["kills"])
    assert told["gaps"] == []
    for number, kind in to_be_issued(store, treaties):
        issue(store, treaties, number, kind, rudolf)
    assert numbers(store) == list(range(1, 25))
    assert verify_register(store).faults == ()


def test_a_changed_notification_is_found(sqlite: Store, treaties: Collection, rudolf: Doing, tmp_path: Path) -> None:
    recorded(sqlite, 1)
    issued = issue(sqlite, treaties, 1, "consent", rudolf)
    with sqlite.session(writing=True) as session:
        session.connection().execute(sa.text("DROP TRIGGER notification_UPDATE"))
        session.connection().execute(
            sa.text("UPDATE notification SET content = replace(content, 'State 1', 'State 2')")
        )
    assert any(issued.reference in fault for fault in verify_register(sqlite).faults)


def test_the_kept_document_gives_the_same_pdf(store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 1)
    issued = issue(store, treaties, 1, "consent", rudolf)
    with store.session() as session:
        again = find(session, issued.reference)
    assert again is not None
    for code in AVAILABLE:
        assert pdf_of(issued.document(code)) == pdf_of(again.document(code))


PROPOSAL = Correction("XVIII-16", ("en", "fr"), (Passage("article 40(12)", "autority", "authority"),))
FLORA = Doing("flora", AT)


def proposed(store: Store, treaties: Collection, rudolf: Doing) -> str:
    with store.session(writing=True) as session:
        drafted = corrections.propose(session, "form", PROPOSAL, treaties.treaties, FLORA)
    return issue_correction(store, treaties, drafted.number, rudolf).reference


def test_a_correction_is_proposed_and_carried_out_after_ninety_days(
    store: Store, treaties: Collection, rudolf: Doing
) -> None:
    reference = proposed(store, treaties, rudolf)
    last = date(2027, 5, 30)
    assert last - date(2027, 3, 1) == timedelta(days=90)
    with store.session(writing=True) as session:
        with pytest.raises(BadInput, match="2027-05-30"):
            corrections.carry_out(session, "later", reference, last, FLORA)
        drafted = corrections.carry_out(session, "later", reference, last + timedelta(days=1), FLORA)
        assert corrections.carry_out(session, "again", reference, date(2027, 6, 2), FLORA) == drafted
    made = issue_correction(store, treaties, drafted.number, replace(rudolf, at=AT + timedelta(days=100)))
    assert (made.kind, made.number, made.concerns) == ("correction made", 2, 0)
    said = "".join(one.text for one in made.document("en").paragraphs)
    assert reference in said
    assert "authority" in said
    assert verify_register(store).faults == ()


def test_a_correction_is_not_carried_out_while_an_objection_stands(
    store: Store, treaties: Collection, rudolf: Doing
) -> None:
    reference = proposed(store, treaties, rudolf)
    objection = Act("XVIII-16", "S01", "objection to correction", date(2027, 5, 30), number=7)
    withdrawal = Act("XVIII-16", "S01", "withdrawal of objection", date(2027, 5, 31))
    elsewhere = [replace(objection, source="C.N.900.2027.TREATIES-XVIII.16"), replace(objection, date=date(2027, 6, 1))]
    after = date(2027, 6, 2)
    with store.session(writing=True) as session:
        with pytest.raises(Refused, match="entry 7"):
            corrections.carry_out(session, "form", reference, after, FLORA, [objection])
        corrections.carry_out(session, "form", reference, after, FLORA, [*elsewhere, objection, withdrawal])


def test_nobody_issues_the_correction_they_drafted(store: Store, treaties: Collection) -> None:
    with store.session(writing=True) as session:
        drafted = corrections.propose(session, "form", PROPOSAL, treaties.treaties, FLORA)
        assert corrections.propose(session, "form", PROPOSAL, treaties.treaties, FLORA) == drafted
    with pytest.raises(Refused, match="second person"):
        issue_correction(store, treaties, drafted.number, FLORA)
    assert numbers(store) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(PROPOSAL, treaty="I-1"), "treaty"),
        (replace(PROPOSAL, languages=()), "languages"),
        (replace(PROPOSAL, languages=("en", "de")), "de"),
        (replace(PROPOSAL, passages=()), "passages"),
        (replace(PROPOSAL, passages=(Passage("1", "same", "same"),)), "passage 1"),
        (replace(PROPOSAL, passages=(Passage("1", " ", "x"),)), "passage 1"),
        (replace(PROPOSAL, passages=(Passage("1", "x", "y" * 20_001),)), "20000"),
    ],
)
def test_a_correction_that_is_wrong_is_told_so(
    wrong: Correction, said: str, sqlite: Store, treaties: Collection
) -> None:
    with sqlite.session(writing=True) as session, pytest.raises(BadInput, match=said):
        corrections.propose(session, "form", wrong, treaties.treaties, FLORA)


class TestSeries:
    def test_a_year_goes_on_at_the_number_that_two_persons_set(
        self, store: Store, treaties: Collection, rudolf: Doing
    ) -> None:
        recorded(store, 2)
        with store.session(writing=True) as session:
            propose_first(session, YEAR, 862, FLORA)
            for person, first, said in ((FLORA, 862, "proposed themselves"), (rudolf, 863, "look again")):
                with pytest.raises(Refused, match=said):
                    agree_first(session, YEAR, first, person)
            agree_first(session, YEAR, 862, rudolf)
        assert [each.number for each in issue_all(store, treaties, rudolf)] == [862, 863]
        with store.session(writing=True) as session, pytest.raises(Refused, match="issued already"):
            propose_first(session, YEAR, 900, FLORA)
        assert verify_side_tables(store).faults == ()

    def test_the_database_takes_no_other_number_and_no_single_person(
        self, store: Store, treaties: Collection, rudolf: Doing
    ) -> None:
        step = "INSERT INTO series_step (year, step, what, first, done_by, done_at) VALUES "
        for values in ("(2027, 1, 'agreed', 5, 'flora', 'x')",):
            with pytest.raises(sa.exc.DBAPIError, match="second person"), store.session(writing=True) as session:
                session.connection().execute(sa.text(f"{step}{values}"))
        with store.session(writing=True) as session:
            propose_first(session, YEAR, 5, FLORA)
            agree_first(session, YEAR, 5, rudolf)
        with pytest.raises(sa.exc.DBAPIError, match="never changed"), store.session(writing=True) as session:
            session.connection().execute(sa.text("UPDATE series_step SET first = 6"))

    def test_a_desk_at_work_is_asked_for_it(
        self, store: Store, treaties: Collection, rudolf: Doing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recorded(store, 1)
        monkeypatch.setattr("depositary.correspondence.notifications.series.is_staffed", lambda session: True)
        with pytest.raises(Refused, match="go on: two persons do"):
            issue_all(store, treaties, rudolf)
        assert numbers(store) == []


def typed_corrigendum(reference: str) -> Correction:
    passage = Passage("en", "4 January 2027", "5 January 2027")
    return Correction("XVIII-16", ("en",), (passage,), reference, reason="Misprint.")


def test_a_corrigendum_that_is_typed_is_issued_by_a_second_person(
    store: Store, treaties: Collection, rudolf: Doing
) -> None:
    recorded(store, 1)
    first = issue(store, treaties, 1, "consent", rudolf)
    stands = next(p.text for p in first.document("en").paragraphs)
    wrong = typed_corrigendum(first.reference)
    with store.session(writing=True) as session:
        with pytest.raises(BadInput, match="does not stand in the notification"):
            corrections.correct(session, "a", wrong, FLORA)
        right = replace(wrong, passages=(Passage("en", stands, "Read this."),))
        drafted = corrections.correct(session, "b", right, FLORA)
    with pytest.raises(Refused, match="second person"):
        issue_correction(store, treaties, drafted.number, FLORA)
    made = issue_correction(store, treaties, drafted.number, rudolf)
    assert (made.kind, made.corrects) == ("corrigendum", first.reference)
    said = "".join(p.text for p in made.document("fr").paragraphs)
    assert stands in said
    assert "Read this." in said
    assert to_be_issued(store, treaties) == [], "the act is told"
    with pytest.raises(Refused, match="notified by"):
        issue_correction(store, treaties, drafted.number, rudolf)


def test_what_is_withdrawn_in_error_is_to_be_issued_again(store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 1)
    first = issue(store, treaties, 1, "consent", rudolf)
    with store.session(writing=True) as session:
        withdrawal = replace(typed_corrigendum(first.reference), passages=(), withdraws=True)
        drafted = corrections.correct(session, "a", withdrawal, FLORA)
    gone = issue_correction(store, treaties, drafted.number, rudolf)
    assert gone.kind == "withdrawn"
    ((anchor, kind),) = to_be_issued(store, treaties)
    assert kind == "consent"
    again = issue(store, treaties, anchor, kind, rudolf)
    assert again.told == (1,)
    assert to_be_issued(store, treaties) == []
    assert verify_side_tables(store).faults == ()
