"""VCLT 29: who may say to which territories a treaty applies, and that no date moves by it."""

from dataclasses import replace
from datetime import date

import pytest

from depositary.law.acts import Act
from depositary.law.derivation import derive
from depositary.law.examination import irregularities
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.instruments_csv import described_act
from depositary.treaties.names import Gazetteer

CONVENTION = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
UNBOUND, UNNAMED = "territorial-application-by-non-contracting", "territories-not-named"
FORTY = [f"2027-03-01 S{number:02} accession" for number in range(1, 41)]
NAMED = "territorial application text=The Isles"


def acts(*lines: str) -> list[Act]:
    return [
        described_act(line, number, "XVIII-16", Gazetteer(INVENTED), ["XVIII-16"])
        for number, line in enumerate(lines, start=1)
    ]


# What was done, and what is wrong with the last of it.
CASES = [
    ("by a stranger", [f"2027-03-01 S01 {NAMED}"], [UNBOUND]),
    ("by a signatory", ["2026-03-02 S01 signature", f"2026-03-02 S01 {NAMED}"], [UNBOUND]),
    ("the day before the deposit", ["2027-03-02 S01 accession", f"2027-03-01 S01 {NAMED}"], [UNBOUND]),
    ("on the day of the deposit", ["2027-03-01 S01 accession", f"2027-03-01 S01 {NAMED}"], []),
    ("written down before its instrument", [f"2027-03-01 S01 {NAMED}", "2027-03-01 S01 accession"], []),
    ("before the treaty is in force", ["2027-03-01 S01 accession", f"2027-03-02 S01 {NAMED}"], []),
    ("by a party", [*FORTY, f"2028-03-01 S01 {NAMED}"], []),
    ("again, for other territories", [*FORTY, f"2028-03-01 S01 {NAMED}", f"2029-03-01 S01 {NAMED} and the Rocks"], []),
    ("naming none", ["2027-03-01 S01 accession", "2027-03-01 S01 territorial application"], [UNNAMED]),
    ("by a stranger, naming none", ["2027-03-01 S01 territorial application"], [UNBOUND, UNNAMED]),
    (
        "when the instrument is withdrawn",
        ["2027-03-01 S01 accession", "2027-03-02 S01 withdrawal of instrument", f"2027-03-03 S01 {NAMED}"],
        [UNBOUND],
    ),
    ("while a denunciation runs", [*FORTY, "2028-03-01 S01 denunciation", f"2029-02-28 S01 {NAMED}"], []),
    ("when it has left", [*FORTY, "2028-03-01 S01 denunciation", f"2029-03-01 S01 {NAMED}"], [UNBOUND]),
    (
        "when it has come back",
        [*FORTY, "2028-03-01 S01 denunciation", "2029-03-01 S01 accession", f"2029-03-01 S01 {NAMED}"],
        [],
    ),
    ("of an amendment, by a stranger", [f"2027-03-01 S01 {NAMED} subject=amendment:A1"], [UNBOUND]),
    ("of an amendment, by one bound", [*FORTY, f"2028-03-01 S01 {NAMED} subject=amendment:A1"], []),
]


@pytest.mark.parametrize(("lines", "wrong"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_who_may_apply_the_treaty_to_territories(lines: list[str], wrong: list[str]) -> None:
    given = acts(*lines)
    effects = derive(given, INVENTED, CONVENTION)
    (last,) = [act for act in given if act.action == "territorial application"][-1:]
    found = [one for one in irregularities(effects) if one.act is last]
    assert [one.code for one in found] == wrong
    assert {(one.severity, one.provision) for one in found} <= {("refused", "VCLT 29")}
    assert (last in effects.history.other) == (not wrong)


def test_no_date_moves_by_it() -> None:
    before = derive(acts(*FORTY, "2028-03-01 S02 denunciation"), INVENTED, CONVENTION)
    for day in ("2027-03-01", "2027-05-30", "2028-03-01"):
        lines = [*FORTY, "2028-03-01 S02 denunciation", f"{day} S01 {NAMED}", f"{day} S02 {NAMED}"]
        after = derive(acts(*lines), INVENTED, CONVENTION)
        assert after.dates == before.dates
        assert after.counted == before.counted
        assert [after.standing("S01", date(2027, 5, each)) for each in (29, 30)] == ["contracting", "party"]


def test_on_one_day_it_follows_the_instrument_and_goes_before_what_ends_it() -> None:
    (named,) = acts(f"2027-03-01 S01 {NAMED}")
    order = sorted(
        [replace(named, action="denunciation"), named, replace(named, action="accession")],
        key=lambda act: act.order,
    )
    assert [act.action for act in order] == ["accession", "territorial application", "denunciation"]
