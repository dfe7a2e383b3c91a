"""A number from among a group: "five States, including at least three member States of the Council of Europe"."""

from datetime import date

import pytest

from depositary.cli.treaty import questions
from depositary.errors import BadInput
from depositary.law import reasons
from depositary.law.acts import Act
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.examples import examples
from depositary.treaties.cases import INVENTED
from depositary.treaties.clause_files import read_clauses
from depositary.treaties.collection import Collection, unknown_states
from depositary.treaties.supposition import suppose, with_unnamed
from depositary.words import language
from depositary.words.clauses import Meaning
from depositary.words.findings.sentences import sentence_of

FILE = """
id = "I-1"
title = "Convention on Coasts"

[entry_into_force]
provision = "36(3)"
instruments = 5
after = { months = 3, on = "first of month following" }

[entry_into_force.among]
number = 3
group = "member States of the Council"
states = ["S01", "S02", "S03", "S04"]

[entry_into_force.participant]
provision = "36(4)"
after = { months = 3, on = "first of month following" }

[provisions]
"36(3)" = "five States, including at least three member States of the Council, have expressed their consent"
"""
CLAUSES = read_clauses(FILE, "I-1.toml")


def read(*rows: tuple[str, str, str]) -> Effects:
    acts = [Act("I-1", who, what, date.fromisoformat(day), number=n) for n, (who, what, day) in enumerate(rows, 1)]  # type: ignore[arg-type]
    return derive(acts, INVENTED, CLAUSES)


def deposits(*pairs: tuple[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((code, "accession", day) for code, day in pairs)


FIVE_WITH_TWO = deposits(
    ("S01", "2026-01-05"), ("S02", "2026-01-06"), ("S11", "2026-01-07"), ("S12", "2026-01-08"), ("S13", "2026-01-09")
)


@pytest.mark.parametrize(
    ("later", "reached_on", "in_force_on"),
    [
        ((), None, None),
        ((("S14", "2026-02-02"),), None, None),
        ((("S14", "2026-02-02"), ("S03", "2026-03-10")), "2026-03-10", "2026-07-01"),
        ((("S03", "2026-03-10"), ("S04", "2026-05-01")), "2026-03-10", "2026-07-01"),
    ],
    ids=["two of three", "a sixth from elsewhere", "the seventh is the third of them", "the third of them"],
)
def test_the_number_is_reached_with_so_many_of_the_group(
    later: tuple[tuple[str, str], ...], reached_on: str | None, in_force_on: str | None
) -> None:
    effects = read(*FIVE_WITH_TWO, *deposits(*later))
    assert effects.threshold_on == (date.fromisoformat(reached_on) if reached_on else None)
    assert effects.in_force_on == (date.fromisoformat(in_force_on) if in_force_on else None)


def test_the_group_alone_is_not_enough() -> None:
    four = deposits(*((f"S0{n}", f"2026-01-0{n}") for n in range(1, 5)))
    assert read(*four).threshold_on is None
    assert read(*four, *deposits(("S11", "2026-01-09"))).threshold_on == date(2026, 1, 9)


def test_one_of_the_group_that_withdrew_before_is_not_counted() -> None:
    left = ("S01", "withdrawal of instrument", "2026-02-01")
    effects = read(*FIVE_WITH_TWO, left, *deposits(("S03", "2026-03-10")))
    assert effects.threshold_on is None
    again = read(*FIVE_WITH_TWO, left, *deposits(("S03", "2026-03-10"), ("S04", "2026-04-10")))
    assert again.threshold_on == date(2026, 4, 10)


def test_by_the_other_reading_the_group_is_sought_among_those_that_stand() -> None:
    """Reading `withdrawal-after-threshold`."""
    left = ("S01", "withdrawal of instrument", "2026-03-11")
    reached = (*FIVE_WITH_TWO, *deposits(("S14", "2026-02-02"), ("S03", "2026-03-10")), left)
    for more, otherwise in (((), None), (deposits(("S04", "2026-05-20")), date(2026, 9, 1))):
        effects = read(*reached, *more)
        assert effects.threshold_on == date(2026, 3, 10)
        (found,) = effects.rests_on("entry_into_force")
        assert (found.reading, found.otherwise) == ("withdrawal-after-threshold", otherwise)


def test_it_is_said_how_many_of_them_are_counted() -> None:
    effects = read(*FIVE_WITH_TWO)
    reached, of_them = reasons.entry_into_force(effects).because
    assert reached.facts["missing"] == 1
    assert [act.participant for act in of_them.acts] == ["S01", "S02"]
    said = sentence_of(language(), of_them, INVENTED, CLAUSES, date(2026, 6, 1))
    assert said == "2 of them come from among “member States of the Council”; the number required is 3 (article 36(3))."
    late = read(*FIVE_WITH_TWO, *deposits(("S14", "2026-02-02"), ("S03", "2026-03-10")))
    came = reasons.entry_into_force(late)
    assert [finding.words for finding in came.because] == [CLAUSES.words("36(3)")] * 2
    assert "7th instrument" in sentence_of(language(), came, INVENTED, CLAUSES, date(2026, 6, 1))


def test_the_check_says_it_and_asks_nothing_more() -> None:
    says = "At least 3 of the instruments come from among “member States of the Council”."
    assert ("36(3)", says) in [*Meaning(language(), CLAUSES).sentences()]
    assert [*questions(CLAUSES)] == []
    assert next(one for one in examples(CLAUSES) if one.about == "threshold").lines[0].follows.value  # type: ignore[union-attr]


def test_those_who_complete_the_number_are_of_the_group(tmp_path: object) -> None:
    collection = with_unnamed(Collection(INVENTED, {"I-1": CLAUSES}), {"X1": "Another State", "X2": "A second State"})
    entered = [Act("I-1", who, "accession", date.fromisoformat(day)) for who, _, day in FIVE_WITH_TWO]
    day = date(2026, 6, 1)
    supposed = suppose(collection, entered, "I-1", [], day, day, ("X1", "X2"))
    assert supposed.others == ("X1",)
    assert supposed.after.threshold_on == day


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("number = 3", "number = 5", "names 4 States, and 5 of them are required"),
        ('"S03", "S04"]', '"S02", "S02"]', "names 2 States, and 3 of them are required"),
        ("number = 3", "number = 0", "among.number"),
        ("instruments = 5", "instruments = 2", "3 of 2 instruments cannot be required"),
        ('group = "member States of the Council"', 'group = ""', "among.group: is empty"),
        ('states = ["S01", "S02", "S03", "S04"]', "states = []", "among.states: needs one entry at least"),
    ],
)
def test_what_is_wrong_with_the_group_is_said(old: str, new: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_clauses(FILE.replace(old, new), "I-1.toml")


def test_a_state_that_nobody_knows_is_said() -> None:
    strange = read_clauses(FILE.replace("S04", "ZZZ"), "I-1.toml")
    assert [*unknown_states([strange], INVENTED)] == [
        "I-1.toml: entry_into_force.among.states: ZZZ is not a known code"
    ]
    assert [*unknown_states([CLAUSES], INVENTED)] == []
