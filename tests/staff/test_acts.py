"""The forms of the rarer acts: each has its fields, is examined and shown, and is notified in its own name."""

import re
from datetime import date, timedelta

import pytest

from depositary.correspondence.notifications import corrections
from depositary.correspondence.notifications.corrections import Correction, Passage
from depositary.correspondence.notifications.issue import issue_correction
from depositary.desk.audit import Doing
from depositary.desk.roles import Role
from depositary.law.acts import ACTIONS, Act
from depositary.register.recording import record
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_forms import fields_of
from depositary.web.staff.intake_kinds import KINDS_OF_ACT
from tests.register.sample_acts import AT
from tests.staff.conftest import Browser, act
from tests.words_of import words_of

Staff = dict[Role, Browser]

LATER_ON: dict[str, dict[str, str]] = {
    "withdrawal of signature": {},
    "succession to signature": {},
    "provisional application": {"text": "From today."},
    "partial withdrawal of reservation": {"provision": "63(3)", "text": "As to arbitration."},
    "withdrawal of objection": {"addressee": "State 2", "provision": "5"},
    "objection to correction": {"text": "The text is right."},
}


def given(desk: Desk, code: str, action: str, day: str, **more: str) -> None:
    record(Act("XVIII-16", code, action, date.fromisoformat(day), **more), "clerk", AT, desk.store)  # type: ignore[arg-type]


def test_every_action_has_a_form_at_the_desk(staff: Staff) -> None:
    offered = {action for _, actions in KINDS_OF_ACT for action in actions}
    assert set(ACTIONS) - offered == {"ruling", "formal confirmation", "definitive signature"}
    for action in ACTIONS:
        assert fields_of(action, correcting=False)


@pytest.mark.parametrize("action", LATER_ON)
def test_a_rarer_act_is_examined_and_shown_with_its_notification(staff: Staff, desk: Desk, action: str) -> None:
    given(desk, "S01", "signature", "2025-10-25", place="Hanoi")
    given(desk, "S01", "reservation", "2025-10-25", provision="63(3)", text="No.")
    made = staff["registrar"].post("/staff/form", **act("S01", action, "2026-03-02", **LATER_ON[action]))
    assert made.status_code == 303, words_of(made.text)
    page = words_of(staff["legal officer"].client.get(made.headers["location"]).text)
    assert f"STATE 1: {action.upper()}" in page
    assert "The notification that will follow" in page
    assert "Examination" in page


def test_an_objection_says_against_whom_and_what_it_effects(staff: Staff, desk: Desk) -> None:
    given(desk, "S02", "accession", "2026-02-02")
    given(desk, "S02", "reservation", "2026-02-02", provision="5", text="No.")
    form = staff["registrar"].client.get("/staff/new/objection").text
    assert re.search(r'<input id="addressee"[^>]* list="addressee-list"', form)
    assert '<option value="precludes entry into force">' in form
    made = staff["registrar"].post(
        "/staff/form",
        **act("S01", "objection", provision="5", addressee="State 2", effect="precludes entry into force"),
    )
    page = words_of(staff["legal officer"].client.get(made.headers["location"]).text)
    assert "State 2 (S02)" in page
    assert "precludes the entry into force of the treaty between the two" in page
    assert "It is against the act of State 2." in page
    wrong = staff["registrar"].post("/staff/form", **act("S01", "objection", addressee="Ruritania"))
    assert 'id="addressee-fault"' in wrong.text
    itself = staff["registrar"].post("/staff/form", **act("S01", "objection", addressee="S01"))
    assert "is not the code of another participant" in words_of(itself.text)


def test_what_another_system_notified_has_its_date(staff: Staff, desk: Desk) -> None:
    made = staff["registrar"].post(
        "/staff/form", **act("S01", "reservation", provision="5", text="No.", notified="2026-03-09")
    )
    assert "9 March 2026" in words_of(staff["legal officer"].client.get(made.headers["location"]).text)


def test_territories_are_excluded_or_extended_to(staff: Staff) -> None:
    made = staff["registrar"].post(
        "/staff/form", **act("S01", "territorial application", territories="The Isles", effect="excludes")
    )
    assert "excludes the territories" in words_of(staff["legal officer"].client.get(made.headers["location"]).text)


def test_consent_to_an_amendment_is_withdrawn_by_its_subject(staff: Staff) -> None:
    made = staff["registrar"].post("/staff/form", **act("S01", "withdrawal of instrument", subject="A1"))
    assert "withdrawal of instrument (amendment A1)" in words_of(
        staff["legal officer"].client.get(made.headers["location"]).text
    )


def test_a_ratification_that_repeats_no_reservation_is_told_before_its_release(staff: Staff, desk: Desk) -> None:
    given(desk, "S01", "signature", "2025-10-25", place="Hanoi")
    given(desk, "S01", "reservation", "2025-10-25", provision="63(3)", text="No.")
    made = staff["registrar"].post("/staff/form", **act("S01", "ratification"))
    told = words_of(staff["legal officer"].client.get(made.headers["location"]).text)
    assert "In other acts" in told
    assert "Entry 2, reservation (63(3)): State 1 did not repeat on consent the reservation" in told
    live = words_of(staff["registrar"].post("/staff/form/preview", **act("S01", "ratification")).text)
    assert "In other acts" in live
    other = words_of(staff["registrar"].post("/staff/form/preview", **act("S02", "ratification")).text)
    assert "In other acts" not in other


def test_a_correction_is_not_carried_out_against_an_objection(staff: Staff, desk: Desk) -> None:
    passage = Passage("article 40(12)", "autority", "authority")
    with desk.store.session(writing=True) as session:
        drafted = corrections.propose(
            session, "form", Correction("XVIII-16", ("en",), (passage,)), desk.collection.treaties, Doing("flora", AT)
        )
    proposal = issue_correction(desk.store, desk.collection, drafted.number, Doing("rudolf", AT))
    address = f"/staff/notifications/issued/{proposal.reference}"
    registrar = staff["registrar"]
    late = corrections.last_day(proposal) + timedelta(days=1)
    for day in (proposal.on, corrections.last_day(proposal), late):
        given(desk, "S01", "objection to correction", day.isoformat(), source="C.N.900.2025.TREATIES-XVIII.16")
    given(desk, "S03", "objection to correction", late.isoformat())
    assert "No objection stands in the register." in words_of(registrar.client.get(address).text)
    given(desk, "S01", "objection to correction", proposal.on.isoformat(), source=f"See {proposal.reference}.")
    page = registrar.client.get(address).text
    assert "These objections stand" in words_of(page)
    assert "staff/entries/6" in page
    unsaid = registrar.post(f"{address}/carry-out")
    assert (unsaid.status_code, "Say that no objection was received" in words_of(unsaid.text)) == (422, True)
    given(desk, "S01", "withdrawal of objection", late.isoformat())
    assert "No objection stands in the register." in words_of(registrar.client.get(address).text)
