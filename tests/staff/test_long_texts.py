"""A text that is longer than is kept is refused with the number, shown again, and never cut."""

import re
from collections.abc import Callable
from datetime import date

from depositary import clock
from depositary.desk import case_steps
from depositary.desk.audit import Doing
from depositary.desk.case import known_case
from depositary.desk.case_content import case_of_acts
from depositary.law.acts import Act
from depositary.settings import PROJECT
from depositary.web.staff.desk import Desk
from tests.staff.authorities.conftest import FORM, shown_in
from tests.staff.conftest import Browser
from tests.staff.releasing import Staff, submitted
from tests.words_of import words_of

LONGEST = 2_000
TOO_LONG = "word " * 500 + "end"
NO_TEXT = {"on", "since", "known_at", "count", "password"}
"""The fields in which nobody writes a text: a browser may stop there."""


def test_no_browser_cuts_a_text() -> None:
    """With `maxlength` a browser cuts what is pasted, and says nothing."""
    fields = [
        (path.name, field)
        for path in (PROJECT / "templates" / "staff").glob("*.html")
        for field in re.findall(r"<(?:input|textarea)\b[^>]*\bmaxlength[^>]*>", path.read_text(encoding="utf-8"))
    ]
    assert fields
    assert [(name, field) for name, field in fields if re.findall(r'\bname="([^"]*)"', field)[0] not in NO_TEXT] == []


def test_a_reason_is_given_back_whole(staff: Staff, desk: Desk) -> None:
    number, legal = submitted(staff), staff["legal officer"]
    assert "At most 2,000 characters." in words_of(legal.client.get(f"/staff/cases/{number}").text)
    refused = legal.post(f"/staff/cases/{number}/refuse", seen="1", reason=TOO_LONG)
    assert refused.status_code == 422
    assert f"At most {LONGEST} characters; there are {len(TOO_LONG)}. Nothing was done." in words_of(refused.text)
    assert TOO_LONG in refused.text
    longest = "x" * LONGEST
    assert legal.post(f"/staff/cases/{number}/refuse", seen="1", reason=longest).status_code == 303
    with desk.store.session() as session:
        case = known_case(session, number)
    assert case is not None
    assert [step.reason for step in case.steps if step.what == "refused"] == [longest]


def test_a_reason_about_an_authority_is_given_back_whole(
    staff: Staff, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    person("contacts.two", "contacts officer")
    second_officer = signed_in("contacts.two")
    where = staff["contacts officer"].post("/staff/contacts/form", **FORM).headers["location"]
    shown = shown_in(second_officer.client.get(where).text)
    refused = second_officer.post(f"{where}/refuse", shown=shown, reason=TOO_LONG)
    assert (refused.status_code, TOO_LONG in refused.text) == (422, True)
    assert second_officer.post(f"{where}/refuse", shown=shown, reason="no note").status_code == 303


def test_a_question_to_the_bench_is_kept_whole(staff: Staff) -> None:
    question = "\n".join(["2027-03-01 S01 ratification"] * 800)
    page = staff["auditor"].client.get("/staff/bench", params={"acts": question})
    assert page.status_code == 422
    assert f"At most 20000 characters; there are {len(question)}." in words_of(page.text)
    assert page.text.count("S01 ratification") == 800


def test_what_was_confirmed_is_kept_whole(staff: Staff, desk: Desk) -> None:
    """The sentences that a drafter confirmed were cut at 2,000 characters."""
    days = [date(2020, 1, day) for day in range(1, 32)]
    content = case_of_acts(*(Act("XVIII-16", "S01", "declaration", day, text="A text.") for day in days))
    with desk.store.session(writing=True) as session:
        case_steps.begin(session, "31 acts", content, Doing("registrar.one", clock.now()))
    assert staff["registrar"].post("/staff/cases/1/submit", confirm="yes").status_code == 303
    with desk.store.session() as session:
        case = known_case(session, 1)
    assert case is not None
    reason = case.steps[-1].reason
    assert len(reason) > LONGEST
    assert [day for day in days if f"dated {day.day} January 2020, before the treaty was adopted" not in reason] == []
