"""The count by hand comes out where the law does, for every form of period and in every worked case."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depositary.law import reasons
from depositary.law.acts import Act
from depositary.law.counts import counts
from depositary.law.dates import Period
from depositary.law.derivation import derive
from depositary.law.findings import Finding, Value
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, read_cases
from depositary.treaties.clause_files import load_clauses

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
CASES = [case for path in sorted((PROJECT / "data/cases").glob("*.txt")) for case in read_cases(path, "XVIII-16")]

PERIODS = st.one_of(
    st.builds(Period, days=st.integers(0, 400), on=st.sampled_from(("", "first of month following"))),
    st.builds(Period, months=st.integers(0, 60), on=st.sampled_from(("", "first of month following"))),
    st.builds(Period, months=st.integers(1, 60), on=st.just("first of month")),
    st.builds(Period, years=st.integers(0, 12)),
)


@given(PERIODS, st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.booleans())
def test_the_count_ends_where_the_period_has_run(period: Period, day: date, march: bool) -> None:
    steps = list(period.steps(day, leap_day_to_march=march))
    assert steps[0] == (0, day)
    assert steps[-1][1] == period.after(day, leap_day_to_march=march)
    assert [number for number, _ in steps] == sorted(number for number, _ in steps)
    assert [one for _, one in steps] == sorted(one for _, one in steps)


def test_each_day_is_counted_once() -> None:
    steps = list(Period(days=90).steps(date(2027, 12, 15)))
    assert [day for _, day in steps] == [date(2027, 12, 15) + timedelta(days=number) for number in range(91)]
    assert steps[-1] == (90, date(2028, 3, 14))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_date_of_the_cases_can_be_counted(case: object) -> None:
    effects = derive(case.acts, INVENTED, CLAUSES)  # type: ignore[attr-defined]
    for (concerns, code), day in effects.dates.items():
        if day is None:
            continue
        finding = reasons.of_date(effects, concerns, code)
        assert finding.value == day
        found = counts(finding, leap_day_to_march=effects.history.leap_day_to_march)
        until = {one.until for one in found}
        if finding.about in ("entry-into-force", "conference-by", "denunciation", "amendment-for-party"):
            assert day in until
        if finding.about == "proposals-from":
            assert until & {day, day - timedelta(days=1)}
        if finding.about == "entry-into-force-after-threshold":
            assert max(until) == day or finding.facts["general"] == day


def test_each_count_is_told_with_its_finding_its_unit_and_its_days() -> None:
    acts = [Act("XVIII-16", f"S{number:02}", "accession", date(2027, 3, 1)) for number in range(1, 41)]
    effects = derive([*acts, Act("XVIII-16", "S41", "accession", date(2027, 6, 1))], INVENTED, CLAUSES)
    party = reasons.standing(effects, "S41", date(2027, 7, 1))
    finding = Finding("party", "party", because=(party, *reasons.milestones(effects)))
    assert [(one.finding.about, one.unit, one.since, one.until) for one in counts(finding)] == [
        ("entry-into-force-after-threshold", "days", date(2027, 6, 1), date(2027, 7, 1)),
        ("entry-into-force", "days", date(2027, 3, 1), date(2027, 5, 30)),
        ("conference-by", "years", date(2027, 5, 30), date(2028, 5, 30)),
        ("proposals-from", "years", date(2027, 5, 30), date(2032, 5, 30)),
    ]


def test_a_count_may_end_on_the_first_of_a_month_and_of_a_leap_day_in_february() -> None:
    monthly: dict[str, Value] = {"since": date(2027, 3, 15), "months": 3, "on": "first of month following"}
    (count,) = counts(Finding("entry-into-force", date(2027, 7, 1), facts=monthly))
    assert (count.unit, count.until, count.finding.facts) == ("months", date(2027, 7, 1), monthly)
    leap = Finding("denunciation", None, facts={"received": date(2028, 2, 29), "years": 1})
    told = [counts(leap)[0].until, *(counts(leap, leap_day_to_march=march)[0].until for march in (False, True))]
    assert told == [date(2029, 2, 28), date(2029, 2, 28), date(2029, 3, 1)]


def test_what_is_no_date_has_no_reasons() -> None:
    effects = derive(CASES[0].acts, INVENTED, CLAUSES)
    for concerns, code in (("ceases", "S01"), ("entry_into_force (2)", "S01"), ("entry_into_force", "S70"), ("x", "")):
        with pytest.raises(KeyError):
            reasons.of_date(effects, concerns, code)
    assert reasons.of_date(effects, "entry_into_force") == reasons.entry_into_force(effects)
