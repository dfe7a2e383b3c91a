"""Issuing: the register's note, all that waits, and that nothing issued is changed."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from depositary.correspondence.notifications.archive import find
from depositary.correspondence.notifications.comparison import Changed, Shown
from depositary.correspondence.notifications.issue import issue, issue_all
from depositary.correspondence.notifications.pdf import pdf_of
from depositary.desk.audit import Doing
from depositary.register.recording import record, rectify, strike_out
from depositary.register.store import Store
from depositary.register.transaction import Refused
from depositary.register.verification import verify_register
from depositary.treaties.collection import Collection
from depositary.words import AVAILABLE
from tests.correspondence.notifications.conftest import AT, ISSUED, act, forty
from tests.correspondence.notifications.issued_numbers import numbers, recorded, to_be_issued


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
    with pytest.raises(Refused, match="no notification that you can issue"):
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
    with pytest.raises(Refused, match=r"was never issued.*C\.N\.2\.2027"):
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


@pytest.mark.parametrize("change", ["UPDATE notification SET kind = 'x'", "DELETE FROM notification"])
def test_the_database_changes_nothing_issued(change: str, store: Store, treaties: Collection, rudolf: Doing) -> None:
    recorded(store, 1)
    issue(store, treaties, 1, "consent", rudolf)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), store.session(writing=True) as session:
        session.connection().execute(sa.text(change))


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
