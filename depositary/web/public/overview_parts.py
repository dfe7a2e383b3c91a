"""What the overviews of a treaty are made of: choices, steps from day to day, curves, relations."""

from dataclasses import dataclass
from datetime import date

from depositary.web.parts import Link
from depositary.web.public.parts import ComingEvent, ParticipantStatements


@dataclass(frozen=True, slots=True)
class DayLink:
    """The same page as of another day."""

    day: date
    url: str


@dataclass(frozen=True, slots=True)
class NeighbouringDays:
    """The days before and after on which something changes; None where there is none."""

    before: DayLink | None
    after: DayLink | None


@dataclass(frozen=True, slots=True)
class Slider:
    """From where to where a slider goes and where it stands, in days after 1 January 1970; `scripts` let it answer."""

    first: int
    last: int
    day: int
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActsDone:
    """What was done on a day, and by whom; `by` is empty for what is nobody's."""

    act: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayOfChange:
    """A day on which something changed: by acts, and of itself."""

    step: DayLink
    acts: tuple[ActsDone, ...]
    effects: tuple[ComingEvent, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What a search has found of one kind; `more` tells that there is more than is shown."""

    heading: str
    each: tuple[Link, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name borne at another time: from its first to its last day, None where it is not said or has not come."""

    name: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a participant is on a day."""

    region: str
    member_of: tuple[Link, ...]
    members: tuple[Link, ...]
    names: tuple[OtherName, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A number as it rose, drawn as a path of steps, and where it stands at the end."""

    drawn: str
    number: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers in time. `threshold` and `in_force_at` are places in the drawing, of `required` and `in_force_on`."""

    first: date
    last: date
    signatures: Curve
    counted: Curve
    required: int
    threshold: int
    in_force_on: date | None
    in_force_at: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A participant that stands elsewhere than it did."""

    participant: Link
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one standing, by name."""

    standing: str
    each: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RelatedParty:
    """A party that is bound to others since a day, the amendments that bind it, and how many reservations stand."""

    participant: Link
    since: date
    amendments: tuple[str, ...]
    reservations: int


@dataclass(frozen=True, slots=True)
class Version:
    """The parties bound by the same amendments, and by which they are bound to each such group in turn."""

    amendments: tuple[str, ...]
    parties: int
    towards: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PairStanding:
    """How two participants stand to each other: in sentences, where each stands, and what each has said."""

    bound: bool
    says: tuple[str, ...]
    standings: tuple[str, ...]
    statements: tuple[ParticipantStatements, ...]
