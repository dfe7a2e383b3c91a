"""The desk in a real browser: each path as a person goes it, looked at in two sizes and two directions, axe clean."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from depositary.law.acts import Act
from depositary.register.recording import record
from depositary.web.staff.desk import Desk
from tests.browsers import arrive, is_clean
from tests.register.sample_acts import AT
from tests.staff.conftest import Person


def test_recorded_and_released(people: Callable[..., Person], desk: Desk) -> None:
    flora = people("flora", "registrar").sign_in()
    rudolf = people("rudolf", "legal officer").sign_in()
    flora.click("text=ratification")
    flora.page.locator("#participant").press_sequentially("State 1")
    flora.page.wait_for_selector("datalist option", state="attached")
    flora.page.click("summary")
    flora.fill(participant="S01", date="2026-03-02", received_on="2026-03-02", received_time="09:30")
    for name in ("capacity", "undertaking", "original", "language"):
        flora.page.select_option(f"#{name}", "yes")
    flora.page.wait_for_selector("#preview >> text=1st instrument counted")
    flora.page.dblclick("text=Submit for release")
    arrive(flora.page, "**/staff/cases/1")
    assert "You drafted this: a second person releases it." in flora.text
    assert "Release into the register" not in flora.text
    rudolf.page.goto("/staff/")
    rudolf.click("#awaiting a")
    rudolf.page.dblclick("text=Release into the register")
    rudolf.page.wait_for_selector("text=Recorded as")
    assert [entry.recorded_by for entry in desk.store.entries()] == ["flora, released by rudolf"]
    rudolf.page.go_back()
    rudolf.page.reload()
    assert len(desk.store.entries()) == 1
    assert flora.errors == rudolf.errors == []


def test_the_fortieth_instrument(people: Callable[..., Person], desk: Desk) -> None:
    for place in range(2, 41):
        record(Act("XVIII-16", f"S{place:02}", "accession", date(2026, 2, 2)), "clerk", AT, desk.store)
    flora = people("flora", "registrar").sign_in()
    flora.page.goto("/staff/new/ratification")
    flora.fill(date="2026-03-02", participant="S01")
    grave = "It would bring the Convention into force on 31 May 2026."
    expect(flora.page.locator("#preview .grave")).to_have_text(grave)
    sizes = """lines => lines.map(line => {
        const style = getComputedStyle(line);
        return [line.innerText.trim(), parseFloat(style.fontSize) * parseInt(style.fontWeight)];
    })"""
    found = dict(flora.page.locator("#preview li").evaluate_all(sizes))
    assert found.pop(grave) > max(found.values())


@pytest.mark.parametrize(("day", "said"), [("2026-04-02", "in time"), ("2026-04-03", "too late")])
def test_a_denunciation_revoked_in_time_and_too_late(
    people: Callable[..., Person], desk: Desk, day: str, said: str
) -> None:
    for place in range(1, 41):
        record(Act("XVIII-16", f"S{place:02}", "accession", date(2025, 1, 2)), "clerk", AT, desk.store)
    record(Act("XVIII-16", "S07", "denunciation", date(2025, 4, 3)), "clerk", AT, desk.store)
    flora = people("flora", "registrar").sign_in()
    flora.page.goto("/staff/new/revocation-of-denunciation")
    flora.fill(date=day, participant="S07")
    flora.page.wait_for_selector("#preview >> text=Examination")
    late = "refused" in (
        flora.page.locator("#preview .said li").evaluate_all("all => all.map(e => e.className).join(' ')")
    )
    assert late is (said == "too late")
    if not late:
        assert "State 7, end of participation: no date, and not 3 April 2026." in flora.text


def test_the_last_that_is_typed_is_previewed(people: Callable[..., Person]) -> None:
    flora = people("flora", "registrar").sign_in()
    flora.page.goto("/staff/new/accession")
    unanswered: list[Any] = []
    flora.page.route("**/form/preview", lambda route: route.continue_() if unanswered else unanswered.append(route))
    with flora.page.expect_request("**/form/preview"):
        flora.fill(participant="S02")
    flora.fill(date="2026-03-02")
    expect(flora.page.locator("#preview .what")).to_have_text("State 2: accession, 2 March 2026")
    assert len(unanswered) == 1


def test_given_back(people: Callable[..., Person]) -> None:
    flora, rudolf = people("flora", "registrar").sign_in(), people("rudolf", "legal officer").sign_in()
    flora.page.goto("/staff/new/accession")
    flora.fill(participant="S02", date="2026-03-02")
    flora.submit()
    rudolf.page.goto("/staff/cases/1")
    rudolf.fill(reason="It is a copy.")
    rudolf.click("button:has-text('Give back')")
    flora.page.reload()
    assert "It is a copy." in flora.text
    flora.click("text=Edit what came")
    flora.fill(date="2026-03-03")
    flora.click("text=Save in the case")
    flora.submit()
    assert "awaiting release" in flora.text


def test_rectified_and_other_dates_move(people: Callable[..., Person], desk: Desk) -> None:
    for place in range(1, 41):
        record(Act("XVIII-16", f"S{place:02}", "accession", date(2026, 3, min(place, 28))), "clerk", AT, desk.store)
    flora = people("flora", "registrar").sign_in()
    flora.page.goto("/staff/entries")
    flora.click("a[href='/staff/entries/1/rectify']")
    flora.fill(date="2026-04-20", reason="The date was that of the note.")
    flora.page.wait_for_selector("#preview .grave")
    assert "would move from" in flora.text or "of the Convention" in flora.text
    flora.submit()
    assert "As it stands" in flora.text
    assert "1 March 2026" in flora.text
    assert "20 April 2026" in flora.text


def test_a_file_with_faults_and_a_file_without(people: Callable[..., Person], tmp_path: Path) -> None:
    header = "treaty,participant,action,date,subject,effective,place,provision,text,source\n"
    (tmp_path / "wrong.csv").write_text(f"{header}XVIII-16,S01,ratify,2026-02-30,,,,,,\n")
    (tmp_path / "right.csv").write_text(
        header + "".join(f"XVIII-16,S{n:02},accession,2026-03-02,,,,,,\n" for n in range(1, 41))
    )
    flora = people("flora", "registrar").sign_in()
    flora.page.goto("/staff/import")
    flora.page.set_input_files("#file", tmp_path / "wrong.csv")
    flora.click("text=Examine")
    assert "ratify · action · in row 2" in flora.text
    flora.page.set_input_files("#file", tmp_path / "right.csv")
    flora.click("text=Examine")
    assert "A file of 40 acts" in flora.text
    assert "would bring the Convention into force on 31 May 2026" in flora.text
    flora.submit()
    rudolf = people("rudolf", "legal officer").sign_in()
    rudolf.page.goto("/staff/cases/1")
    beside = rudolf.page.locator("aside.beside-form")
    assert beside.bounding_box()["height"] < 900, "what is beside the case stands still, and would not be reached"
    assert beside.evaluate("beside => beside.scrollHeight") > 900
    rudolf.click("text=Release into the register")
    assert "Recorded as 1 · 2 · 3" in rudolf.text


def test_the_bench(people: Callable[..., Person], desk: Desk) -> None:
    vera = people("vera", "auditor").sign_in()
    vera.page.goto("/staff/bench")
    vera.fill(acts="\n".join(f"2027-03-01 S{n:02} accession" for n in range(1, 41)))
    vera.click("button:has-text('Suppose')")
    assert "into force on 30 May 2027" in vera.text
    vera.click("text=The address of this question")
    assert "into force on 30 May 2027" in vera.text
    with vera.page.expect_download() as download:
        vera.page.click("text=One page for a briefing")
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"%PDF-1.7")
    vera.fill(acts="2027-03-01 XXX nonsense")
    vera.click("button:has-text('Suppose')")
    assert "is not a participant" in vera.text
    assert desk.store.entries() == []


def test_without_scripts(browser: Any, served: str, person: Callable[..., str]) -> None:
    flora = Person(browser, served, "flora", person("flora", "registrar"))
    flora.context.close()
    flora.context = browser.new_context(java_script_enabled=False, base_url=served)
    flora.page = flora.context.new_page()
    flora.sign_in()
    flora.page.goto("/staff/new/accession")
    flora.fill(participant="S02", date="2026-03-02")
    flora.click("button.without-scripts:has-text('Examine')")
    assert "1st instrument counted" in flora.text
    assert flora.page.input_value("#date") == "2026-03-02"
    flora.submit()
    assert "awaiting release" in flora.text


PAGES = [
    "/staff/",
    "/staff/entries",
    "/staff/new/ratification",
    "/staff/new/reservation",
    "/staff/new/territorial-application",
    "/staff/new/signature",
    "/staff/bench",
    "/staff/import",
]
PAGES += [
    "/staff/self",
    "/staff/cases/1",
    "/staff/cases/1/edit",
    "/staff/entries/1/rectify",
    "/staff/entries/1/strike",
    "/staff/cases/99",
]


def test_every_page_is_accessible_and_fits(
    people: Callable[..., Person], desk: Desk, axe: Callable[[Any], list[str]]
) -> None:
    record(Act("XVIII-16", "S01", "accession", date(2026, 3, 2)), "clerk", AT, desk.store)
    flora = people("flora", "legal officer")
    flora.page.goto("/staff/sign-in")
    is_clean(flora.page, axe, both_directions=True)
    flora.prove(1)
    flora.page.goto("/staff/new/accession")
    flora.fill(participant="S02", date="2026-03-02")
    flora.click("text=Save, and add more")
    for path in PAGES:
        flora.page.goto(path)
        is_clean(flora.page, axe, both_directions=True)
    assert [line for line in flora.errors if "404" not in line] == []


@pytest.mark.parametrize(("role", "path"), [("auditor", "/staff/audit"), ("administrator", "/staff/accounts")])
def test_the_pages_of_other_roles_are_accessible(
    people: Callable[..., Person], axe: Callable[[Any], list[str]], role: str, path: str
) -> None:
    vera = people("vera", role).sign_in()
    vera.page.goto(path)
    assert axe(vera.page) == []
    if role == "administrator":
        vera.fill(name="new.person", full_name="A New Person")
        vera.page.check("form[action='/staff/accounts'] input[name='role-auditor']")
        vera.click("text=Add and invite")
        link = vera.page.inner_text("code.link")
        assert re.search(r"/staff/invitation/[\w-]{43}$", link)
        vera.page.goto(re.sub(r"^https://[^/]+", "", link))
        assert axe(vera.page) == []
        assert "new.person" in vera.text


def test_a_button_shows_that_its_work_goes_on(people: Callable[..., Person]) -> None:
    flora = people("flora", "registrar").sign_in()
    flora.page.goto("/staff/new/ratification")
    flora.page.evaluate("document.addEventListener('submit', (sent) => sent.preventDefault())")
    flora.fill(participant="S01", date="2026-03-02")
    button = flora.page.locator("button", has_text="Submit for release")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    flora.page.evaluate("window.dispatchEvent(new Event('pageshow'))")
    expect(button).not_to_have_attribute("aria-busy", "true")
    assert flora.errors == []
