"""JSON Schemas of the files that people write: the clause file of a treaty, a row of `instruments.csv`."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from depositary.law.acts import ACTIONS, COLUMNS
from depositary.law.clauses import Clauses
from depositary.treaties.collection import load_collection
from depositary.treaties.template import EXPLAINED

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DATES = ("date", "effective", "notified")


def clause_file_schema() -> dict[str, Any]:
    """The schema of a clause file, which editors complete and check. A date of TOML counts as text of that format."""
    told = Clauses.model_json_schema(by_alias=True)
    return {"$schema": DRAFT, **told, "title": "The final clauses of a treaty", "description": DESCRIBED}


DESCRIBED = "A clause file (data/treaties/ID.toml). A table left out means that the rule does not exist in the treaty."


def instruments_schema(participants: Iterable[str], treaties: Iterable[str]) -> dict[str, Any]:
    """The schema of a row of `instruments.csv`, with the codes and treaties that are known."""
    columns: dict[str, dict[str, Any]] = {name: {"type": "string", "description": EXPLAINED[name]} for name in COLUMNS}
    for name in DATES:
        columns[name]["pattern"] = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"
    columns["date"] |= {"pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"}
    columns["treaty"]["enum"] = ["", *sorted(treaties)]
    columns["participant"]["enum"] = columns["addressee"]["enum"] = ["", *sorted(participants)]
    columns["action"]["enum"] = list(ACTIONS)
    return {
        "$schema": DRAFT,
        "title": "A row of instruments.csv",
        "description": "One act. Columns may be missing, empty, or in any order; these three are needed.",
        "type": "object",
        "properties": columns,
        "required": ["participant", "action", "date"],
        "additionalProperties": False,
    }


def written_schemas(data: Path) -> dict[str, str]:
    """The schemas as files beside the data, where editors find them, by name."""
    collection = load_collection(data)
    every = {
        "clauses.json": clause_file_schema(),
        "instruments.json": instruments_schema(collection.participants, collection.treaties),
    }
    return {name: json.dumps(told, indent=1, ensure_ascii=False) + "\n" for name, told in every.items()}


def write_schemas(data: Path) -> None:
    """Writes the schemas beside the data."""
    (data / "schemas").mkdir(exist_ok=True)
    for name, text in written_schemas(data).items():
        (data / "schemas" / name).write_text(text, encoding="utf-8")
