"""Reading a CSV file strictly: its encoding, its columns, its fields; every fault named by row."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from depositary.errors import BadInput, Sentence

if TYPE_CHECKING:
    import _csv

Row = dict[str, str]

LONGEST = {"text": 200_000, "source": 2_000, "postal_address": 1000, "remarks": 4000, "certificate": 20_000}
"""The longest text a column takes, in characters."""

ORDINARY = 300
"""The longest text other columns take."""

csv.field_size_limit(2 * LONGEST["text"])

_FORBIDDEN = {
    "Cc": Sentence("a control character"),
    "Cf": Sentence("an invisible character"),
    "Cs": Sentence("half a character"),
    "Zl": Sentence("a line separator"),
    "Zp": Sentence("a paragraph separator"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_ALLOWED_IN_TEXT = "\n\t\u200c\u200d\u200e\u200f\u061c"
"""Line breaks, joiners, and the marks of direction that Arabic and Hebrew need; an override is never allowed."""
_IN_LINES = ("text", "postal_address", "remarks", "certificate")
"""The columns whose texts may have several lines."""


def read_rows(
    path: Path, required: tuple[str, ...], optional: tuple[str, ...], faults: list[str]
) -> Iterator[tuple[int, Row]]:
    """The rows of a file as (line, {column: text}), each with every column of `required` and `optional`.

    Faults go to `faults`, and BadInput is raised, as by `read_fields`.
    """
    columns = (*required, *optional)
    for line, fields in read_fields(path, columns, required, faults):
        yield line, dict(zip(columns, fields, strict=True))


def read_fields(
    path: Path, columns: tuple[str, ...], required: tuple[str, ...], faults: list[str]
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file as (line, texts), with a text for each of `columns` in their order.

    Faults go to `faults` as `FILE:ROW: column: what is wrong, what is allowed`; a row that has one is left out.
    Raises BadInput where the file cannot be read as a table at all.
    """
    name = path.name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            if file.read(1) == "\ufeff":
                raise BadInput(
                    [at(f"{name}:1: file", Sentence("begins with a byte order mark; save it as UTF-8 without one"))]
                )
            file.seek(0)
            yield from _fields(name, csv.reader(file, strict=True), columns, required, faults)
    except OSError as fault:
        raise BadInput([at(str(path), Sentence("cannot be read: %(why)s", why=fault.strerror))]) from None
    except UnicodeDecodeError:
        place = f"{name}:{_undecodable(path)}: file"
        raise BadInput([*faults, at(place, Sentence("is not UTF-8 text; save it as UTF-8"))]) from None


def _fields(
    name: str, reader: "_csv.Reader", columns: tuple[str, ...], required: tuple[str, ...], faults: list[str]
) -> Iterator[tuple[int, list[str]]]:
    try:
        header = next(reader, [])
        _check_header(name, header, columns, required)
        names = [*header, *(column for column in columns if column not in header)]
        absent = [""] * (len(names) - len(header))
        in_order = itemgetter(*map(names.index, columns)) if names != [*columns] else None
        line, given = reader.line_num + 1, len(header)
        for fields in reader:
            if len(fields) == given:
                plain = _is_plain("".join(fields))
                fields.extend(absent)
                wrong = [] if plain else list(_row_faults(f"{name}:{line}", zip(names, fields, strict=True)))
                faults += wrong
                if not wrong:
                    yield line, list(in_order(fields)) if in_order else fields
            elif fields:
                said = Sentence("has %(number)d fields, the header has %(columns)d", number=len(fields), columns=given)
                faults.append(at(f"{name}:{line}: row", said))
            line = reader.line_num + 1
    except csv.Error as fault:
        raise BadInput([*faults, at(f"{name}:{reader.line_num}: row", _sentence(fault))]) from None


def _row_faults(place: str, row: Iterable[tuple[str, str]]) -> Iterator[str]:
    for column, text in row:
        if fault := field_fault(column, text):
            yield at(f"{place}: {column}", fault)


def _undecodable(path: Path) -> int:
    """The first line of a file that is not UTF-8."""
    with path.open("rb") as file:
        for line, content in enumerate(file, 1):
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                return line
    return 1


def _check_header(name: str, header: list[str], known: tuple[str, ...], required: tuple[str, ...]) -> None:
    faults = [
        at(f"{name}:1: {column}", Sentence("this column is missing")) for column in required if column not in header
    ]
    faults += [
        at(
            f"{name}:1: {column or '(no name)'}",
            Sentence("is not a column; allowed: %(allowed)s", allowed=", ".join(known)),
        )
        for column in dict.fromkeys(header)
        if column not in known
    ]
    faults += [
        at(f"{name}:1: {column or '(no name)'}", Sentence("stands twice"))
        for column in dict.fromkeys(header)
        if header.count(column) > 1
    ]
    if faults:
        raise BadInput(faults)


def _is_plain(text: str) -> bool:
    """Whether a text is right in every column."""
    return len(text) <= ORDINARY and text.isascii() and text.isprintable()


def field_fault(column: str, text: str) -> str:
    """The fault of a text in a column: its length or its characters; "" where it has none."""
    if _is_plain(text):
        return ""
    longest = LONGEST.get(column, ORDINARY)
    if len(text) > longest:
        return Sentence("has %(number)d characters; at most %(longest)d are allowed", number=len(text), longest=longest)
    for character in text:
        kind = unicodedata.category(character)
        if kind in _FORBIDDEN and not (column in _IN_LINES and character in _ALLOWED_IN_TEXT):
            return Sentence(
                "contains %(what)s (U+%(code)s), which is not allowed",
                what=_FORBIDDEN[kind],
                code=f"{ord(character):04X}",
            )
    if unicodedata.normalize("NFC", text) != text:
        return Sentence("is not in Unicode's composed form (NFC)")
    return ""


def at(place: str, said: str) -> Sentence:
    """A fault with its place: `acts.csv:2: date`, and what is wrong there."""
    return Sentence("%(place)s: %(said)s", place=place, said=said)


def _sentence(fault: csv.Error) -> Sentence:
    said = str(fault)
    if "unexpected end of data" in said:
        return Sentence("a quoted field is never closed")
    if "field larger than" in said:
        return Sentence("a field is longer than %(number)d characters", number=2 * LONGEST["text"])
    return Sentence("is not CSV: %(why)s", why=said)


def spreadsheet_field(value: object) -> object:
    """A field as a spreadsheet may open it: no text that it would take for a formula, true and false in words."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.lstrip("'").startswith(_FORMULA) else value


def plain_field(text: str) -> str:
    """The text from which `spreadsheet_field` made a field."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text
