"""The commands of the program, as the tree that a person sees in its help."""

from collections.abc import Iterator
from typing import Any


def leaves(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that is no group, by the words with which it is called."""
    if not hasattr(command, "commands"):
        yield path, command
        return
    for name in command.commands:
        yield from leaves(command.commands.get(name), f"{path} {name}".strip())
