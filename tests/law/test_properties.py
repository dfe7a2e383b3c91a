"""What holds whatever the acts are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from depositary.law import reasons
from depositary.law.acts import ACTIONS, CONSENTS, NOBODYS, Act
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.examination import irregularities
from depositary.law.readings import WITH_ALTERNATIVE
from depositary.register.entry import Entry, acts_of, as_known
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses
from tests.longer import examples

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
FEW = CLAUSES.model_copy(update={"entry_into_force": CLAUSES.entry_into_force.model_copy(update={"instruments": 3})})  # type: ignore[union-attr]

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@st.composite
def an_act(draw: st.DrawFn) -> Act:
    action = draw(st.sampled_from([action for action in ACTIONS if action != "ruling"]))
    code = "" if action in NOBODYS else draw(st.sampled_from([*STATES[:7], "OLD", "ORG"]))
    amended = action.startswith("amendment") or (action in CONSENTS and draw(st.integers(0, 9)) == 0)
    subject = draw(st.sampled_from(["amendment:A1", "amendment:A2"])) if amended else ""
    provision = "64(3)" if action == "declaration" else ""
    return Act("XVIII-16", code, action, draw(DAYS), subject=subject, provision=provision)


@st.composite
def a_ruling(draw: st.DrawFn) -> Act:
    choice = draw(st.sampled_from(["default", "otherwise"]))
    return Act("XVIII-16", "", "ruling", draw(DAYS), subject=draw(st.sampled_from(WITH_ALTERNATIVE)), text=choice)


ACTS = st.lists(st.one_of(an_act(), an_act(), an_act(), a_ruling()), max_size=40).map(
    lambda acts: [replace(act, number=number) for number, act in enumerate(acts, 1)]
)


def read(acts: Sequence[Act]) -> Effects:
    return derive(acts, INVENTED, FEW)


def everything(effects: Effects) -> object:
    """All dates, standings on many days, and irregularities by act."""
    days = [date(2026, 1, 1) + timedelta(days=100 * n) for n in range(25)]
    standings = {(code, day): effects.standing(code, day) for code in effects.codes for day in days}
    return list(effects.dates.items()), standings, sorted((one.act.number, one.code) for one in irregularities(effects))


@given(ACTS.flatmap(lambda acts: st.tuples(st.just(acts), st.permutations(acts))))
@settings(max_examples=examples(300))
def test_the_order_of_rows_never_matters(both: tuple[list[Act], list[Act]]) -> None:
    # Two acts alike in day, participant and action cannot be told apart by when they were made.
    written, shuffled = both
    alike = {(act.date, act.participant, act.action) for act in written}
    if len(alike) < len(written):
        written = shuffled = [
            next(act for act in written if (act.date, act.participant, act.action) == key) for key in sorted(alike)
        ]
    assert everything(read(written)) == everything(read(shuffled))


@given(ACTS, st.sampled_from(STATES[7:]), DAYS)
@settings(max_examples=examples(300))
def test_one_more_deposit_never_delays_entry_into_force(acts: list[Act], code: str, day: date) -> None:
    before, after = read(acts), read([*acts, Act("XVIII-16", code, "accession", day, number=99)])
    assert before.in_force_on is None or (after.in_force_on is not None and after.in_force_on <= before.in_force_on)


@given(ACTS, st.sampled_from(STATES[7:]))
@settings(max_examples=examples(300))
def test_a_later_deposit_never_moves_an_earlier_partys_date(acts: list[Act], code: str) -> None:
    before = read(acts)
    if before.in_force_on is None:
        return
    later = max(act.date for act in acts) + timedelta(days=1)
    after = read([*acts, Act("XVIII-16", code, "accession", later, number=99)])
    assert {code: after.since[code] for code in before.since} == before.since


@given(ACTS)
@settings(max_examples=examples(300))
def test_no_one_is_a_party_before_the_treaty_is_in_force(acts: list[Act]) -> None:
    effects = read(acts)
    for code in effects.codes:
        for episode in effects.episodes(code):
            if episode.since is not None:
                assert effects.in_force_on is not None
                assert episode.since >= effects.in_force_on
                assert episode.consent.action == "succession" or episode.since >= episode.consent.date


@given(ACTS)
@settings(max_examples=examples(200))
def test_every_answer_is_a_finding_that_ends_in_acts(acts: list[Act]) -> None:
    effects = read(acts)
    for code in effects.codes:
        finding = reasons.standing(effects, code, date(2030, 12, 31))
        assert finding.value == effects.standing(code, date(2030, 12, 31))
        if finding.value != "none":
            assert finding.entries
            assert {act.number for act in finding.entries} <= {act.number for act in acts}
    for finding in (reasons.entry_into_force(effects), *reasons.milestones(effects)):
        assert {act.number for act in finding.entries} <= {act.number for act in acts}


@given(ACTS)
@settings(max_examples=examples(200))
def test_a_refused_act_has_no_effect(acts: list[Act]) -> None:
    effects = read(acts)
    refused = {one.act.number for one in irregularities(effects) if one.severity == "refused"}
    without = read([act for act in acts if act.number not in refused])
    assert known(effects.dates) == known(without.dates)


def known(dates: dict[tuple[str, str], date | None]) -> dict[tuple[str, str], date | None]:
    return {concerns: day for concerns, day in dates.items() if day}


@given(ACTS, DAYS)
@settings(max_examples=examples(300))
def test_what_had_come_by_a_day_never_changes_by_a_later_act(acts: list[Act], day: date) -> None:
    then = read([act for act in acts if act.date <= day])
    assert read(acts).come_by(day) == then.come_by(day)


def recorded(acts: Sequence[Act]) -> list[Entry]:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return [Entry(n, act, start + timedelta(hours=n), "registrar") for n, act in enumerate(acts, 1)]


@given(ACTS)
def test_what_is_known_at_the_end_of_time_is_the_register(acts: list[Act]) -> None:
    entries = recorded(acts)
    assert as_known(entries) == as_known(entries, datetime.max.replace(tzinfo=UTC)) == entries


@given(ACTS.filter(bool), st.data())
def test_rectified_and_rectified_back_gives_the_same_effects_and_a_longer_log(
    acts: list[Act], data: st.DataObject
) -> None:
    entries = recorded(acts)
    wrong = data.draw(st.sampled_from(entries))
    assert wrong.act is not None
    end = entries[-1]
    changed = replace(wrong.act, date=wrong.act.date + timedelta(days=1))
    first = Entry(end.number + 1, changed, end.recorded_at + timedelta(hours=1), "officer", wrong.number, "misread")
    back = Entry(end.number + 2, wrong.act, end.recorded_at + timedelta(hours=2), "officer", first.number, "misread")
    log = [*entries, first, back]
    unnumbered = lambda entries: read([replace(act, number=0) for act in acts_of(as_known(entries))]).dates  # noqa: E731
    assert unnumbered(log) == unnumbered(entries)
    assert len(log) == len(entries) + 2
    assert as_known(log, end.recorded_at) == entries


@given(ACTS)
@settings(max_examples=examples(200))
def test_a_date_rests_on_every_reading_that_would_move_it(acts: list[Act]) -> None:
    """Those never asked about are passed over; reading all of them the other way finds no more."""
    effects = read(acts)
    own = effects.dates
    every = set()
    for name in WITH_ALTERNATIVE:
        there = effects.read_again(effects.history.otherwise ^ {name}).dates
        moved = [key for key in own | there if own.get(key) != there.get(key)]
        every |= {(name, *key, own.get(key), there.get(key)) for key in moved}
    assert {(one.reading, one.concerns, one.participant, one.value, one.otherwise) for one in effects.moved} == every
