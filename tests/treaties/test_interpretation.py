"""Files as people have them: each is read as they mean it, or asked about, with one question for each thing unknown."""

import csv
import datetime as dt
import io
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest

from depositary.errors import BadInput
from depositary.law.acts import COLUMNS, Act
from depositary.settings import PROJECT
from depositary.treaties import table_files
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.interpretation import Interpretation, Interpreted, Means
from depositary.treaties.template import as_csv, as_xlsx
from depositary.treaties.vocabulary import HEADINGS
from depositary.treaties.written_dates import meanings
from depositary.words import language

DAY = dt.date(2026, 11, 27)
BOTH = [Act("XVIII-16", "GHA", "ratification", DAY), Act("XVIII-16", "CIV", "accession", DAY)]
"""What nearly every file below means."""


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(PROJECT / "data")


def read(tmp_path: Path, collection: Collection, content: str | bytes, **means: object) -> list[Interpreted]:
    path = tmp_path / "the acts.file"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    known = Means(**{"treaty": "XVIII-16"} | means)  # type: ignore[arg-type]
    return list(Interpretation(path, collection.participants, collection.treaties, known).rows())


def asked(tmp_path: Path, collection: Collection, content: str | bytes, **means: object) -> tuple[str, ...]:
    with pytest.raises(BadInput) as refused:
        read(tmp_path, collection, content, **means)
    return refused.value.faults


def book(*rows: tuple[object, ...], title: str = "Sheet1", before: str = "") -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    if before:
        sheet.title = before
        sheet.append(["Prepared by", "the Registry"])
        sheet = made.create_sheet()
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


PLAIN = "participant,action,date\nGhana,ratification,2026-11-27\nCôte d'Ivoire,accession,2026-11-27\n"
GERMAN = PLAIN.replace(",", ";").replace("2026-11-27", "27.11.2026").replace("\n", "\r\n")
TYPED = (
    ("State", "Action", "Date"),
    ("Ghana", "Ratification", DAY),
    ("Côte d’Ivoire", "a", dt.datetime.combine(DAY, dt.time())),
)

FILES: dict[str, bytes] = {
    "Excel, CSV UTF-8": b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode(),
    "Excel, German, CSV UTF-8": b"\xef\xbb\xbf" + GERMAN.encode(),
    "Excel, with its sep= line": ("sep=;\r\n" + GERMAN).encode(),
    "Excel, Unicode text": PLAIN.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
    "LibreOffice, all texts quoted": "".join(
        ",".join(f'"{field}"' for field in line.split(",")) + "\n" for line in PLAIN.splitlines()
    ).encode(),
    "LibreOffice, tabs": PLAIN.replace(",", "\t").encode(),
    "Numbers, with a row of nothing before": (",,\n" + PLAIN).encode(),
    "Numbers, days as words": PLAIN.replace("2026-11-27", "27 Nov 2026").encode(),
    "Google Sheets, British": PLAIN.replace("2026-11-27", "27/11/2026").replace("\n", "\r\n").encode(),
    "Google Sheets, American": PLAIN.replace("2026-11-27", "11/27/2026").replace("\n", "\r\n").encode(),
    "pandas, with a moment": PLAIN.replace("2026-11-27", "2026-11-27 00:00:00").encode(),
    "pandas, ISO moments": PLAIN.replace("2026-11-27", "2026-11-27T00:00:00").encode(),
    "empty rows and columns": PLAIN.replace("\n", ",,\n").replace("\nG", "\n,,,,\n\nG").encode(),
    "rows cut at their last field": ("source," + PLAIN).replace("\n", "\n,").removesuffix(",").encode(),
    "columns in another order": b"date,participant,action\n2026-11-27,GHA,ratification\n2026-11-27,CIV,accession\n",
    "all columns, in capitals": (
        ",".join(COLUMNS).upper() + "\nXVIII-16,GHA,RATIFICATION,2026-11-27,,,,,,\n,CIV,ACCESSION,2026-11-27,,,,,,\n"
    ).encode(),
    "a title above": ("Instruments deposited in November\n\n" + PLAIN).encode(),
    "codes of two letters": PLAIN.replace("Ghana", "GH").replace("Côte d'Ivoire", "ci").encode(),
    "formal names": PLAIN.replace("Ghana", "the Republic of Ghana").encode(),
    "a typographer's apostrophe": PLAIN.replace("'", "’").encode(),
    "no accents": PLAIN.replace("ô", "o").encode(),
    "decomposed letters, of a Mac": unicodedata.normalize("NFD", PLAIN).encode(),
    "spaces about the fields": PLAIN.replace(",", " , ").encode(),
    "French": "État;acte;date\nGhana;Ratification;27 novembre 2026\nCôte d'Ivoire;Adhésion;27 nov. 2026\n".encode(),
    "Spanish": "Estado,acto,fecha\nGhana,ratificación,27 de noviembre de 2026\nCIV,Adhesión,27/11/2026\n".encode(),
    "Russian": (
        "Государство;Действие;Дата\nГана;ратификация;27.11.2026\nКот-д'Ивуар;присоединение;27 ноября 2026 г.\n"
    ).encode(),
    "Arabic": "الدولة,الإجراء,التاريخ\n\u200fغانا,تصديق,٢٧/١١/٢٠٢٦\nكوت ديفوار,انضمام,27 نوفمبر 2026\n".encode(),
    "Chinese": "国家,行为,日期\n加纳,批准,2026年11月27日\n科特迪瓦,加入,2026-11-27\n".encode(),
    "the marks of the UN Treaty Collection": b"State,Type,Date\nGhana,ratification,27 Nov 2026\nCIV,a,27 Nov 2026\n",
    "a workbook with typed dates": book(*TYPED),
    "a workbook with empty rows and columns": book((), (None, *TYPED[0]), (), *((None, *row) for row in TYPED[1:])),
    "a workbook with dates as texts": book(TYPED[0], ("GHA", "ratification", "27/11/2026"), ("CIV", "accession", DAY)),
}


