"""The gate: once the desk is staffed, the command line refuses what one person alone would decide or read.

A person with a shell can give any name with `--by`. So a command may draft and propose, for a second person at the
desk; it may send letters that were decided there, and operate the program. All else is done at the desk, with both
factors.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from depositary.errors import BadInput


def _always(given: Mapping[str, Any]) -> bool:
    return True


def _decides(given: Mapping[str, Any]) -> bool:
    return bool(given["approve"] or given["withdraw"] or given["close"])


def _shows_contacts(given: Mapping[str, Any]) -> bool:
    return bool(given["seen_by"] != "public")


AT_THE_DESK: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "note": _always,
    "notify issue": _always,
    "notify series": lambda given: bool(given["first"]),
    "notify send": lambda given: not given["dry_run"],
    "circulate": _decides,
    "outbox agree": _always,
    "outbox deliver": lambda given: bool(given["agrees"]),
    "outbox note": _always,
    "contacts list": _shows_contacts,
    "contacts show": _shows_contacts,
    "contacts diff": _shows_contacts,
}
"""The commands that are refused while the desk is staffed, each with its refused calls."""

DRAFTS = frozenset(
    {
        "record",
        "rectify",
        "strike",
        "import",
        "run",
        "circulate",
        "outbox resolve",
        "outbox deliver",
        "contacts import",
        "notify draft",
    }
)
"""The commands that draft or propose. Their result has effect when a second person at the desk has agreed."""

OPERATES = frozenset(
    {
        *("migrate", "serve", "desk", "demo", "alerts", "backup", "restore", "outbox send", "site build"),
        *("keys recovery", "keys renew", "keys rotate", "contacts key", "contacts backup", "contacts restore"),
        *("user add", "user email", "user invite", "user disable", "user enable", "user roles"),
    }
)
"""The commands of the operator: databases, keys, processes, accounts, and letters that were decided."""


def guarded(path: str, command: Any) -> Any:
    """A command, or a group of them, that asks first whether this is done at the desk."""
    for name, below in getattr(command, "commands", {}).items():
        guarded(f"{path} {name}", below)
    if path in AT_THE_DESK:
        done, is_for_the_desk = command.callback, AT_THE_DESK[path]

        @wraps(done)
        def callback(**given: Any) -> Any:
            if is_for_the_desk(given):
                refuse_where_staffed(path)
            return done(**given)

        command.callback = callback
    return command


def refuse_where_staffed(path: str) -> None:
    """Raises BadInput where the desk is staffed."""
    from depositary.cli.cases import is_for_the_desk
    from depositary.cli.options import open_to_read
    from depositary.settings import load_settings

    with open_to_read(load_settings()) as store:
        if is_for_the_desk(store):
            raise BadInput([f"{path}: the desk is staffed; this is done there, with both factors. Nothing was done."])
