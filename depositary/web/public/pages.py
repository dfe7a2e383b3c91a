"""The pages: a dataclass for each. A template uses all fields of its page, and no other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from depositary.law.clauses import Registration
from depositary.register.entry import Receipt
from depositary.web.parts import Frame, Link, Reason, Selection
from depositary.web.public.calculation_parts import Ahead, Backwards, CalculatorRow, Explanation, SuppositionAnswer
from depositary.web.public.glance import Glance
from depositary.web.public.overview_parts import (
    ChangedPart,
    EntryLine,
    Identity,
    NeighbouringDays,
    SearchResults,
    Slider,
)
from depositary.web.public.parts import (
    ActRow,
    ArticleParagraph,
    Call,
    ComingEvent,
    Deposit,
    IrregularityKind,
    LeadingTreaty,
    Numbers,
    ParticipantTable,
    ReadingInWords,
    StateLine,
    StatementSection,
    TreatyLine,
    TreatyStanding,
    WorkedCase,
)


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The status of a treaty on a day.

    `code` is the image that leads back to it from paper, and `described` what search engines read of the treaty
    (schema.org); both are empty without an address.
    """

    template: ClassVar[str] = "public/status.html"
    frame: Frame
    title: str
    title_language: str
    full_title: str
    full_title_language: str
    number: str
    done_at: str
    opened_by: str
    in_force_on: date | None
    registration: Registration | None
    numbers: Numbers
    glance: Glance
    reason: Reason
    calculator: str
    coming: tuple[ComingEvent, ...]
    slider: Slider | None
    steps: NeighbouringDays
    milestones: tuple[Reason, ...]
    selections: tuple[Selection, ...]
    chosen: Mapping[str, str]
    chips: tuple[tuple[str, tuple[Link, ...]], ...]
    tables: tuple[ParticipantTable, ...]
    notes: tuple[tuple[str, ...], ...]
    statements: tuple[StatementSection, ...]
    circulated: tuple[Link, ...]
    readings: tuple[ReadingInWords, ...]
    irregularities: tuple[IrregularityKind, ...]
    convention: Link
    protocols: tuple[TreatyLine, ...]
    not_expressed: tuple[str, ...]
    image: str
    legend: tuple[tuple[str, int], ...]
    code: str
    described: Mapping[str, Any]
    more: tuple[Link, ...]
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The results of a search by kind; `most` is the most that is shown of a kind."""

    template: ClassVar[str] = "public/search.html"
    frame: Frame
    text: str
    found: tuple[SearchResults, ...]
    most: int


@dataclass(frozen=True, slots=True)
class TreatiesPage:
    """The leading treaty, with where it is calculated when it would bind, then the others by chapter.

    The empty files of acts are for who tells what is missing.
    """

    template: ClassVar[str] = "public/treaties.html"
    frame: Frame
    leading: LeadingTreaty | None
    chapters: tuple[tuple[str, tuple[TreatyLine, ...]], ...]
    files_to_fill_in: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StatesPage:
    """Every State and organization, by name."""

    template: ClassVar[str] = "public/states.html"
    frame: Frame
    states: tuple[StateLine, ...]


@dataclass(frozen=True, slots=True)
class StatePage:
    """One State or organization: its steps under the leading treaty, then the other treaties, acted under or not."""

    template: ClassVar[str] = "public/state.html"
    frame: Frame
    name: str
    formal: str
    identity: Identity
    deposit: Deposit | None
    standings: tuple[TreatyStanding, ...]
    acts: tuple[Link, ...]
    others: tuple[TreatyStanding, ...]
    subscriptions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """One participant under one treaty; `everywhere` leads to its page across treaties."""

    template: ClassVar[str] = "public/participant.html"
    frame: Frame
    name: str
    formal: str
    treaty: Link
    everywhere: str
    standing: str
    complete_as_of: date | None
    why: tuple[Reason, ...]
    acts: tuple[ActRow, ...]


@dataclass(frozen=True, slots=True)
class ReasonsPage:
    """The reasons of a date. `whose` leads to the participant; "" for a date of the treaty itself."""

    template: ClassVar[str] = "public/reasons.html"
    frame: Frame
    about: str
    whose: Link
    treaty: Link
    explained: Explanation
    ahead: Ahead | None


@dataclass(frozen=True, slots=True)
class ApiPage:
    """The description of the API; `description` is where programs have it, `example` an address to try.

    `files` are addresses with what is there.
    """

    template: ClassVar[str] = "public/api.html"
    frame: Frame
    calls: tuple[Call, ...]
    files: tuple[tuple[str, str], ...]
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """Alerts by e-mail. `state` is a `State` of `alerts.py`; `treaties` is the list to choose from."""

    template: ClassVar[str] = "public/alerts.html"
    frame: Frame
    state: str
    treaties: tuple[Link, ...]
    treaty: str
    participant: str
    names: tuple[str, ...]
    about: str
    fault: str


@dataclass(frozen=True, slots=True)
class CalculatorPage:
    """A question to the calculator and its answer; None while nothing is asked. `lacking` says what is to be given."""

    template: ClassVar[str] = "public/calculator.html"
    frame: Frame
    treaty: Link
    script: str
    name: str
    required: int
    counted: int
    rows: tuple[CalculatorRow, ...]
    names: tuple[str, ...]
    actions: tuple[Link, ...]
    hints: tuple[Link, ...]
    reached: str
    by: str
    faults: tuple[str, ...]
    answer: SuppositionAnswer | None
    backwards: Backwards | None
    lacking: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article of a treaty, with the rules, readings and cases of the program."""

    template: ClassVar[str] = "public/article.html"
    frame: Frame
    number: str
    title: str
    language: str
    treaty: Link
    paragraphs: tuple[ArticleParagraph, ...]
    cases: tuple[WorkedCase, ...]
    before: Link
    after: Link
    contents: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TextPage:
    """The contents of a treaty's text in a `language`; `at_hand` are the languages in which it is here."""

    template: ClassVar[str] = "public/text.html"
    frame: Frame
    treaty: Link
    language: str
    chapters: tuple[tuple[str, tuple[Link, ...]], ...]
    at_hand: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The entries of a treaty, the latest first."""

    template: ClassVar[str] = "public/register.html"
    frame: Frame
    treaty: Link
    entries: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry: the act as it was recorded, and the later entries about it."""

    template: ClassVar[str] = "public/entry.html"
    frame: Frame
    number: int
    treaty: Link
    recorded_at: datetime
    act: str
    participant: Link
    day: date | None
    effective: date | None
    place: str
    provision: Link
    text: str
    source: str
    reason: str
    rectifies: Link
    rectified_by: Link
    changed: tuple[ChangedPart, ...]
    receipt: Receipt | None
    notices: tuple[Link, ...]
    documents: tuple[str, ...]
    proof: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaultPage:
    """The reason why there is no answer. A reader quotes `reference` to ask about it.

    `wanted` is what the address may have meant, for the search, and `suggestions` are pages like it.
    """

    template: ClassVar[str] = "public/fault.html"
    frame: Frame
    status: int
    sentence: str
    reference: str
    wanted: str
    suggestions: tuple[Link, ...]