def test_thirty_files_as_people_have_them(tmp_path: Path, collection: Collection) -> None:
    assert len(FILES) >= 30
    for name, content in FILES.items():
        rows = read(tmp_path, collection, content)
        assert [row.act for row in rows] == BOTH, name
        assert all(row.act.number == row.number > 1 for row in rows), name


def test_every_heading_leads_to_its_column(tmp_path: Path, collection: Collection) -> None:
    for column, headings in HEADINGS.items():
        fields = dict.fromkeys(("participant", "action", "date"), "") | {column: ""}
        values = {"participant": "GHA", "action": "ratification", "date": "2026-11-27", "treaty": "XVIII-16"}
        for heading in headings.split("|"):
            names = [heading if each == column else each for each in fields]
            row = [values.get(each, "") for each in fields]
            (found,) = read(tmp_path, collection, f"{','.join(names)}\n{','.join(row)}\n", treaty="XVIII-16")
            assert found.act == BOTH[0], heading


def test_what_is_no_utf_8_is_asked_about(tmp_path: Path, collection: Collection) -> None:
    content = GERMAN.encode("windows-1252")
    (said,) = asked(tmp_path, collection, content)
    assert said.startswith("the acts.file:1: file: is not UTF-8 text;")
    assert "--encoding windows-1252" in said
    assert [row.act for row in read(tmp_path, collection, content, encoding="cp1252")] == BOTH


def test_forty_ratifications_with_names_in_one_round(tmp_path: Path, collection: Collection) -> None:
    states = [code for code, one in collection.participants.items() if one.kind == "state" and not one.until][:40]
    lines = [f"{collection.participants[code].name_on(DAY).short['en']};ratification;27/11/2026" for code in states]
    rows = read(tmp_path, collection, "State;Action;Date\n" + "\n".join(lines))
    assert [row.act.participant for row in rows] == states
    assert {row.act.date for row in rows} == {DAY}
    assert rows[0].written["date"] == "27/11/2026"


def test_one_round_has_every_fault_and_one_question_for_each_thing_unknown(
    tmp_path: Path, collection: Collection
) -> None:
    content = (
        "State,Action,Date,Remarks\nKorea,ratification,2026-11-27,seen\nKorea,ratified,2026-11-28,\n"
        "Ruritania,ratified,2026-11-29,\nGhana,signature,31/02/2026,\nGhana,accession,05/06/2026,\nTogo,,2026-11-27,\n"
    )
    found = asked(tmp_path, collection, content, treaty="")
    assert [said.removeprefix("the acts.file:").split(": ")[:2] for said in found] == [
        ["1", "Remarks"],
        ["1", "treaty"],
        ["2", "participant"],
        ["3", "action"],
        ["4", "participant"],
        ["5", "date"],
        ["6", "date"],
        ["7", "action"],
    ]
    assert "is it KOR (Republic of Korea), PRK (" in found[2]
    assert "'Korea=KOR'" in found[2]
    words = {"Remarks": "-", "korea": "KOR", "ratified": "ratification", "Ruritania": "Liechtenstein"}
    left = asked(tmp_path, collection, content, words=words)
    assert [said.split(": ")[1] for said in left] == ["date", "date", "action"]


@pytest.mark.parametrize(("order", "month"), [("day", 6), ("month", 5)])
def test_a_date_that_may_be_two_is_never_chosen(tmp_path: Path, collection: Collection, order: str, month: int) -> None:
    content = "State,Action,Date\nGhana,ratification,05/06/2026\nTogo,ratification,06/05/2026\n"
    (said,) = asked(tmp_path, collection, content)
    assert "'05/06/2026' may be 2026-06-05 or 2026-05-06, and no date of the file tells" in said
    assert read(tmp_path, collection, content, order=order)[0].act.date.month == month
    telling = f"Benin,ratification,{'27/11' if order == 'day' else '11/27'}/2026\n"
    assert read(tmp_path, collection, content + telling)[0].act.date.month == month
    both = "Benin,ratification,27/11/2026\nMali,ratification,11/27/2026\n"
    assert "may be" in asked(tmp_path, collection, content + both)[0]


