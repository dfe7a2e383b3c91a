"""The forms of the desk: fields, dates, text and files that a person or an attacker may send."""

import ast
import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary.desk import accounts
from depositary.desk.roles import ROLES, Role
from depositary.desk.tables import AccountRow
from depositary.law.readings import READINGS
from depositary.settings import PROJECT
from depositary.web.staff.desk import Desk
from depositary.words import AVAILABLE, language
from tests.staff.conftest import HERE, URL, Browser, act
from tests.words_of import words_of

Staff = dict[Role, Browser]


def test_no_handler_takes_or_gives_a_row_of_a_table() -> None:
    for path in (PROJECT / "depositary/web/staff").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for argument in function.args.args:
                    assert "Row" not in ast.unparse(argument.annotation or ast.Constant("")), path
        assert "response_model" not in path.read_text(encoding="utf-8")


def test_fields_that_a_form_does_not_have_set_nothing(staff: Staff, desk: Desk) -> None:
    more = {
        "id": "7",
        "role": "administrator",
        "approved_by": "x",
        "entry": "9",
        "recorded_by": "x",
        "saved_by": "rudolf",
        "number": "12",
    }
    made = staff["registrar"].post("/staff/form", **act(), **more)
    assert made.headers["location"] == "/staff/cases/1"
    page = words_of(staff["legal officer"].client.get("/staff/cases/1").text)
    assert re.search(r"registrar\.one ?: version 1", page)
    assert "rudolf" not in page


def test_the_database_repeats_the_rules(store: Any) -> None:
    import sqlalchemy as sa

    for statement in (
        "INSERT INTO account VALUES ('x', 'Person', 'registrar', 'en', '', '', 0, '', '', '', '')",
        "INSERT INTO account VALUES ('flora', '', 'registrar', 'en', '', '', 0, '', '', '', '')",
        "INSERT INTO account VALUES ('flora', NULL, 'registrar', 'en', '', '', 0, '', '', '', '')",
        "INSERT INTO draft_version VALUES (99, 1, '{}', 'x', 'nobody', '')",
        "INSERT INTO recovery_code VALUES ('x', 'nobody', '')",
        "INSERT INTO desk_session VALUES ('x', 'nobody', '', '', '', '', '', '')",
    ):
        with pytest.raises(sa.exc.DBAPIError), store.session(writing=True) as session:
            session.execute(sa.text(statement))


BAD_DATES = [
    *("2026-02-30", "2100-02-29", "0001-01-01", "9999-12-31", "05/01/2026", "1772323200", "0", "now", "today"),
    *("26-01-05", "2026-01", "2026-W05", "20260105", "2026-01-05Z", "31/02/2026", "27/13/2026"),
    *(" -2026-01-05", "2026--01-05", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "x"),
    *("=1+1", "-1", "1e3", "null", "NaN"),
]


@pytest.mark.parametrize("column", ["date", "on_instrument", "received_on"])
def test_wrong_dates_are_refused_beside_their_fields(staff: Staff, desk: Desk, column: str) -> None:
    assert len(BAD_DATES) >= 28
    for text in BAD_DATES:
        response = staff["registrar"].post("/staff/form", **act(**{column: text}))
        assert response.status_code == 422, text
        assert f'id="{column}-fault"' in response.text, text
    assert staff["registrar"].client.get("/staff/cases/1").status_code == 404


