"""Files nobody should have made: each is taken whole or refused whole, in sentences with row and column."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from depositary.errors import BadInput
from depositary.law.acts import COLUMNS as EVERY_COLUMN
from depositary.law.acts import LATER_COLUMNS
from depositary.register.batch import count_new, record_all
from depositary.register.store import Store
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from depositary.treaties.instruments_csv import iterate_acts
from tests.register.sample_acts import AT

COLUMNS = EVERY_COLUMN[: -len(LATER_COLUMNS)]
HEADER = ",".join(COLUMNS)
GOOD = "XVIII-16,GHA,signature,2025-10-25,,,Hanoi,,,C.N.1"


def row(**columns: str) -> str:
    """A good row with some columns changed."""
    fields = dict(zip(COLUMNS, next(csv.reader([GOOD])), strict=True)) | columns
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(fields.values())
    return out.getvalue()


def table(*rows: str) -> str:
    return "\n".join([HEADER, GOOD, *rows]) + "\n"


def day(text: str) -> str:
    return table(row(date=text))


REFUSED: dict[str, str | bytes] = {
    "empty": "",
    "one NUL": b"\x00",
    "random bytes": bytes(range(256)) * 8,
    "a PDF": b"%PDF-1.7\n\xff\xfe",
    "a workbook": b"PK\x03\x04" + bytes(100),
    "UTF-16 with BOM": table().encode("utf-16"),
    "UTF-16 without BOM": table().encode("utf-16-le"),
    "UTF-32": table().encode("utf-32"),
    "UTF-8 with BOM": b"\xef\xbb\xbf" + table().encode(),
    "Latin-1": table(row(place="Hà Nội".replace("ộ", "o"))).encode("latin-1"),
    "Windows-1252": table(row(text="“quoted”")).encode("cp1252"),
    "overlong UTF-8": table().encode() + b"\xc0\xaf\n",
    "a surrogate": table().encode() + b"\xed\xa0\x80\n",
    "cut in a letter": table(row(place="Hà")).encode()[:-8] + b"\xc3",
    "NUL in a field": table(row(place="Ha\x00noi")),
    "carriage returns only": table(row(action="accede")).replace("\n", "\r"),
    "an unclosed quote": table('XVIII-16,GHA,signature,2025-10-25,,,"Hanoi,,,'),
    "a quote within a field": table('XVIII-16,GHA,signature,2025-10-25,,,"Ha"noi,,,'),
    "a field of 400 KB": table(row(text="x" * 400_001)),
    "a text too long": table(row(text="x" * 200_001)),
    "a source too long": table(row(source="x" * 2_001)),
    "a place too long": table(row(place="x" * 301)),
    "ten thousand columns": ",".join([*COLUMNS, *(f"c{n}" for n in range(10_000))]) + "\n",
    "ten thousand fields": table("," * 10_000),
    "a column missing": HEADER.replace(",source", "") + "\n",
    "a column twice": HEADER + ",date\n",
    "a column nobody knows": HEADER + ",approved_by\n",
    "another case in the header": HEADER.upper() + "\n",
    "spaces in the header": HEADER.replace(",", ", ") + "\n",
    "semicolons": table().replace(",", ";"),
    "tabs": table().replace(",", "\t"),
    "no header": GOOD + "\n",
    "too few fields": table("XVIII-16,GHA,signature"),
    "one field too many": table(GOOD + ",x"),
    "a formula for a code": table(row(participant="=1+1")),
    "a formula for a date": day("=DATE(2026,1,1)"),
    "a formula for a provision": table(row(provision='=HYPERLINK("http://x")')),
    "another case of a code": table(row(participant="gha")),
    "a look-alike code": table(row(participant="GHА")),  # the last letter is Cyrillic
    "full-width letters": table(row(participant="ＧＨＡ")),
    "a decomposed name": table(row(place=unicodedata.normalize("NFD", "Hà Nội"))),
    "a bidi override": table(row(place="Ha\u202enoi")),
    "a bidi isolate": table(row(place="Ha\u2066noi")),
    "a zero-width space": table(row(place="Ha\u200bnoi")),
    "a soft hyphen": table(row(place="Ha\u00adnoi")),
    "a byte order mark within": table(row(place="\ufeffHanoi")),
    "a line separator": table(row(place="Ha\u2028noi")),
    "a line break in a place": table(row(place="Ha\nnoi")),
    "an escape sequence": table(row(text="\x1b[31mred")),
    "30 February": day("2026-02-30"),
    "29 February 2100": day("2100-02-29"),
    "the year 1": day("0001-01-01"),
    "the year 9999": day("9999-12-31"),
    "Arabic digits": day("٢٠٢٦-٠١-٠٥"),
    "full-width digits": day("２０２６-01-05"),
    "a spreadsheet's number": day("46027"),
    "day first": day("05/01/2026"),
    "a moment": day("2026-01-05T00:00:00-05:00"),
    "seconds since 1970": day("1772323200"),
    "a week": day("2026-W05"),
    "a month": day("2026-01"),
    "a space before": day(" 2026-01-05"),
    "minus": day("-2026-01-05"),
    "today": day("now"),
    "no date": day(""),
    "an action in capitals": table(row(action="SIGNATURE")),
    "SQL": table(row(participant="GHA'); DROP TABLE entry; --")),
    "another treaty": table(row(treaty="I-99")),
    "a path for a treaty": table(row(treaty="../../etc/passwd")),
}

ACCEPTED: dict[str, tuple[str | bytes, int]] = {
    "no row": (HEADER + "\n", 0),
    "no line break at the end": (f"{HEADER}\n{GOOD}", 1),
    "carriage returns and line feeds": (table().replace("\n", "\r\n"), 1),
    "empty lines": (table("", "", GOOD.replace("GHA", "VNM"), ""), 2),
    "the same row twice": (table(GOOD), 2),
    "a formula in a text": (table(row(action="declaration", text="=1+1")), 2),
    "quotes, commas and line breaks in a text": (
        table(row(action="declaration", provision="64(4)", text='a "b",\nc')),
        2,
    ),
    "Arabic and Chinese": (table(row(action="declaration", provision="63(4)", text="إعلان 声明")), 2),
    "29 February 2028": (table(row(participant="QAT", date="2028-02-29")), 2),
    "the columns in another order": (
        ",".join(reversed(COLUMNS)) + "\n" + ",".join(reversed(GOOD.split(","))) + "\n",
        1,
    ),
}


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(PROJECT / "data")


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "hostile.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_what_is_wrong_is_refused_whole(
    sqlite: Store, tmp_path: Path, collection: Collection, injected: Callable[..., None]
) -> None:
    assert len(REFUSED) >= 60
    for name, content in REFUSED.items():
        path = written(tmp_path, content)
        for take in (record_all, count_new):
            acts = iterate_acts(path, collection.participants, collection.treaties)
            with pytest.raises(BadInput) as refused:
                take(acts, "clerk", AT, sqlite) if take is record_all else count_new(acts, sqlite)
        for fault in refused.value.faults:
            assert re.match(r"hostile\.csv:[1-9][0-9]*: [^:]+: .+", fault), (name, fault)
            assert len(fault) < 1000, name
        assert sqlite.entries() == [], name
        injected()


def test_what_looks_odd_and_is_right_is_taken_whole_and_only_once(
    sqlite: Store, tmp_path: Path, collection: Collection, injected: Callable[..., None]
) -> None:
    known = (collection.participants, collection.treaties)
    for name, (content, rows) in ACCEPTED.items():
        path, before = written(tmp_path, content), len(sqlite.entries())
        standing = rows - count_new(iterate_acts(path, *known), sqlite)
        assert len(record_all(iterate_acts(path, *known), "clerk", AT, sqlite)) == rows - standing, name
        assert len(sqlite.entries()) == before + rows - standing, name
        assert not record_all(iterate_acts(path, *known), "clerk", AT, sqlite), name
        injected()


def test_every_row_is_either_an_act_or_a_fault(
    tmp_path: Path, collection: Collection, injected: Callable[..., None]
) -> None:
    wrong = [
        text.split("\n")[2] for text in REFUSED.values() if isinstance(text, str) and text.startswith(table()[:-1])
    ]
    wrong = [
        each
        for each in wrong
        if each.isascii() and len(each) < 5000 and '"' not in each and "\r" not in each and "\x00" not in each
    ]
    path = written(tmp_path, "\n".join([HEADER, *[line for bad in wrong for line in (GOOD, bad)]]) + "\n")
    with pytest.raises(BadInput) as refused:
        list(iterate_acts(path, collection.participants, collection.treaties))
    assert {fault.split(":")[1] for fault in refused.value.faults} == {str(3 + 2 * n) for n in range(len(wrong))}
    injected(len(wrong))


def test_a_long_file_with_a_fault_in_the_last_row(
    sqlite: Store, tmp_path: Path, collection: Collection, many: Callable[[int], int], injected: Callable[..., None]
) -> None:
    rows = many(200_000)
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEADER}\n")
        file.writelines([f"{GOOD}\n"] * (rows - 1))
        file.write(day("2026-02-30").splitlines()[2] + "\n")
    with pytest.raises(BadInput) as refused:
        count_new(iterate_acts(path, collection.participants, collection.treaties), sqlite)
    assert refused.value.faults[0].startswith(f"long.csv:{rows + 1}: date: 2026-02-30 is not a day")
    injected()
