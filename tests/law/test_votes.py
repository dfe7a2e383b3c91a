"""Votes and majorities (articles 62 and 66): the parties of a day, an organization or its members, two thirds."""

from datetime import date

import pytest

from depositary.law.acts import Act
from depositary.law.articles.votes import electorate, is_adopted, required
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.majorities import Cast, vote
from depositary.law.participants import Membership, Name, Participant, Participants
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
TWO_THIRDS = (2, 3)
ON = date(2027, 6, 1)


@pytest.fixture(scope="module")
def effects() -> Effects:
    """Forty-one States and an organization of four of them are parties since 30 May 2027; a 42nd is not yet."""
    acts = [Act("XVIII-16", code, "accession", date(2027, 3, 1)) for code in STATES[:41]]
    acts.append(Act("XVIII-16", "ORG", "declaration", date(2027, 3, 1), provision="64(4)"))
    acts.append(Act("XVIII-16", "ORG", "accession", date(2027, 3, 1)))
    acts.append(Act("XVIII-16", "S42", "accession", date(2027, 5, 3)))
    return derive(acts, INVENTED, CLAUSES)


@pytest.mark.parametrize(
    ("voting", "needed"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (40, 27), (41, 28), (42, 28), (60, 40), (100, 67)]
)
def test_two_thirds(voting: int, needed: int) -> None:
    assert required(voting, TWO_THIRDS) == needed


@pytest.mark.parametrize(
    ("in_favour", "against", "adopted"),
    [(2, 1, True), (3, 2, False), (28, 13, True), (27, 14, False), (1, 0, True), (0, 0, False), (0, 1, False)],
)
def test_the_majority_is_of_those_present_and_voting(in_favour: int, against: int, adopted: bool) -> None:
    assert is_adopted(in_favour, against, TWO_THIRDS) is adopted


def test_each_party_has_a_vote_and_an_organization_leaves_it_to_its_members(effects: Effects) -> None:
    found = vote(effects, "amendment", ON)
    assert found is not None
    assert (found.electorate.total, found.required, found.adopted) == (41, 28, None)
    assert "ORG" in found.parties
    assert "ORG" not in found.electorate.votes
    assert "S42" not in found.electorate.votes
    assert found.finding.provision == "66(1)"
    told = [(one.about, one.value, one.provision) for one in found.finding.because]
    assert told == [("votes-in-all", 41, ""), ("members-vote", 4, "66(2)")]


def test_an_organization_that_votes_has_its_members_votes_and_they_have_none(effects: Effects) -> None:
    found = vote(effects, "protocol", ON, ["ORG"])
    assert found is not None
    assert found.electorate.votes["ORG"] == 4
    assert found.electorate.votes.keys().isdisjoint({"S01", "S02", "S03", "S04"})
    assert (found.electorate.total, len(found.electorate.votes)) == (41, 38)
    told = [(one.about, one.value, one.provision) for one in found.finding.because]
    assert told == [("votes-in-all", 41, ""), ("votes", 4, "62(2)")]


@pytest.mark.parametrize(
    ("cast", "about", "needed", "adopted"),
    [
        (Cast(20, 10, 11), "majority-reached", 20, True),
        (Cast(19, 10, 12), "majority-not-reached", 20, False),
        (Cast(28, 13), "majority-reached", 28, True),
        (Cast(28, 13, 1), "more-votes-than-there-are", 28, None),
    ],
)
def test_votes_cast(effects: Effects, cast: Cast, about: str, needed: int, adopted: bool | None) -> None:
    found = vote(effects, "amendment", ON, cast=cast)
    assert found is not None
    assert (found.finding.about, found.required, found.adopted) == (about, needed, adopted)
    assert any(one.about == "abstentions" and one.value == cast.abstaining for one in found.finding) is (
        cast.abstaining > 0
    )


def test_before_entry_into_force_nobody_votes(effects: Effects) -> None:
    found = vote(effects, "amendment", date(2027, 5, 29), ["ORG"])
    assert found is not None
    assert (found.parties, found.electorate.total, found.required) == ((), 0, 0)


def test_a_treaty_without_such_a_rule_has_no_vote(effects: Effects) -> None:
    without = CLAUSES.model_copy(update={"voting": None})
    assert vote(derive(effects.case.acts, INVENTED, without), "amendment", ON) is None


def test_a_treaty_may_set_a_majority_for_amendments_alone(effects: Effects) -> None:
    assert CLAUSES.voting is not None
    alone = CLAUSES.model_copy(update={"voting": CLAUSES.voting.model_copy(update={"protocol": None})})
    read = derive(effects.case.acts, INVENTED, alone)
    assert vote(read, "protocol", ON) is None
    assert vote(read, "amendment", ON) is not None


@pytest.mark.parametrize("treaty", ["XVIII-12", "XVIII-12-a", "XVIII-12-b", "XVIII-14", "XVIII-16"])
def test_a_treaty_with_the_conventions_words_has_its_majority(treaty: str) -> None:
    """Two thirds of the parties present and voting, organizations for their members: the words stand in its text."""
    rule = load_clauses(PROJECT / f"data/treaties/{treaty}.toml").voting
    text = (PROJECT / f"data/treaties/{treaty}.md").read_text(encoding="utf-8")
    assert rule is not None
    assert rule.majority == TWO_THIRDS
    for each in filter(None, (rule.amendment, rule.protocol)):
        majority, organizations = (paragraph(text, number) for number in each)
        assert "two-thirds majority vote of the States Parties" in majority
        assert "a number of votes equal to the number of their member States that are Parties" in organizations


def paragraph(text: str, number: str) -> str:
    """A paragraph of a text, by its number as 66(1)."""
    article, place = number.rstrip(")").split("(")
    _, found = text.split(f"### Article {article}. ")
    return found.partition("\n### ")[0].partition(f"\n{place}. ")[2].partition("\n")[0]


def test_a_state_is_represented_once() -> None:
    names = {"A": "state", "O": "reio", "P": "reio"}
    people = Participants(
        [Participant(code, kind, (Name({"en": code}, ""),)) for code, kind in names.items()],  # type: ignore[arg-type]
        [Membership(each, "A", date(2000, 1, 1)) for each in ("O", "P")],
    )
    with pytest.raises(ValueError, match="A"):
        electorate(names, people, ON, ["O", "P"])
    assert electorate(names, people, ON, ["O"]).votes == {"O": 1}
    assert electorate(names, people, ON, ["P"]).idle == {"O": frozenset({"A"})}
