"""What a vote needs on a day, and whether the votes cast adopt: as findings, with their reasons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from depositary.law.articles.votes import Electorate, electorate, is_adopted, required
from depositary.law.effects import Effects
from depositary.law.findings import Finding, Value

Matter = Literal["amendment", "protocol"]


@dataclass(frozen=True, slots=True)
class Cast:
    """The votes cast. Who abstains does not vote."""

    in_favour: int
    against: int
    abstaining: int = 0

    @property
    def all(self) -> int:
        return self.in_favour + self.against + self.abstaining


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote on a day. `required` is the majority of those that vote, of all where no votes are given.

    `adopted` is None where no votes are given, or more than there are.
    """

    parties: tuple[str, ...]
    electorate: Electorate
    required: int
    adopted: bool | None
    finding: Finding


def vote(
    effects: Effects, matter: Matter, on: date, exercising: Iterable[str] = (), cast: Cast | None = None
) -> Vote | None:
    """62, 66: the vote on an amendment or a protocol; None where the clause file sets no majority for it.

    `exercising`: the organizations that vote, so that their members do not.
    """
    clause = effects.clauses.voting
    provisions = getattr(clause, matter) if clause else None
    if clause is None or provisions is None:
        return None
    parties = effects.parties(on)
    voters = electorate(parties, effects.participants, on, exercising)
    voting = voters.total if cast is None else cast.in_favour + cast.against
    needed = required(voting, clause.majority)
    facts: dict[str, Value] = {"part": clause.majority[0], "whole": clause.majority[1], "voting": voting}
    because = tuple(reasons(voters, cast, provisions[1]))
    if cast is None or cast.all > voters.total:
        about = "majority-needed" if cast is None else "more-votes-than-there-are"
        facts |= {"cast": cast.all, "votes": voters.total} if cast else {}
        finding = Finding(about, needed, provisions[0], facts=facts, because=because)  # type: ignore[arg-type]
        return Vote(parties, voters, needed, None, finding)
    adopted = is_adopted(cast.in_favour, cast.against, clause.majority)
    facts |= {"in_favour": cast.in_favour, "against": cast.against, "needed": needed}
    about = "majority-reached" if adopted else "majority-not-reached"
    finding = Finding(about, adopted, provisions[0], facts=facts, because=because)  # type: ignore[arg-type]
    return Vote(parties, voters, needed, adopted, finding)


def reasons(voters: Electorate, cast: Cast | None, provision: str) -> Iterator[Finding]:
    """The votes that can be cast, each organization's, and what is no vote."""
    yield Finding("votes-in-all", voters.total)
    for code, members in voters.represented.items():
        yield Finding("votes", len(members), provision, facts={"organization": code})
    for code, members in voters.idle.items():
        yield Finding("members-vote", len(members), provision, facts={"organization": code})
    if cast is not None and cast.abstaining:
        yield Finding("abstentions", cast.abstaining)
