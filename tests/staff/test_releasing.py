"""Two persons: what one drafts another releases, once, having seen exactly this."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from unittest.mock import Mock

import pytest

from depositary import clock
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.correspondence.mail.steps import letters
from depositary.desk import case_steps
from depositary.desk.audit import Doing
from depositary.desk.case_content import CaseContent, Item
from depositary.desk.release import release as release_case
from depositary.law.acts import Act
from depositary.register.recording import record
from depositary.register.transaction import Refused
from depositary.register.verification import verify_register
from depositary.treaties.supposition import compare
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered
from tests.register.sample_acts import AT
from tests.staff.conftest import act
from tests.staff.releasing import ACT, Staff, hidden, release, submitted, two_officers
from tests.words_of import words_of


def test_recorded_by_one_and_released_by_another(staff: Staff, desk: Desk) -> None:
    number = submitted(
        staff, date="2026-03-02", on_instrument="2026-02-20", received_on="2026-03-01", received_time="09:30"
    )
    page = staff["legal officer"].client.get(f"/staff/cases/{number}").text
    for expected in (
        "1st instrument counted; 40 are required",
        "There is no entry into force",
        "Release into the register",
    ):
        assert expected in words_of(page)
    assert desk.store.entries() == []
    assert release(staff["legal officer"], number).status_code == 303
    (entry,) = desk.store.entries()
    assert entry.recorded_by == "registrar.one, released by legal.one"
    assert entry.receipt is not None
    assert entry.receipt.received_at is not None
    assert entry.receipt.received_at.isoformat() == "2026-03-01T09:30:00-05:00"
    assert entry.receipt.case == number
    shown = hidden(page, "shown")
    again = staff["legal officer"].post(f"/staff/cases/{number}/release", shown=shown)
    assert (again.status_code, again.headers["location"]) == (303, f"/staff/cases/{number}")
    assert len(desk.store.entries()) == 1
    assert verify_register(desk.store).faults == ()


@pytest.mark.parametrize("is_file", [False, True])
def test_an_act_whose_day_has_not_come_is_not_released(desk: Desk, is_file: bool) -> None:
    """The day is New York's: in Geneva it may be tomorrow already."""
    two_officers(desk.store)
    late_in_the_evening = datetime(2027, 3, 2, 3, 30, tzinfo=UTC)
    acts = (replace(ACT, date=date(2027, 3, 1)), replace(ACT, participant="S02", date=date(2027, 3, 2)))
    with desk.store.session(writing=True) as session:
        case = case_steps.begin(
            session,
            "a",
            CaseContent(tuple(Item(act) for act in acts), is_file=is_file),
            Doing("flora", late_in_the_evening),
        )
        case_steps.submit(session, case.number, 1, Doing("flora", late_in_the_evening))
    shown = case_steps.view_digest(case.last, desk.root)
    with pytest.raises(Refused, match="an act is recorded when it is done"):
        release_case(desk.store, case.number, shown, Doing("rudolf", late_in_the_evening))
    assert desk.store.entries() == []
    release_case(desk.store, case.number, shown, Doing("rudolf", late_in_the_evening + timedelta(hours=2)))
    assert len(desk.store.entries()) == 2


def test_the_page_of_a_case_whose_day_has_not_come_says_so(staff: Staff, desk: Desk) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    number = submitted(staff, date=tomorrow.isoformat())
    refused = release(staff["legal officer"], number)
    assert refused.status_code == 409
    assert "an act is recorded when it is done" in words_of(refused.text)
    assert desk.store.entries() == []


def test_a_released_case_is_not_examined_against_itself(staff: Staff, desk: Desk) -> None:
    """It said that its ratification had no legal effect, because the State had consented to be bound already."""
    record(Act("XVIII-16", "S02", "signature", date(2026, 2, 2)), "clerk", AT, desk.store)
    registrar, legal = staff["registrar"], staff["legal officer"]
    for number, code in enumerate(("S01", "S02"), 1):
        registrar.post("/staff/form", **act(code=code, action="accession", do="save"))
        registrar.post("/staff/cases/1/join", seen=str(number - 1), other=str(number))
    registrar.post("/staff/cases/1/submit", confirm="yes")
    assert release(legal, 1).status_code == 303
    page = words_of(legal.client.get("/staff/cases/1").text)
    assert "No legal effect" not in page
    assert page.count("although it had signed") == 1, "what is irregular in the register is still said"


