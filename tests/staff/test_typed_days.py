"""A day that is typed on a page is understood as people write it; one that is not is answered by a sentence."""

import pytest

from depositary.desk.roles import Role
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
