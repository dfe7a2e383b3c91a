"""What the acts establish under one treaty, as they are read in the order of time.

`History` is the state of that reading: each act is given to the article that governs it, which enters it here
or says what stands in its way. Only what later articles need is kept; every date of effect follows from it.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from heapq import heappush
from typing import Literal, NamedTuple, Protocol

from depositary.law.acts import Act
from depositary.law.clause_tables import After
from depositary.law.clauses import Clauses
from depositary.law.dates import Period, is_leap_day
from depositary.law.participants import Participants
from depositary.law.readings import Consulted


class Denounced(NamedTuple):
    """A denunciation and the day it takes effect."""

    act: Act
    effective: date


class Unsigned(NamedTuple):
    """A signature that was withdrawn, and the act by which it was."""

    signature: Act
    by: Act

    @property
    def on(self) -> date:
        """The day on which it was withdrawn."""
        return self.by.date


Cause = Literal["", "withdrawal", "denunciation", "members", "convention", "extinction"]
"""Why a participation ends: an act of its own; 67(2); that in the convention ended, for a protocol; the State did."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One participation: a participant can leave and come back, so it has a list of these.

    `since` is the day the treaty entered into force for it, `until` the day on which its consent no longer stood
    (the first day outside); None: not, or not yet. `cause` and `ended_by` say what ends it, and the act, if it was
    one. `denounced` is its denunciation, also where something else ends the participation first.
    """

    consent: Act
    since: date | None
    until: date | None = None
    cause: Cause = ""
    ended_by: Act | None = None
    denounced: Denounced | None = None

    @property
    def took_effect(self) -> bool:
        """Whether it is or will be a party in this participation; one that ends before is as if withdrawn."""
        return self.since is not None

    def stands_on(self, day: date) -> bool:
        """Whether its consent stands on a day, in force or not."""
        return self.consent.date <= day and (self.until is None or day < self.until)


class Convention(Protocol):
    """What a protocol asks of its convention: its clauses, and who stands where under it."""

    clauses: Clauses

    def episodes(self, code: str) -> tuple[Episode, ...]:
        """The participations of one, in the order of time."""


Refusal = tuple[str, ...]
"""The codes of the irregularities for which an act has no legal effect; empty for one that was entered."""

LATER: Refusal = ("later",)
"""A withdrawal or revocation that finds nothing to undo yet: it is tried again after the day's other acts."""

NEVER = 1 << 62
"""An order after all acts."""


