"""The parts of the pages of reasons and of the calculator."""

from dataclasses import dataclass
from datetime import date

from depositary.web.parts import Link, Reason
from depositary.web.public.parts import ReadingInWords
from depositary.words.changes import ChangeSentence


@dataclass(frozen=True, slots=True)
class Month:
    """The days of one month within a count: the first and the last, each with its number."""

    first: date
    first_number: int
    last: date
    last_number: int


@dataclass(frozen=True, slots=True)
class CountByHand:
    """A count by hand: what is counted, its unit, its steps, and the months of a count of days."""

    of: str
    unit: str
    since: date
    until: date
    steps: tuple[tuple[int, date], ...]
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a date waits for: the instruments `missing`, the `earliest` day if all are deposited on the day asked about.

    `calculation` is the page that says why.
    """

    missing: int
    earliest: date | None
    calculation: str


@dataclass(frozen=True, slots=True)
class Ground:
    """An act on which a date rests, its entry, and the proof of the entry; "" for a supposed act."""

    act: str
    entry: Link
    proof: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A date and its grounds: `counted` are the instruments in the order of the count, `others` the other acts."""

    day: date | None
    reason: Reason
    counts: tuple[CountByHand, ...]
    readings: tuple[ReadingInWords, ...]
    counted: tuple[Ground, ...]
    others: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class CalculatorRow:
    """A supposed act as the form has it. `place` ends the names of its fields: "" for the first act, then 2, 3."""

    place: str
    who: str
    day: str
    action: str


@dataclass(frozen=True, slots=True)
class Earliest:
    """The result if all missing instruments were deposited on a day: the treaty's date, and the State's own."""

    missing: int
    day: date
    in_force_on: date
    since: date | None
    ask: str


@dataclass(frozen=True, slots=True)
class SuppositionAnswer:
    """The result of supposed acts: the date of the first act with its reasons, then all that changes.

    `about` is "refused" for a first act without effect, "signature" for one that only signs, else "date"; `instead`
    leads to the deposit on the day of that signature. `others` is the number of unnamed States that complete the
    required number on `reached_on`; without them the number is reached on `threshold_on`.
    """

    about: str
    sentence: str
    day: date | None
    explained: Explanation
    refused: tuple[str, ...]
    warned: tuple[str, ...]
    remarks: tuple[ChangeSentence, ...]
    others: int
    reached_on: date | None
    threshold_on: date | None
    earliest: Earliest | None
    instead: str
    calendar: str


@dataclass(frozen=True, slots=True)
class Backwards:
    """The last days to reach the number and to deposit, so that the treaty binds on a wanted day.

    `reached_on` and `in_force_on` are set if the number is reached already. `from_today` is the date of entry into
    force if the number were reached today. `consented` says that the participant `name` has consented already, and is
    bound on `since`; `refused` says why an instrument deposited on `deposit_by` would have no effect.
    """

    by: date
    reached_on: date | None
    in_force_on: date | None
    threshold_by: date | None
    threshold_passed: bool
    from_today: date | None
    deposit_by: date | None
    deposit_passed: bool
    refused: tuple[str, ...]
    name: str
    consented: bool
    since: date | None