WRITTEN = [
    "２０２５-11-27",
    "27/11/2025",
    "27.11.2025",
    "2025/11/27",
    "٢٠٢٥-١١-٢٧",
    "٢٧/١١/٢٠٢٥",
    "27 November 2025",
    "27 novembre 2025",
    "2025-11-27\u200b",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_date_in_another_form_is_shown_in_words_before_it_is_saved(staff: Staff, written: str) -> None:
    browser = staff["registrar"]
    shown = browser.post("/staff/form", **act(received_on=written, received_time="9.30"))
    assert shown.status_code == 200
    assert "27 November 2025" in words_of(shown.text)
    assert 'name="received_on" type="text" value="2025-11-27"' in shown.text
    assert 'value="09:30"' in shown.text
    assert browser.client.get("/staff/cases/1").status_code == 404
    again = browser.post("/staff/form", **act(received_on="2025-11-27", received_time="09:30"))
    assert again.status_code == 303


def test_a_date_that_means_two_days_is_asked_about(staff: Staff) -> None:
    told = words_of(staff["registrar"].post("/staff/form", **act(date="05/01/2026")).text)
    assert "05/01/2026 may be 2026-01-05 or 2026-05-01; write which" in told


def test_a_form_that_is_too_long_is_refused(app: FastAPI, staff: Staff) -> None:
    browser = staff["registrar"]
    big = {"token": browser.token, "text": "x" * (4 * 1024 * 1024)}
    assert browser.client.post("/staff/form", data=big, headers=HERE).status_code == 413
    scan = {"scan": ("a.pdf", b"%PDF-" + b"x" * (64 * 1024 * 1024), "application/pdf")}
    assert (
        browser.client.post("/staff/form", data={"token": browser.token}, files=scan, headers=HERE).status_code == 413
    )
    many = "&".join(f"f{n}=1" for n in range(1001))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.client.post("/staff/form", content=many, headers=HERE | kind).status_code in (413, 422)

    def endless() -> Iterator[bytes]:
        for _ in range(80):
            yield b"x" * 65536

    assert browser.client.post("/staff/form", content=endless(), headers=HERE | kind).status_code == 413


def test_control_characters_are_refused_and_text_is_normalized(staff: Staff) -> None:
    import unicodedata

    points = [
        *range(0x00, 0x09),
        0x0B,
        0x0C,
        *range(0x0E, 0x14),
        0x7F,
        0x85,
        0xAD,
        0x200B,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x2070),
        0x2028,
        0x2029,
        0xFEFF,
    ]
    assert len(points) >= 40
    for point in points:
        response = staff["registrar"].post("/staff/form", **act(source=f"C.N.{chr(point)}1"))
        assert response.status_code == 422, hex(point)
    spread = unicodedata.normalize("NFD", "Hà Nội")
    made = staff["registrar"].post("/staff/form", **act(action="signature", date="2025-10-25", place=spread))
    page = staff["registrar"].client.get(made.headers["location"]).text
    assert unicodedata.normalize("NFC", spread) in page


def test_sql_in_a_field_is_a_text(staff: Staff, desk: Desk) -> None:
    for text in ("'; DROP TABLE entry; --", "' OR 1=1 --", '" UNION SELECT password FROM account --', "%'", "\\'"):
        made = staff["registrar"].post("/staff/form", **act(form=text, source=text, do="save"))
        assert made.status_code == 303
        found = words_of(staff["registrar"].client.get(f"/staff/participants?participant={text}").text)
        assert found == ""
    with desk.store.session() as session:
        assert len(accounts.accounts(session)) == len(ROLES)


def test_a_field_twice_is_refused(staff: Staff) -> None:
    browser = staff["registrar"]
    twice = [("token", browser.token), *act().items(), ("date", "2026-03-03")]
    body = "&".join(f"{name}={value}" for name, value in twice).replace(" ", "+")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.client.post("/staff/form", content=body, headers=HERE | kind).status_code == 422
    assert browser.client.post("/staff/form", json={"date": "x"}, headers=HERE).status_code == 422


HOSTILE = '"><script>alert(1)</script>{{7*7}}<img src=x onerror=alert(1)>'


def test_what_is_typed_is_shown_as_it_is(staff: Staff, desk: Desk) -> None:
    browser = staff["registrar"]
    wrong = browser.post("/staff/form", **dict.fromkeys(act(), HOSTILE) | {"kind": "record", "action": "ratification"})
    made = browser.post(
        "/staff/form",
        **act(action="declaration", text=HOSTILE, source=HOSTILE, remark=HOSTILE, grounds=HOSTILE, provision="63(3)"),
    )
    pages = [
        wrong.text,
        browser.client.get(made.headers["location"]).text,
        browser.client.get(f"{made.headers['location']}/edit").text,
    ]
    pages.append(browser.client.get("/staff/bench", params={"acts": HOSTILE}).text)
    pages.append(
        TestClient(browser.client.app, base_url=URL).post("/staff/form", data={"text": HOSTILE}, headers=HERE).text
    )
    for page in pages:
        assert HOSTILE not in page
        assert "<script>alert" not in page
        assert not re.findall(r"<img[^>]+onerror", page)
        assert "49" not in re.findall(r"\{\{.*?\}\}|49<", page)


