"""Worked examples of a clause file: what follows for invented States on the days where a clause is easily misread.

A lawyer who reads them can say whether the file says what the treaty says, before the treaty goes live.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from depositary.law import reasons
from depositary.law.acts import Act, Action
from depositary.law.clauses import Clauses
from depositary.law.dates import LATEST, ONE_DAY
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.examination import Irregularity, irregularities
from depositary.law.findings import Finding
from depositary.law.participants import Membership, Name, Participant, Participants

About = Literal[
    "threshold",
    "one short",
    "later deposits",
    "29 February",
    "end of month",
    "organization",
    "not before day",
    "not before treaty",
    "convention",
    "succession",
    "denunciation",
    "signature",
]

ORGANIZATION = "ORG"

THRESHOLD = date(2027, 3, 1)
EARLIER = date(2027, 1, 18)
LEAP_DAY = date(2028, 2, 29)
ENDS_OF_MONTHS = (date(2027, 8, 31), date(2027, 11, 30), date(2028, 1, 31))
WHILE = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Line:
    """An act, or None where all have acted that must, and what follows from it on the day `on`."""

    act: Act | None
    follows: Finding | Irregularity
    on: date


@dataclass(frozen=True, slots=True)
class Example:
    """One example: what it tries, and what follows. `day` is the day on which the number required is reached."""

    about: About
    day: date | None
    lines: tuple[Line, ...]


def state(number: int) -> str:
    return f"S{number:04}"


def invented(number: int) -> Participants:
    """So many States, and an organization of the first two."""
    states = [Participant(state(each), "state", (Name({"en": f"State {each}"}, ""),)) for each in range(1, number + 1)]
    organization = Participant(ORGANIZATION, "reio", (Name({"en": "Organization"}, ""),))
    return Participants(
        [*states, organization], [Membership(ORGANIZATION, state(each), date(1900, 1, 1)) for each in (1, 2)]
    )


def examples(clauses: Clauses, convention: Clauses | None = None) -> tuple[Example, ...]:
    """The examples of a treaty, with its convention where it is a protocol and that is at hand."""
    return tuple(Trial(clauses, convention).examples()) if clauses.entry_into_force else tuple(signature(clauses))


class Trial:
    """A treaty tried on invented participants."""

    def __init__(self, clauses: Clauses, convention: Clauses | None) -> None:
        assert clauses.entry_into_force is not None
        self.entry = clauses.entry_into_force
        self.required = self.entry.instruments
        if self.entry.among is not None:  # the invented States that deposit are the group
            states = tuple(state(each) for each in range(1, self.required + 1))
            among = self.entry.among.model_copy(update={"states": states})
            self.entry = self.entry.model_copy(update={"among": among})
        self.clauses = clauses.model_copy(update={"entry_into_force": self.entry})
        self.participants = invented(self.required + 10)
        actions = [one for one in clauses.consent.actions if one != "formal confirmation"]
        self.action: Action = "accession" if "accession" in actions else actions[0]
        self.convention = convention

    def examples(self) -> Iterator[Example]:
        yield self.threshold()
        yield Example("one short", None, (self.general(self.effects(self.deposits(THRESHOLD)[:-1])),))
        yield self.later_deposits()
        yield self.leap_day()
        if self.entry.after.months is not None:
            yield Example(
                "end of month", None, tuple(self.general(self.effects(self.deposits(day))) for day in ENDS_OF_MONTHS)
            )
        yield self.organization()
        if self.entry.not_before is not None or self.entry.not_before_treaty:
            yield from self.held_back()
        if self.clauses.parent and self.clauses.consent.needs_convention != "" and self.convention is not None:
            yield self.without_convention(self.convention)
        yield self.succession()
        if self.clauses.denunciation is not None:
            yield self.denunciation()
        yield from signature(self.clauses)

    # What is done

    def deposits(self, day: date, *, states: int | None = None) -> list[Act]:
        """As many States as required deposit: all but the last some weeks before the day, the last on it."""
        number = self.required if states is None else states
        early = [self.act(state(each), self.action, day - (THRESHOLD - EARLIER)) for each in range(1, number)]
        return [*early, self.act(state(number), self.action, day)] if number else []

    def act(self, code: str, action: Action, day: date, **columns: date | str) -> Act:
        return replace(Act(self.clauses.id, code, action, day), **columns)  # type: ignore[arg-type]

    def effects(self, acts: Sequence[Act], elsewhere: date | None = EARLIER) -> Effects:
        numbered = [replace(act, number=number) for number, act in enumerate(acts, 1)]
        waits_for = self.entry.not_before_treaty
        return derive(
            numbered,
            self.participants,
            self.clauses,
            convention=self.parent_effects(numbered),
            elsewhere={waits_for: elsewhere} if waits_for else None,
        )

    def parent_effects(self, acts: Sequence[Act]) -> Effects | None:
        """The convention of a protocol, to which all who act under the protocol have long been parties."""
        if self.convention is None or self.clauses.consent.needs_convention == "":
            return None
        entry = self.convention.entry_into_force
        codes = {act.participant for act in acts} | {
            state(each) for each in range(1, (entry.instruments if entry else 1) + 1)
        }
        free = self.convention.model_copy(
            update={
                "reio": self.convention.reio.model_copy(update=FREE),
                "entry_into_force": entry and entry.model_copy(update=WITHOUT_CONDITIONS),
            }
        )
        long_ago = [Act(free.id, code, free.consent.actions[0], date(2000, 1, 3)) for code in sorted(codes)]
        return derive(long_ago, invented(max(len(codes), self.required) + 10), free)

    # What follows

    def general(self, effects: Effects) -> Line:
        last = effects.case.acts[-1] if effects.case.acts else None
        return Line(last, reasons.entry_into_force(effects), EARLIER)

    def own(self, effects: Effects, act: Act) -> Line:
        """What follows for the one who acts: the date for it, or what is wrong."""
        wrong = [one for one in irregularities(effects) if one.act == act and one.severity == "refused"]
        if wrong:
            return Line(act, wrong[0], act.date)
        episodes = effects.episodes(act.participant)
        finding = reasons.participation(effects, act.participant, episodes[-1], len(episodes))
        return Line(act, finding, act.date)

    def threshold(self) -> Example:
        effects = self.effects(self.deposits(THRESHOLD))
        first = self.act(state(1), self.action, effects.case.acts[0].date)
        return Example("threshold", THRESHOLD, (self.general(effects), self.own(effects, first)))

    def later_deposits(self) -> Example:
        """On the day itself, the day after, about the entry into force, and long after."""
        general = self.effects(self.deposits(THRESHOLD)).in_force_on or THRESHOLD
        days = sorted({THRESHOLD, THRESHOLD + ONE_DAY, general - ONE_DAY, general, general + ONE_DAY, general + WHILE})
        later = [
            self.act(state(self.required + place), self.action, day)
            for place, day in enumerate((day for day in days if day >= THRESHOLD), 1)
        ]
        effects = self.effects([*self.deposits(THRESHOLD), *later])
        return Example("later deposits", THRESHOLD, tuple(self.own(effects, act) for act in later))

    def leap_day(self) -> Example:
        lines = [self.general(self.effects(self.deposits(LEAP_DAY)))]
        if self.clauses.denunciation is not None:
            received = date(2048, 2, 29)
            act = self.act(state(1), "denunciation", received)
            lines.append(self.leaving(self.effects([*self.deposits(THRESHOLD), act]), act))
        return Example("29 February", LEAP_DAY, tuple(lines))

    def organization(self) -> Example:
        action = next(
            (one for one in ("approval", "formal confirmation") if one in self.clauses.consent.actions), self.action
        )
        act = self.act(ORGANIZATION, action, THRESHOLD)
        declared = [
            self.act(ORGANIZATION, "declaration", THRESHOLD, provision=one)
            for one in self.clauses.reio.competence_declared_under[:1]
        ]
        with_members = self.effects([*self.deposits(EARLIER, states=self.required - 1), *declared, act])
        alone = self.effects([*declared, act])
        lines = [self.general(with_members)]
        if any(one.severity == "refused" for one in irregularities(alone)):
            lines.append(self.own(alone, act))
        return Example("organization", THRESHOLD, tuple(lines))

    def held_back(self) -> Iterator[Example]:
        if self.entry.not_before is not None:
            early = self.entry.not_before - WHILE
            yield Example("not before day", early, (self.general(self.effects(self.deposits(early))),))
        if self.entry.not_before_treaty:
            late = THRESHOLD + WHILE
            days = (EARLIER, late, None)
            lines = tuple(self.general(self.effects(self.deposits(THRESHOLD), elsewhere=day)) for day in days)
            yield Example("not before treaty", THRESHOLD, lines)

    def without_convention(self, convention: Clauses) -> Example:
        act = self.act(state(1), self.action, THRESHOLD)
        nobody = derive([], self.participants, convention)
        return Example(
            "convention",
            None,
            (self.own(derive([act], self.participants, self.clauses, convention=nobody), act),),
        )

    def succession(self) -> Example:
        notified = THRESHOLD + WHILE
        act = self.act(state(self.required + 1), "succession", notified, effective=notified - timedelta(days=100))
        return Example("succession", THRESHOLD, (self.own(self.effects([*self.deposits(THRESHOLD), act]), act),))

    def denunciation(self) -> Example:
        """By one that must wait: the day before it may, and the day from which it may; else some time after."""
        clause = self.clauses.denunciation
        since = self.effects(self.deposits(THRESHOLD)).in_force_on
        assert clause is not None
        assert since is not None
        first = clause.earliest.period.after(since) if clause.earliest else since
        acts = [self.act(state(1), "denunciation", day) for day in (first - ONE_DAY, first, first + WHILE)]
        lines = [self.leaving(self.effects([*self.deposits(THRESHOLD), act]), act) for act in acts]
        return Example("denunciation", THRESHOLD, tuple(lines))

    def leaving(self, effects: Effects, act: Act) -> Line:
        wrong = [one for one in irregularities(effects) if one.act == act and one.severity == "refused"]
        if wrong:
            return Line(act, wrong[0], act.date)
        return Line(act, reasons.standing(effects, act.participant, act.date).because[-1], act.date)


FREE = {
    "instrument_needs_member": "",
    "accession_needs_member": "",
    "signature_needs_member": "",
    "competence_declared_under": (),
}
WITHOUT_CONDITIONS = {"among": None, "not_before": None, "not_before_treaty": ""}


def signature(clauses: Clauses) -> Iterator[Example]:
    """The last day of each period, and the day after it."""
    lines: list[Line] = []
    for period in clauses.periods_for_signature:
        days = (period.until, period.until + ONE_DAY) if period.until < LATEST else ()
        for day in days:
            act = Act(clauses.id, state(1), "signature", day, place=period.place, number=1)
            effects = derive([act], invented(2), clauses)
            wrong = [one for one in irregularities(effects) if one.severity == "refused"]
            lines.append(Line(act, wrong[0] if wrong else reasons.standing(effects, state(1), day), day))
    if lines:
        yield Example("signature", None, tuple(lines))
