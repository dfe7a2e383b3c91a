"""States and regional economic integration organizations: their names and memberships, as of a day."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from depositary.law.dates import ONE_DAY

Kind = Literal["state", "reio"]

FOREVER = date.max

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
"""The six official languages of the United Nations."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a participant is called in a period. `since` and `until` are its first and last day."""

    short: Mapping[str, str]
    """By language: en, fr, es, ru, ar, zh."""
    formal: str
    since: date = date.min
    until: date = FOREVER

    @property
    def english(self) -> str:
        return self.short.get("en", "")


@dataclass(frozen=True, slots=True)
class Participant:
    """A State or an organization; `names` in the order of time, never empty."""

    code: str
    kind: Kind
    names: tuple[Name, ...]

    @property
    def is_organization(self) -> bool:
        return self.kind == "reio"

    @property
    def since(self) -> date:
        """The first day of its existence, as far as it is dated here."""
        return self.names[0].since

    @property
    def until(self) -> date | None:
        """The last day of its existence; None for one that exists."""
        last = self.names[-1].until
        return None if last == FOREVER else last

    def exists_on(self, day: date) -> bool:
        """Whether its existence, as far as it is dated here, takes in a day."""
        return self.names[0].since <= day <= self.names[-1].until

    def name_on(self, day: date) -> Name:
        """Its name of that day; of its first or last day where it did not exist then."""
        for name in self.names:
            if day <= name.until:
                return name
        return self.names[-1]


@dataclass(frozen=True, slots=True)
class Membership:
    """A State's membership of an organization, from the first day to the last (`until`)."""

    organization: str
    member: str
    since: date
    until: date = FOREVER


class Participants(Mapping[str, Participant]):
    """All participants by code, and who was a member of what."""

    def __init__(self, participants: Iterable[Participant], memberships: Iterable[Membership] = ()) -> None:
        self._by_code = {participant.code: participant for participant in participants}
        self.memberships = tuple(memberships)

    def __getitem__(self, code: str) -> Participant:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    @cached_property
    def organizations(self) -> frozenset[str]:
        """The codes of the organizations."""
        return frozenset(code for code, one in self._by_code.items() if one.is_organization)

    @cached_property
    def organizations_and_members(self) -> frozenset[str]:
        """The codes of the organizations and of all that ever were their members."""
        return self.organizations | {each.member for each in self.memberships}

    @cached_property
    def apart(self) -> frozenset[str]:
        """All codes but those of States that exist on every day: "" stands for nobody."""
        dated = {code for code, one in self._by_code.items() if (one.since, one.until) != (date.min, None)}
        return self.organizations | dated | self._continued.keys() | {""}

    def exists(self, code: str, day: date) -> bool:
        """Whether a participant exists and acts on a day. Of two codes that name one State the continuing one acts."""
        participant = self._by_code[code]
        return participant.exists_on(day) and not any(
            other.exists_on(day) and other.name_on(day).english == participant.name_on(day).english
            for other in self._continued.get(code, ())
        )

    @cached_property
    def _continued(self) -> Mapping[str, tuple[Participant, ...]]:
        """By code: the States that once had its name and exist longer."""
        bearers: dict[str, set[str]] = {}
        for code, participant in self._by_code.items():
            for name in participant.names:
                bearers.setdefault(name.english, set()).add(code)
        found: dict[str, tuple[Participant, ...]] = {}
        for codes in bearers.values():
            for code in codes:
                last = self._by_code[code].names[-1].until
                longer = [self._by_code[other] for other in codes if self._by_code[other].names[-1].until > last]
                if longer:
                    found[code] = (*found.get(code, ()), *longer)
        return found

    def turning_days(self, organization: str) -> tuple[date, ...]:
        """The days on which the membership of an organization changes, or a member exists no longer, in order."""
        return self._turning_days.get(organization, ())

    @cached_property
    def _turning_days(self) -> Mapping[str, tuple[date, ...]]:
        found: dict[str, set[date]] = {}
        for each in self.memberships:
            days = found.setdefault(each.organization, set())
            days |= {each.since} | {
                last + ONE_DAY for last in (each.until, self.extinct.get(each.member, FOREVER)) if last < FOREVER
            }
        return {organization: tuple(sorted(days)) for organization, days in found.items()}

    @cached_property
    def extinct(self) -> Mapping[str, date]:
        """The participants that have ceased to exist, with the last day of each."""
        return {code: one.until for code, one in self._by_code.items() if one.until is not None}

    def members(self, organization: str, on: date) -> frozenset[str]:
        """The members of an organization on a day."""
        days = self.turning_days(organization)
        place = bisect_right(days, on)
        found = self._members.get((organization, place))
        if found is None:
            found = self._members[organization, place] = frozenset(
                each.member
                for each in self.memberships
                if each.organization == organization and each.since <= on <= each.until
            )
        return found

    @cached_property
    def _members(self) -> dict[tuple[str, int], frozenset[str]]:
        """Those asked for so far, by organization and how many days on which its membership turned had come."""
        return {}
