"""The page of the import: a file of acts that was sent, and what is asked about it."""

from dataclasses import dataclass
from typing import ClassVar

from depositary.web.parts import Choice
from depositary.web.staff.parts import DeskFrame


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """A text of a file that is not understood: how many rows have it, the first of them, and what it may mean."""

    column: str
    text: str
    rows: int
    first: int
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file: what was written, what was understood, and what was mended in its texts."""

    number: int
    written: str
    understood: str
    mended: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A file of acts: what is wrong with it, what is asked, what its rows mean, and what they repeat.

    `kept` is the file itself, which the page carries. `answered` are texts with the meanings given before. `differing`
    has the line of each row that repeats an entry, the row, the difference, and the entry's number.
    """

    template: ClassVar[str] = "staff/import.html"
    frame: DeskFrame
    form: str
    faults: tuple[str, ...]
    name: str
    kept: str
    treaty: str
    treaties: tuple[Choice, ...]
    encodings: tuple[Choice, ...]
    sheet: str
    dates: str
    questions: tuple[FileQuestion, ...]
    answered: tuple[tuple[str, str], ...]
    rows: tuple[FileRow, ...]
    more: int
    new: int
    is_read: bool
    differing: tuple[tuple[int, str, str, int], ...]
    struck: int
