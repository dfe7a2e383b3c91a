"""One note verbale in a browser: an instrument, its reservation and two authorities, in one case."""

from collections.abc import Callable
from typing import Any

from depositary.authorities.proposal import proposals
from depositary.web.staff.desk import Desk
from tests.browsers import is_clean
from tests.staff.conftest import Person


class Counted:
    """A person whose clicks, fields and keys are counted. A field is typed or chosen; what is typed counts its keys."""

    def __init__(self, person: Person) -> None:
        self.person, self.clicks, self.fields, self.keys = person, 0, 0, 0

    def click(self, what: str) -> None:
        self.clicks += 1
        self.person.click(what)

    def unfold(self, what: str) -> None:
        self.clicks += 1
        self.person.page.click(what)

    def fill(self, **fields: str) -> None:
        self.fields += len(fields)
        for name, value in fields.items():
            if self.person.page.locator(f"select#{name}").count():
                self.person.page.select_option(f"#{name}", value)
            else:
                self.keys += len(value)
                self.person.page.fill(f"#{name}", value)


def test_a_note_with_a_reservation_and_two_authorities(people: Callable[..., Person], desk: Desk) -> None:
    """Before there were cases: four forms, four persons, two offices."""
    flora, rudolf = people("flora", "registrar").sign_in(), people("rudolf", "legal officer").sign_in()
    drafter, releaser = Counted(flora), Counted(rudolf)
    drafter.click("main a:text-is('ratification')")
    drafter.fill(participant="S01", date="2026-03-02")
    drafter.unfold("details.rest > summary")
    drafter.fill(received_on="2026-03-02", received_time="09:30")
    drafter.fill(capacity="yes", undertaking="yes", original="yes", language="yes")
    drafter.click("text=Save, and add more")
    drafter.unfold("text=Add an act to this case")
    drafter.click("main a:text-is('reservation')")
    drafter.fill(provision="63(3)", text="It does not consider itself bound by article 63(2).")
    drafter.click("text=Save in the case")
    for function in ("Central authority", "Point of contact (24/7)"):
        drafter.unfold("text=Add the designation of an authority")
        drafter.click(f"main a:text-is('{function}')")
        drafter.fill(authority="Ministry of Justice", email="contact@example.int")
        drafter.fill(telephones="+12025550143 (24/7)", zone="Africa/Accra")
        drafter.click("text=Save in the case")
    drafter.click("text=Submit for release")
    assert "You drafted this: a second person releases it." in flora.text
    rudolf.page.goto("/staff/")
    releaser.click("#awaiting a")
    assert "Made with the instrument." in rudolf.text
    releaser.click("text=Release into the register")
    assert "Recorded as 1 · 2." in rudolf.text
    assert "Central authority: proposed" in rudolf.text
    entries = desk.store.entries()
    assert [entry.act.action for entry in entries if entry.act] == ["ratification", "reservation"]
    assert {entry.receipt.case for entry in entries if entry.receipt} == {1}
    assert desk.contacts is not None
    assert len(proposals(desk.contacts, "proposed")) == 2
    assert (drafter.clicks, drafter.fields, drafter.keys, releaser.clicks) == (13, 18, 198, 2)
    assert flora.errors == rudolf.errors == []


def test_the_pages_of_a_case_are_accessible(people: Callable[..., Person], axe: Callable[[Any], list[str]]) -> None:
    flora = people("flora", "registrar").sign_in()
    flora.page.goto("/staff/new/accession")
    flora.page.fill("#participant", "S02")
    flora.page.fill("#date", "2026-03-02")
    flora.click("text=Save, and add more")
    for path in ("/staff/cases/1", "/staff/irregularities", "/staff/new/signature"):
        flora.page.goto(path)
        is_clean(flora.page, axe)
