"""The import at the desk: files as offices have them, what is asked, and rows that repeat an entry."""

import io
import re
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from depositary import clock
from depositary.law.acts import Act
from depositary.register.entry import as_known
from depositary.register.recording import record
from depositary.web.staff.acts_file import carried
from depositary.web.staff.desk import Desk
from tests.staff.conftest import HERE, Browser
from tests.words_of import words_of

Staff = dict[str, Browser]
PATH = "/staff/import"


def send(browser: Browser, content: bytes | str, name: str = "November.csv", **fields: str):
    raw = content.encode() if isinstance(content, str) else content
    form = {"token": browser.token, "form": name} | fields
    return browser.client.post(PATH, data=form, files={"file": (name, raw, "text/csv")}, headers=HERE)


def again(browser: Browser, content: bytes | str, name: str = "November.csv", **fields: str):
    """Sends the page that carries a file, without choosing the file again."""
    raw = content.encode() if isinstance(content, str) else content
    form = {"token": browser.token, "form": name, "name": name, "kept": carried(raw)} | fields
    return browser.client.post(PATH, data=form, headers=HERE)


def test_forty_ratifications_by_name_take_one_round(staff: Staff, desk: Desk) -> None:
    names = [desk.collection.participants[f"S{n:02}"].names[0].english for n in range(1, 41)]
    content = "State;Type;Date\n" + "".join(f"{name};Ratification;27/11/2026\n" for name in names)
    page = send(staff["registrar"], content, treaty="XVIII-16")
    assert page.status_code == 200
    assert "40 acts are new." in words_of(page.text)
    assert f"{names[0]} · Ratification · 27/11/2026" in page.text, "what was written"
    assert "XVIII-16 · S01 · ratification · 2026-11-27" in page.text, "beside what was understood"
    assert "November.csv" in page.text
    assert staff["registrar"].client.get("/staff/cases/1").status_code == 404, "nothing was made of it yet"
    made = again(staff["registrar"], content, treaty="XVIII-16", do="draft")
    assert made.status_code == 303
    page = staff["legal officer"].client.get("/staff/cases/1").text
    assert "A file of 40 acts" in words_of(page)
    (where,) = re.findall(r'<a href="([^"]*)">File of acts: November\.csv</a>', page)
    file = staff["legal officer"].client.get(where)
    assert (file.content, file.headers["content-disposition"][-5:]) == (content.encode(), '.csv"')


def test_each_unknown_is_asked_once_and_answered_on_the_page(staff: Staff, desk: Desk) -> None:
    content = "Who,action,date,Remark\n" + "Zembla,ratification,2026-11-27,x\n" * 2 + "S02,rattified,2026-11-27,\n"
    page = send(staff["registrar"], content, treaty="XVIII-16")
    assert page.status_code == 422
    assert 'value="Who"' in page.text
    assert 'class="faults"' in page.text, "a needed column is missing until the question is answered"
    answers = {"text-1": "Who", "mean-1": "participant", "text-2": "Remark", "mean-2": "-"}
    page = again(staff["registrar"], content, treaty="XVIII-16", **answers)
    said = words_of(page.text)
    assert (page.status_code, page.text.count('name="mean-')) == (422, 4), "two answers kept, two questions"
    assert "Zembla · participant · in 2 rows, the first is 2" in said
    assert "rattified · action · in row 4" in said
    answers |= {"text-3": "Zembla", "mean-3": "S01", "text-4": "rattified", "mean-4": "ratification"}
    page = again(staff["registrar"], content, treaty="XVIII-16", **answers)
    assert page.status_code == 200
    assert "3 acts are new." in words_of(page.text)


def test_what_no_answer_mends_is_said_with_the_questions(staff: Staff) -> None:
    page = send(
        staff["registrar"],
        "participant,action,date,effective\nZembla,accession,2026-11-27,2026-01-01\n",
        treaty="XVIII-16",
    )
    said = words_of(page.text)
    assert "November.csv:2: effective: only a succession has one; must be empty" in said
    assert "Zembla · participant · in row 2" in said
    assert "--means" not in said, "the desk has no command line"


def test_a_date_of_two_meanings_is_asked_about(staff: Staff) -> None:
    content = "participant,action,date\nS01,ratification,05/06/2026\n"
    page = send(staff["registrar"], content, treaty="XVIII-16")
    assert page.status_code == 422
    assert "A date of row 2 can be read in two ways" in words_of(page.text)
    page = again(staff["registrar"], content, treaty="XVIII-16", dates="day")
    assert "2026-06-05" in page.text


