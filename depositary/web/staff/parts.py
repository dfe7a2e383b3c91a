"""What the pages of the desk are made of."""

from dataclasses import dataclass
from datetime import date

from depositary.web.parts import Choice, Link


@dataclass(frozen=True, slots=True)
class DeskFrame:
    """What every page of the desk has. Its forms carry `token`; `person` is "" before somebody signs in."""

    language: str
    direction: str
    here: str
    person: str
    roles: str
    token: str
    sections: tuple[Link, ...]
    stylesheets: tuple[str, ...]
    script: str
    passkey_script: str
    icon: str
    is_invented: bool
    """Whether the page is marked as fiction."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list."""

    case: Link
    what: str
    author: str
    saved: str
    state: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task: its sentence with its page, and its day with the days to it, "" where it has none."""

    task: Link
    when: str


@dataclass(frozen=True, slots=True)
class OpenReading:
    """A reading that waits for a ruling: both results side by side."""

    name: str
    default: str
    otherwise: str
    lines: tuple[str, ...]
    ruled: str
    rule: str


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of a form, with what was typed and what is wrong with it."""

    name: str
    label: str
    kind: str
    value: str
    choices: tuple[Choice, ...] = ()
    fault: str = ""
    hint: str = ""
    listed: bool = False
    """Whether it offers participants while a person types."""
    longest: int = 0
    """How many characters it takes at most; 0 where that is not said."""


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A sentence of an examination; `weight` is `refused`, `warning`, `note`, `grave` or ""."""

    sentence: str
    weight: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a proposal would do, and what is wrong with it. `missing` says what is still to be filled in.

    `elsewhere` is what it makes irregular in acts that are recorded already.
    """

    act: str
    missing: tuple[str, ...]
    examination: tuple[PreviewLine, ...]
    effect: tuple[PreviewLine, ...]
    count: str
    elsewhere: tuple[PreviewLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item of a case: what it says; for a correction each field as it stands and as it would be, and the reason."""

    place: int
    line: str
    kind: str
    facts: tuple[tuple[str, str], ...]
    compared: tuple[tuple[str, str, str], ...]
    reason: str
    is_set_aside: bool
    wrong: tuple[PreviewLine, ...]


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter to the mission of a participant, in the language of that mission.

    `next` is its number in its file, `sent` are the letters of that file that the mission was sent; `action` is where
    this one is sent from, "" for a person who may not send it. `to` names the participant where a page has several.
    """

    code: str
    text: str
    language: str
    direction: str
    sent: tuple["SentLetter", ...] = ()
    action: str = ""
    next: int = 1
    to: str = ""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter of a file that was sent: its number in the file, when, and what became of it."""

    number: int
    page: str
    on: str
    state: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step taken with a draft, a proposal or an edition, in a line."""

    what: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeskEntryLine:
    """An entry of the register at the desk."""

    entry: Link
    day: date | None
    participant: str
    act: str
    state: str
    case: Link
    rectify: str
    strike: str
    public: str


@dataclass(frozen=True, slots=True)
class IrregularityLine:
    """What is wrong with an act that stands in the register."""

    entry: Link
    case: Link
    day: date
    participant: str
    act: str
    sentence: str
    weight: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in the list."""

    name: str
    full_name: str
    roles: tuple[Choice, ...]
    state: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session of the person who reads the page."""

    begun: str
    seen: str
    address: str
    agent: str
    token: str
    present: bool


@dataclass(frozen=True, slots=True)
class BarShown:
    """A bar of a chart: what it is of, its number, and its length in the chart's units."""

    label: str
    number: int
    length: int


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table of numbers: its title, its columns, and rows with their numbers and their sum."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """A passkey of the person who reads the page."""

    called: str
    added: str
    used: str
    credential: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A line of the audit."""

    number: int
    at: str
    by: str
    address: str
    what: str
    about: str


@dataclass(frozen=True, slots=True)
class NotificationLine:
    """A notification in a list: `what` is its event or its treaty, `by` who drafted or issued it."""

    link: Link
    what: str
    day: str
    by: str
