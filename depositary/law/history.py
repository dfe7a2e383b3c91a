"""What the acts establish under one treaty, as they are read in the order of time.

`History` is the state of that reading: each act is given to the article that governs it, which enters it here
or says what stands in its way. Only what later articles need is kept; every date of effect follows from it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple, Protocol

from depositary.law.acts import Act
from depositary.law.clauses import After, Clauses
from depositary.law.dates import Period, is_leap_day
from depositary.law.participants import Participants
from depositary.law.readings import Consulted


@dataclass(frozen=True, slots=True)
class Episode:
    """One participation: a participant can leave and come back, so it has a list of these.

    `since` is the day the treaty entered into force for it, `until` the day on which it was no longer bound
    (the first day outside); None: not, or not yet. `ended_by` is the act that ended or will end it, if one did.
    """

    consent: Act
    since: date | None
    until: date | None = None
    ended_by: Act | None = None

    @property
    def took_effect(self) -> bool:
        return self.since is not None and (self.until is None or self.since < self.until)


class Denounced(NamedTuple):
    """A denunciation and the day it takes effect."""

    act: Act
    effective: date


class Convention(Protocol):
    """What a protocol asks of its convention: its clauses, and who stands where under it."""

    clauses: Clauses

    def episode_at(self, code: str, day: date) -> Episode | None:
        """The participation whose consent stands on a day."""

    def since_for(self, code: str, day: date) -> date | None:
        """From when the convention is in force for one whose consent stands on a day."""


Refusal = tuple[str, ...]
"""The codes of the irregularities for which an act has no legal effect; empty for one that was entered."""


class History:
    """The state of the reading. Mappings are by participant code unless said otherwise."""

    __slots__ = (
        "acts",
        "amendments",
        "clauses",
        "competence",
        "consents",
        "convention",
        "counted",
        "counting_organizations",
        "denunciation_day",
        "denunciations",
        "earliest_denunciation",
        "in_force_on",
        "members",
        "not_before",
        "open_for_signature",
        "organizations",
        "other",
        "otherwise",
        "participant_day",
        "participants",
        "past",
        "provided_for",
        "refused",
        "required",
        "signatures",
        "successions",
        "threshold_on",
        "treaty_day",
    )

    def __init__(
        self,
        acts: Sequence[Act],
        clauses: Clauses,
        participants: Participants,
        otherwise: Iterable[str],
        convention: Convention | None,
        not_before: date | None,
    ) -> None:
        self.acts = acts
        """All that are read, in whatever order."""
        self.clauses = clauses
        self.participants = participants
        self.organizations = participants.organizations
        self.otherwise = Consulted(otherwise)
        """The readings that stand the other way, and which of all were asked about."""
        self.convention = convention
        """For a protocol: what holds under its convention."""

        self.signatures: dict[str, Act] = {}
        self.consents: dict[str, Act] = {}
        """The consent that stands, or the last one that stood."""
        self.denunciations: dict[str, Denounced] = {}
        """Of the consent in `consents`, in effect or not yet."""
        self.past: dict[str, list[Episode]] = {}
        """Episodes that ended: followed by another consent, or by a withdrawal."""
        self.competence: dict[str, list[Act]] = {}
        """Organizations' declarations of the extent of their competence."""
        self.amendments: dict[str, Adopted] = {}
        """By the amendment's ID."""
        self.other: list[Act] = []
        """Reservations, declarations, notifications, territories, objections, proposals, read when asked for."""
        self.refused: dict[int, tuple[Act, Refusal]] = {}
        """By the identity of the act."""

        self.open_for_signature = (
            [(period.since, period.until, period.place) for period in clauses.signature.periods]
            if clauses.signature
            else [(date.min, date.max, "")]
        )
        """First day, last day and place of each period; for good where the treaty sets none."""

        entry = clauses.entry_into_force
        self.required = entry.instruments if entry else 0
        self.counted: set[str] = set()
        """The States whose instrument counts towards entry into force, each once."""
        self.counting_organizations = False
        """Whether an organization that has deposited counts as long as no member has."""
        self.successions = False
        """Whether a consent was a succession, whose date of effect is its own."""
        self.threshold_on: date | None = None
        self.in_force_on: date | None = None
        self.not_before = not_before
        self.treaty_day = self.running(entry.after if entry else None)
        self.participant_day = self.running(entry.participant.after if entry and entry.participant else None)
        denunciation = clauses.denunciation
        self.denunciation_day = self.running(denunciation.after if denunciation else None)
        self.earliest_denunciation = self.running(denunciation.earliest if denunciation else None)
        self.provided_for = frozenset(clauses.consent.actions) | {"succession"}

    @property
    def later_ones_from(self) -> date | None:
        """The last day of deposit for which the treaty's own entry into force is the depositor's."""
        entry = self.clauses.entry_into_force
        late = entry and entry.participant and entry.participant.deposited_after == "entry into force"
        return self.in_force_on if late else self.threshold_on

    def running(self, after: After | None) -> Callable[[date], date] | None:
        """The function from the day a period begins to the day it has run; None for no period."""
        if after is None:
            return None
        if after.period.years is None:
            return after.period.counting()
        return partial(self.after, after.period)

    def after(self, period: Period, day: date) -> date:
        """The day on which a period, begun on a day, has run. The reading is asked about on 29 February alone."""
        return period.after(day, leap_day_to_march=is_leap_day(day) and self.leap_day_to_march)

    @property
    def leap_day_to_march(self) -> bool:
        return "anniversary-of-29-february" in self.otherwise


@dataclass(slots=True)
class Adopted:
    """An amendment that was adopted, and the parties' consents to it."""

    act: Act
    consents: dict[str, Act]
    in_force: dict[str, date]
    """When it enters into force for each party that consented."""
