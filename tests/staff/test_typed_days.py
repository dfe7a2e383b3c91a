"""A day that is typed on a page is understood as people write it; one that is not is answered by a sentence."""

import pytest

from depositary.desk.roles import Role
from depositary.web.staff.intake_forms import fields_of
from depositary.web.staff.intake_page import with_treaty_first
from tests.staff.conftest import act
from tests.staff.releasing import Staff
from tests.words_of import words_of

PAGES: dict[str, Role] = {
    "/staff/bench?acts=2026-03-02+S01+accession&on=": "legal officer",
    "/staff/contacts/obligations?on=": "contacts officer",
    "/staff/contacts/of/S01?on=": "contacts officer",
    "/staff/contacts/lists?on=": "contacts officer",
}


@pytest.mark.parametrize(("path", "role"), PAGES.items())
def test_a_page_that_asks_for_a_day(path: str, role: Role, staff: Staff) -> None:
    client = staff[role].client
    for written in ("27/11/2026", "٢٧ نوفمبر ٢٠٢٦", "27 November 2026"):
        assert client.get(path + written).status_code == 200, written
    for written, said in (("soon", "write the date as YYYY-MM-DD"), ("3/4/2026", "may be 2026-03-04 or 2026-04-03")):
        page = client.get(path + written)
        assert said in words_of(page.text), written
        assert page.status_code == 422


def test_the_days_of_a_form_are_said_in_words_as_they_are_typed(staff: Staff) -> None:
    form = act(date="٢٧/١١/٢٠٢٦", received_on="soon")
    part = staff["registrar"].post("/staff/form/preview", **form).text
    assert '<small id="date-hint" hx-swap-oob="true">27 November 2026</small>' in part
    assert '<small id="received_on-hint" hx-swap-oob="true"></small>' in part


def test_the_treaty_stands_first_where_a_desk_has_several() -> None:
    (group, first), *others = with_treaty_first(fields_of("ratification", correcting=True)).items()
    assert (group, first[:2]) == ("The act", ("treaty", "participant"))
    assert [names for _, names in others if "treaty" in names] == []
    assert dict(others)["Reference"] == ("source",)
