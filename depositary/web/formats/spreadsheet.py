"""The status as a spreadsheet. Dates are dates, no text is a formula, and one status always gives one file."""

import io
from datetime import datetime, time
from typing import Any

import xlsxwriter

from depositary.law.dates import parse_date
from depositary.treaties.answer import STATUS_COLUMNS, columns, table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

DATES = ("signature", "consent_date", "entry_into_force", "denunciation_received", "ceases", "complete_as_of")


def as_xlsx(answer: dict[str, Any], permanent: str, source: str = "") -> bytes:
    """The answer of `answer.answer`: the participants, one a row, and on another sheet what it is about and from where.

    `source` is where the acts are from.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    on = parse_date(answer["on"])
    # The day asked about, not today: one status always gives one file.
    book.set_properties({"title": answer["treaty"]["title"], "created": datetime.combine(on, time())})
    head = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    sheet = book.add_worksheet(answer["treaty"]["id"][:31])
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(STATUS_COLUMNS) - 1, 16)
    sheet.set_column(1, 1, 36)
    for column, name in enumerate(STATUS_COLUMNS):
        sheet.write_string(0, column, name, head)
    for number, row in enumerate(table(answer), 1):
        for column, (name, value) in enumerate(columns(row).items()):
            if value is None:
                continue
            if name in DATES:
                sheet.write_datetime(number, column, datetime.combine(parse_date(value), time()), day)
            elif isinstance(value, bool):
                sheet.write_boolean(number, column, value)
            else:
                sheet.write_string(number, column, str(value))
    about = book.add_worksheet("about")
    about.set_column(0, 0, 20)
    about.set_column(1, 1, 90)
    facts = {
        "treaty": answer["treaty"]["id"],
        "title": answer["treaty"]["title"],
        "as of": answer["on"],
        "complete as of": answer["complete_as_of"] or "",
        "entry into force": answer["entry_into_force"]["date"] or "",
        "not calculated": "; ".join(f"{one['provision']}: {one['words']}" for one in answer["not_expressed"]),
        "address": permanent,
        "source of the acts": source,
        "licence": "Creative Commons Attribution 4.0; the sources keep their own terms: /data/LICENSE.md",
    }
    for number, (name, text) in enumerate(facts.items()):
        about.write_string(number, 0, name, head)
        about.write_string(number, 1, text)
    book.close()
    return out.getvalue()
