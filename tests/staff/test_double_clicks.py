"""A second click asks for what the first one did: it shows what was done, and does nothing more."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from depositary import clock
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.missions import Mission
from depositary.correspondence.mail.steps import letters
from depositary.correspondence.notifications.archive import Archive
from depositary.desk.case import Case, known_case
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered
from tests.register.sample_acts import AT
from tests.staff.conftest import Browser, act
from tests.staff.releasing import Staff, hidden, release, submitted
from tests.words_of import words_of

NOTIFICATION = "/staff/notifications/entries/1/consent"
DESIGNATION = {
    "authority": "Ministry of Justice",
    "email": "contact@example.int",
    "telephones": "+12025550143 (24/7)",
    "zone": "Europe/Vienna",
    "languages": "en",
    "form": "one form",
}


def twice(browser: Browser, path: str, **fields: str) -> set[tuple[int, str]]:
    """The answers to a form that is sent twice."""
    answers = [browser.post(path, **fields) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {303}
    return {(answer.status_code, answer.headers["location"]) for answer in answers}


def case_of(desk: Desk, number: int) -> Case:
    with desk.store.session() as session:
        case = known_case(session, number)
    assert case is not None
    return case


def test_the_release_and_the_return_of_a_case(staff: Staff, desk: Desk) -> None:
    legal, number = staff["legal officer"], submitted(staff, form="returned")
    assert len(twice(legal, f"/staff/cases/{number}/refuse", seen="1", reason="The date.")) == 1
    assert [step.what for step in case_of(desk, number).steps] == ["submitted", "refused"]
    number = submitted(staff, form="released")
    shown = hidden(legal.client.get(f"/staff/cases/{number}").text, "shown")
    assert len(twice(legal, f"/staff/cases/{number}/release", seen="1", shown=shown)) == 1
    assert len(desk.store.entries()) == 1


def test_an_item_of_a_case(staff: Staff, desk: Desk) -> None:
    registrar = staff["registrar"]
    number = int(registrar.post("/staff/form", **act(do="save")).headers["location"].rpartition("/")[2])
    reservation = act(action="reservation", provision="63(3)", case=str(number), seen="1", part="item", do="save")
    assert len(twice(registrar, "/staff/form", **reservation)) == 1
    assert len(case_of(desk, number).content.items) == 2
    twice(registrar, f"/staff/cases/{number}/items/2/aside", seen="2")
    assert [item.is_set_aside for item in case_of(desk, number).content.items] == [False, True]
    twice(registrar, f"/staff/cases/{number}/designations/central-authority", seen="3", **DESIGNATION)
    assert len(case_of(desk, number).content.designations) == 1
    assert case_of(desk, number).last.number == 4
    twice(registrar, f"/staff/cases/{number}/submit", seen="4", confirm="yes")
    twice(registrar, f"/staff/cases/{number}/withdraw", seen="4")


def test_the_issue_of_a_notification_and_of_all(
    staff: Staff, desk: Desk, frozen: Callable[[str], AbstractContextManager[None]]
) -> None:
    legal = staff["legal officer"]
    release(legal, submitted(staff, action="accession"))
    shown = hidden(legal.client.get(NOTIFICATION).text, "shown")
    assert len(twice(legal, NOTIFICATION, shown=shown)) == 1
    with frozen(clock.now().isoformat()):
        release(legal, submitted(staff, code="S02", action="accession"))
        release(legal, submitted(staff, code="S03", action="accession"))
    page = legal.client.get("/staff/notifications/all").text
    assert page.count("(differs from the release)") == 1, "S03 was released after S02, in the same second"
    shown = hidden(page, "shown")
    twice(legal, "/staff/notifications/all", shown=shown, confirmed="yes")
    assert len(Archive(desk.store).listed()) == 3


def test_what_was_issued_by_another_is_said(
    staff: Staff, desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    """The second of two persons learns of the first."""
    person("legal.two", "legal officer")
    legal, two = staff["legal officer"], signed_in("legal.two")
    release(legal, submitted(staff, action="accession"))
    shown = hidden(legal.client.get(NOTIFICATION).text, "shown")
    assert legal.post(NOTIFICATION, shown=shown).status_code == 303
    late = two.post(NOTIFICATION, shown=shown)
    assert (late.status_code, "This was notified by C.N.1." in words_of(late.text)) == (409, True)
    assert two.post("/staff/notifications/all", shown=shown).status_code == 409


def test_the_first_number_of_a_year(staff: Staff, desk: Desk) -> None:
    twice(staff["registrar"], "/staff/notifications/series", first="17")
    twice(staff["legal officer"], "/staff/notifications/series/agree", first="17")
    assert "gets number 17" in words_of(staff["auditor"].client.get("/staff/notifications").text)


def test_a_correction_of_a_text(staff: Staff, desk: Desk) -> None:
    fields = {"form": "1", "treaty": "XVIII-16", "language-en": "yes"}
    passage = {"where-1": "article 3", "stands-1": "on line", "read-1": "online"}
    where = {where for _, where in twice(staff["registrar"], "/staff/notifications/corrections", **fields, **passage)}
    assert len(where) == 1
    assert len(twice(staff["legal officer"], where.pop())) == 1
    assert len(Archive(desk.store).listed()) == 1


def test_a_letter_to_a_mission(staff: Staff, desk: Desk) -> None:
    assert desk.contacts is not None
    mission = Mission("S01", "Mission of State 1", "mission@state1.example.int", ("state1.example.int",))
    entered(desk.contacts, AuthorityEntry(0, "mission", "S01", AT, "x", mission=mission, salt="1"))
    legal, number = staff["legal officer"], submitted(staff)
    release(legal, number)
    page = legal.client.get(f"/staff/cases/{number}").text
    sent = hidden(page, "letter")
    twice(legal, f"/staff/cases/{number}/letter", to="S01", letter=sent)
    with desk.store.session() as session:
        assert [letter.copy for letter in letters(session, desk.letters, f"case {number}")] == [1]
    assert hidden(legal.client.get(f"/staff/cases/{number}").text, "letter") == "2", "a reminder is another letter"
