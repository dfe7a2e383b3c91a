"""The pages of overviews: the map, the timeline, the difference of two days, the relations of participants."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from depositary.web.completeness import Gap
from depositary.web.parts import Frame, Link, Selection
from depositary.web.public.overview_parts import (
    Chart,
    DayOfChange,
    Group,
    PairStanding,
    RelatedParty,
    Shift,
    Version,
    VotingOrganization,
)
from depositary.web.public.parts import Numbers


@dataclass(frozen=True, slots=True)
class MissingPage:
    """What is known to be missing of the acts under a treaty, which are complete up to a day by a source."""

    template: ClassVar[str] = "public/missing.html"
    frame: Frame
    treaty: Link
    complete_as_of: date | None
    source: tuple[Link, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """The world by standing under a treaty: an image, and the same as lists."""

    template: ClassVar[str] = "public/map.html"
    frame: Frame
    treaty: Link
    image: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The timeline of a treaty: past days, the latest first, and days to come."""

    template: ClassVar[str] = "public/timeline.html"
    frame: Frame
    treaty: Link
    chart: Chart | None
    past: tuple[DayOfChange, ...]
    ahead: tuple[DayOfChange, ...]


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """The difference between an earlier day and the day asked about."""

    template: ClassVar[str] = "public/difference.html"
    frame: Frame
    treaty: Link
    since: date
    before: Numbers
    after: Numbers
    in_force_before: date | None
    in_force_after: date | None
    shifts: tuple[Shift, ...]
    days: tuple[DayOfChange, ...]


@dataclass(frozen=True, slots=True)
class RelationsPage:
    """The relation of two participants (`between`), or of one participant to all `others`; empty before a choice.

    `coming` are those to which it will be bound with no further act.
    """

    template: ClassVar[str] = "public/relations.html"
    frame: Frame
    treaty: Link
    selections: tuple[Selection, ...]
    complete_as_of: date | None
    first: Link
    second: Link
    between: PairStanding | None
    others: tuple[RelatedParty, ...]
    coming: tuple[RelatedParty, ...]
    matrix: str


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """All parties among themselves, in the order in which they became parties."""

    template: ClassVar[str] = "public/matrix.html"
    frame: Frame
    treaty: Link
    versions: tuple[Version, ...]
    parties: tuple[RelatedParty, ...]
    choose: str


@dataclass(frozen=True, slots=True)
class VotesPage:
    """Who votes in the Conference on the day, what majority adopts, and whether the votes given do."""

    template: ClassVar[str] = "public/votes.html"
    frame: Frame
    treaty: Link
    complete_as_of: date | None
    matters: Selection
    organizations: tuple[VotingOrganization, ...]
    counts: tuple[tuple[str, str, str], ...]
    """Of each number that may be given: its field, its label, what was given."""
    sentences: tuple[str, ...]
    voters: tuple[Link, ...]
    """The States that vote themselves."""
