"""Lists as of any date, in every form, as far as one may see them; and what differs between two of them."""

import csv
import io
import json
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pypdf
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from depositary.authorities.designations import FIELDS, WIDER, AcceptedLanguage, Designation, Telephone
from depositary.authorities.designations_csv import designation_of, read_designations
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.list_files import MEDIA_TYPES, as_file
from depositary.authorities.lists import AuthorityList, authority_list, difference
from depositary.treaties.cases import INVENTED
from depositary.treaties.csv_files import plain_field, spreadsheet_field
from depositary.treaties.names import Gazetteer
from depositary.words import language
from tests.authorities.test_designations import AT, CONTACT, certificate
from tests.authorities.test_store import SECRETS, entry_of

ON = date(2027, 4, 1)
LATER = AT + timedelta(days=365)

OURS = replace(CONTACT, participant="S01", valid_from=date(2027, 3, 1))
THEIRS = replace(CONTACT, participant="S02", authority="Police of Strelsau", email="police@example.int")
ROWS = (
    entry_of(1, designation=OURS, participant="S01"),
    entry_of(2, designation=THEIRS, participant="S02"),
    entry_of(
        3, designation=replace(OURS, function="central authority", authority="Ministry of Justice"), participant="S01"
    ),
    entry_of(
        4,
        24 * 60,
        designation=replace(OURS, unit="Night Desk", valid_from=date(2027, 5, 1)),
        concerns=1,
        participant="S01",
    ),
    entry_of(5, 24 * 70, what="withdrawal", designation=None, concerns=2, participant="S02", since=date(2027, 6, 1)),
)


def listed(
    on: date = ON, seen_by: str = "secretariat", rows: tuple[AuthorityEntry, ...] = ROWS, **more: object
) -> AuthorityList:
    return authority_list(rows, "point of contact", on, LATER, seen_by, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2027, 2, 28), []),
        (date(2027, 4, 30), [("S01", "Cybercrime Unit"), ("S02", "Cybercrime Unit")]),
        (date(2027, 5, 1), [("S01", "Night Desk"), ("S02", "Cybercrime Unit")]),
        (date(2027, 6, 1), [("S01", "Night Desk")]),
    ],
)
def test_a_list_is_of_a_day(on: date, said: list[tuple[str, str]]) -> None:
    assert [(line.participant, line.fields["unit"]) for line in listed(on).lines] == said


def test_a_list_is_as_it_was_known() -> None:
    known = authority_list(ROWS, "point of contact", date(2027, 6, 1), AT + timedelta(days=1), "public")
    assert [line.fields["unit"] for line in known.lines] == ["Cybercrime Unit", "Cybercrime Unit"]


def test_a_list_of_some_participants_has_no_other() -> None:
    assert [line.participant for line in listed(of={"S02"}).lines] == ["S02"]


def test_what_differs_between_two_days() -> None:
    before, after = listed(date(2027, 4, 1)), listed(date(2027, 6, 1))
    changed, ended = difference(before, after)
    assert (changed.what, changed.participant) == ("changed", "S01")
    assert ("unit", "Cybercrime Unit", "Night Desk") in changed.fields
    assert {name for name, _, _ in changed.fields} == {"unit", "valid_from"}
    assert (ended.what, ended.participant, ended.authority) == ("ended", "S02", "Police of Strelsau")
    assert [one.what for one in difference(after, before)] == ["changed", "added"]
    assert difference(before, before) == []


@pytest.mark.parametrize("kind", MEDIA_TYPES)
@pytest.mark.parametrize("code", ["en", "fr", "es", "ru", "ar", "zh"])
def test_the_same_list_is_the_same_bytes_in_every_language(kind: str, code: str) -> None:
    first, other = (as_file(listed(), kind, language(code), INVENTED) for _ in range(2))
    assert first == other
    assert len(first) > 100


def text_in(content: bytes, kind: str) -> str:
    """All that can be read in a file, whatever holds it together."""
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    if kind == "pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return content.decode()


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_a_list_has_no_byte_of_what_may_not_be_seen(kind: str) -> None:
    """Each secret, in each form: there for the one who may see it, and in no byte for others."""
    for seen_by, hidden in (("public", SECRETS), ("parties", SECRETS[2:])):
        content = as_file(listed(seen_by=seen_by), kind, language("en"), INVENTED)
        for secret in hidden:
            assert secret not in text_in(content, kind), (kind, seen_by)
            assert secret.encode() not in content
    whole = text_in(as_file(listed(seen_by="parties"), kind, language("en"), INVENTED), kind)
    assert SECRETS[0] in whole.replace("\n", "")
    assert SECRETS[1] in whole.replace("\n", "")


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "'=1",
    "''=1",
    "'plain",
    "plain",
)


