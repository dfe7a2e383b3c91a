"""The pages about the register at the desk: its entries, the search, the statistics."""

from dataclasses import dataclass
from typing import ClassVar

from depositary.web.parts import Choice, Link
from depositary.web.staff.parts import (
    BarShown,
    DeskEntryLine,
    DeskFrame,
    IrregularityLine,
    NotificationLine,
    SentLetter,
    TableShown,
)


@dataclass(frozen=True, slots=True)
class IrregularitiesPage:
    """The irregularities that stand in the register, by the name of their treaty."""

    template: ClassVar[str] = "staff/irregularities.html"
    frame: DeskFrame
    treaties: tuple[tuple[str, tuple[IrregularityLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """The entries that are wanted, each with what may be done about it; `size` is how many there are on all pages."""

    template: ClassVar[str] = "staff/entries.html"
    frame: DeskFrame
    treaties: tuple[Choice, ...]
    acts: tuple[Choice, ...]
    typed: dict[str, str]
    faults: tuple[str, ...]
    """The fields that were not understood."""
    size: int
    entries: tuple[DeskEntryLine, ...]
    earlier: str
    later: str
    """The addresses of the pages before and after; "" for none."""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry with its case, its documents, its notifications, its letters, and the entries about the same act."""

    template: ClassVar[str] = "staff/entry.html"
    frame: DeskFrame
    entry: DeskEntryLine
    facts: tuple[tuple[str, str], ...]
    case: Link
    documents: tuple[Link, ...]
    notifications: tuple[NotificationLine, ...]
    letters: tuple[SentLetter, ...]
    history: tuple[tuple[Link, str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The numbers of acts by year, treaty and region; `bars` are the instruments of each year."""

    template: ClassVar[str] = "staff/statistics.html"
    frame: DeskFrame
    treaties: tuple[Choice, ...]
    bars: tuple[BarShown, ...]
    tables: tuple[TableShown, ...]
    csv: str


@dataclass(frozen=True, slots=True)
class FindPage:
    """What fits a text, by kind, and whether there is more of it than the number shown."""

    template: ClassVar[str] = "staff/find.html"
    frame: DeskFrame
    text: str
    results: tuple[tuple[str, tuple[Link, ...], bool], ...]
    most: int
