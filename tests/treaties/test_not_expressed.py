"""Conditions that a clause file cannot say: named in it, and shown with every date that may rest on them."""

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from depositary.cli.treaty import questions
from depositary.errors import BadInput
from depositary.law import reasons
from depositary.law.acts import Act
from depositary.law.derivation import derive
from depositary.treaties.answer import answer
from depositary.treaties.cases import INVENTED
from depositary.treaties.clause_files import read_clauses
from depositary.treaties.collection import Collection
from depositary.web.app import create_app
from depositary.words import AVAILABLE, language
from depositary.words.clauses import Meaning
from depositary.words.findings.sentences import sentence_of

WORDS = "including at least two States that have a coast"
FILE = f"""
id = "I-2"
title = "Convention on Coasts"

[entry_into_force]
provision = "9(1)"
instruments = 3
after = {{ days = 30 }}

[entry_into_force.participant]
provision = "9(2)"
after = {{ days = 30 }}

[denunciation]
provision = "11"
after = {{ years = 1 }}

[not_expressed]
"9(1)" = "{WORDS}"

[provisions]
"9(1)" = "on the thirtieth day after the third instrument, {WORDS}"
"""
CLAUSES = read_clauses(FILE, "I-2.toml")
ACTS = [Act("I-2", f"S{n:02}", "accession", date(2026, 1, n), number=n) for n in (1, 2, 3)]
DAY = date(2026, 6, 1)
SAID = f"which is not calculated here: “{WORDS}”."


@pytest.mark.parametrize("acts", [ACTS, ACTS[:2]])
def test_each_date_that_may_rest_on_it_says_so(acts: list[Act]) -> None:
    effects = derive(acts, INVENTED, CLAUSES)
    for finding in (reasons.entry_into_force(effects), reasons.standing(effects, "S01", DAY)):
        assert SAID in sentence_of(language(), finding, INVENTED, CLAUSES, DAY)
    assert answer(effects, DAY, None, language())["not_expressed"] == [{"provision": "9(1)", "words": WORDS}]


def test_what_does_not_rest_on_it_says_nothing() -> None:
    left = Act("I-2", "S01", "denunciation", date(2026, 3, 1), number=4)
    effects = derive([*ACTS, left], INVENTED, CLAUSES)
    (because,) = [one for one in reasons.standing(effects, "S01", date(2027, 4, 1)) if one.about == "denunciation"]
    assert WORDS not in sentence_of(language(), because, INVENTED, CLAUSES, DAY)


def test_a_condition_of_the_denunciation_is_said_of_it() -> None:
    clauses = read_clauses(FILE.replace(f'"9(1)" = "{WORDS}"', '"11(2)" = "unless the Council decides"', 1), "I-2.toml")
    left = Act("I-2", "S01", "denunciation", date(2026, 3, 1), number=4)
    effects = derive([*ACTS, left], INVENTED, clauses)
    (because,) = [one for one in reasons.standing(effects, "S01", date(2027, 4, 1)) if one.about == "denunciation"]
    assert "unless the Council decides" in sentence_of(language(), because, INVENTED, clauses, DAY)
    assert "Council" not in sentence_of(language(), reasons.entry_into_force(effects), INVENTED, clauses, DAY)


@pytest.mark.parametrize("acts", [ACTS, ACTS[:2]])
def test_the_page_shows_it_in_every_language(acts: list[Act], tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from depositary.register.entry import Entry

    at = datetime(2026, 1, 5, tzinfo=UTC)
    entries = [Entry(act.number, act, at, "clerk", treaty="I-2") for act in acts]
    (tmp_path / "treaties").mkdir()
    client = TestClient(create_app(Collection(INVENTED, {"I-2": CLAUSES}, tmp_path), lambda after, _: entries[after:]))
    for code in AVAILABLE:
        page = client.get(f"/{code}/treaties/I-2/?on={DAY}").text
        assert WORDS in page, code
    assert WORDS in client.get(f"/en/treaties/I-2/participants/S01?on={DAY}").text


def test_the_check_says_it_and_asks() -> None:
    assert ("9(1)", f"This condition is not calculated: “{WORDS}”.") in [*Meaning(language(), CLAUSES).sentences()]
    assert [*questions(CLAUSES)] == [
        "not_expressed.9(1): no date is calculated by it; confirm by hand each date that may rest on it."
    ]
    silent = CLAUSES.model_copy(update={"not_expressed": {}})
    assert [*questions(silent)] == [
        "provisions.9(1): says “including”; if that is a condition that this file does not say, name it under "
        "[not_expressed]."
    ]


def test_a_condition_without_words_is_a_fault() -> None:
    with pytest.raises(BadInput, match=r"I-2.toml: not_expressed.9\(1\): is empty"):
        read_clauses(FILE.replace(f'"9(1)" = "{WORDS}"', '"9(1)" = ""', 1), "I-2.toml")
