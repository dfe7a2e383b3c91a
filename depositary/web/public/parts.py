"""The parts of public pages: rows, lines, cells."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from depositary.treaties.text import Block
from depositary.web.parts import Link


@dataclass(frozen=True, slots=True)
class Cell:
    """A date in the participants' table with its mark; its reasons are on the participant's page."""

    day: date
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A participant in the table, its name in `language` ("": the page's); `note` numbers its end note, 0 for none.

    `letter` is set for the first of the names that begin with it.
    """

    participant: Link
    language: str
    former: bool
    standing: str
    signature: Cell | None
    consent: Cell | None
    entry_into_force: Cell | None
    note: int
    letter: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantTable:
    """The participants that have consented, or only signed, with the columns in use and the letters to jump to."""

    kind: Literal["consented", "signed"]
    rows: tuple[ParticipantRow, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns with a date: `signature`, `consent`, `entry_into_force`."""
        names = ("signature", "consent", "entry_into_force")
        return tuple(name for name in names if any(getattr(row, name) for row in self.rows))

    @property
    def letters(self) -> tuple[str, ...]:
        return tuple(row.letter for row in self.rows if row.letter)


@dataclass(frozen=True, slots=True)
class ComingEvent:
    """What happens on a later day with no further act. `kind` chooses the words; `of` names participants or places.

    `url` leads to the reasons; "" if there is no page of them.
    """

    day: date
    kind: str
    of: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A reservation, declaration, notification or objection, as it was made."""

    act: str
    day: date
    text: str
    entry: Link


@dataclass(frozen=True, slots=True)
class ParticipantStatements:
    """All statements of one participant."""

    participant: Link
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class StatementSection:
    """A section of statements, by participant."""

    anchor: str
    heading: str
    participants: tuple[ParticipantStatements, ...]


@dataclass(frozen=True, slots=True)
class ReadingInWords:
    """A reading in words. `ruled`: a ruling adopted the other reading. `dates` are the dates that rest on it."""

    title: str
    status: str
    says: str
    otherwise: str
    ruled: bool
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IrregularCase:
    """What is wrong with an act, and the participants whose acts have the same irregularity."""

    irregularity: Link
    same: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class IrregularityKind:
    """The irregularities of one kind; `count` is how many acts have it."""

    label: str
    refused: bool
    count: int
    cases: tuple[IrregularCase, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The counters. `required` is 0 if the treaty requires no number of instruments.

    `reported` and `reported_signatures` are instruments and signatures that are reported and not recorded.
    """

    counted: int
    deposited: int
    required: int
    signatories: int
    contracting: int
    parties: int
    former: int
    reported: int = 0
    reported_signatures: int = 0


@dataclass(frozen=True, slots=True)
class TreatyLine:
    """A treaty in the list. `acted` says that the register has acts under it."""

    treaty: Link
    number: str
    in_force_on: date | None
    numbers: Numbers
    acted: bool
    complete_as_of: date | None


@dataclass(frozen=True, slots=True)
class LeadingTreaty:
    """The treaty at the top of the home page. `news`: it entered into force less than thirty days ago."""

    line: TreatyLine
    calculator: str
    news: bool
    signature_until: date | None


@dataclass(frozen=True, slots=True)
class TreatyStanding:
    """The standing of a participant under a treaty, and what comes next for it with no further act."""

    treaty: Link
    number: str
    standing: str
    sentence: str
    complete_as_of: date | None
    coming: tuple[ComingEvent, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last days on which the number may be reached, and a participant may deposit, to be bound by a day.

    `threshold_by` is None once the number is reached.
    """

    by: date
    threshold_by: date | None
    deposit_by: date


@dataclass(frozen=True, slots=True)
class Document:
    """A document or information to send to the depositary, the provisions that speak of it, and the words of one."""

    what: str
    provisions: tuple[Link, ...]
    words: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """What a participant has done under a treaty, when it is bound, and what it sends with its instrument.

    `follows` says what follows if it deposits on the day of the page, and until when it may sign.
    """

    treaty: Link
    name: str
    sentence: str
    acts: tuple[Link, ...]
    coming: tuple[ComingEvent, ...]
    follows: tuple[str, ...]
    required: int
    deadlines: tuple[Deadline, ...]
    documents: tuple[Document, ...]
    afterwards: tuple[Document, ...]
    calculator: str
    code: str
    briefing: str


@dataclass(frozen=True, slots=True)
class StateLine:
    """A State or organization in the list, and how many treaties are in force for it."""

    state: Link
    treaties: int


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
class Rule:
    """A function of the law: what it decides, in English, its file and line, and its source."""

    name: str
    says: str
    where: str
    source: str


@dataclass(frozen=True, slots=True)
class ArticleParagraph:
    """A paragraph of the text, with the rules and readings that apply it."""

    number: str
    blocks: tuple[Block, ...]
    rules: tuple[Rule, ...]
    readings: tuple[ReadingInWords, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of a worked case. An expectation says whether it `holds`, and what came out `instead`."""

    words: str
    holds: bool | None = None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A worked case of an article, with the result of running it for this page."""

    title: str
    lines: tuple[CaseLine, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class Call:
    """An address of the API: its parameters and answers, each described in English, and an answer as an example."""

    name: str
    says: str
    parameters: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True, slots=True)
class NotificationLine:
    """A notification in the list."""

    reference: Link
    day: date
    event: str
    treaty: Link


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A document in another language."""

    code: str
    words: str
    url: str
