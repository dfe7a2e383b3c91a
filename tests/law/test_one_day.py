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


@pytest.mark.parametrize(
    "action", ["withdrawal of instrument", "revocation of denunciation", "withdrawal of signature"]
)
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_that_undo_one_act_the_first_by_its_words_does_whichever_was_written_first(
    action: Action, turned: bool
) -> None:
    undone = {
        "withdrawal of instrument": [("S01", "accession", date(2027, 2, 1))],
        "withdrawal of signature": [("S01", "signature", date(2026, 3, 2))],
        "revocation of denunciation": [
            *((f"S{number:02}", "accession", date(2025, 1, 2)) for number in range(1, 41)),
            ("S01", "denunciation", date(2026, 6, 1)),
        ],
    }[action]
    before = [Act("XVIII-16", code, done, day) for code, done, day in undone]  # type: ignore[arg-type]
    twins = [Act("XVIII-16", "S01", action, DAY, text=text) for text in ("First note", "Second note")]
    effects = derive([*before, *(reversed(twins) if turned else twins)], INVENTED, CLAUSES)
    assert [act.text for act, _ in effects.history.refused.values()] == ["Second note"]
