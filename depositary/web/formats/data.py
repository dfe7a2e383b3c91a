"""The status as data: JSON and CSV, as `docs/formats.md` describes them."""

import csv
import io
from typing import Any

from pydantic_core import to_json

from depositary import clock
from depositary.treaties.answer import STATUS_COLUMNS, answer, flat, table
from depositary.web.view import View


def status_data(view: View) -> dict[str, Any]:
    """The answer on the day asked about; names in the language of the view, which is English for a download."""
    return answer(view.effects, view.on, view.asked.known_at or clock.now(), view.words, view.site.collection.folder)


def as_json(data: dict[str, Any]) -> bytes:
    """Data as JSON, indented so that people can read it."""
    return to_json(data, indent=1) + b"\n"


def as_csv(data: dict[str, Any]) -> bytes:
    """The participants as CSV, one in each row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, STATUS_COLUMNS)
    writer.writeheader()
    writer.writerows(map(flat, table(data)))
    return text.getvalue().encode()
