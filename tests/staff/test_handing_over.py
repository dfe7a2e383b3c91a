"""A case goes from one drafter to another, and says who can release it."""

from collections.abc import Callable

from depositary.desk.audit import Doing
from depositary.desk.case_content import CaseContent, Item, content_of_case
from depositary.desk.case_steps import begin, submit
from depositary.web.staff.desk import Desk
from tests.register.sample_acts import AT
from tests.staff.conftest import Browser, act
from tests.staff.releasing import Staff, release, submitted
from tests.staff.test_double_clicks import case_of, twice
from tests.words_of import words_of


def test_a_case_about_an_entry_that_is_not_there_is_shown_and_withdrawn(staff: Staff, desk: Desk) -> None:
    """Earlier versions took `strike 99999` as a draft."""
    doing = Doing(staff["registrar"].name, AT)
    with desk.store.session(writing=True) as session:
        number = begin(session, "one", CaseContent((Item(None, 99999, "in error"),)), doing).number
        submit(session, number, 1, doing)
    registrar, where = staff["registrar"], f"/staff/cases/{number}"
    assert "Strike out entry 99999" in words_of(registrar.client.get("/staff/").text)
    page = registrar.client.get(where)
    assert page.status_code == 200
    assert f'action="{where}/withdraw"' in page.text
    assert release(staff["legal officer"], number).status_code == 409
    assert registrar.post(f"{where}/withdraw", seen="1").status_code == 303
    assert case_of(desk, number).state == "withdrawn"


def test_a_case_is_handed_to_a_colleague(
    staff: Staff, desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    person("registrar.two", "registrar")
    registrar, two = staff["registrar"], signed_in("registrar.two")
    registrar.post("/staff/form", **act(do="save"))
    assert '<option value="registrar.two">' in registrar.client.get("/staff/cases/1").text
    assert '<option value="auditor.one">' not in registrar.client.get("/staff/cases/1").text
    twice(registrar, "/staff/cases/1/hand-over", seen="1", to="registrar.two")
    assert case_of(desk, 1).content.handed_to == "registrar.two"
    assert "handed to registrar.two" in words_of(two.client.get("/staff/cases/1").text)
    work = words_of(two.client.get("/staff/").text)
    assert "registrar.one → registrar.two" in work
    assert "(registrar.two)" in work, "the morning names who goes on"
    assert two.post("/staff/form", **act(case="1", seen="2", date="2026-03-03", do="save")).status_code == 303
    assert case_of(desk, 1).content.handed_to == "registrar.two"
    for other in ("auditor.one", "nobody", ""):
        assert registrar.post("/staff/cases/1/hand-over", seen="3", to=other).status_code == 404


def test_a_case_that_nobody_was_handed_keeps_its_bytes() -> None:
    assert "handed_to" not in CaseContent(()).content
    handed = CaseContent((), handed_to="flora")
    assert content_of_case(handed.content) == handed


def test_who_can_release_a_case_is_said(staff: Staff, desk: Desk) -> None:
    registrar, legal = staff["registrar"], staff["legal officer"]
    number = submitted(staff)
    assert "Who can release it: Legal.One" in words_of(registrar.client.get(f"/staff/cases/{number}").text)
    own = legal.post("/staff/form", **act(code="S02", form="own")).headers["location"]
    assert "No officer of the desk can release it" in words_of(legal.client.get(own).text)


def test_the_examination_stands_before_the_text_of_the_notification(staff: Staff) -> None:
    """At 390 px the page is one column, in this order."""
    page = staff["legal officer"].client.get(f"/staff/cases/{submitted(staff)}").text
    assert 0 < page.index('id="preview"') < page.index('id="notification"') < page.index('id="steps"')
