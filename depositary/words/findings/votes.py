"""Sentences about votes and majorities in the Conference."""

from collections.abc import Callable

from depositary.law.findings import About
from depositary.words.findings.wording import Wording


def value(say: Wording) -> int:
    return say.finding.value if isinstance(say.finding.value, int) else 0


def organization(say: Wording) -> str:
    return say.name(say.finding.facts.get("organization", "")) or "…"


def votes_in_all(say: Wording) -> str:
    number = value(say)
    return say.ngettext(
        "%(number)d vote can be cast: each State that is a party has one",
        "%(number)d votes can be cast: each State that is a party has one",
        number,
    )


def votes(say: Wording) -> str:
    number, who = value(say), organization(say)
    return say.ngettext(
        "%(organization)s has %(number)d vote: that of its member that is a party, which does not vote itself",
        "%(organization)s has %(number)d votes: one for each of its members that are parties, which do not vote "
        "themselves",
        number,
        organization=who,
    )


def members_vote(say: Wording) -> str:
    number, who = value(say), organization(say)
    return say.ngettext(
        "%(organization)s does not vote, because its member that is a party does; it would have %(number)d vote",
        "%(organization)s does not vote, because its members that are parties do; it would have %(number)d votes",
        number,
        organization=who,
    )


def abstentions(say: Wording) -> str:
    number = value(say)
    return say.ngettext(
        "%(number)d abstention is not a vote: the majority is of the parties present and voting",
        "%(number)d abstentions are not votes: the majority is of the parties present and voting",
        number,
    )


def share(say: Wording) -> dict[str, object]:
    """The majority as a fraction, and of how many votes."""
    return {
        "fraction": f"{say.number('part')}/{say.number('whole')}",
        "voting": say.number("voting"),
        "needed": say.number("needed"),
    }


def cast(say: Wording) -> dict[str, object]:
    """The votes for and against, beside the majority."""
    return {"in_favour": say.number("in_favour"), "against": say.number("against"), **share(say)}


def majority_needed(say: Wording) -> str:
    number, of = value(say), share(say)
    return say.ngettext(
        "If all vote, %(number)d vote in favour adopts: %(fraction)s of %(voting)d",
        "If all vote, %(number)d votes in favour adopt: %(fraction)s of %(voting)d",
        number,
        **of,
    )


def majority_reached(say: Wording) -> str:
    return say.gettext(
        "Adopted: %(in_favour)d in favour, %(against)d against; %(needed)d were needed, %(fraction)s of the %(voting)d "
        "votes cast",
        **cast(say),
    )


def majority_not_reached(say: Wording) -> str:
    return say.gettext(
        "Not adopted: %(in_favour)d in favour, %(against)d against; %(needed)d were needed, %(fraction)s of the "
        "%(voting)d votes cast",
        **cast(say),
    )


def too_many(say: Wording) -> str:
    return say.gettext(
        "No result: %(cast)d votes and abstentions are given, and only %(votes)d votes can be cast",
        cast=say.number("cast"),
        votes=say.number("votes"),
    )


SENTENCES: dict[About, Callable[[Wording], str]] = {
    "abstentions": abstentions,
    "majority-needed": majority_needed,
    "majority-not-reached": majority_not_reached,
    "majority-reached": majority_reached,
    "members-vote": members_vote,
    "more-votes-than-there-are": too_many,
    "votes": votes,
    "votes-in-all": votes_in_all,
}
