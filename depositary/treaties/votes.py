"""A vote as data: who votes, what is needed, whether it is adopted, and why. Its form may be relied on."""

from collections.abc import Collection
from datetime import date
from typing import Any, get_args

from depositary.law.effects import Effects
from depositary.law.majorities import Cast, Matter, Vote, vote
from depositary.words import Language
from depositary.words.findings.sentences import sentence_of

MATTERS: tuple[Matter, ...] = get_args(Matter)


def find_vote(effects: Effects, matter: Matter, on: date, exercising: Collection[str], cast: Cast | None) -> Vote:
    """The vote asked about. Raises ValueError, with the reason, for one that cannot be."""
    if strangers := sorted(set(exercising) - effects.participants.organizations):
        raise ValueError(f"{strangers[0]}: not an organization")
    try:
        found = vote(effects, matter, on, exercising, cast)
    except ValueError as shared:
        raise ValueError(f"two organizations would vote for {shared}; a State is represented once") from None
    if found is None:
        raise ValueError(f"{effects.clauses.id}: its clause file sets no majority for a vote on such a matter")
    return found


def vote_answer(
    found: Vote, effects: Effects, matter: Matter, on: date, cast: Cast | None, words: Language
) -> dict[str, Any]:
    """A vote in the form of the command line and of the API."""
    voters = found.electorate
    organizations = sorted(voters.represented | voters.idle)
    return {
        "treaty": effects.clauses.id,
        "on": on.isoformat(),
        "matter": matter,
        "provision": found.finding.provision,
        "parties": list(found.parties),
        "votes": voters.total,
        "organizations": [
            {
                "code": code,
                "votes_itself": code in voters.represented,
                "members": sorted((voters.represented | voters.idle)[code]),
            }
            for code in organizations
        ],
        "cast": {"in_favour": cast.in_favour, "against": cast.against, "abstaining": cast.abstaining} if cast else None,
        "required": found.required,
        "adopted": found.adopted,
        "reasons": [sentence_of(words, one, effects.participants, effects.clauses, on) for one in found.finding],
    }
