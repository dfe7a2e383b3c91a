"""The page of votes: majorities, and what cannot be asked."""

import pytest
from starlette.testclient import TestClient


def test_votes_and_majorities(convention: TestClient) -> None:
    address = "/en/treaties/XVIII-16/votes?on=2030-06-01&matter=protocol&in_favour=20&against=11&abstaining=2"
    page = convention.get(address).text
    assert "Not adopted: 20 in favour, 11 against; 21 were needed, 2/3 of the 31 votes cast (article 62(1))" in page
    assert "40 votes can be cast" in page
    assert "2 abstentions are not votes" in page
    assert 'name="in_favour" value="20"' in page
    told = convention.get("/api/v1/treaties/XVIII-16/votes?on=2030-06-01&in_favour=27&against=13").json()
    assert (told["votes"], told["required"], told["adopted"], told["provision"]) == (40, 27, True, "66(1)")
    assert convention.get("/en/treaties/XVIII-16/").text.count("/votes") == 1


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("?in_favour=x", 422),
        ("?in_favour=-1", 422),
        ("?matter=budget", 422),
        ("?organization=GHA", 404),
        ("?organization=XXX", 404),
    ],
)
def test_a_vote_that_cannot_be(convention: TestClient, question: str, status: int) -> None:
    assert convention.get(f"/en/treaties/XVIII-16/votes{question}").status_code == status
    assert convention.get(f"/api/v1/treaties/XVIII-16/votes{question}").status_code == status


def test_a_treaty_that_sets_no_majority_has_no_vote(client: TestClient) -> None:
    assert client.get("/en/treaties/I-1/votes").status_code == 404
