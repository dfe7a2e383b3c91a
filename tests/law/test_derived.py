"""A whole collection: one more act derives its own treaty anew, and nothing else."""

from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from depositary.law.acts import Act, Action
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import read_clauses
from depositary.treaties.collection import Collection, Derived
from tests.longer import examples

WRITTEN = {
    "I-1": "",
    "I-1-a": 'parent = "I-1"',
    "I-2": "",
    "I-3": "",
}
WAITS = {"I-1-a": 'not_before_treaty = "I-1"', "I-3": 'not_before_treaty = "I-2"', "I-2": 'not_before_treaty = "I-3"'}
WORLD = Collection(
    INVENTED,
    {
        name: read_clauses(
            f"""
            id = "{name}"
            title = "Treaty {name}"
            {head}
            [entry_into_force]
            provision = "10(1)"
            instruments = 2
            after = {{ days = 90 }}
            {WAITS.get(name, "")}
            [denunciation]
            provision = "12"
            after = {{ years = 1 }}
            entails = ["protocols"]
            """,
            name,
        )
        for name, head in WRITTEN.items()
    },
    Path(),
)

ACTIONS: tuple[Action, ...] = ("signature", "ratification", "accession", "denunciation", "withdrawal of instrument")
acts = st.builds(
    Act,
    st.sampled_from(sorted(WRITTEN)),
    st.sampled_from(STATES[:5]),
    st.sampled_from(ACTIONS),
    st.dates(date(2027, 1, 1), date(2030, 1, 1)),
)


def test_a_treaty_is_derived_with_those_it_needs() -> None:
    assert WORLD.needed_by("I-1") == ("I-1",)
    assert WORLD.needed_by("I-1-a") == ("I-1-a", "I-1")
    assert WORLD.needed_by("I-2") == ("I-2", "I-3")


@settings(max_examples=examples(60))
@given(st.lists(acts, max_size=25), st.dates(date(2027, 1, 1), date(2032, 1, 1)))
def test_act_by_act_is_the_same_as_all_at_once(given_acts: list[Act], on: date) -> None:
    derived = Derived(WORLD)
    for number, act in enumerate(given_acts):
        derived.add(act)
        for treaty in WRITTEN:
            found, anew = derived.effects(treaty, on), Derived(WORLD, given_acts[: number + 1]).effects(treaty, on)
            assert found.dates == anew.dates
            assert found.history.refused.keys() == anew.history.refused.keys()


def test_one_more_act_derives_only_what_needs_it() -> None:
    two = [Act(name, code, "ratification", date(2027, 1, 4)) for name in WRITTEN for code in STATES[:2]]
    derived = Derived(WORLD, two)
    before = {name: derived.effects(name) for name in WRITTEN}
    assert all(derived.effects(name) is found for name, found in before.items())
    derived.add(Act("I-1", "S03", "accession", date(2027, 2, 1)))
    again = {name for name, found in before.items() if derived.effects(name) is not found}
    assert again == {"I-1", "I-1-a"}


def test_days_between_which_no_act_lies_have_the_same_effects() -> None:
    derived = Derived(WORLD, [Act("I-1", "S01", "accession", date(2027, 2, 1))])
    assert derived.effects("I-1", date(2027, 2, 1)) is derived.effects("I-1", date(2029, 1, 1))
    assert derived.effects("I-1", date(2027, 1, 31)).codes == ()


def test_acts_may_be_put_in_the_place_of_others() -> None:
    derived = Derived(WORLD, [Act("I-2", "S01", "accession", date(2027, 2, 1))])
    assert derived.effects("I-2").codes == ("S01",)
    derived.put("I-2", [Act("I-2", "S02", "accession", date(2027, 2, 1))])
    assert derived.effects("I-2").codes == ("S02",)
