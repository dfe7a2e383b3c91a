"""One search over what the desk has, and a register list with filters and pages."""

from datetime import date

import pytest

from depositary.correspondence.notifications.issue import issue
from depositary.desk.audit import Doing
from depositary.desk.roles import Role
from depositary.law.acts import Act
from depositary.register.batch import record_all
from depositary.register.recording import record
from depositary.web.staff.desk import Desk
from tests.register.sample_acts import AT
from tests.staff.conftest import Browser, act
from tests.words_of import words_of

Staff = dict[Role, Browser]


@pytest.fixture
def register(desk: Desk) -> None:
    made = [
        Act(
            "XVIII-16",
            f"S{1 + place % 40:02}",
            "declaration",
            date(2026, 1 + place % 10, 2),
            text=f"Words {place}.",
            source="NV 7",
        )
        for place in range(1, 131)
    ]
    record_all(made, "clerk", AT, desk.store)
    record(Act("XVIII-16", "S07", "accession", date(2026, 3, 9)), "flora, released by rudolf", AT, desk.store)


def listed(staff: Staff, query: str) -> str:
    return words_of(staff["auditor"].client.get(f"/staff/entries?{query}").text)


@pytest.mark.usefixtures("register")
class TestRegisterList:
    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("treaty=XVIII-16", 131),
            ("treaty=all", 131),
            ("act=accession", 1),
            ("participant=State+7", 5),
            ("participant=nobody", 0),
            ("since=2026-03-01&until=31/03/2026", 14),
            ("since=2026-03-09", 92),
            ("person=rudolf", 1),
            ("number=131", 1),
            ("act=accession&participant=S07&since=2026-03-09&until=2026-03-09&person=flora", 1),
        ],
    )
    def test_filters(self, staff: Staff, query: str, number: int) -> None:
        assert f"Entries: {number}." in listed(staff, query)

    def test_pages(self, staff: Staff) -> None:
        first = staff["auditor"].client.get("/staff/entries?treaty=all").text
        assert first.count("<tr><td>") + first.count('<tr class="replaced"><td>') == 100
        assert "page=2" in first
        second = staff["auditor"].client.get("/staff/entries?treaty=all&page=2").text
        assert second.count("<tr><td>") == 31
        assert "Newer entries" in second

    def test_a_date_that_is_none_is_said(self, staff: Staff) -> None:
        assert "A date was not understood" in listed(staff, "since=yesterday")


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("text", ["accession S07", "adhésion S07", "State 7 2026-03-09", "انضمام S07", "131 accession"])
def test_an_entry_is_found_by_its_words_in_every_language(staff: Staff, text: str) -> None:
    page = staff["auditor"].client.get("/staff/find", params={"q": text}).text
    assert "/staff/entries/131" in page


def test_drafts_notifications_and_persons_are_found(staff: Staff, desk: Desk) -> None:
    staff["registrar"].post("/staff/form", **act("S03", "approval", remark="Look at the seal"))
    entry = record(Act("XVIII-16", "S09", "accession", date(2026, 3, 9)), "clerk", AT, desk.store)
    made = issue(desk.store, desk.collection, entry.number, "consent", Doing("rudolf", AT))
    found = lambda text: staff["auditor"].client.get("/staff/find", params={"q": text}).text  # noqa: E731
    assert "/staff/cases/1" in found("seal approval")
    assert f"/staff/notifications/issued/{made.reference}" in found(made.reference)
    assert "registrar.one" in found("registrar.one")
    assert "No results match." in words_of(found("gobbledegook"))
    assert "No results match." not in words_of(found(""))


def test_what_one_may_not_see_is_not_found(staff: Staff, desk: Desk) -> None:
    assert staff["administrator"].client.get("/staff/find?q=x").status_code == 403
    assert 'class="find"' not in staff["administrator"].client.get("/staff/accounts").text
