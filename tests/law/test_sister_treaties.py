"""Rules that other treaties have and the Convention has not: each with the treaty that needs it."""

from datetime import date

import pytest

from depositary.law import reasons
from depositary.law.acts import Act, Action
from depositary.law.clauses import Clauses, Rule, Title, plain
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.examination import irregularities
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses, read_clauses

Row = tuple[str, Action, str]

CONVENTION = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")


def treaty(**tables: str) -> Clauses:
    """A treaty of two instruments and ninety days, thirty for those that follow, with these tables beside."""
    written = {
        "entry_into_force": 'provision = "10(1)"\ninstruments = 2\nafter = { days = 90 }',
        "entry_into_force.participant": 'provision = "10(2)"\nafter = { days = 30 }',
        "denunciation": 'provision = "12(1)"\nafter = { years = 1 }',
    } | tables
    body = "\n".join(f"[{name}]\n{keys}" for name, keys in written.items())
    return read_clauses(f'id = "I-1"\ntitle = "A treaty"\n{body}', "I-1.toml")


def effects(clauses: Clauses, *rows: Row) -> Effects:
    acts = [Act("I-1", who, what, date.fromisoformat(day), number=n) for n, (who, what, day) in enumerate(rows, 1)]
    return derive(acts, INVENTED, clauses)


def refused(found: Effects) -> list[tuple[int, str, str]]:
    return [(one.act.number, one.code, one.provision) for one in irregularities(found) if one.severity == "refused"]


TWO: tuple[Row, ...] = (("S01", "ratification", "2027-01-04"), ("S02", "ratification", "2027-01-04"))
"""They bring the treaty into force on 4 April 2027."""


@pytest.mark.parametrize(
    ("deposited", "after_threshold", "after_entry_into_force"),
    [
        ("2027-01-04", ("2027-04-04", "10(1)"), ("2027-04-04", "10(1)")),
        ("2027-01-05", ("2027-04-04", "10(2)"), ("2027-04-04", "10(1)")),
        ("2027-03-06", ("2027-04-05", "10(2)"), ("2027-04-04", "10(1)")),
        ("2027-04-03", ("2027-05-03", "10(2)"), ("2027-04-04", "10(1)")),
        ("2027-04-04", ("2027-05-04", "10(2)"), ("2027-04-04", "10(1)")),
        ("2027-04-05", ("2027-05-05", "10(2)"), ("2027-05-05", "10(2)")),
    ],
)
def test_the_clause_for_later_ones_may_speak_of_those_after_entry_into_force(
    deposited: str, after_threshold: tuple[str, str], after_entry_into_force: tuple[str, str]
) -> None:
    """So article 10(2) of the Optional Protocol on children in armed conflict (IV-11-b)."""
    own = 'provision = "10(2)"\nafter = { days = 30 }\n'
    for key, expected in (("threshold", after_threshold), ("entry into force", after_entry_into_force)):
        clauses = treaty(**{"entry_into_force.participant": f'{own}deposited_after = "{key}"'})
        found = effects(clauses, *TWO, ("S03", "accession", deposited))
        assert str(found.since["S03"]) == expected[0]
        assert reasons.gives(found, found.episodes("S03")[0]) == expected[1]


@pytest.mark.parametrize(
    ("denounced", "ceases"),
    [("2030-04-03", None), ("2030-04-04", "2031-04-04"), ("2030-04-05", "2031-04-05")],
)
def test_a_party_may_have_to_wait_before_it_denounces(denounced: str, ceases: str | None) -> None:
    """So article 28(1) of the Rotterdam Convention (XXVII-14); the anniversary is late enough."""
    clauses = treaty(denunciation='provision = "12(1)"\nafter = { years = 1 }\nearliest = { years = 3 }')
    found = effects(clauses, *TWO, ("S01", "denunciation", denounced))
    assert found.episodes("S01")[0].until == (date.fromisoformat(ceases) if ceases else None)
    assert refused(found) == ([] if ceases else [(3, "denunciation-too-early", "12(1)")])


def test_the_wait_counts_from_the_party_s_own_day() -> None:
    clauses = treaty(denunciation='provision = "12(1)"\nafter = { years = 1 }\nearliest = { years = 3 }')
    found = effects(clauses, *TWO, ("S03", "accession", "2028-01-03"), ("S03", "denunciation", "2031-02-01"))
    assert refused(found) == [(4, "denunciation-too-early", "12(1)")]
    late = effects(clauses, *TWO, ("S03", "accession", "2028-01-03"), ("S03", "denunciation", "2031-02-02"))
    assert refused(late) == []


