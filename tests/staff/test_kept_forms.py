"""A form whose case was saved meanwhile keeps what was typed, and shows it beside what was saved."""

import re

import pytest

from depositary.web.staff.desk import Desk
from tests.staff.conftest import act
from tests.staff.releasing import Staff, hidden
from tests.staff.test_double_clicks import case_of
from tests.words_of import words_of


@pytest.mark.parametrize("do", ["save", "submit"])
def test_a_form_that_was_saved_and_is_sent_again_with_other_words(do: str, staff: Staff, desk: Desk) -> None:
    """The button back leads to a form that was saved: what is typed there is neither lost nor saved unseen."""
    registrar = staff["registrar"]
    first = registrar.post("/staff/form", **act(do=do, remark="one"))
    again = registrar.post("/staff/form", **act(do=do, remark="another"))
    assert (first.status_code, again.status_code) == (303, 409)
    said = words_of(again.text)
    assert "This form was saved before, as case 1." in said
    assert re.search(r"Remark for the second person one another", said)
    assert (hidden(again.text, "case"), hidden(again.text, "seen")) == ("1", "1")
    kept = act(do="save", remark="another", case="1", seen="1")
    if do == "save":
        assert registrar.post("/staff/form", **kept).status_code == 303
        assert case_of(desk, 1).content.remark == "another"


def test_two_drafters_see_what_differs_and_choose(staff: Staff, desk: Desk) -> None:
    registrar, legal = staff["registrar"], staff["legal officer"]
    registrar.post("/staff/form", **act(do="save"))
    registrar.post("/staff/form", **act(case="1", seen="1", date="2026-03-03", do="save"))
    mine = act(case="1", seen="1", date="2026-03-04", remark="as the note says", do="save")
    page = legal.post("/staff/form", **mine)
    assert page.status_code == 409
    assert "registrar.one saved this case meanwhile, as version 2" in words_of(page.text)
    assert "Date of the act, as determined 2026-03-03 2026-03-04" in words_of(page.text)
    assert "as the note says" in page.text
    assert hidden(page.text, "seen") == "2"
    assert legal.post("/staff/form", **mine | {"seen": "2"}).status_code == 303
    assert case_of(desk, 1).content.remark == "as the note says"
