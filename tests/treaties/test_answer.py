"""The answer: what stands at the top of a participant's row, and what only among its episodes."""

from datetime import date

from depositary.law.acts import Act, Action
from depositary.law.derivation import derive
from depositary.settings import PROJECT
from depositary.treaties.answer import Answer, answer
from depositary.treaties.cases import INVENTED
from depositary.treaties.clause_files import load_clauses
from depositary.words import language

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")


def row(*acts: tuple[Action, str], on: str) -> Answer:
    """The row of one State, which signed on 2 March 2026 and did these acts, as of a day."""
    signed = Act("XVIII-16", "S01", "signature", date(2026, 3, 2))
    done = [Act("XVIII-16", "S01", action, date.fromisoformat(day)) for action, day in acts]
    effects = derive([signed, *done], INVENTED, CLAUSES)
    found: Answer = answer(effects, date.fromisoformat(on), None, language())["participants"][0]
    return found


def test_an_instrument_withdrawn_is_gone_from_the_row_and_stands_in_the_episodes() -> None:
    acts: tuple[tuple[Action, str], ...] = (("ratification", "2027-02-01"), ("withdrawal of instrument", "2027-02-10"))
    found = row(*acts, on="2027-02-10")
    assert (found["standing"], found["consent"], found["counted"], found["ceases"]) == ("signatory", None, False, None)
    assert found["episodes"] == [
        {"consent": {"action": "ratification", "date": "2027-02-01"}, "from": None, "until": "2027-02-10"}
    ]


def test_an_instrument_stands_in_the_row_until_the_day_it_is_withdrawn() -> None:
    found = row(("ratification", "2027-02-01"), on="2027-02-09")
    assert (found["standing"], found["counted"]) == ("contracting", True)
    assert found["consent"] == {"action": "ratification", "date": "2027-02-01"}


def test_the_one_deposited_anew_takes_its_place() -> None:
    acts: tuple[tuple[Action, str], ...] = (
        ("ratification", "2027-02-01"),
        ("withdrawal of instrument", "2027-02-10"),
        ("acceptance", "2027-02-10"),
    )
    found = row(*acts, on="2027-02-10")
    assert found["consent"] == {"action": "acceptance", "date": "2027-02-10"}
    assert len(found["episodes"]) == 2