def test_only_pdf_files_are_kept_and_no_name_of_a_file(staff: Staff, desk: Desk) -> None:
    browser = staff["registrar"]
    names = [
        "../../etc/passwd",
        "..\\..\\x",
        "/etc/passwd",
        "CON",
        "a\x00.pdf",
        "..%2f..%2fx",
        "x" * 255,
        "a.pdf.exe",
        ".htaccess",
        "~root",
    ]
    for name in names:
        for content, status in (
            (b"%PDF-1.7 " + name.encode(), 303),
            (b"<html>", 422),
            (b"MZ", 422),
            (b"PK\x03\x04", 422),
        ):
            sent = browser.client.post(
                "/staff/form",
                data={"token": browser.token} | act(form=name.replace("\0", ""), do="save"),
                files={"scan": (name, content, "application/pdf")},
                headers=HERE,
            )
            assert sent.status_code == status, (name, sent.status_code)
    page = browser.client.get("/staff/cases/1").text
    (link,) = re.findall(r'href="(/staff/documents/[0-9a-f]{64})"', page)
    got = browser.client.get(link)
    assert got.content.startswith(b"%PDF-1.7")
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert TestClient(browser.client.app, base_url=URL, follow_redirects=False).get(link).status_code == 303


def test_hostile_files_make_no_draft(staff: Staff, desk: Desk) -> None:
    """The hostile files of tests/faults, sent through the browser's form."""
    from tests.faults.test_hostile_files import REFUSED

    browser, sent = staff["registrar"], 0
    for name, content in REFUSED.items():
        raw = content if isinstance(content, bytes) else content.encode()
        response = browser.client.post(
            "/staff/import",
            data={"token": browser.token, "form": name},
            files={"file": (name, raw, "text/csv")},
            headers=HERE,
        )
        assert response.status_code == 422, name
        assert 'class="faults"' in response.text or "What does this mean?" in response.text, name
        sent += 1
    assert browser.client.get("/staff/cases/1").status_code == 404
    print(f"{sent} hostile files refused")
    assert sent >= 60


def test_no_pattern_takes_long() -> None:
    """Every pattern, on 50 KB made to hold it up: it ends, and no group repeats a repetition."""
    import importlib
    import pkgutil

    import depositary

    worst = ["a" * 50_000 + "!", "1" * 50_000, "-" * 50_000, "a." * 25_000 + "!", " " * 50_000 + "x", "(" * 50_000]
    patterns: dict[tuple[str, str], re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(depositary.__path__, "depositary."):
        if not re.search("migrations|__main__", module.name):
            loaded = importlib.import_module(module.name)
            patterns |= {(module.name, name): one for name, one in vars(loaded).items() if isinstance(one, re.Pattern)}
    assert len(patterns) > 5
    for where, pattern in patterns.items():
        assert not re.search(r"\([^)]*[+*][^)]*\)[+*]", str(pattern.pattern)), where
        for typed in worst:
            given: Any = typed.encode() if isinstance(pattern.pattern, bytes) else typed
            pattern.fullmatch(given)
            pattern.match(given)


@pytest.mark.parametrize("code", ["en", "fr", "es", "ru", "ar", "zh"])
def test_a_briefing_in_every_language(staff: Staff, desk: Desk, code: str) -> None:
    browser = staff["auditor"]
    browser.post("/staff/self/language", language=code)
    lines = '2027-03-01 S01 ratification\n2027-03-01 S02 declaration text=#read("/etc/passwd") $x$ *b* @y'
    assert browser.client.get("/staff/bench", params={"acts": lines}).status_code == 200
    first, other = (browser.client.get("/staff/bench.pdf", params={"acts": lines}) for _ in range(2))
    assert (first.status_code, first.headers["content-type"]) == (200, "application/pdf")
    assert first.content.startswith(b"%PDF-")
    assert first.content == other.content
    assert browser.client.get("/staff/bench.pdf").status_code == 404


@pytest.mark.parametrize("code", AVAILABLE)
def test_a_ruling_is_chosen_by_the_name_of_its_reading(staff: Staff, desk: Desk, code: str) -> None:
    with desk.store.session(writing=True) as session:
        session.get_one(AccountRow, staff["legal officer"].name).language = code
    page = staff["legal officer"].client.get("/staff/new/ruling").text
    for reading in READINGS:
        title = html.escape(language(code).reading_title(reading), quote=False)
        assert re.search(rf'<option value="{re.escape(reading)}"[^>]*>{re.escape(title)}</option>', page), reading
