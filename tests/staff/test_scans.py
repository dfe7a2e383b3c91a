"""Scans: they have a name and a kind, and nothing that was typed is lost with them, nor they with a session."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

from depositary import clock
from depositary.desk.case import known_case
from depositary.register.recording import attach_all
from depositary.web.staff.carried_scans import LASTS, CarriedScans
from depositary.web.staff.desk import Desk
from tests.staff.conftest import HERE, Browser, act
from tests.staff.releasing import Staff, hidden, release
from tests.words_of import words_of

NOTE = b"%PDF-1.7 a note"
TYPED = "what a person typed"


def send(browser: Browser, content: bytes, name: str = "Note 12 of 2026.pdf", **fields: str):
    form = act(do="save", remark=TYPED) | {"token": browser.token} | fields
    files = {"scan": (name, content, "application/pdf")}
    return browser.client.post("/staff/form", data=form, files=files, headers=HERE)


def kept(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return {name: html.unescape(value) for name, value in re.findall(r'name="kept-([^"]+)" value="([^"]*)"', page)}


def test_a_scan_has_a_name_and_a_kind_wherever_it_is_shown(staff: Staff, desk: Desk) -> None:
    registrar = staff["registrar"]
    assert send(registrar, NOTE, document_kind="note verbale").status_code == 303
    assert "Note verbale: Note 12 of 2026.pdf" in words_of(registrar.client.get("/staff/cases/1").text)
    registrar.post("/staff/cases/1/submit", confirm="yes")
    assert release(staff["legal officer"], 1).status_code == 303
    for page in ("/staff/entries/1", "/staff/entries/1/rectify", "/staff/entries/1/strike"):
        assert "Note verbale: Note 12 of 2026.pdf" in words_of(registrar.client.get(page).text), page
    assert "/staff/cases/1" in registrar.client.get("/staff/find?q=note+12").text


def test_a_scan_is_seen_beside_the_act_and_on_the_notification(staff: Staff, desk: Desk) -> None:
    registrar, legal = staff["registrar"], staff["legal officer"]
    send(registrar, NOTE, document_kind="note verbale")
    registrar.post("/staff/cases/1/submit", confirm="yes")
    (seen,) = set(re.findall(r'<iframe src="([^"]+)"', legal.client.get("/staff/cases/1").text))
    shown = legal.client.get(seen)
    assert shown.content == NOTE
    assert shown.headers["content-disposition"].startswith("inline")
    assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]
    assert "frame-src 'self'" in legal.client.get("/staff/cases/1").headers["content-security-policy"]
    assert legal.client.get(seen.partition("?")[0]).headers["content-disposition"].startswith("attachment")
    release(legal, 1)
    before = legal.client.get("/staff/notifications/entries/1/consent").text
    assert seen in before
    shown_at = hidden(before, "shown")
    issued = legal.post("/staff/notifications/entries/1/consent", shown=shown_at)
    assert seen in legal.client.get(issued.headers["location"]).text


def test_a_scan_is_added_to_an_entry_later_by_two_persons(staff: Staff, desk: Desk) -> None:
    registrar, legal = staff["registrar"], staff["legal officer"]
    send(registrar, NOTE, document_kind="note verbale")
    registrar.post("/staff/cases/1/submit", confirm="yes")
    release(legal, 1)
    (link,) = re.findall(
        r'href="(/staff/entries/1/rectify\?adds=scan)#scan"', registrar.client.get("/staff/entries/1").text
    )
    form = registrar.client.get(link).text
    assert "A scan is added to this entry." in form
    values = {name: html.unescape(text) for name, text in re.findall(r'name="([^"]+)"[^>]* value="([^"]*)"', form)}
    again = {name: values.get(name, "") for name in ("form", "kind", "target", "received_on", "received_time")}
    made = send(
        registrar,
        b"%PDF-1.7 powers",
        "Powers.pdf",
        document_kind="full powers",
        reason="It came later.",
        do="submit",
        **again,
    )
    assert made.status_code == 303
    assert len(desk.store.entries()) == 1, "one person adds nothing"
    assert release(legal, 2).status_code == 303
    first, second = desk.store.entries()
    assert (second.rectifies, second.act == first.act, len(second.documents)) == (1, True, 2)
    said = words_of(registrar.client.get("/staff/entries/2").text)
    assert "Note verbale: Note 12 of 2026.pdf" in said
    assert "Full powers: Powers.pdf" in said
    assert "corrigendum" not in words_of(legal.client.get("/staff/notifications").text).lower()


def test_a_scan_that_is_too_large_or_no_pdf_keeps_what_was_typed(staff: Staff) -> None:
    registrar = staff["registrar"]
    assert "At most 25 MB in one sending." in words_of(registrar.client.get("/staff/new/ratification").text)
    for wrong, said in (
        (b"a picture", "Scans are PDF files"),
        (b"%PDF-" + b"x" * (25 << 20), "The scans of one form have at most 25 MB."),
    ):
        page = send(registrar, wrong)
        assert (page.status_code, TYPED in page.text) == (422, True)
        assert said in words_of(page.text)
    assert registrar.client.get("/staff/cases/1").status_code == 404


def test_a_scan_stays_with_a_form_that_is_shown_again(staff: Staff, desk: Desk) -> None:
    registrar = staff["registrar"]
    page = send(registrar, NOTE, date="2026-02-30", document_kind="translation")
    assert page.status_code == 422
    documents = html.unescape(hidden(page.text, "documents"))
    assert registrar.post("/staff/form", **act(do="save", documents=documents)).status_code == 303
    with desk.store.session() as session:
        case = known_case(session, 1)
    assert case is not None
    assert [(one.kind, one.name) for one in case.content.documents] == [("translation", "Note 12 of 2026.pdf")]
    assert registrar.post("/staff/form", **act(do="save", form="2", documents="[[1]]")).status_code == 422


def test_a_scan_is_kept_over_the_end_of_a_session(staff: Staff, desk: Desk, signed_in: Callable[..., Browser]) -> None:
    gone = signed_in("registrar.one", minutes=24 * 60)
    asked = send(gone, NOTE)
    assert asked.status_code == 401
    fields = kept(asked.text)
    assert (fields["remark"], "token" in fields) == (TYPED, False)
    assert staff["registrar"].post("/staff/form", **fields).status_code == 303
    with desk.store.session() as session:
        case = known_case(session, 1)
    assert case is not None
    assert [one.name for one in case.content.documents] == ["Note 12 of 2026.pdf"]
    assert desk.store.document(case.content.documents[0].digest) == NOTE


def test_scans_are_carried_for_half_an_hour_and_the_oldest_go_first() -> None:
    carried, at = CarriedScans(), clock.now()
    first = carried.put([b"x" * (100 << 20)], ["a.pdf"], at)
    assert carried.found(first, at)[1] == ("a.pdf",)
    assert carried.found(first, at + LASTS + timedelta(seconds=1)) == ((), ())
    second = carried.put([b"y" * (100 << 20)], ["b.pdf"], at)
    assert carried.found(first, at) == ((), ())
    assert carried.found(second, at)[1] == ("b.pdf",)
    assert carried.found("", at) == ((), ())


def test_a_file_of_acts_is_viewed_as_its_text_and_a_workbook_is_not(staff: Staff, desk: Desk) -> None:
    auditor = staff["auditor"]
    for content, said in ((b"treaty,action\n", "treaty,action"), (b"PK workbook", "A browser does not show this file")):
        (digest,) = attach_all(desk.store, [content])
        viewed = auditor.client.get(f"/staff/documents/{digest}?view=yes")
        assert said in viewed.text
        assert viewed.headers["content-type"] == "text/plain; charset=utf-8"
        assert "content-disposition" not in viewed.headers, "it is not downloaded"
        assert auditor.client.get(f"/staff/documents/{digest}").content == content
