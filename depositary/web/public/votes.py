"""Votes in the Conference: who votes on the day, what majority adopts, and whether the votes given do."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from depositary.law.majorities import Cast, Matter, Vote, vote
from depositary.treaties.digits import in_plain_digits
from depositary.treaties.votes import MATTERS, vote_answer
from depositary.web.parts import Choice, Selection
from depositary.web.public.overview_pages import VotesPage
from depositary.web.public.overview_parts import VotingOrganization
from depositary.web.query import Unanswerable, chosen_parameter, parameter
from depositary.web.view import View
from depositary.words.labels import MATTERS as MATTERS_IN_WORDS

COUNTS = ("in_favour", "against", "abstaining")


@dataclass(frozen=True, slots=True)
class VoteQuestion:
    """What is asked: the matter, the organizations that vote themselves, and the votes cast, where they are given."""

    matter: Matter
    organizations: tuple[str, ...]
    cast: Cast | None


def asked_vote(request: Request) -> VoteQuestion:
    """The vote in an address. Raises Unanswerable."""
    matter = chosen_parameter(request, "matter", MATTERS) or MATTERS[0]
    given = {name: in_plain_digits(parameter(request, name)) for name in COUNTS}
    for text in given.values():
        if text and not (text.isascii() and text.isdigit() and len(text) < 5):
            raise Unanswerable(422, "not-a-number", text[:40])
    cast = Cast(*(int(given[name] or 0) for name in COUNTS)) if any(given.values()) else None
    organizations = tuple(dict.fromkeys(code[:40] for code in request.query_params.getlist("organization")))
    return VoteQuestion(matter, organizations, cast)  # type: ignore[arg-type]


def found_vote(view: View, asked: VoteQuestion) -> Vote:
    """The vote that is asked about. Raises Unanswerable."""
    for code in asked.organizations:
        if code not in view.participants.organizations:
            raise Unanswerable(404, "no-such-participant", code)
    try:
        found = vote(view.effects, asked.matter, view.on, asked.organizations, asked.cast)
    except ValueError:
        raise Unanswerable(422, "represented-twice") from None
    if found is None:
        raise Unanswerable(404, "no-majority")
    return found


def votes_data(view: View, asked: VoteQuestion) -> dict[str, Any]:
    """The answer of the API."""
    found = found_vote(view, asked)
    answer = vote_answer(found, view.effects, asked.matter, view.on, asked.cast, view.words)
    return answer | {"complete_as_of": view.complete_as_of.isoformat() if view.complete_as_of else None}


def votes_page(view: View, asked: VoteQuestion) -> VotesPage:
    """The page, with its form."""
    found, words, clause = found_vote(view, asked), view.words, view.clauses.voting
    voters = found.electorate
    matters = [each for each in MATTERS if clause is not None and getattr(clause, each)]
    labels = (words.gettext("In favour"), words.gettext("Against"), words.gettext("Abstaining"))
    given = (asked.cast.in_favour, asked.cast.against, asked.cast.abstaining) if asked.cast else ("", "", "")
    members = voters.represented | voters.idle
    states = sorted(voters.votes.keys() - members.keys(), key=lambda code: words.sort_key(view.name(code)))
    return VotesPage(
        frame=view.frame(view.treaty, question=question(asked)),
        treaty=view.treaty,
        complete_as_of=view.complete_as_of,
        matters=Selection(
            "matter",
            words.gettext("Vote on"),
            tuple(Choice(each, words.gettext(MATTERS_IN_WORDS[each]), each == asked.matter) for each in matters),
        ),
        organizations=tuple(
            VotingOrganization(
                named(view, code),
                code,
                code in voters.represented,
                tuple(
                    view.participant(member)
                    for member in sorted(members[code], key=lambda member: words.sort_key(view.name(member)))
                ),
            )
            for code in sorted(members)
        ),
        counts=tuple((name, label, str(number)) for name, label, number in zip(COUNTS, labels, given, strict=True)),
        sentences=tuple(view.sentence(each) for each in found.finding),
        voters=tuple(view.participant(code) for code in states),
    )


def named(view: View, code: str) -> str:
    """An organization's name in a sentence: in English with its article."""
    formal = view.participants[code].name_on(view.on).formal
    return formal if formal and view.words.code == "en" else view.name(code)


def question(asked: VoteQuestion) -> dict[str, str]:
    """What was asked, for the address that is cited. One organization at most is named there."""
    cast = asked.cast
    given = {"matter": asked.matter, "organization": asked.organizations[0] if asked.organizations else ""}
    counts = {name: str(getattr(cast, name)) for name in COUNTS} if cast else {}
    return {name: value for name, value in (given | counts).items() if value}
