"""The pages of the annual circulation: what each shows, and nothing else. No address is on any of them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from depositary.web.parts import Link
from depositary.web.staff.parts import DeskFrame, StepLine


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something that is due, and whose; `grave` needs a person now."""

    what: str
    whose: tuple[str, ...]
    grave: bool


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in the list."""

    edition: Link
    day: date
    state: str
    copies: int
    settled: int


@dataclass(frozen=True, slots=True)
class CirculationPage:
    """The editions, when the next falls, and what is due."""

    template: ClassVar[str] = "staff/circulation.html"
    frame: DeskFrame
    next_on: date | None
    due: tuple[DueLine, ...]
    editions: tuple[EditionLine, ...]
    may_prepare: bool
    on: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy, and what became of it. `letter` is 0 until it is posted; `choices` are what may be proposed of it, and
    `agree` what was proposed, where this person may agree.
    """

    copy: int
    participant: str
    manner: str
    state: str
    said: str
    grave: bool
    letter: int
    choices: tuple[tuple[str, str], ...]
    agree: tuple[str, str]
    proposed_by: str
    may_note: bool


@dataclass(frozen=True, slots=True)
class CopyPage:
    """A copy of an edition as it goes out, before it is approved and after: the letter, the note, the list."""

    template: ClassVar[str] = "staff/copy.html"
    frame: DeskFrame
    name: str
    edition: str
    copy: int
    of: int
    participant: str
    mission: str
    manner: str
    language: str
    subject: str
    text: str
    parts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FilesOfEdition:
    """How many letters of an edition stand in files only, and how many this person may agree were delivered."""

    edition: str
    in_files: int
    to_agree: int


@dataclass(frozen=True, slots=True)
class LettersPage:
    """The letters of any kind about which two persons decide; `counts` are all letters by state.

    `in_files` are the editions of which several letters stand in files: what became of those is said once for all.
    """

    template: ClassVar[str] = "staff/letters.html"
    frame: DeskFrame
    counts: tuple[tuple[str, int], ...]
    in_files: tuple[FilesOfEdition, ...]
    letters: tuple[CopyLine, ...]
    fault: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter, what it says, what is attached, and what became of it."""

    template: ClassVar[str] = "staff/letter.html"
    frame: DeskFrame
    number: int
    edition: str
    line: CopyLine
    subject: str
    text: str
    parts: tuple[tuple[str, int], ...]
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition with all its copies; `shown` is the digest a second person approves.

    `in_files` letters stand in files only; to `to_agree` of them this person may agree that they were delivered.
    `carried` letters left the desk; it sends the others while `is_sending`.
    """

    template: ClassVar[str] = "staff/edition.html"
    frame: DeskFrame
    name: str
    day: date
    state: str
    action: str
    facts: tuple[tuple[str, str], ...]
    copies: tuple[CopyLine, ...]
    counts: tuple[tuple[str, int], ...]
    carried: int
    is_sending: bool
    steps: tuple[StepLine, ...]
    shown: str
    may_approve: bool
    own: bool
    may_withdraw: bool
    may_send: bool
    may_close: bool
    in_files: int
    to_agree: int
    fault: str
