"""Notifications and the circulation in a real browser: every page in two sizes and directions, and the whole way."""

from collections.abc import Callable
from typing import Any

from depositary import clock
from depositary.web.staff.desk import Desk
from tests.browsers import is_clean
from tests.staff.circulation.conftest import states
from tests.staff.conftest import Person
from tests.waiting import until

WORK = "/staff/notifications"
YEAR = clock.today().year
PAGES = [
    "/staff/",
    WORK,
    f"{WORK}/entries/1/consent",
    f"{WORK}/corrections",
    f"{WORK}/issued/C.N.1.{YEAR}.TREATIES-XVIII.16",
    "/staff/circulation",
    f"/staff/circulation/{YEAR}-1",
]


def test_every_page_is_accessible_and_fits(people: Callable[..., Person], axe: Callable[[Any], list[str]]) -> None:
    laila = people("laila", "legal officer").sign_in()
    laila.page.goto(f"{WORK}/entries/1/consent")
    laila.page.check("main form input[type=checkbox]")  # entered into force since the release
    laila.click("main form[action='/staff/notifications/entries/1/consent'] button")
    assert "/issued/" in laila.page.url
    carla = people("carla", "contacts officer").sign_in()
    carla.page.goto("/staff/circulation")
    carla.click("main form[action='/staff/circulation'] button")
    assert carla.page.url.endswith(f"/{YEAR}-1")
    for person in (laila, carla):
        for path in PAGES:
            if person.page.goto(path).status == 200:
                is_clean(person.page, axe, both_directions=True)
        assert [line for line in person.errors if "40" not in line] == []


def test_the_list_is_circulated_by_two(people: Callable[..., Person], desk: Desk) -> None:
    carla = people("carla", "contacts officer").sign_in()
    carla.page.goto("/staff/circulation")
    carla.click("main form[action='/staff/circulation'] button")
    assert "You prepared this" in carla.text
    conrad = people("conrad", "contacts officer").sign_in()
    conrad.page.goto(f"/staff/circulation/{YEAR}-1")
    conrad.fill(count="2")
    conrad.click("button:has-text('Approve')")
    assert "It makes 3 letters" in conrad.text
    conrad.fill(count="3")
    conrad.click("button:has-text('Approve')")

    def all_left() -> bool:
        conrad.page.reload()
        return conrad.text.count("written to a file") >= 3

    until(all_left, "the letters leave after the answer")
    assert states(desk) == ["written"] * 3