class History:
    """The state of the reading. Mappings are by participant code unless said otherwise."""

    __slots__ = (
        "acts",
        "amendments",
        "clauses",
        "coming",
        "competence",
        "consents",
        "convention",
        "counted",
        "counting_organizations",
        "denounced",
        "denunciation_day",
        "denunciations",
        "due",
        "earliest_denunciation",
        "in_force_on",
        "late",
        "not_before",
        "open_for_signature",
        "organizations",
        "other",
        "otherwise",
        "participant_day",
        "participant_days",
        "participants",
        "past",
        "planned",
        "proposed",
        "provided_for",
        "put_off",
        "recounting",
        "refused",
        "required",
        "revoked",
        "signatures",
        "successions",
        "tally_on",
        "threshold_on",
        "treaty_day",
        "unsigned",
        "usual",
        "waits",
    )

    def __init__(
        self,
        acts: Sequence[Act],
        clauses: Clauses,
        participants: Participants,
        otherwise: Iterable[str],
        convention: Convention | None,
        not_before: date | None,
        waits: bool,
    ) -> None:
        self.acts = acts
        """All that are read, in whatever order."""
        self.clauses = clauses
        self.participants = participants
        self.organizations = participants.organizations
        self.otherwise = Consulted(otherwise)
        """The readings that stand the other way, and which of all were asked about."""
        self.begin_time()
        self.convention = convention
        """For a protocol: what holds under its convention."""

        self.signatures: dict[str, Act] = {}
        """Those that stand."""
        self.unsigned: dict[str, list[Unsigned]] = {}
        """Those that were withdrawn."""
        self.consents: dict[str, Act] = {}
        """The consent that stands, or the last one that stood."""
        self.denunciations: dict[str, Denounced] = {}
        """Of the consent in `consents`, in effect or not yet."""
        self.revoked: list[tuple[Denounced, Act]] = []
        """The denunciations revoked, each with its revocation."""
        self.past: dict[str, list[Episode]] = {}
        """Episodes that ended."""
        self.denounced: set[str] = set()
        """The members of organizations of which a denunciation has taken effect, in whichever participation."""
        self.competence: set[str] = set()
        """The organizations that have declared the extent of their competence since their participation ended."""
        self.amendments: dict[str, Adopted] = {}
        """By the amendment's ID."""
        self.proposed: set[str] = set()
        """The IDs of the amendments proposed."""
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
        self.begin_count()
        self.not_before = not_before
        self.waits = waits
        """Whether it waits for another treaty, which is not in force so far."""
        self.provided_for = frozenset(clauses.consent.actions) | {"succession"}
        self.usual = frozenset[str]() if convention is not None else self.provided_for - {"succession"}
        """The consents by which a State that has none needs nothing else: none under a protocol."""
        self.run_periods(clauses)

    def begin_time(self) -> None:
        """Begins with nothing that is to come by itself."""
        self.coming: list[tuple[int, int, Callable[..., None], tuple[object, ...]]] = []
        """What comes by itself: a heap of when, a number of its own, the rule, and what it is about."""
        self.planned = 0
        self.due = NEVER
        """When the first of these comes."""
        self.late = False
        """Whether withdrawals and revocations are tried the second time, after the day's other acts."""
        self.put_off: set[int] = set()
        """Those that are tried a second time, by the identity of the act."""

    def begin_count(self) -> None:
        """Begins with no instrument counted."""
        self.counted: set[str] = set()
        """The States whose instrument counts towards entry into force, each once."""
        self.recounting = False
        """Whether the number is sought anew, at the end of the day, among the instruments that stand."""
        self.tally_on: date | None = None
        """The last day at whose end the count is taken."""
        self.counting_organizations = False
        """Whether an organization that has deposited counts as long as no member has."""
        self.successions = False
        """Whether a consent was a succession, whose date of effect is its own."""
        self.threshold_on: date | None = None
        self.in_force_on: date | None = None

    def run_periods(self, clauses: Clauses) -> None:
        """Prepares the functions from the day a period of a clause begins to the day it has run."""
        entry, denunciation = clauses.entry_into_force, clauses.denunciation
        self.treaty_day = self.running(entry.after if entry else None)
        self.participant_day = self.running(entry.participant.after if entry and entry.participant else None)
        self.participant_days = entry.participant.after.period.only_days if entry and entry.participant else None
        self.denunciation_day = self.running(denunciation.after if denunciation else None)
        self.earliest_denunciation = self.running(denunciation.earliest if denunciation else None)

    def plan(self, order: int, rule: Callable[..., None], *about: object) -> None:
        """Notes that a rule is to be applied at a time to come, to this history and what it is about."""
        self.planned += 1
        heappush(self.coming, (order, self.planned, rule, about))
        self.due = self.coming[0][0]

    def copy(self) -> "History":
        """Another in the same state, to try an act on."""
        other = copy(self)
        for name in ("signatures", "consents", "denunciations"):
            setattr(other, name, dict(getattr(self, name)))
        for name in ("past", "unsigned"):
            setattr(other, name, {code: [*ended] for code, ended in getattr(self, name).items()})
        other.amendments = {one: Adopted(each.act, {**each.consents}) for one, each in self.amendments.items()}
        other.counted, other.denounced, other.proposed = {*self.counted}, {*self.denounced}, {*self.proposed}
        other.competence = {*self.competence}
        other.other, other.coming, other.refused = [*self.other], [*self.coming], {**self.refused}
        other.revoked = [*self.revoked]
        return other

    def signature(self, code: str, on: date) -> Act | None:
        """The signature of a participant that the acts of a day find: one made and withdrawn on it was there."""
        signed = self.signatures.get(code)
        if signed is not None and signed.date <= on:
            return signed
        withdrawn = (one for one in self.unsigned.get(code, ()) if one.signature.date <= on)
        return next((one.signature for one in withdrawn if on < one.on or on == one.on == one.signature.date), None)

    def participation(self, code: str) -> tuple[str, int]:
        """The participation that stands, by whose it is and how many it had before."""
        return code, len(self.past.get(code, ()))

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
        period, run = after.period, after.period.counting()
        if period.years is None:
            return run
        return lambda day: self.after(period, day) if is_leap_day(day) else run(day)

    def after(self, period: Period, day: date) -> date:
        """The day on which a period, begun on a day, has run. The reading is asked about on 29 February alone."""
        return period.after(day, leap_day_to_march=is_leap_day(day) and self.leap_day_to_march)

    @property
    def leap_day_to_march(self) -> bool:
        return "anniversary-of-29-february" in self.otherwise


@dataclass(slots=True)
class Adopted:
    """An amendment that was adopted, and the consents to it, each of one participation."""

    act: Act
    consents: dict[tuple[str, int], Act]