@pytest.mark.parametrize(
    ("key", "ceases", "provision"),
    [
        ("", "2029-01-03", ""),
        ('ceases_with_members = "12(2)"', "2029-01-03", "12(2)"),
        ('ceases_with_members = ""', None, ""),
    ],
)
def test_an_organization_ceases_with_its_members_only_where_the_treaty_says_so(
    key: str, ceases: str | None, provision: str
) -> None:
    found = effects(
        treaty(reio=key),
        *TWO,
        ("ORG", "approval", "2027-06-01"),
        ("S01", "denunciation", "2028-01-03"),
        ("S02", "denunciation", "2028-01-03"),
    )
    assert found.episodes("ORG")[0].until == (date.fromisoformat(ceases) if ceases else None)
    if ceases:
        ending = reasons.standing(found, "ORG", date(2030, 1, 1)).because[-1]
        assert (ending.about, ending.provision) == ("organization-ceases", provision)


def test_a_treaty_without_a_clause_on_denunciation_knows_none() -> None:
    clauses = treaty().model_copy(update={"denunciation": None})
    assert refused(effects(clauses, *TWO, ("S01", "denunciation", "2028-01-03"))) == [
        (3, "action-not-provided-for", "")
    ]


def test_a_succession_takes_effect_on_its_own_date_and_adds_nothing() -> None:
    succession = Act("I-1", "S04", "succession", date(2029, 3, 1), effective=date(2028, 7, 1), number=9)
    early = Act("I-1", "S05", "succession", date(2029, 3, 1), effective=date(2026, 7, 1), number=10)
    acts = [Act("I-1", who, what, date.fromisoformat(day), number=n) for n, (who, what, day) in enumerate(TWO)]
    found = derive([*acts, succession, early], INVENTED, treaty())
    assert found.counted == 2
    assert found.since["S04"] == date(2028, 7, 1)
    assert found.since["S05"] == found.in_force_on == date(2027, 4, 4)


@pytest.mark.parametrize("code", [STATES[0], "ORG"])
def test_an_organization_counts_only_where_the_treaty_counts_it(code: str) -> None:
    counted = treaty(
        entry_into_force='provision = "10(1)"\ninstruments = 2\nafter = { days = 90 }\nreio_counted = true'
    )
    rows: tuple[Row, ...] = (("S02", "ratification", "2027-01-04"), (code, "approval", "2027-02-01"))
    assert effects(counted, *rows).in_force_on == date(2027, 5, 2)
    assert effects(treaty(), *rows).in_force_on == (date(2027, 5, 2) if code == "S01" else None)


def test_each_rule_has_the_number_that_the_file_gives_it() -> None:
    amending = 'provision = "20(4)"\nafter = { days = 90 }\n'
    numbered = treaty(
        amendment=amending
        + 'proposal_provision = "20(1)"\nconsent_provision = "20(3)"\nbinding_provision = "20(5)"\n'
        + "proposals_after = { years = 5 }"
    )
    rules: list[Rule] = ["amendment", "amendment proposal", "amendment consent", "amendment binding"]
    assert [numbered.number(rule) for rule in rules] == ["20(4)", "20(1)", "20(3)", "20(5)"]
    assert [treaty(amendment=amending).number(rule) for rule in rules] == ["20(4)"] * 4
    assert [CONVENTION.number(rule) for rule in rules] == ["66(4)", "66(1)", "66(3)", "66(5)"]
    without = numbered.model_copy(update={"denunciation": None, "amendment": None})
    assert [without.number(rule) for rule in ("denunciation", "entails", *rules)] == [""] * 6


@pytest.mark.parametrize("written", ["23(3)(a)", "23 (3) (a)", "23.3.a", "23.3(a)"])
def test_a_provision_is_one_however_it_is_written(written: str) -> None:
    assert plain(written) == "23(3)(a)"


def test_a_treaty_bears_its_title_in_a_language_or_in_english() -> None:
    french = Title(title="Un traité", source="a source")
    titled = treaty().model_copy(update={"titles": {"fr": french}})
    assert titled.titled("fr") == (french, "fr")
    assert titled.titled("ru") == (titled, "en")
