"""Corrections of a treaty's text and of what was issued: proposed, objected to, made by a second person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from depositary.correspondence.notifications import corrections
from depositary.correspondence.notifications.corrections import Correction, Passage
from depositary.correspondence.notifications.issue import issue, issue_correction
from depositary.desk.audit import Doing
from depositary.errors import BadInput
from depositary.law.acts import Act
from depositary.register.side_tables import verify_side_tables
from depositary.register.store import Store
from depositary.register.transaction import Refused
from depositary.register.verification import verify_register
from depositary.treaties.collection import Collection
from tests.correspondence.notifications.conftest import AT
from tests.correspondence.notifications.issued_numbers import FLORA, numbers, recorded, to_be_issued

PROPOSAL = Correction("XVIII-16", ("en", "fr"), (Passage("article 40(12)", "autority", "authority"),))


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
