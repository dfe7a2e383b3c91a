"""What the pages of reasons and of the calculator are made of."""

from dataclasses import dataclass
from datetime import date

from depositary.web.parts import Link, Reason
from depositary.web.public.parts import ReadingInWords
from depositary.words.changes import Said


@dataclass(frozen=True, slots=True)
class Month:
    """The days of one month within a count: the first and the last, each with its number."""

    first: date
    first_number: int
    last: date
    last_number: int


@dataclass(frozen=True, slots=True)
class CountByHand:
    """A count by hand: of what, its unit, its steps, and, where it counts days, the months they fall into."""

    of: str
    unit: str
    since: date
    until: date
    steps: tuple[tuple[int, date], ...]
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """An act that a date rests on, with the entry that has it and the proof of the entry; "" for a supposed act."""

    act: str
    entry: Link
    proof: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A date and all that it rests on: `counted` are the instruments counted in order, `others` the other acts."""

    day: date | None
    reason: Reason
    counts: tuple[CountByHand, ...]
    readings: tuple[ReadingInWords, ...]
    counted: tuple[Ground, ...]
    others: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class CalculatorRow:
    """An act that is supposed, as it was asked; `place` is "" for the first, and what its fields' names end in."""

    place: str
    who: str
    day: str
    action: str


@dataclass(frozen=True, slots=True)
class Earliest:
    """What would be if all that is missing were deposited on a day: the treaty's date, and the State's own."""

    missing: int
    day: date
    in_force_on: date
    since: date | None
    ask: str


@dataclass(frozen=True, slots=True)
class SuppositionAnswer:
    """What would be: the first act's date with its reasons, then all that changes.

    `others` is how many unnamed States complete the number on `reached_on`.
    """

    sentence: str
    day: date | None
    explained: Explanation
    refused: tuple[str, ...]
    warned: tuple[str, ...]
    said: tuple[Said, ...]
    others: int
    reached_on: date | None
    earliest: Earliest | None
    calendar: str


@dataclass(frozen=True, slots=True)
class Backwards:
    """By when the number must be reached, and the participant have deposited, for a day.

    `reached_on` and `in_force_on` where the number is reached already; `today` is what it would be from today.
    """

    by: date
    reached_on: date | None
    in_force_on: date | None
    threshold_by: date | None
    threshold_passed: bool
    from_today: date | None
    deposit_by: date | None
    deposit_passed: bool
    name: str