@pytest.mark.parametrize("text", [*FORMULAS, "\t=1", "\r=1"])
def test_a_field_comes_back_as_it_was(text: str) -> None:
    written = spreadsheet_field(text)
    assert isinstance(written, str)
    assert plain_field(written) == text
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"))


def test_import_of_export_is_the_same(tmp_path: Path) -> None:
    hostile = [
        replace(
            OURS, authority=text, unit=text, person=text, remarks=f"{text}\n{text}", postal_address="Hall 1\nStrelsau"
        )
        for text in FORMULAS
    ]
    multilingual = replace(
        OURS, certificate=certificate(9).strip(), languages=(AcceptedLanguage("fr", "urgent"), AcceptedLanguage("ar"))
    )
    rows = tuple(entry_of(n, designation=each, participant="S01") for n, each in enumerate([*hostile, multilingual], 1))
    path = tmp_path / "contacts.csv"
    content = as_file(listed(rows=rows), "csv", language("en"), INVENTED)
    table = list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert all(not field.startswith(("=", "+", "-", "@")) for row in table for field in row)
    kept = [row[: len(FIELDS)] for row in table]
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(kept)
    faults: list[str] = []
    assert list(read_designations(path, Gazetteer(INVENTED), ON, faults)) == [*hostile, multilingual]
    assert faults == []


def test_a_workbook_holds_text_and_no_formula() -> None:
    rows = (entry_of(1, designation=replace(OURS, authority="=HYPERLINK(1)"), participant="S01"),)
    book = openpyxl.load_workbook(io.BytesIO(as_file(listed(rows=rows), "xlsx", language("en"), INVENTED)))
    found = {cell.value: cell.data_type for row in book.active.iter_rows() for cell in row if cell.value}
    assert found["=HYPERLINK(1)"] == "s"
    assert found["+12025550143 (24/7)"] == "s"
    assert "f" not in found.values()


def test_a_file_that_is_wrong_is_said_by_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("participant,function,authority,telephones,valid_from\nS01,king,A,12,soon\n", encoding="utf-8")
    faults: list[str] = []
    assert list(read_designations(path, Gazetteer(INVENTED), ON, faults)) == []
    assert [line.split(": ")[:2] for line in faults] == [
        ["x.csv:2", "function"],
        ["x.csv:2", "telephones"],
        ["x.csv:2", "valid_from"],
    ]


def test_cards_are_read_by_others() -> None:
    cards = list(vobject.readComponents(as_file(listed(seen_by="parties"), "vcf", language("en"), INVENTED).decode()))
    assert [card.fn.value for card in cards] == ["State 1: Ministry of the Interior", "State 2: Police of Strelsau"]
    assert cards[0].tel.value == "+12025550143"
    assert cards[0].email.value == "cyber@example.int"


def test_the_digest_of_a_list_is_printed_in_it() -> None:
    printed = listed()
    content = as_file(printed, "pdf", language("en"), INVENTED)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert printed.digest in text_in(content, "pdf").replace("\n", "")
    assert b"/MarkInfo" in content
    assert b"/StructTreeRoot" in content
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height
    assert json.loads(printed.content)["authorities"][0]["participant"] == "S01"
    assert listed(date(2027, 5, 1)).digest != printed.digest


def test_every_field_is_a_column() -> None:
    assert set(FIELDS) == {field.name for field in fields(Designation)}
    found: dict[str, str] = {}
    assert designation_of({}, found) == Designation("", "", "")  # type: ignore[arg-type]


NOT_TEXT = ("telephones", "note_date")
KEPT = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=12, max_size=24)


@settings(max_examples=25)
@given(
    st.fixed_dictionaries(
        {name: KEPT for name, seen_by in FIELDS.items() if seen_by != "public" and name not in NOT_TEXT}
    )
)
def test_whatever_is_protected_is_in_no_byte_for_others(typed: dict[str, str]) -> None:
    """Property: each field, whatever it says, in each form, for each who may see less."""
    called = (Telephone(f"T{typed['email']}", always=True),)
    designation = replace(OURS, telephones=called, **{name: f"{name}§{text}" for name, text in typed.items()})  # type: ignore[arg-type]
    rows = (entry_of(1, designation=designation, participant="S01"),)
    for seen_by in ("public", "parties"):
        listed_so = listed(seen_by=seen_by, rows=rows)
        contents = "".join(
            text_in(as_file(listed_so, kind, language("en"), INVENTED), kind).replace("\r\n ", "")
            for kind in ("csv", "json", "vcf", "xlsx")
        )
        for name, text in typed.items():
            if FIELDS[name] not in WIDER[seen_by]:
                assert f"{name}§{text}" not in contents
        assert (called[0].number in contents) is (seen_by == "parties")
