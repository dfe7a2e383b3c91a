"""What holds under one treaty when its acts have been read.

Dates are there at once, everything else when it is asked for. Nothing of it is ever stored.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from depositary.law.acts import Act
from depositary.law.articles import amendment, consent, entry_into_force, protocols
from depositary.law.clauses import Clauses
from depositary.law.dates import ONE_DAY
from depositary.law.history import Episode, History
from depositary.law.participants import Participants
from depositary.law.readings import READINGS, WITH_ALTERNATIVE

Standing = Literal["none", "signatory", "contracting", "party", "former party"]


@dataclass(frozen=True, slots=True)
class Case:
    """What effects are derived from. `elsewhere`: the entry into force of the treaties this one must wait for."""

    acts: tuple[Act, ...]
    participants: Participants
    clauses: Clauses
    convention: "Effects | None" = None
    elsewhere: Mapping[str, date | None] | None = None
    apart: tuple[Act, ...] = ()
    """The acts of organizations and of nobody, which stand in `acts` as well."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that rests on a reading: the date, and what the other reading gives (None: no date)."""

    reading: str
    concerns: str
    participant: str
    date: dt.date | None
    otherwise: dt.date | None


class Effects:
    """What holds under one treaty when the acts have been read. Dates of effect may lie in the future."""

    def __init__(
        self, case: Case, history: History, ruled: dict[str, Act], again: "Callable[[frozenset[str]], Effects]"
    ) -> None:
        self.case = case
        self.read_again = again
        """What holds with the readings named standing the other way."""
        self.history = history
        self.rulings = ruled
        self.clauses = case.clauses
        self.participants = case.participants
        self.in_force_on = history.in_force_on
        self.threshold_on = history.threshold_on
        self.since: dict[str, date | None] = entry_into_force.for_all(history)
        """The day of entry into force for each participant whose consent stands or stood last."""
        self._episodes: dict[str, tuple[Episode, ...]] = {}

    # Who takes part

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every participant with an act, by code."""
        return tuple(sorted({act.participant for act in self.case.acts if act.participant}))

    def episodes(self, code: str) -> tuple[Episode, ...]:
        """The participations of one, in the order of time."""
        if (found := self._episodes.get(code)) is None:
            past = tuple(self.history.past.get(code, ()))
            stands = code in self.since
            if stands:
                past = (*past, consent.current(self.history, code, self.since[code]))
            found = self._episodes[code] = past
        return found

    def episode_at(self, code: str, day: date) -> Episode | None:
        """The participation whose consent stands on a day, in force or not."""
        for episode in self.episodes(code):
            if episode.consent.date <= day and (episode.until is None or day < episode.until):
                return episode
        return None

    def since_for(self, code: str, day: date) -> date | None:
        """From when the treaty is in force for one whose consent stands on a day."""
        episode = self.episode_at(code, day)
        return episode.since if episode else None

    def standing(self, code: str, on: date) -> Standing:
        """Where a participant stands on a day."""
        for episode in reversed(self.episodes(code)):
            left = episode.until is not None and episode.until <= on
            if entry_into_force.took_effect(episode, on):
                return "former party" if left else "party"
            if not left:
                return "contracting"
        return "signatory" if code in self.history.signatures else "none"

    def parties(self, on: date) -> tuple[str, ...]:
        """The parties on a day, by code, organizations included."""
        return tuple(code for code in self.codes if self.standing(code, on) == "party")

    def votes(self, organization: str, on: date) -> int:
        """62(2), 66(2): the votes of an organization on a day."""
        return protocols.votes(self.parties(on), organization, self.participants, on)

    # Article 65

    @property
    def counted(self) -> int:
        """States whose instrument stands or has taken effect, each once."""
        return len(self.history.counted)

    @property
    def deposited(self) -> int:
        """The same with the organizations."""
        return len(self.history.counted | {code for code in self.participants.organizations if self._counts(code)})

    def _counts(self, organization: str) -> bool:
        return organization in self.history.consents or any(
            episode.took_effect for episode in self.history.past.get(organization, ())
        )

    def instruments_counted(self, on: date) -> tuple[Act, ...]:
        """The instruments that stand in the count on a day, in the order of deposit, each participant's first."""
        found = []
        for code in self.codes:
            if code in self.participants.organizations and code not in self.history.counted:
                continue
            for episode in self.episodes(code):
                if episode.consent.action == "succession" or episode.consent.date > on:
                    continue
                if episode.until is None or episode.until > on or episode.took_effect:
                    found.append(episode.consent)
                    break
        return tuple(sorted(found, key=lambda act: (act.order, act.participant)))

    # Milestones

    @property
    def conference_by(self) -> date | None:
        """57(2): the day by which the Conference is to be convened; None before entry into force."""
        clause = self.clauses.milestones.conference
        if clause is None or self.in_force_on is None:
            return None
        return self.history.after(clause.after.period, self.in_force_on)

    @property
    def proposals_from(self) -> date | None:
        """66(1): the first day on which an amendment may be proposed."""
        return amendment.proposals_from(self.history)

    @property
    def quorum_reached_on(self) -> date | None:
        """62(1): the day on which there are parties enough for a protocol to be considered."""
        clause = self.clauses.milestones.protocol_quorum
        if clause is None:
            return None
        spans = [
            (code, episode.since, episode.until)
            for code in self.codes
            for episode in self.episodes(code)
            if episode.took_effect and episode.since is not None
        ]
        return protocols.quorum_reached_on(
            spans,
            self.participants.organizations,
            clause.parties,
            count_all="sixty-parties" in self.history.otherwise,
        )

    # Amendments

    def amendment_binds_from(self, identifier: str, code: str) -> date | None:
        """66(4)-(5): from when an amendment binds a participant in its latest participation; None: it does not."""
        episodes = self.episodes(code)
        if not episodes:
            return None
        return amendment.bound_from(self.history, self.history.amendments[identifier], code, episodes[-1])

    # Readings

    @cached_property
    def dates(self) -> dict[tuple[str, str], date | None]:
        """Every derived date, by what it concerns and whose it is ("" for the treaty's)."""
        found = {
            ("entry_into_force", ""): self.in_force_on,
            ("conference_by", ""): self.conference_by,
            ("amendments_may_be_proposed_from", ""): self.proposals_from,
            ("protocol_quorum_reached_on", ""): self.quorum_reached_on,
        }
        for code in self.codes:
            for number, episode in enumerate(self.episodes(code), start=1):
                place = "" if number == 1 else f" ({number})"
                found["entry_into_force" + place, code] = episode.since
                found["ceases" + place, code] = episode.until
            for identifier in self.history.amendments:
                found[f"amendment:{identifier}", code] = self.amendment_binds_from(identifier, code)
        return found

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """The dates that would be others if a reading stood the other way: a date rests on a reading only then.

        A reading that is never asked about on the way to the dates cannot move one.
        """
        here, found = self.dates, list[Moved]()
        for name in [one for one in WITH_ALTERNATIVE if one in self.history.otherwise.names]:
            there = self.read_again(self.history.otherwise ^ {name}).dates
            if there != here:
                found += [
                    Moved(name, *concerned, here.get(concerned), there.get(concerned))
                    for concerned in here | there
                    if here.get(concerned) != there.get(concerned)
                ]
        return tuple(found)

    def rests_on(self, concerns: str, code: str = "") -> tuple[Moved, ...]:
        """The readings a date rests on, with the date the other reading gives."""
        return tuple(one for one in self.moved if one.concerns == concerns and one.participant == code)

    @property
    def open_readings(self) -> tuple[Moved, ...]:
        """The dates that rest on an open reading, ruled upon or not."""
        return tuple(one for one in self.moved if READINGS[one.reading].status == "open")

    # What comes next

    @cached_property
    def boundaries(self) -> tuple[date, ...]:
        """The days on which something changes with no act: dates of effect, and the day after a last day."""
        days = {day for day in self.dates.values() if day is not None}
        if self.clauses.signature is not None:
            for period in self.clauses.signature.periods:
                days |= {period.since, period.until + ONE_DAY}
        return tuple(sorted(days))
