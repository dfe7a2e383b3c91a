"""The registers of authorities in a real browser: every page in two sizes and directions, and the night of a call."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from depositary import clock
from depositary.authorities import links
from depositary.authorities.store import ContactStore
from depositary.law.acts import Act
from depositary.register.recording import record
from depositary.web.staff.desk import Desk
from tests.authorities.conftest import entered, propose
from tests.browsers import arrive, await_scripts, is_clean
from tests.register.sample_acts import AT
from tests.staff.authorities.conftest import CONTACT, NUMBER, OTHER, designation, mission
from tests.staff.conftest import Person

PAGES = [
    "/staff/",
    "/staff/contacts",
    "/staff/contacts?q=nobody",
    "/staff/contacts/of/S01",
    "/staff/contacts/of/S02",
    "/staff/contacts/of/S01/new/extradition-authority",
    "/staff/contacts/of/S01/mission",
    "/staff/contacts/entries/2/change",
    "/staff/contacts/entries/2/withdraw",
    "/staff/contacts/entries/2/confirm",
    "/staff/contacts/proposals",
    "/staff/contacts/proposals/4",
    "/staff/contacts/obligations",
    "/staff/contacts/obligations/S01",
    "/staff/contacts/lists?since=2026-01-01",
    "/staff/contacts/asking",
    "/staff/emergency",
    "/staff/emergency?q=s01",
]


@pytest.fixture
def filled(desk: Desk, contacts: ContactStore) -> str:
    """Authorities, an open change, and the path of a link."""
    record(Act("XVIII-16", "S01", "accession", date(2026, 3, 2)), "clerk", AT, desk.store)
    central = replace(CONTACT, function="central authority", authority="Ministry of Justice")
    entered(contacts, mission(), designation(), designation(central))
    propose(contacts, designation(replace(CONTACT, unit="Another Unit"), concerns=2))
    token = links.make(contacts, "confirmation", "S01", 0, "x", "vera", clock.now())
    return f"/contacts/confirm/{token}"


def test_every_page_is_accessible_and_fits(
    people: Callable[..., Person], filled: str, axe: Callable[[Any], list[str]]
) -> None:
    anna = people("anna", "contacts officer").sign_in()
    for path in (*PAGES, filled, "/contacts/confirm/none"):
        anna.page.goto(path)
        is_clean(anna.page, axe, both_directions=True)
    assert [line for line in anna.errors if "404" not in line] == []


def test_two_keystrokes_to_the_number(people: Callable[..., Person], filled: str) -> None:
    anna = people("anna", "auditor").sign_in()
    anna.page.goto("/staff/emergency")
    anna.page.wait_for_selector("#q:focus")
    await_scripts(anna.page)
    for key in "s0":
        anna.page.keyboard.press(key)
    link = anna.page.locator(f'article.reached a[href="tel:{NUMBER}"]').first
    assert link.evaluate("link => parseFloat(getComputedStyle(link).fontSize)") > 24
    assert "If there is no answer: the central authority" in anna.text


def test_on_a_phone_without_scripts(browser: Any, served: str, person: Callable[..., str], filled: str) -> None:
    anna = Person(browser, served, "anna", person("anna", "registrar"))
    anna.context.close()
    size: Any = {"width": 390, "height": 800}
    anna.context = browser.new_context(java_script_enabled=False, base_url=served, viewport=size)
    anna.page = anna.context.new_page()
    anna.sign_in()
    anna.page.goto("/staff/emergency")
    anna.fill(q="s0")
    anna.page.keyboard.press("Enter")
    anna.page.wait_for_selector("article.reached")
    assert anna.page.locator(f'a[href="tel:{NUMBER}"]').count() == 2
    anna.page.goto("/staff/emergency")
    anna.click("nav.index >> text=State 1")
    assert "Ministry of the Interior" in anna.text


def test_proposed_by_one_and_approved_by_another(people: Callable[..., Person], contacts: ContactStore) -> None:
    anna = people("anna", "contacts officer").sign_in()
    otto = people("otto", "contacts officer").sign_in()
    anna.page.goto("/staff/contacts")
    await_scripts(anna.page)
    anna.page.locator("#q").press_sequentially("State 3")
    expect(anna.page.locator("#found").get_by_text("State 4", exact=True)).to_have_count(0)
    anna.click("#found >> text=State 3")
    anna.click("[aria-label='Designate: Point of contact (24/7)']")
    anna.fill(authority="Ministry of the Interior", telephones="12")
    anna.click("button:has-text('Propose')")
    assert anna.page.locator("#telephones-fault").inner_text().endswith("with its code")
    anna.fill(telephones=f"{OTHER} (24/7)")
    anna.page.select_option("#zone", "Africa/Accra")
    anna.page.dblclick("button:has-text('Propose')")
    arrive(anna.page, "**/staff/contacts/proposals/1")
    assert "a second person decides" in anna.text
    otto.page.goto("/staff/contacts/proposals/1")
    otto.page.dblclick("button:has-text('Approve')")
    otto.page.wait_for_selector("text=in effect")
    assert [entry.recorded_by for entry in contacts.entries()] == ["anna, approved by otto"]
    assert [line for line in anna.errors + otto.errors if "422" not in line] == []
