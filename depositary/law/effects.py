"""What holds under one treaty: its dates at once, everything else when it is asked for. Nothing of it is stored."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from depositary.law.acts import Act
from depositary.law.articles import amendment, denunciation, entry_into_force, objections, protocols, reservations
from depositary.law.articles.reservations import Reservation
from depositary.law.clauses import Clauses
from depositary.law.dates import ONE_DAY
from depositary.law.findings import Value
from depositary.law.history import Episode, History
from depositary.law.participants import Participants
from depositary.law.readings import READINGS, WITH_ALTERNATIVE, Moved

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


def nth(number: int) -> str:
    """How the date of a later participation is told apart from that of the first: ` (2)`."""
    return "" if number == 1 else f" ({number})"


class Effects:
    """What holds under one treaty when the acts have been read. Dates of effect may lie in the future."""

    def __init__(
        self, case: Case, history: History, ruled: Mapping[str, Act], again: "Callable[[frozenset[str]], Effects]"
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
            found = tuple(self.history.past.get(code, ()))
            if code in self.history.consents:
                found = (*found, denunciation.current(self.history, code, self.since[code]))
            self._episodes[code] = found
        return found

    def episode_at(self, code: str, day: date) -> Episode | None:
        """The participation whose consent stands on a day, in force or not."""
        return next((episode for episode in self.episodes(code) if episode.stands_on(day)), None)

    def standing(self, code: str, on: date) -> Standing:
        """Where a participant stands on a day."""
        for episode in reversed(self.episodes(code)):
            if episode.consent.date > on:
                continue
            left = episode.until is not None and episode.until <= on
            if episode.since is not None and episode.since <= on:
                return "former party" if left else "party"
            if not left:
                return "contracting"
        return "none" if self.signature(code, on) is None else "signatory"

    def signature(self, code: str, on: date) -> Act | None:
        """The signature of a participant that stands on a day."""
        signed = self.history.signatures.get(code)
        if signed is not None and signed.date <= on:
            return signed
        withdrawn = self.history.unsigned.get(code, ())
        return next((one.signature for one in withdrawn if one.signature.date <= on < one.on), None)

    def parties(self, on: date) -> tuple[str, ...]:
        """The parties on a day, by code, organizations included."""
        return tuple(code for code in self.codes if self.standing(code, on) == "party")

    # Article 65

    @cached_property
    def last_day(self) -> date:
        """The day of the last act read, those under the convention included."""
        days = [act.date for act in self.case.acts]
        if self.case.convention is not None:
            days.append(self.case.convention.last_day)
        return max(days, default=date.min)

    @property
    def counted(self) -> int:
        """States whose instrument stands or has taken effect, each once, when the last act is done."""
        return self.counted_on(self.last_day)

    @property
    def deposited(self) -> int:
        """States and organizations whose instrument stands or has taken effect when the last act is done."""
        return self.deposited_on(self.last_day)

    def counted_on(self, day: date) -> int:
        """65(1): States whose instrument stands on a day or has taken effect, each once."""
        return len(self.instruments_counted(day))

    def deposited_on(self, day: date) -> int:
        """States and organizations whose instrument stands on a day or has taken effect, each once."""
        return sum(self.counts(code, day) is not None for code in self.codes)

    def counts(self, code: str, day: date) -> Act | None:
        """The instrument of a participant that stands on a day or has taken effect: its first; None for none.

        A successor adds nothing to the instrument of its predecessor, which stays in the count. An instrument that
        ended before it took effect no longer counts, unless the State itself ended.
        """
        for episode in self.episodes(code):
            stays = episode.stands_on(day) or episode.took_effect or episode.cause == "extinction"
            if episode.consent.action != "succession" and episode.consent.date <= day and stays:
                return episode.consent
        return None

    def instruments_counted(self, on: date) -> tuple[Act, ...]:
        """The instruments that stand in the count on a day, in the order of deposit, each participant's first."""
        apart = self.participants.organizations - self.history.counted
        found = [self.counts(code, on) for code in self.codes if code not in apart]
        return tuple(sorted((act for act in found if act), key=lambda act: (act.order, act.participant)))

    # Reservations

    @cached_property
    def _lives(self) -> dict[str, tuple[list[Reservation], list[Act]]]:
        def objected(late: Reservation) -> date | None:
            return objections.refused_on(self.history, late, self.episodes)

        return {code: reservations.lives(self.history, code, self.episodes(code), objected) for code in self.codes}

    def reservations(self, code: str) -> list[Reservation]:
        """The reservations of a participant and its options of the text, in the order in which they were made."""
        return self._lives[code][0] if code in self._lives else []

    @property
    def idle_withdrawals(self) -> tuple[Act, ...]:
        """VCLT 22: the withdrawals of a reservation that found none."""
        strangers = [
            act
            for act, codes in self.history.refused.values()
            if "participant-does-not-exist" in codes
            and act.action in reservations.WITHDRAWALS
            and not reservations.aimed_at(act, self.reservations(act.participant))
        ]
        return (*(act for _, idle in self._lives.values() for act in idle), *strangers)

    @cached_property
    def objections(self) -> list[objections.Objection]:
        """All objections, each with its effect."""
        return objections.objections(self.history, self.episodes, self.reservations)

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
        """62(1): the day on which a protocol may be considered. A successor counts from its notification on."""
        clause = self.clauses.milestones.protocol_quorum
        if clause is None:
            return None
        spans = [
            (code, max(episode.since, episode.consent.date), episode.until)
            for code in self.codes
            for episode in self.episodes(code)
            if episode.since is not None
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
        return self.amendment_bound(identifier, code, len(episodes) - 1) if episodes else None

    def amendment_bound(self, identifier: str, code: str, place: int) -> date | None:
        """From when an amendment binds a participant in one of its participations, of which the first is 0."""
        return amendment.bound_from(self.history, self.history.amendments[identifier], code, place, self.episodes)

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
            if not self.episodes(code):
                found |= {(f"amendment:{identifier}", code): None for identifier in self.history.amendments}
            for number, episode in enumerate(self.episodes(code), start=1):
                place = nth(number)
                found["entry_into_force" + place, code] = episode.since
                found["ceases" + place, code] = episode.until if episode.took_effect else None
                for identifier in self.history.amendments:
                    found[f"amendment:{identifier}{place}", code] = self.amendment_bound(identifier, code, number - 1)
        return found

    def come_by(self, day: date) -> dict[tuple[str, str], date]:
        """The dates of effect that have come by a day."""
        return {concerns: on for concerns, on in self.dates.items() if on is not None and on <= day}

    @cached_property
    def turned(self) -> "Mapping[str, Effects]":
        """What holds with each reading turned that was asked about; no other reading can move anything."""
        self.holding(self.last_day)  # asks about the readings on reservations as well
        asked = [name for name in WITH_ALTERNATIVE if name in self.history.otherwise.names]
        return {name: self.read_again(self.history.otherwise ^ {name}) for name in asked}

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """The dates that would be others if a reading stood the other way: a date rests on a reading only then."""
        return tuple(self._moved(lambda effects: effects.dates))

    def moved_on(self, on: date) -> tuple[Moved, ...]:
        """The dates, and what else holds on a day, that would be others if a reading stood the other way."""
        return (*self.moved, *self._moved(lambda effects: effects.holding(on)))

    def holding(self, on: date) -> dict[tuple[str, str], Value]:
        """What holds on a day beside the dates, by what it concerns and whose it is: standings and numbers, the state
        of each reservation made by then, and whether each objection has its effect. Those alike are numbered."""
        found: dict[tuple[str, str], Value] = {("standing", code): self.standing(code, on) for code in self.codes}
        numbers = {"counted": self.counted_on(on), "deposited": self.deposited_on(on), "parties": len(self.parties(on))}
        found |= {(concerns, ""): number for concerns, number in numbers.items()}
        stated: list[tuple[str, Act, Value]] = [
            (f"reservation:{each.provision}", each.act, each.state(on))
            for code in self.codes
            for each in self.reservations(code)
        ]
        stated += [
            (f"objection:{each.act.provision}:{each.act.addressee}", each.act, each.acts_on(on))
            for each in self.objections
        ]
        alike = Counter[tuple[str, str]]()
        for concerns, act, value in stated:
            if act.date <= on:
                alike[concerns, act.participant] += 1
                found[concerns + nth(alike[concerns, act.participant]), act.participant] = value
        return found

    def _moved(self, answers: "Callable[[Effects], Mapping[tuple[str, str], Value]]") -> Iterator[Moved]:
        here = answers(self)
        for name, effects in self.turned.items():
            there = answers(effects)
            for concerned in dict.fromkeys((*here, *there)):
                if here.get(concerned) != there.get(concerned):
                    yield Moved(name, *concerned, here.get(concerned), there.get(concerned))

    def rests_on(self, concerns: str, code: str = "") -> tuple[Moved, ...]:
        """The readings a date rests on, with the date the other reading gives."""
        return tuple(one for one in self.moved if one.concerns == concerns and one.participant == code)

    def open_readings(self, on: date) -> tuple[Moved, ...]:
        """What rests on an open reading, as of a day, ruled upon or not."""
        return tuple(one for one in self.moved_on(on) if READINGS[one.reading].status == "open")

    # What comes next

    @cached_property
    def boundaries(self) -> tuple[date, ...]:
        """The days on which something changes with no act: dates of effect, and the day after a last day."""
        days = {day for day in self.dates.values() if day is not None}
        for period in self.clauses.periods_for_signature:
            days |= {period.since, period.until + ONE_DAY}
        return tuple(sorted(days))
