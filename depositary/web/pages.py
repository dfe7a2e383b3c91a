"""The pages: what each shows, and nothing else. A template may use the fields of its page, and uses all of them."""

from dataclasses import dataclass
from datetime import date, datetime

from depositary.web.sources import Gap
from depositary.web.treaty_text import Block


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; plain words without a `url`."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page bears. `past_or_future` tells that another day than today was asked for."""

    language: str
    direction: str
    home: str
    here: str
    trail: tuple[Link, ...]
    sections: tuple[Link, ...]
    stylesheets: tuple[str, ...]
    icon: str
    on: date
    other_day: bool
    known_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding in words, and what it rests on in turn."""

    sentence: str
    provision: Link
    words: str
    under: tuple[str, ...]
    acts: tuple[Link, ...]
    because: tuple["Reason", ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A date in the participants' table with its mark, and where its reasons are."""

    day: date
    mark: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A participant in the table; `note` numbers its end note, 0 for none."""

    participant: Link
    former: bool
    standing: str
    signature: Cell | None
    consent: Cell | None
    entry_into_force: Cell | None
    note: int


@dataclass(frozen=True, slots=True)
class Coming:
    """What happens on a later day with no further act; `kind` chooses the words, `of` is for whom or where."""

    day: date
    kind: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A reservation, declaration, notification or objection, as it was made."""

    act: str
    day: date
    text: str
    entry: Link


@dataclass(frozen=True, slots=True)
class Statements:
    """All of one participant's."""

    participant: Link
    made: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """A reading in words; `ruled` tells that a ruling lets the other one stand; `dates` are those that rest on it."""

    name: str
    status: str
    says: str
    otherwise: str
    ruled: bool
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IrregularityKind:
    """The irregularities of one kind."""

    label: str
    refused: bool
    each: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The counters. `required` is 0 where the treaty asks for no number."""

    counted: int
    deposited: int
    required: int
    signatories: int
    contracting: int
    parties: int
    former: int


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The status of a treaty on a day."""

    frame: Frame
    title: str
    subtitle: str
    number: str
    adopted: date | None
    place_adopted: str
    opened_by: str
    in_force_on: date | None
    numbers: Numbers
    reason: Reason
    coming: tuple[Coming, ...]
    milestones: tuple[Reason, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[str, ...], ...]
    statements: tuple[Statements, ...]
    readings: tuple[ReadingShown, ...]
    irregularities: tuple[IrregularityKind, ...]
    complete_as_of: date | None
    gaps: tuple[Gap, ...]
    permanent: str
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TreatyLine:
    """A treaty in the list."""

    treaty: Link
    number: str
    in_force_on: date | None
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class TreatiesPage:
    """The treaties, by chapter."""

    frame: Frame
    chapters: tuple[tuple[str, tuple[TreatyLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act in a list; `refused` says why it has no effect, `warned` names what is unusual about it."""

    act: str
    day: date
    place: str
    text: str
    entry: Link
    refused: tuple[str, ...]
    warned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """One participant under one treaty."""

    frame: Frame
    name: str
    formal: str
    treaty: Link
    standing: str
    why: tuple[Reason, ...]
    acts: tuple[ActRow, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A function of the law and what it decides, in English."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class ParagraphShown:
    """A paragraph of the text beside the rules and readings of it."""

    number: str
    blocks: tuple[Block, ...]
    rules: tuple[Rule, ...]
    readings: tuple[ReadingShown, ...]


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A worked case of an article, as it is written."""

    title: str
    lines: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article of a treaty, beside what the program makes of it."""

    frame: Frame
    number: str
    title: str
    treaty: Link
    paragraphs: tuple[ParagraphShown, ...]
    cases: tuple[WorkedCase, ...]
    before: Link
    after: Link
    contents: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in the list; `state` is "" for one that stands, else `rectified` or `struck`."""

    entry: Link
    recorded_at: datetime
    participant: Link
    act: str
    day: date | None
    state: str


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The entries of a treaty, the latest first."""

    frame: Frame
    treaty: Link
    entries: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry: the act as it was recorded, and what became of it."""

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
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaultPage:
    """Why there is no answer. `reference` is what to quote when asking us about it."""

    frame: Frame
    status: int
    sentence: str
    reference: str
