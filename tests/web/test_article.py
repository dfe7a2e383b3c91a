"""An article beside its rules, their source, and its worked cases, which are run and not only shown."""

import inspect
from pathlib import Path
from shutil import copytree

import pytest
from starlette.testclient import TestClient

from depositary.law.articles import entry_into_force
from depositary.law.contents import APPLIED_BY
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.web.app import create_app
from depositary.web.public.article import worked_cases
from depositary.web.public.rules import rules_by_provision
from tests.words_of import words_of


@pytest.fixture(scope="module")
def convention() -> TestClient:
    return TestClient(create_app(load_collection(PROJECT / "data"), lambda after, treaty: []))


def test_the_source_is_the_functions_own(convention: TestClient) -> None:
    page = convention.get("/en/treaties/XVIII-16/articles/65").text
    said = words_of(page)
    assert "depositary/law/articles/entry_into_force.py:" in said
    assert " ".join(inspect.getsource(entry_into_force.count).split()) in said
    assert "entry_into_force.last_threshold" in said


def test_every_rule_has_its_source() -> None:
    rules = {rule.name: rule for each in rules_by_provision().values() for rule in each}
    assert len(rules) > 15
    for rule in rules.values():
        path, _, line = rule.where.partition(":")
        assert (PROJECT / path).read_text(encoding="utf-8").splitlines()[int(line) - 1] == rule.source.splitlines()[0]
    named = {f"{one.__module__.rpartition('.')[2]}.{one.__name__}" for one in APPLIED_BY.values()}
    assert named <= set(rules)


@pytest.mark.parametrize("number", ["64", "65", "66", "67"])
def test_the_cases_are_run(convention: TestClient, number: str) -> None:
    page = words_of(convention.get(f"/en/treaties/XVIII-16/articles/{number}").text)
    assert "run by the same code as every date here" in page
    assert "✓" in page
    assert "does not hold" not in page


def test_a_case_that_does_not_hold_says_what_does(tmp_path: Path) -> None:
    copytree(PROJECT / "data", tmp_path / "data")
    wrong = tmp_path / "data/cases/65.txt"
    wrong.write_text(
        "# Article 65\n\n## Too soon\n2027-03-01 S01..S40 ratification\n=> in force 2027-05-29\n=> counted 40\n"
    )
    (case,) = worked_cases(wrong, "XVIII-16")
    assert not case.holds
    assert [(line.holds, line.instead) for line in case.lines] == [(None, ""), (False, "2027-05-30"), (True, "")]
    site = TestClient(create_app(load_collection(tmp_path / "data"), lambda after, treaty: []))
    page = words_of(site.get("/en/treaties/XVIII-16/articles/65").text)
    assert "Too soon does not hold" in page
    assert "=> in force 2027-05-29 2027-05-30" in page
