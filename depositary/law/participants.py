"""States and regional economic integration organizations: their names and memberships, as of a day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

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
    def organizations_and_nobody(self) -> frozenset[str]:
        """All codes that are not a State's: the organizations', and "", which stands for nobody."""
        return self.organizations | {""}

    @cached_property
    def extinct(self) -> Mapping[str, date]:
        """The participants that have ceased to exist, with the last day of each."""
        return {code: one.until for code, one in self._by_code.items() if one.until is not None}

    def members(self, organization: str, on: date) -> frozenset[str]:
        """The members of an organization on a day."""
        return frozenset(
            each.member
            for each in self.memberships
            if each.organization == organization and each.since <= on <= each.until
        )
