"""What each public page shows: frozen, in the order of the page, and whole before a template sees it."""

from dataclasses import dataclass, field
from datetime import date

from depositary.acts import Act
from depositary.clauses import Clauses
from depositary.law.effects import Effects
from depositary.law.findings import Finding
from depositary.law.readings import Reading
from depositary.register import Entry
from depositary.web.texts import Article
from depositary.words import Language


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has: its language, title and address, and as of when it speaks.

    `query` keeps `on` and `known_at` in links, "" where the page speaks of today; `canonical` is the full address.
    """

    language: Language
    title: str
    on: date
    today: date
    path: str
    query: str
    canonical: str
    treaty: Clauses | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A treaty in the list of treaties."""

    clauses: Clauses
    finding: Finding
    counted: int
    required: int
    parties: int


@dataclass(frozen=True, slots=True)
class FrontPage:
    frame: Frame
    chapters: tuple[tuple[str, tuple[Summary, ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A participant in the status table. `note` is the number of its end note, 0 for none."""

    code: str
    name: str
    standing: str
    signature: date | None
    consent: Act | None
    since: date | None
    former: bool
    note: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """An end note: that a participation ends, or that the register holds more of a participant."""

    number: int
    code: str
    name: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A day on which something changes with no act."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class Warned:
    """An irregularity that acts have in common."""

    code: str
    severity: str
    messages: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class StatusPage:
    frame: Frame
    effects: Effects
    finding: Finding
    required: int
    counted: int
    deposited: int
    totals: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    reservations: tuple[tuple[str, str, tuple[Act, ...]], ...]
    upcoming: tuple[Upcoming, ...]
    milestones: tuple[Finding, ...]
    irregularities: tuple[Warned, ...]
    complete_as_of: date | None
    protocols: tuple[Clauses, ...]
    convention: Clauses | None
    articles: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    frame: Frame
    effects: Effects
    code: str
    name: str
    formal: str
    standing: str
    finding: Finding
    amendments: tuple[Finding, ...]
    acts: tuple[Act, ...]
    irregularities: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A paragraph and what applies it: the function's name, module and docstring, or why no date follows."""

    provision: str
    function: str
    module: str
    says: str
    no_date: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    frame: Frame
    article: Article
    rules: tuple[Rule, ...]
    readings: tuple[Reading, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class RegisterPage:
    frame: Frame
    entries: tuple[tuple[Entry, bool], ...]
    """Each with whether it stands."""


@dataclass(frozen=True, slots=True)
class EntryPage:
    frame: Frame
    entry: Entry
    rectified_by: int | None
    irregularities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaultPage:
    """A page that says in a sentence what cannot be shown."""

    frame: Frame
    sentence: str
    status: int


Page = FrontPage | StatusPage | ParticipantPage | ArticlePage | RegisterPage | EntryPage | FaultPage
