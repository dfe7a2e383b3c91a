"""Clause files (`data/treaties/ID.toml`): read, and checked whole, into the clauses of a treaty."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from depositary.errors import BadInput
from depositary.law.clauses import Clauses

# pydantic's own sentences, where they are not a lawyer's.
_SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is not a key of a clause file",
    "date_type": "must be a date written without quotes, as 2025-10-25",
    "int_type": "must be a whole number",
    "string_type": "must be text in quotes",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "model_type": "must be a table",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "string_pattern_mismatch": "allowed: letters and digits joined by hyphens, as XVIII-16",
    "string_too_short": "is empty",
    "too_short": "needs one entry at least",
}


def read_clauses(text: str, name: str) -> Clauses:
    """The clauses written in `text`; `name` is the file's name, for the faults.

    Raises BadInput with every fault, each on its line as `NAME: key: what is wrong`.
    """
    try:
        return Clauses.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise BadInput([f"{name}: not a TOML file: {fault}"]) from None
    except ValidationError as faults:
        raise BadInput([f"{name}: {_key(fault['loc'])}: {_sentence(fault)}" for fault in _causes(faults)]) from None


def load_clauses(path: Path) -> Clauses:
    """The clauses in a file. Raises BadInput: every fault, or that the file cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as fault:
        raise BadInput([f"{path}: cannot be read: {fault.strerror}"]) from None
    except UnicodeDecodeError:
        raise BadInput([f"{path}: is not UTF-8 text"]) from None
    return read_clauses(text, path.name)


def _causes(faults: ValidationError) -> list[Any]:
    """The faults without those that only follow: a list is not short for having a faulty entry."""
    every = faults.errors()
    within = {fault["loc"][:length] for fault in every for length in range(1, len(fault["loc"]))}
    return [fault for fault in every if not (fault["type"] == "too_short" and fault["loc"] in within)]


def _key(location: tuple[int | str, ...]) -> str:
    key = ""
    for part in location:
        key += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return key.removeprefix(".") or "the file"


def _sentence(fault: Any) -> str:
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return _SENTENCES.get(fault["type"], str(fault["msg"]))
