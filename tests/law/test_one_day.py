"""The acts of one day are read in the order of the treaty's own clauses."""

from datetime import date

import pytest

from depositary.law.acts import Act, Action
from depositary.law.clauses import Consent
from depositary.law.derivation import derive
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED
from depositary.treaties.clause_files import load_clauses

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
DAY = date(2027, 3, 1)


@pytest.mark.parametrize("first", ["accession", "ratification"])
def test_of_two_instruments_of_one_day_the_one_that_the_clauses_name_first_has_effect(first: Action) -> None:
    second: Action = "ratification" if first == "accession" else "accession"
    clauses = CLAUSES.model_copy(update={"consent": Consent(actions=(first, second))})
    declared = Act("XVIII-16", "ORG", "declaration", DAY, provision="64(4)")
    deposited = [
        Act("XVIII-16", code, action, DAY, number=number)
        for number, (code, action) in enumerate(
            [("S03", second), ("S02", second), ("S01", second), ("S01", first), ("ORG", first)], 2
        )
    ]
    effects = derive([declared, *deposited], INVENTED, clauses)
    assert [episode.consent.action for episode in effects.episodes("S01")] == [first]
    assert [act.number for act, _ in effects.history.refused.values()] == [4]
    assert effects.standing("ORG", DAY) == "contracting"
