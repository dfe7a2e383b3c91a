"""Enter in a field sends no form, and what was typed is in it when one comes back, also to a form that was saved."""

from collections.abc import Callable

from playwright.sync_api import expect

from depositary.web.staff.desk import Desk
from tests.browsers import arrive, await_scripts
from tests.staff.conftest import Person
from tests.staff.test_double_clicks import case_of


def test_enter_and_the_back_button(people: Callable[..., Person], desk: Desk) -> None:
    flora = people("flora", "registrar").sign_in()
    page, remark = flora.page, flora.page.locator("#remark")
    page.goto("/staff/new/ratification")
    page.click("summary")
    flora.fill(participant="S01", date="2025-03-02", remark="as the note says")
    flora.click("text=Save, and add more")
    page.check("input[name=confirm]")
    for box in ("[name=confirm]", "[name=q]"):
        page.locator(box).press("Enter")
    arrive(page, "**/staff/find?q=")
    assert [step.what for step in case_of(desk, 1).steps] == [], "Enter in a box sends nothing, in a search it does"
    page.go_back()
    expect(page.locator("[name=confirm]")).to_be_checked()
    page.go_back()
    expect(remark).to_have_value("as the note says")
    await_scripts(page)
    remark.fill("as the letter says")
    expect(page.locator("#preview .what")).to_have_text("State 1: ratification, 2 March 2025")
    remark.press("Enter")
    page.locator("#participant").press("Enter")
    flora.click("text=Save, and add more")
    assert "This form was saved before, as case 1." in flora.text
    expect(page.locator(".differing tbody tr")).to_have_count(1)
    flora.click("text=Save in the case")
    assert case_of(desk, 1).content.remark == "as the letter says"
