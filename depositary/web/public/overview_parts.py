"""What the overviews of a treaty are made of: choices, steps from day to day, curves, relations."""

from dataclasses import dataclass
from datetime import date, datetime

from depositary.web.parts import Link
from depositary.web.public.parts import ComingEvent, Statement


@dataclass(frozen=True, slots=True)
class DayLink:
    """A link to the page as of another day."""

    day: date
    url: str


@dataclass(frozen=True, slots=True)
class NeighbouringDays:
    """The nearest days before and after on which something changes; None if there is no such day."""

    before: DayLink | None
    after: DayLink | None


@dataclass(frozen=True, slots=True)
class Slider:
    """The first day, the last day and the day of a slider, in days after 1 January 1970, and its scripts.

    `first_on` and `last_on` are the days at its ends.
    """

    first: int
    last: int
    day: int
    first_on: date
    last_on: date
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActsDone:
    """An act that was done on a day, and the participants who did it; `by` is empty for an act of no participant."""

    act: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayOfChange:
    """A day on which something changed: the acts of the day, and the effects that came with no act."""

    step: DayLink
    acts: tuple[ActsDone, ...]
    effects: tuple[ComingEvent, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The results of a search of one kind; `more` says that not all are shown."""

    heading: str
    links: tuple[Link, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name of another time, from its first day to its last; None if a day is unknown or has not come."""

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
    """The growth of a number, drawn as a path of steps; the number at the end; where its label stands, from the top."""

    drawn: str
    number: int
    label: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis: its place in per cent, and its words."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers in time, from the first act to the last day known. Places are in per cent of the drawing.

    `across` and `up` are the marks of the axes, `now_at` the place of the day asked about where later days are drawn.
    """

    first: date
    last: date
    signatures: Curve
    counted: Curve
    required: Curve
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    in_force_on: date | None
    in_force_at: float
    now_at: float | None
    signature_until: date | None


@dataclass(frozen=True, slots=True)
class Shift:
    """The participants whose standing changed in the same way."""

    before: str
    after: str
    participants: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The participants of one standing, by name."""

    standing: str
    participants: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RelatedParty:
    """A party: since when it is bound, the amendments that bind it, and the number of reservations in effect."""

    participant: Link
    since: date
    amendments: tuple[str, ...]
    reservations: int


@dataclass(frozen=True, slots=True)
class Version:
    """The parties bound by the same amendments, and the amendments between them and each other such group."""

    amendments: tuple[str, ...]
    parties: int
    towards: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PairGround:
    """What limits the relation of two participants: a sentence, and the statements on which it rests by author."""

    says: str
    statements: tuple[tuple[Link, Statement], ...]


@dataclass(frozen=True, slots=True)
class PairGroup:
    """What limits the relation of two participants in one way."""

    anchor: str
    heading: str
    grounds: tuple[PairGround, ...]


@dataclass(frozen=True, slots=True)
class PairStanding:
    """The relation of two participants: in sentences, with the standing of each and what limits the relation.

    `bound_from` is the later day from which they will be bound to each other with no further act.
    """

    bound: bool
    bound_from: date | None
    says: tuple[str, ...]
    standings: tuple[str, ...]
    groups: tuple[PairGroup, ...]


@dataclass(frozen=True, slots=True)
class VotingOrganization:
    """An organization that is a party, as it is named in a sentence: whether it votes, and for which members."""

    named: str
    code: str
    votes: bool
    members: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part of an act that a rectification changed: its label, what stood before and what stands now."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in the list. `state` is "" for an entry that stands, else `rectified` or `struck`.

    `rectifies` leads to the entry whose place it takes, in which it `changed` these parts.
    """

    entry: Link
    recorded_at: datetime
    participant: Link
    act: str
    day: date | None
    state: str
    rectifies: Link
    changed: tuple[ChangedPart, ...]