def test_a_workbook_and_an_empty_file_to_fill_in(staff: Staff) -> None:
    got = staff["registrar"].client.get(f"{PATH}/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(got.content))
    book["acts"].append(["XVIII-16", "S05", "accession", date(2026, 11, 20)])
    out = io.BytesIO()
    book.save(out)
    page = send(staff["registrar"], out.getvalue(), "acts.xlsx")
    assert "XVIII-16 · S05 · accession · 2026-11-20" in page.text
    assert staff["registrar"].client.get(f"{PATH}/template.csv").text.startswith("treaty,participant,action,date")


def test_a_box_for_each_row_that_differs_from_an_entry(staff: Staff, desk: Desk) -> None:
    day = date(2026, 3, 2)
    for code in ("S01", "S02", "S03"):
        record(Act("XVIII-16", code, "signature", day, place="New York"), "clerk", clock.now(), desk.store)
    content = "treaty,participant,action,date,place\n" + "".join(
        f"XVIII-16,{code},signature,2026-03-02,{place}\n"
        for code, place in (("S01", "New York"), ("S02", "Hanoi"), ("S03", "Hanoi"), ("S04", "New York"))
    )
    page = send(staff["registrar"], content)
    assert page.status_code == 200
    assert re.findall(r'name="rectify-(\d+)"', page.text) == ["3", "4"]
    assert "differs from entry 2 in: place" in page.text
    assert "1 act is new." in words_of(page.text)
    made = again(staff["registrar"], content, do="draft", **{"rectify-4": "yes"})
    assert made.headers["location"] == "/staff/cases/1"
    browser = staff["registrar"].client
    assert desk.collection.participants["S04"].names[0].english in browser.get("/staff/cases/1").text
    assert "as in the file November.csv" in browser.get("/staff/cases/2").text
    assert browser.get("/staff/cases/3").status_code == 404, "the row whose box was not ticked stays"
    assert len(as_known(desk.store.entries())) == 3


def test_a_file_that_stands_already_makes_no_case(staff: Staff, desk: Desk) -> None:
    record(Act("XVIII-16", "S01", "signature", date(2026, 3, 2)), "clerk", clock.now(), desk.store)
    page = send(staff["registrar"], "treaty,participant,action,date\nXVIII-16,S01,signature,2026-03-02\n")
    assert page.status_code == 200
    assert "All acts of the file stand in the register already." in words_of(page.text)


@pytest.mark.parametrize("kept", ["%%%", "AAAA", carried(b"x" * (21 * 1024 * 1024))])
def test_a_forged_file_that_the_page_carries_is_refused(staff: Staff, kept: str) -> None:
    browser = staff["registrar"]
    fields = {"token": browser.token, "form": "f", "name": "../../x.csv", "kept": kept}
    page = browser.client.post(PATH, data=fields, headers=HERE)
    assert page.status_code == 422


def test_the_name_of_a_file_leads_nowhere(staff: Staff) -> None:
    page = send(staff["registrar"], "nothing\n", "../../etc/..\\pass<b>wd.csv")
    assert page.status_code == 422
    assert "pass_b_wd.csv" in page.text
    assert "<b>wd" not in page.text


@pytest.mark.parametrize("letter", ["x", "\N{CJK UNIFIED IDEOGRAPH-4E00}", "\N{CJK UNIFIED IDEOGRAPH-20000}"])
def test_a_long_name_of_a_file_is_one_that_the_file_system_takes(staff: Staff, letter: str) -> None:
    """A name of eighty characters may have 320 bytes, and a file system takes 255."""
    content = "treaty,participant,action,date\nXVIII-16,S01,accession,2026-03-02\n"
    page = send(staff["registrar"], content, f"{letter * 300}.csv")
    assert page.status_code == 200
    assert f"{letter * 50}.csv" in page.text
    assert again(staff["registrar"], content, f"{letter * 300}.csv", do="draft").status_code == 303


def test_the_name_that_a_page_carries_leads_nowhere(
    staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser sends it as a field: somebody who forges it would write where the desk may write."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    content = "treaty,participant,action,date\nXVIII-16,S01,accession,2026-03-02\n"
    made = again(staff["registrar"], content, "../forged.csv", do="draft")
    assert (made.status_code, (tmp_path / "forged.csv").exists()) == (303, False)
    assert "File of acts: forged.csv" in staff["registrar"].client.get("/staff/cases/1").text
