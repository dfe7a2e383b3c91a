"""The list of the authorities of a function on a day, as known at an instant, with the fields that a reader may see;
and the differences between two lists."""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from depositary.authorities.designations import FIELDS, WIDER, Function, Visibility, seen
from depositary.authorities.designations_csv import text_of
from depositary.authorities.entries import AuthorityEntry
from depositary.authorities.validity import confirmations, held


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """One authority in a list. `fields` are those that may be seen, no others; `origin` is the entry it began with."""

    number: int
    origin: int
    fields: Mapping[str, Any]
    confirmed_at: datetime

    @property
    def participant(self) -> str:
        return str(self.fields["participant"])

    @property
    def texts(self) -> dict[str, str]:
        """The fields, each as one text."""
        return {name: text_of(value) for name, value in self.fields.items()}


@dataclass(frozen=True)
class AuthorityList:
    """The authorities of a function on a day; `seen_by` is the level of protection up to which it has fields."""

    function: Function
    on: date
    known_at: datetime
    seen_by: Visibility
    lines: tuple[AuthorityLine, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields of its lines."""
        return tuple(name for name, visible in FIELDS.items() if visible in WIDER[self.seen_by])

    @cached_property
    def content(self) -> str:
        """Its content as JSON. Equal lists give equal text."""
        told = {
            "function": self.function,
            "on": self.on.isoformat(),
            "seen_by": self.seen_by,
            "authorities": [
                {"entry": line.number, "confirmed_at": line.confirmed_at.isoformat(), **line.texts}
                for line in self.lines
            ],
        }
        return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @property
    def digest(self) -> str:
        """The SHA-256 of its content. Each file prints it, so that holders of copies can compare."""
        return sha256(self.content.encode()).hexdigest()


def authority_list(
    entries: Iterable[AuthorityEntry],
    function: Function,
    on: date,
    known_at: datetime,
    seen_by: Visibility = "public",
    of: Container[str] | None = None,
) -> AuthorityList:
    """The list of a function on a day; of some participants, or of all. In the order of their codes."""
    rows = list(entries)
    confirmed = confirmations(rows, known_at)
    lines = [
        AuthorityLine(
            standing.entry.number,
            standing.origin,
            seen(standing.designation, seen_by),
            confirmed[standing.entry.number].at,
        )
        for standing in held(rows, known_at)
        if standing.designation.function == function
        and standing.on(on)
        and (of is None or standing.entry.participant in of)
    ]
    lines.sort(key=lambda line: (line.participant, line.fields["territory"], line.number))
    return AuthorityList(function, on, known_at, seen_by, tuple(lines))


@dataclass(frozen=True, slots=True)
class ListChange:
    """One authority in two lists: what was said of it before and after, field by field, and only what differs.

    `what` is `added`, `ended` or `changed`.
    """

    what: str
    participant: str
    authority: str
    fields: tuple[tuple[str, str, str], ...]


def difference(before: AuthorityList, after: AuthorityList) -> list[ListChange]:
    """The differences between two lists of a function, by participant."""
    old, new = ({line.origin: line for line in one.lines} for one in (before, after))
    found = []
    for origin in dict.fromkeys((*old, *new)):
        earlier, later = old.get(origin), new.get(origin)
        line = later or earlier
        assert line is not None
        said, says = earlier.texts if earlier else {}, later.texts if later else {}
        fields = tuple(
            (name, said.get(name, ""), says.get(name, ""))
            for name in after.columns
            if said.get(name, "") != says.get(name, "")
        )
        if fields:
            what = "changed" if earlier and later else "added" if later else "ended"
            found.append(ListChange(what, line.participant, str(line.fields["authority"]), fields))
    return sorted(found, key=lambda change: (change.participant, change.authority, change.what))