@pytest.mark.parametrize(
    "text", ["46027", "27/11/26", "2026-02-30", "27 Brumaire 2026", "tomorrow", "2026-11-27T10:00"]
)
def test_what_is_no_date_has_no_meaning(text: str) -> None:
    assert meanings(text) == {}


def test_a_name_is_that_of_its_day(tmp_path: Path, collection: Collection) -> None:
    names = (("Dahomey", "1970"), ("Swaziland", "2010"), ("Upper Volta", "1980"))
    lines = [f"{name},signature,{year}-01-01" for name, year in names]
    rows = read(tmp_path, collection, "\n".join(["State,Action,Date", *lines]))
    assert [row.act.participant for row in rows] == ["BEN", "SWZ", "BFA"]


def test_an_objection_names_whom_it_concerns(tmp_path: Path, collection: Collection) -> None:
    content = (
        "State,Action,Date,Objected to,Date of notification\nGhana,objection,27/11/2026,Côte d'Ivoire,13/11/2026\n"
    )
    (row,) = read(tmp_path, collection, content)
    assert (row.act.addressee, row.act.notified) == ("CIV", dt.date(2026, 11, 13))
    (said,) = asked(tmp_path, collection, content.replace("Côte d'Ivoire", "Ruritania"))
    assert said.startswith("the acts.file:2: addressee: 'Ruritania' is not known here")


def test_the_words_of_a_state_are_kept(tmp_path: Path, collection: Collection) -> None:
    text = "\u200fالمادة 64\u200e (3)\u061c: can\u0065\u0301 mar\u00adker\u2028second line\u200b"
    content = f"State,Action,Date,Provision,Text\nGha\u00adna\u200e,declaration,2026-11-27,64(3),{text}\n"
    (row,) = read(tmp_path, collection, content)
    assert row.act.text == "\u200fالمادة 64\u200e (3)\u061c: cané marker\nsecond line"
    assert row.act.participant == "GHA"
    assert [said.split(": ")[0] for said in row.mended].count("text") == 4
    assert "participant: soft hyphens taken out" in row.mended
    for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        (said,) = asked(tmp_path, collection, content.replace("second", f"{sign}second"))
        assert (
            said == f"the acts.file:2: text: contains an invisible character (U+{ord(sign):04X}), which is not allowed"
        )


def test_the_sheet_that_is_named(tmp_path: Path, collection: Collection) -> None:
    content = book(*TYPED, title="November", before="About")
    assert [row.act for row in read(tmp_path, collection, content, sheet="November")] == BOTH
    assert "no row that names its columns" in asked(tmp_path, collection, content)[0]
    assert "it has: About, November" in asked(tmp_path, collection, content, sheet="March")[0]


def test_a_workbook_is_bounded_before_it_is_unpacked(
    tmp_path: Path, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(11):
            bomb.writestr(f"xl/worksheets/sheet{number}.xml", bytes(10 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    monkeypatch.setattr(openpyxl, "load_workbook", None)
    assert asked(tmp_path, collection, out.getvalue())[0].endswith("is larger than 100 MB when it is unpacked")
    monkeypatch.setattr(table_files, "MOST_PARTS", 3)
    assert "is larger than" in asked(tmp_path, collection, book(*TYPED))[0]


def test_a_damaged_workbook_is_refused_in_a_sentence(tmp_path: Path, collection: Collection) -> None:
    for content in (b"PK\x03\x04" + bytes(100), book(*TYPED)[:-200], book(*TYPED).replace(b"sheet1", b"sheet9", 1)):
        (said,) = asked(tmp_path, collection, content)
        assert said.startswith("the acts.file:1: file: is not a workbook that can be read")


def test_the_template_is_read_as_it_is_filled_in(tmp_path: Path, collection: Collection) -> None:
    assert as_csv() == ",".join(COLUMNS) + "\n"
    made = openpyxl.load_workbook(io.BytesIO(as_xlsx(language("en"))))
    assert [row[0].value for row in made["columns"].iter_rows(max_row=len(COLUMNS))] == list(COLUMNS)
    sheet = made["acts"]
    sheet.append(["XVIII-16", "Ghana", "ratification", DAY])
    sheet.append(["XVIII-16", "CIV", "accession", "27 November 2026"])
    out = io.BytesIO()
    made.save(out)
    assert [row.act for row in read(tmp_path, collection, out.getvalue(), treaty="")] == BOTH
    assert as_xlsx(language("fr")) == as_xlsx(language("fr")) != as_xlsx(language("en"))


def test_the_real_acts_mean_what_they_say(tmp_path: Path, collection: Collection) -> None:
    path = PROJECT / "data/instruments.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = read(tmp_path, collection, path.read_bytes(), treaty="")
    assert [row.written for row in found] == [dict.fromkeys(COLUMNS, "") | row for row in rows]
    assert not any(row.mended for row in found)
