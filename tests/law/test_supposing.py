"""Supposing: the answer is that of the acts themselves, and the last day found is the last that works."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depositary.law.acts import Act
from depositary.law.articles.entry_into_force import last_deposit, last_threshold
from depositary.law.changes import changes
from depositary.law.clauses import Clauses
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.participants import Participants
from depositary.settings import PROJECT
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import Collection
from depositary.treaties.supposition import consent, suppose, usual, with_unnamed

FILES = [load_clauses(path) for path in sorted((PROJECT / "data/treaties").glob("*.toml"))]
WITH_RULE = [one for one in FILES if one.entry_into_force and not one.entry_into_force.not_before_treaty]
CONVENTION = next(one for one in FILES if one.id == "XVIII-16")

NAMES = {f"N{number}": f"State {number}" for number in range(1, 120)}


def collection_of(clauses: Clauses) -> Collection:

    return with_unnamed(Collection(Participants([]), {clauses.id: clauses}), NAMES)


def reached(clauses: Clauses, day: date, number: int | None = None) -> Effects:
    entry = clauses.entry_into_force
    assert entry is not None
    collection = collection_of(clauses)
    codes = list(NAMES)[: entry.instruments if number is None else number]
    acts = [act for code in codes for act in consent(collection, clauses.id, code, day)]
    return derive(acts, collection.participants, clauses)


@given(st.sampled_from(WITH_RULE), st.dates(date(2027, 1, 1), date(2060, 12, 31)))
def test_the_last_day_for_the_number_is_the_last_that_works(clauses: Clauses, by: date) -> None:
    entry = clauses.entry_into_force
    assert entry is not None
    found = last_threshold(reached(clauses, by, 0).history, by)
    assert found is not None
    in_force = reached(clauses, found).in_force_on
    assert in_force is not None
    assert in_force <= by
    later = reached(clauses, found + timedelta(days=1)).in_force_on
    assert later is not None
    assert later > by


@given(st.sampled_from(WITH_RULE), st.dates(date(2027, 1, 1), date(2040, 1, 1)), st.integers(0, 900))
def test_the_last_day_for_one_to_deposit_is_the_last_that_works(clauses: Clauses, day: date, later: int) -> None:
    effects = reached(clauses, day)
    assert effects.in_force_on is not None
    by = effects.in_force_on + timedelta(days=later)
    found = last_deposit(effects.history, "N119", by)
    assert found is not None
    for deposited, works in ((found, True), (found + timedelta(days=1), False)):
        act = Act(clauses.id, "N119", clauses.consent.actions[0], deposited)
        since = derive([*effects.case.acts, act], effects.participants, clauses).since["N119"]
        assert since is not None
        assert (since <= by) == works
    assert last_deposit(effects.history, "N119", effects.in_force_on - timedelta(days=1)) is None


def test_no_day_would_do() -> None:
    early = CONVENTION.model_copy(
        update={"entry_into_force": CONVENTION.entry_into_force.model_copy(update={"not_before": date(2030, 1, 1)})}  # type: ignore[union-attr]
    )
    assert last_threshold(reached(early, date(2027, 1, 1), 0).history, date(2029, 12, 31)) is None
    assert last_threshold(reached(early, date(2027, 1, 1), 0).history, date(2030, 1, 1)) == date(2029, 10, 3)
    assert last_deposit(reached(CONVENTION, date(2027, 1, 1), 39).history, "N119", date(2040, 1, 1)) is None


@pytest.mark.parametrize("entered", [0, 3, 39, 40, 41])
def test_others_complete_the_number_exactly(entered: int) -> None:
    collection = collection_of(CONVENTION)
    acts = [act for code in list(NAMES)[:entered] for act in consent(collection, "XVIII-16", code, date(2027, 1, 4))]
    mine = consent(collection, "XVIII-16", "N119", date(2027, 3, 1))
    others = list(NAMES)[60:110]
    found = suppose(collection, acts, "XVIII-16", mine, date(2027, 3, 1), date(2027, 3, 1), others)
    assert len(found.others) == max(0, 39 - entered)
    assert found.after.threshold_on == (date(2027, 1, 4) if entered >= 40 else date(2027, 3, 1))
    assert found.after.counted == max(40, entered + 1)
    assert found.before.counted == entered


def test_the_answer_is_that_of_the_acts_themselves() -> None:
    collection = collection_of(CONVENTION)
    acts = [act for code in list(NAMES)[:39] for act in consent(collection, "XVIII-16", code, date(2027, 1, 4))]
    mine = consent(collection, "XVIII-16", "N119", date(2027, 3, 1))
    found = suppose(collection, acts, "XVIII-16", mine, date(2027, 3, 1))
    there = derive([*acts, *mine], collection.participants, CONVENTION)
    assert found.after.dates == there.dates
    assert list(changes(found.before, found.after, date(2027, 3, 1))) == list(
        changes(derive(acts, collection.participants, CONVENTION), there, date(2027, 3, 1))
    )


def test_a_signatory_ratifies_and_others_accede() -> None:
    effects = derive(
        [Act("XVIII-16", "N1", "signature", date(2025, 10, 25), place="Hanoi")],
        collection_of(CONVENTION).participants,
        CONVENTION,
    )
    assert usual(effects, "N1") == "ratification"
    assert usual(effects, "N2") == "accession"
