"""An entry, its case, its notifications and its letters lead to each other, both ways."""

import re

from depositary import clock
from depositary.correspondence.notifications.issue import issue
from depositary.desk.audit import Doing
from depositary.web.staff.desk import Desk
from tests.staff.conftest import act
from tests.staff.releasing import Staff, release
from tests.words_of import words_of


def recorded(staff: Staff) -> None:
    """Case 1: an accession with a scan, released as entry 1."""
    registrar = staff["registrar"]
    fields = act(action="accession", do="save", document_kind="note verbale") | {"token": registrar.token}
    scan = {"scan": ("note 12.pdf", b"%PDF-1.7 a note", "application/pdf")}
    headers = {"Sec-Fetch-Site": "same-origin"}
    saved = registrar.client.post("/staff/form", data=fields, files=scan, headers=headers)
    registrar.post(f"{saved.headers['location']}/submit", confirm="yes")
    assert release(staff["legal officer"], 1).status_code == 303


def links(page: str) -> set[str]:
    return set(re.findall(r'href="(/staff/[^"#?]+)', page))


def test_an_entry_leads_to_its_case_and_its_notification_and_both_lead_back(staff: Staff, desk: Desk) -> None:
    recorded(staff)
    auditor = staff["auditor"].client
    waiting = "/staff/notifications/entries/1/consent"
    entry = auditor.get("/staff/entries/1").text
    assert {"/staff/cases/1", waiting} <= links(entry)
    assert re.search(r"/staff/documents/[0-9a-f]{64}", entry)
    assert "Note verbale" in entry
    assert {"/staff/entries/1", waiting} <= links(auditor.get("/staff/cases/1").text)
    assert "/staff/entries/1" in links(auditor.get(waiting).text)
    made = issue(desk.store, desk.collection, 1, "consent", Doing("somebody", clock.now()))
    issued = f"/staff/notifications/issued/{made.reference}"
    for page in ("/staff/entries/1", "/staff/cases/1"):
        assert issued in links(auditor.get(page).text)
        assert waiting not in links(auditor.get(page).text)
    assert {"/staff/entries/1", "/staff/cases/1"} <= links(auditor.get(issued).text)


def test_the_register_has_a_column_of_cases(staff: Staff) -> None:
    recorded(staff)
    page = staff["auditor"].client.get("/staff/entries").text
    assert {"/staff/cases/1", "/staff/entries/1"} <= links(page)
    assert "Case" in words_of(page)


def test_a_struck_out_entry_names_what_took_its_place(staff: Staff, desk: Desk) -> None:
    recorded(staff)
    desk.store.entries()
    registrar = staff["registrar"]
    fields = {"form": "strike", "kind": "strike", "target": "1", "reason": "Never made.", "do": "submit"}
    assert registrar.post("/staff/form", **fields).status_code == 303
    assert release(staff["legal officer"], 2).status_code == 303
    page = registrar.client.get("/staff/entries/1").text
    assert "struck out by 2" in words_of(page)
    assert "/staff/entries/2" in links(page)
    assert "/staff/entries/1/rectify" not in links(page)
    assert {"/staff/entries/1", "/staff/cases/2"} <= links(registrar.client.get("/staff/entries/2").text)


def test_there_is_no_page_of_an_entry_that_is_not_there(staff: Staff) -> None:
    for number in ("0", "1", "99999"):
        assert staff["auditor"].client.get(f"/staff/entries/{number}").status_code == 404
