"""The work list is the morning: what is overdue first, then today, what is coming, what is to be asked for."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from depositary import clock
from depositary.correspondence.tasks import House, Task, tasks, when
from depositary.desk.roles import Role
from depositary.law.acts import Act
from depositary.register.recording import record
from depositary.web.staff.desk import Desk
from depositary.words import language
from tests.browsers import arrive
from tests.register.sample_acts import AT
from tests.staff.conftest import Browser, act
from tests.words_of import words_of

Staff = dict[Role, Browser]


def given(desk: Desk, code: str, action: str, on: date, **more: str) -> None:
    record(Act("XVIII-16", code, action, on, **more), "clerk", AT, desk.store)  # type: ignore[arg-type]


def found(desk: Desk, today: date) -> list[Task]:
    with desk.store.session() as session:
        return tasks(
            House(desk.collection, desk.entries, desk.effects, desk.agenda.events, language("en"), today), session
        )


def said(desk: Desk, today: date, urgency: str) -> list[str]:
    return [task.said for task in found(desk, today) if task.urgency == urgency]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (34, "in 34 days: 31 December 2026"),
        (1, "in 1 day: 31 December 2026"),
        (0, "today, 31 December 2026"),
        (-1, "for 1 day, since 31 December 2026"),
        (-9, "for 9 days, since 31 December 2026"),
    ],
)
def test_a_day_is_told_with_the_days_to_it(days: int, told: str) -> None:
    on = date(2026, 12, 31)
    assert when(language("en"), on, on - timedelta(days=days)) == told


def test_who_signed_owes_an_instrument_and_a_confirmation(desk: Desk) -> None:
    day = date(2025, 10, 25)
    for code in ("S01", "S02"):
        given(desk, code, "signature", day, place="Hanoi")
    given(desk, "S01", "reservation", day, provision="63(3)", text="No.")
    to_ask = said(desk, date(2026, 11, 27), "ask")
    assert to_ask == [
        "Convention against Cybercrime: reservations made at signature, to be confirmed with the instrument: State 1",
        "Convention against Cybercrime: signed, and no instrument deposited: State 1, State 2",
    ]
    assert "Convention against Cybercrime: last day of signature" in said(desk, date(2026, 11, 27), "coming")
    given(desk, "S01", "ratification", date(2026, 3, 2))
    assert said(desk, date(2026, 11, 27), "ask") == [
        "Convention against Cybercrime: signed, and no instrument deposited: State 2"
    ]


def test_days_that_come_are_told_with_whose_they_are(desk: Desk) -> None:
    for place in range(1, 41):
        given(desk, f"S{place:02}", "accession", date(2026, 11, 2), source="C.N.1.2026.TREATIES-XVIII.16")
    coming = said(desk, date(2026, 11, 27), "coming")
    assert "Convention against Cybercrime: entry into force (40 participants)" in coming
    told = [task for task in found(desk, date(2027, 1, 31)) if task.urgency == "today"]
    assert {task.on for task in told} == {date(2027, 1, 31)}
    assert found(desk, date(2027, 1, 31)) == sorted(
        found(desk, date(2027, 1, 31)), key=lambda task: ["overdue", "today", "coming", "ask"].index(task.urgency)
    )
    late = said(desk, date(2027, 2, 5), "overdue")
    assert late == ["Convention against Cybercrime: registration under Article 102 of the Charter; enter its number"], (
        "the treaty is in force, and no clause file has its number"
    )


def test_the_twelve_months_of_a_reservation_run_from_its_notification(desk: Desk) -> None:
    given(desk, "S01", "accession", date(2026, 2, 2))
    record(
        Act("XVIII-16", "S01", "reservation", date(2026, 2, 2), provision="5", text="No.", notified=date(2026, 3, 2)),
        "clerk",
        AT,
        desk.store,
    )
    told = [task for task in found(desk, date(2026, 11, 27)) if "twelve months" in task.said]
    assert [(task.urgency, task.on) for task in told] == [("coming", date(2027, 3, 2))]
    assert not [task for task in found(desk, date(2027, 3, 3)) if "twelve months" in task.said]


def test_a_draft_and_a_notification_are_told_by_name_and_are_overdue_the_next_day(staff: Staff, desk: Desk) -> None:
    staff["registrar"].post("/staff/form", **act("S01", "ratification"))
    given(desk, "S02", "ratification", date(2026, 3, 2))
    today = clock.today()
    draft = "Case 1, 2 March 2026, State 1: ratification: awaiting release (registrar.one)"
    assert draft in said(desk, today, "today")
    later = said(desk, today + timedelta(days=1), "overdue")
    assert draft in later
    assert "To be issued: 2 March 2026, State 2: ratification" in later
    page = words_of(staff["legal officer"].client.get("/staff/").text)
    assert draft in page
    assert page.index("To be issued: 2 March 2026, State 2") > 0


def test_an_objection_to_a_correction_is_told_instead_of_its_proces_verbal(staff: Staff, desk: Desk) -> None:
    typed = {"form": "one", "treaty": "XVIII-16", "language-en": "yes"}
    passage = {"where-1": "article 40(12)", "stands-1": "autority", "read-1": "authority"}
    drafted = staff["registrar"].post("/staff/notifications/corrections", **typed, **passage).headers["location"]
    reference = staff["legal officer"].post(drafted).headers["location"].rpartition("/")[2]
    today, day = clock.today(), timedelta(days=1)
    assert f"Objections to the correction {reference} may come until this day" in said(desk, today, "coming")
    due = f"The procès-verbal of {reference} is due"
    assert due in said(desk, today + 91 * day, "overdue")
    given(desk, "S01", "objection to correction", today)
    assert due not in said(desk, today + 91 * day, "overdue")
    stands = f"An objection to the correction {reference} stands: it is not carried out"
    assert stands in said(desk, today, "ask")
    assert stands in said(desk, today + 91 * day, "ask")
    given(desk, "S01", "withdrawal of objection", today + day)
    assert due in said(desk, today + 91 * day, "overdue")


def test_each_role_has_its_own_morning(staff: Staff, desk: Desk) -> None:
    staff["registrar"].post("/staff/form", **act("S01", "ratification"))
    assert "Case 1," not in words_of(staff["auditor"].client.get("/staff/").text)
    assert "Case 1," in words_of(staff["legal officer"].client.get("/staff/").text)


def test_a_long_list_shows_its_first_and_all_on_demand(staff: Staff, desk: Desk) -> None:
    for place in range(1, 21):
        given(desk, f"S{place:02}", "accession", date(2026, 11, 2))
    short = staff["auditor"].client.get("/staff/").text
    assert "and 8 more" in words_of(short)
    whole = staff["auditor"].client.get("/staff/?all=yes").text
    assert len(re.findall("To be issued", whole)) == 20


def test_the_morning_in_a_browser(people: Callable[..., object], desk: Desk) -> None:
    given(desk, "S01", "signature", date(2025, 10, 25), place="Hanoi")
    flora = people("flora", "registrar").sign_in()  # type: ignore[attr-defined]
    flora.page.wait_for_selector("#tasks-ask")
    flora.page.click("text=signed, and no instrument deposited")
    arrive(flora.page, "**/staff/entries?treaty=XVIII-16")
    assert flora.errors == []


def test_the_register_is_asked_once_for_all_treaties(staff: Staff, desk: Desk) -> None:
    """The page asked for each treaty, several times: 200 statements for 27 treaties."""
    given(desk, "S01", "signature", date(2025, 10, 25), place="Hanoi")
    asked: list[str] = []
    sa.event.listen(desk.store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    page = staff["registrar"].client.get("/staff/").text
    assert "signed, and no instrument deposited: State 1" in words_of(page)
    assert sum("entry.number > " in statement for statement in asked) == 1
    given(desk, "S02", "signature", date(2025, 10, 25), place="Hanoi")
    assert "State 1, State 2" in words_of(staff["registrar"].client.get("/staff/").text)
    assert len(asked) < 2 * 40


def test_a_page_held_to_one_moment_leaves_nothing_out_later(desk: Desk) -> None:
    day = date(2025, 10, 25)
    given(desk, "S01", "signature", day, place="Hanoi")
    assert len(desk.entries("XVIII-16")) == 1
    with desk.known.held(desk.store.entries):
        given(desk, "S02", "signature", day, place="Hanoi")
        assert len(desk.entries("XVIII-16")) == 1, "recorded since the page was begun"
    assert [entry.number for entry in desk.entries("XVIII-16")] == [1, 2]
    with desk.known.held(desk.store.entries):
        assert [entry.number for entry in desk.entries("XVIII-16")] == [1, 2]
