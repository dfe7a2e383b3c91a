"""The worked cases of the Convention's final clauses hold, in whatever order their acts were written down."""

import random
from dataclasses import replace

import pytest

from depositary.settings import PROJECT
from depositary.treaties.cases import WorkedCase, check, read_cases
from depositary.treaties.clause_files import load_clauses

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
CASES = [
    pytest.param(case, id=f"{path.stem}: {case.title}")
    for path in sorted((PROJECT / "data/cases").glob("*.txt"))
    for case in read_cases(path, "XVIII-16")
]


@pytest.mark.parametrize("case", CASES)
def test_the_case_holds(case: WorkedCase) -> None:
    assert case.expectations
    assert check(case, CLAUSES) == []


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_rows_never_matters(case: WorkedCase) -> None:
    for seed in range(3):
        acts = list(case.acts)
        random.Random(seed).shuffle(acts)
        assert check(replace(case, acts=tuple(acts)), CLAUSES) == []


def test_an_expectation_that_does_not_hold_is_named() -> None:
    case = WorkedCase("", (), ("counted 1",))
    assert check(case, CLAUSES) == ["counted 1: 0"]


def test_an_expectation_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(ValueError, match="not an expectation"):
        check(WorkedCase("", (), ("counted one",)), CLAUSES)
