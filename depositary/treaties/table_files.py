"""A table as offices have it: a CSV file of any usual form, a workbook, a status page; its numbered rows as texts."""

import csv
import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from depositary.errors import BadInput, Sentence
from depositary.treaties.csv_files import at
from depositary.treaties.status_pages import is_status_page, status_rows

TableRow = tuple[int, list[str]]
"""The row's number in the file, and its fields."""

WORKBOOK = b"PK\x03\x04"
LARGEST_WORKBOOK = 100 * 1024 * 1024
"""How large the parts of a workbook may be when they are unpacked, in bytes."""
MOST_PARTS = 1000
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATORS = ",;\t"
SAMPLE = 64 * 1024


def table_rows(path: Path, *, encoding: str = "", sheet: str = "") -> Iterator[TableRow]:
    """The rows that are not empty. `encoding` is of a CSV file that is not UTF-8; `sheet` is the name of a workbook's.

    Raises BadInput where the file is no table.
    """
    try:
        with path.open("rb") as file:
            begins = file.read(64)
    except OSError as fault:
        raise BadInput([at(str(path), Sentence("cannot be read: %(why)s", why=fault.strerror))]) from None
    if begins.startswith(WORKBOOK):
        rows = _workbook_rows(path, sheet)
    elif is_status_page(begins):
        rows = status_rows(path.name, path.read_bytes())
    else:
        rows = _csv_rows(path, encoding or _encoding(begins))
    for number, fields in rows:
        if any(field.strip() for field in fields):
            yield number, fields


def _encoding(begins: bytes) -> str:
    return next((name for mark, name in MARKS if begins.startswith(mark)), "utf-8")


def _csv_rows(path: Path, encoding: str) -> Iterator[TableRow]:
    name = path.name
    try:
        with path.open(encoding=encoding, newline="") as file:
            sample = file.read(SAMPLE)
            file.seek(0)
            named = re.match(r'\ufeff?"?sep=(.)"?\r?\n', sample)
            yield from _read(name, file, named[1] if named else _separator(sample), 1 if named else 0)
    except UnicodeError:
        raise BadInput([at(f"{name}:1: file", _other_encoding(encoding))]) from None


def _other_encoding(encoding: str) -> Sentence:
    if encoding.startswith("utf-8"):
        return Sentence("is not UTF-8 text; if Excel saved it as Windows-1252, say so: --encoding windows-1252")
    return Sentence("is not text in %(encoding)s", encoding=encoding)


def _separator(sample: str) -> str:
    """The separator that stands most often in the first line that has one; a comma where none does."""
    for line in sample.splitlines():
        outside = re.sub(r'"[^"]*"', "", line)
        if found := max(SEPARATORS, key=outside.count) if any(one in outside for one in SEPARATORS) else "":
            return found
    return ","


def _read(name: str, file: Iterable[str], separator: str, skipped: int) -> Iterator[TableRow]:
    reader = csv.reader(file, delimiter=separator, strict=True)
    line = 1
    try:
        for fields in reader:
            if line > skipped:
                yield line, fields
            line = reader.line_num + 1
    except csv.Error as fault:
        said = Sentence("is not CSV: %(why)s", why=str(fault))
        raise BadInput([at(f"{name}:{reader.line_num}: row", said)]) from None


def _workbook_rows(path: Path, sheet: str) -> Iterator[TableRow]:
    name = path.name
    _bounded(path)
    import openpyxl

    try:
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            yield from _sheet_rows(name, book, sheet)
    except BadInput:
        raise
    except Exception as fault:  # a damaged workbook fails in as many ways as there are parts of one
        said = Sentence("is not a workbook that can be read: %(why)s", why=str(fault)[:200])
        raise BadInput([at(f"{name}:1: file", said)]) from None


def _sheet_rows(name: str, book: Any, sheet: str) -> Iterator[TableRow]:
    if sheet and sheet not in book.sheetnames:
        sheets = ", ".join(book.sheetnames)
        said = Sentence("has no sheet %(sheet)s; it has: %(sheets)s", sheet=repr(sheet), sheets=sheets)
        raise BadInput([at(f"{name}:1: file", said)])
    chosen = book[sheet] if sheet else book.worksheets[0]
    chosen.reset_dimensions()
    for number, cells in enumerate(chosen.iter_rows(values_only=True), 1):
        yield number, [_text(cell) for cell in cells]


def _bounded(path: Path) -> None:
    """Raises BadInput for a workbook whose parts are too large, before any of them is unpacked."""
    try:
        with zipfile.ZipFile(path) as parts:
            found = parts.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as fault:
        said = Sentence("is not a workbook that can be read: %(why)s", why=str(fault)[:200])
        raise BadInput([at(f"{path.name}:1: file", said)]) from None
    if len(found) > MOST_PARTS or sum(part.file_size for part in found) > LARGEST_WORKBOOK:
        said = Sentence("is larger than %(number)d MB when it is unpacked", number=LARGEST_WORKBOOK >> 20)
        raise BadInput([at(f"{path.name}:1: file", said)])


def _text(cell: Any) -> str:
    """A cell as text: a day as an ISO date, a whole number without a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
