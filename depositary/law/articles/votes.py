"""Articles 62(1)-(2) and 66(1)-(2). Voting in the Conference of the States Parties.

62(1), 66(1) … If all efforts at consensus have been exhausted and no agreement has been reached, the [protocol,
amendment] shall, as a last resort, require for its adoption a two-thirds majority vote of the States Parties present
and voting at the meeting of the Conference.
62(2), 66(2) Regional economic integration organizations, in matters within their competence, shall exercise their right
to vote under this article with a number of votes equal to the number of their member States that are Parties to this
Convention. Such organizations shall not exercise their right to vote if their member States exercise theirs and vice
versa.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from depositary.law.participants import Participants


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who votes on a day. `votes` has the number of votes of each that votes; `represented` the members for which an
    organization votes, by organization; `idle` the organizations that are parties and leave the vote to their members.
    """

    votes: Mapping[str, int]
    represented: dict[str, frozenset[str]]
    idle: dict[str, frozenset[str]]

    @property
    def total(self) -> int:
        """The votes that can be cast."""
        return sum(self.votes.values())


def electorate(
    parties: Iterable[str], participants: Participants, on: date, exercising: Iterable[str] = ()
) -> Electorate:
    """62(2), 66(2): each State that is a party has one vote; an organization in `exercising` votes for its members.

    Never both: the members of an organization that votes do not. Raises ValueError where two that vote share a member.
    """
    there = frozenset(parties)
    organizations = sorted(there & participants.organizations)
    members = {code: participants.members(code, on) & there for code in organizations}
    votes, represented = dict.fromkeys(sorted(there - participants.organizations), 1), dict[str, frozenset[str]]()
    for code in sorted(set(exercising) & set(organizations)):
        if shared := members[code] - votes.keys():
            raise ValueError(min(shared))
        represented[code] = members[code]
        votes = {voter: number for voter, number in votes.items() if voter not in members[code]}
    votes |= {code: len(theirs) for code, theirs in represented.items()}
    return Electorate(votes, represented, {code: theirs for code, theirs in members.items() if code not in represented})


def required(voting: int, majority: tuple[int, int]) -> int:
    """62(1), 66(1): how many votes in favour are the majority of a number of votes: 67 of 100 for two thirds."""
    part, whole = majority
    return -(-voting * part // whole)


def is_adopted(in_favour: int, against: int, majority: tuple[int, int]) -> bool:
    """62(1), 66(1): whether the votes in favour are the majority of those cast. Without a vote nothing is adopted."""
    return in_favour > 0 and in_favour >= required(in_favour + against, majority)