def test_the_page_of_a_case_is_examined_once(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    number = submitted(staff, do="received", original="no")
    compared = Mock(wraps=compare)
    monkeypatch.setattr("depositary.desk.preview.compare", compared)
    page = staff["legal officer"].client.get(f"/staff/cases/{number}").text
    assert "1st instrument counted" in words_of(page)
    assert "has been received and is not yet deposited" in words_of(page)
    assert compared.call_count == 1


def test_the_fortieth_is_said_in_the_boldest_words(staff: Staff, desk: Desk) -> None:
    for place in range(2, 41):
        record(
            Act("XVIII-16", f"S{place:02}", "accession", AT.date().replace(year=2026, month=2)), "clerk", AT, desk.store
        )
    number = submitted(staff)
    page = staff["legal officer"].client.get(f"/staff/cases/{number}").text
    grave = re.findall(r'<li class="grave">(.*?)</li>', page, re.DOTALL)
    assert [words_of(line) for line in grave] == ["It would bring the Convention into force on 31 May 2026."]
    assert "for these 40:" in words_of(page)
    assert "40 of 40" in words_of(page)


def test_territories_are_typed_under_their_own_name(staff: Staff, desk: Desk) -> None:
    form = staff["registrar"].client.get("/staff/new/territorial-application").text
    assert '<label for="territories">Territories</label>' in form
    assert 'name="text"' not in form
    fields = {"action": "territorial application", "date": "2026-03-03", "territories": "The Isles\r\nof Zenda"}
    saved = staff["registrar"].post("/staff/form", **act(**fields, do="save")).headers["location"]
    assert ">The Isles\nof Zenda</textarea>" in staff["registrar"].client.get(f"{saved}/edit").text
    number = submitted(staff, **fields)
    page = staff["legal officer"].client.get(f"/staff/cases/{number}").text
    assert "had not consented to be bound" in words_of(page)
    record(Act("XVIII-16", "S01", "accession", date(2026, 3, 2)), "clerk", AT, desk.store)
    page = staff["legal officer"].client.get(f"/staff/cases/{number}").text
    assert "had not consented to be bound" not in words_of(page)
    assert "of Zenda" in page
    assert release(staff["legal officer"], number).status_code == 303
    made = desk.store.entries()[-1].act
    assert made is not None
    assert (made.action, made.text) == ("territorial application", "The Isles\nof Zenda")
    rectified = staff["registrar"].client.get("/staff/entries/2/rectify").text
    assert ">The Isles\nof Zenda</textarea>" in rectified


def test_what_takes_the_entry_into_force_away_is_grave_too(staff: Staff, desk: Desk) -> None:
    for place in range(1, 41):
        record(
            Act("XVIII-16", f"S{place:02}", "accession", AT.date().replace(year=2026, month=2)), "clerk", AT, desk.store
        )
    moved = staff["registrar"].post(
        "/staff/form",
        **act(
            form="m",
            kind="rectify",
            target="3",
            action="accession",
            participant="S03",
            date="2026-03-01",
            reason="misread",
        ),
    )
    page = words_of(staff["legal officer"].client.get(moved.headers["location"]).text)
    assert "The entry into force of the Convention would move from" in page
    struck = staff["registrar"].post(
        "/staff/form", **act(form="s", kind="strike", target="3", action="", reason="never deposited")
    )
    page = words_of(staff["legal officer"].client.get(struck.headers["location"]).text)
    assert "The Convention would no longer enter into force on" in page


def test_a_rectification_shows_the_old_beside_the_new(staff: Staff, desk: Desk) -> None:
    record(Act("XVIII-16", "S01", "ratification", AT.date().replace(month=2)), "clerk", AT, desk.store)
    form = staff["registrar"].client.get("/staff/entries/1/rectify").text
    assert "As it stands" in form
    assert 'value="2026-02-23"' in form
    assert staff["registrar"].post("/staff/form", **act(kind="rectify", target="1")).status_code == 422
    made = staff["registrar"].post(
        "/staff/form", **act(kind="rectify", target="1", reason="misread", date="2026-02-24")
    )
    page = words_of(staff["legal officer"].client.get(made.headers["location"]).text)
    assert "As it stands" in page
    assert "As it would be" in page
    table = staff["legal officer"].client.get(made.headers["location"]).text
    moved = re.findall(r'<tr class="moved"><th scope="row">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td>', table)
    assert ("Date of the act, as determined", "23 February 2026", "24 February 2026") in moved
    assert "Treaty" not in [label for label, _, _ in moved]
    assert release(staff["legal officer"], int(made.headers["location"].rsplit("/", 1)[1])).status_code == 303
    assert [entry.rectifies for entry in desk.store.entries()] == [None, 1]
    again = staff["registrar"].post(
        "/staff/form", **act(form="2", kind="rectify", target="1", reason="again", date="2026-02-25")
    )
    refused = release(staff["legal officer"], int(again.headers["location"].rsplit("/", 1)[1]))
    assert refused.status_code == 409
    assert "rectified or struck out by entry 2" in words_of(refused.text)


def test_given_back_with_a_reason_and_submitted_anew(staff: Staff, desk: Desk) -> None:
    number = submitted(staff)
    legal, registrar = staff["legal officer"], staff["registrar"]
    assert legal.post(f"/staff/cases/{number}/refuse", seen="1", reason=" ").status_code == 409
    assert legal.post(f"/staff/cases/{number}/refuse", seen="1", reason="the date is the note's").status_code == 303
    page = words_of(registrar.client.get(f"/staff/cases/{number}").text)
    assert "the date is the note's" in page
    edit = registrar.client.get(f"/staff/cases/{number}/edit").text
    assert hidden(edit, "seen") == "1"
    assert registrar.post("/staff/form", **act(case=str(number), seen="1", date="2026-03-03")).status_code == 303
    assert release(legal, number).status_code == 303
    assert desk.store.entries()[0].act == replace(ACT, date=date(2026, 3, 3))


def test_two_browsers_on_one_case(staff: Staff) -> None:
    number = int(staff["registrar"].post("/staff/form", **act(do="save")).headers["location"].rsplit("/", 1)[1])
    first = staff["registrar"].post("/staff/form", **act(case=str(number), seen="1", date="2026-03-03", do="save"))
    second = staff["legal officer"].post("/staff/form", **act(case=str(number), seen="1", date="2026-03-04", do="save"))
    assert (first.status_code, second.status_code) == (303, 409)
    assert "registrar.one saved this case meanwhile, as version 2" in words_of(second.text)


def test_received_and_not_deposited_has_its_letter(staff: Staff, desk: Desk) -> None:
    made = staff["registrar"].post(
        "/staff/form", **act(do="received", original="no", received_on="2026-03-02", received_time="10:00")
    )
    page = words_of(staff["registrar"].client.get(made.headers["location"]).text)
    assert "received, not deposited" in page
    assert "Letter to the mission" in page
    assert "It could not be established: original, not a copy" in page
    assert "Received, not deposited" in words_of(staff["registrar"].client.get("/staff/").text)
    assert desk.store.entries() == []


def test_no_letter_is_drafted_as_long_as_nothing_says_what_is_missing(staff: Staff) -> None:
    """A letter said "because of the following: — …"."""
    made = staff["registrar"].post("/staff/form", **act(do="received"))
    page = words_of(staff["registrar"].client.get(made.headers["location"]).text)
    assert "What is missing is not stated" in page
    assert "Letter to the mission" not in page
    assert staff["legal officer"].post(f"{made.headers['location']}/letter", to="S01").status_code == 409


def test_the_letter_is_in_the_mission_s_language(staff: Staff, desk: Desk) -> None:
    assert desk.contacts is not None
    mission = Mission("S01", "Mission of State 1", "mission@state1.example.int", ("state1.example.int",), "ar")
    entered(desk.contacts, AuthorityEntry(0, "mission", "S01", AT, "x", mission=mission, salt="1"))
    made = staff["registrar"].post("/staff/form", **act(do="received", original="no"))
    page = staff["registrar"].client.get(made.headers["location"]).text
    assert '<pre class="letter" lang="ar" dir="rtl">' in page
    where = made.headers["location"]
    assert staff["registrar"].post(f"{where}/letter", to="S01").status_code == 403
    assert staff["legal officer"].post(f"{where}/letter", to="S01").status_code == 303
    with desk.store.session() as session:
        (letter,) = letters(session, desk.letters, f"case {where.rpartition('/')[2]}")
    assert (letter.to, letter.state, letter.recipient) == ("mission@state1.example.int", "queued", "S01 1")
    assert letter.subject == f"الملف {where.rpartition('/')[2]}، الرسالة 1"


def test_the_deposit_is_acknowledged_to_the_mission(staff: Staff, desk: Desk) -> None:
    assert desk.contacts is not None
    mission = Mission("S01", "Mission of State 1", "mission@state1.example.int", ("state1.example.int",))
    entered(desk.contacts, AuthorityEntry(0, "mission", "S01", AT, "x", mission=mission, salt="1"))
    number, legal = submitted(staff), staff["legal officer"]
    assert legal.post(f"/staff/cases/{number}/letter", to="S01").status_code == 409, "nothing is deposited yet"
    assert release(legal, number).status_code == 303
    assert "has the honour to acknowledge" in words_of(legal.client.get(f"/staff/cases/{number}").text)
    assert legal.post(f"/staff/cases/{number}/letter", to="S02").status_code == 409, "nothing came from it"
    assert legal.post(f"/staff/cases/{number}/letter", to="S01").status_code == 303
    assert re.search(r"Letter 1 ?: queued", words_of(legal.client.get(f"/staff/cases/{number}").text))


def test_an_organization_s_competence_is_recorded_first(staff: Staff, desk: Desk) -> None:
    record(Act("XVIII-16", "S01", "ratification", AT.date().replace(month=2)), "clerk", AT, desk.store)
    record(Act("XVIII-16", "ORG", "signature", AT.date().replace(month=1)), "clerk", AT, desk.store)
    without = submitted(staff, code="ORG", action="approval")
    assert "No legal effect" in staff["registrar"].client.get(f"/staff/cases/{without}").text
    number = submitted(staff, code="ORG", action="approval", form="with", competence="In matters of cybercrime.")
    assert "No legal effect" not in staff["registrar"].client.get(f"/staff/cases/{number}").text
    assert release(staff["legal officer"], number).status_code == 303
    assert [entry.act.action for entry in desk.store.entries()[-2:] if entry.act] == ["declaration", "approval"]
