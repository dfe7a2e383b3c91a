"""The status as data: JSON as the contract has it, and CSV for a spreadsheet."""

import csv
import io
import json
from typing import Any

from depositary import clock
from depositary.answer import answer
from depositary.web.view import View
from depositary.words import language

COLUMNS = ("code", "name", "kind", "standing", "signature", "action", "consent", "counted")
DATES = ("entry_into_force", "provision", "denunciation_received", "denunciation_effective", "ceases")

# A cell that begins with one of these a spreadsheet would calculate.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def status_data(view: View) -> dict[str, Any]:
    """The answer on the day asked about; names in English, as in every download."""
    return answer(view.effects, view.on, view.asked.known_at or clock.now(), language("en"))


def as_json(data: dict[str, Any]) -> bytes:
    """Data as JSON, for people as well."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(data: dict[str, Any]) -> bytes:
    """The participants, one a row."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*COLUMNS, *DATES))
    for one in data["participants"]:
        consent, denunciation = one["consent"] or {}, one["denunciation"] or {}
        row = [
            *(one[name] for name in ("code", "name", "kind", "standing", "signature")),
            *(consent.get(name) for name in ("action", "date")),
            "yes" if one["counted"] else "no",
            *(one[name] for name in ("entry_into_force", "provision")),
            *(denunciation.get(name) for name in ("received", "effective")),
            one["ceases"],
        ]
        writer.writerow([_as_text(cell or "") for cell in row])
    return text.getvalue().encode()


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
