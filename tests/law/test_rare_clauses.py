"""Clauses that few treaties have: one instrument, a treaty that waits for another; and questions asked backwards."""

from dataclasses import replace
from datetime import date, timedelta

from depositary.law.articles.entry_into_force import last_deposit, last_threshold
from depositary.law.derivation import derive
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import read_clauses
from tests.law.sample_histories import act, forty, read, small

# Clauses of other treaties


def test_a_treaty_without_a_clause_on_entry_into_force_never_enters_into_force() -> None:
    effects = read(act("S01", "accession", "2027-03-01"), clauses=small(""))
    assert (effects.threshold_on, effects.in_force_on) == (None, None)
    assert effects.standing("S01", date(2028, 1, 1)) == "contracting"


def test_one_instrument_may_be_enough() -> None:
    clauses = small('[entry_into_force]\nprovision = "1"\ninstruments = 1\nafter = { days = 10 }')
    assert read(act("S01", "accession", "2027-03-01"), clauses=clauses).in_force_on == date(2027, 3, 11)


def test_where_one_is_enough_the_number_is_sought_anew_among_those_that_stand() -> None:
    clauses = small('[entry_into_force]\nprovision = "1"\ninstruments = 1\nafter = { days = 90 }')
    ruling = act("", "ruling", "2027-01-04", subject="withdrawal-after-threshold", text="otherwise")
    acts = [act("S01", "accession", "2027-03-01"), act("S02", "accession", "2027-03-05")]
    effects = read(ruling, *acts, act("S01", "withdrawal of instrument", "2027-03-10"), clauses=clauses)
    assert (effects.threshold_on, effects.in_force_on) == (date(2027, 3, 5), date(2027, 6, 3))


OWN_PERIOD_LONGER = small(
    """
    [entry_into_force]
    provision = "1"
    instruments = 2
    after = { days = 10 }
    [entry_into_force.participant]
    provision = "2"
    after = { days = 30 }
    """
)


def test_one_that_deposits_on_the_day_itself_is_among_those_that_bring_it_into_force() -> None:
    acts = [act(code, "accession", "2027-03-01") for code in STATES[:2]]
    effects = read(*acts, act("S03", "accession", "2027-03-02"), clauses=OWN_PERIOD_LONGER)
    assert effects.since == {"S01": date(2027, 3, 11), "S02": date(2027, 3, 11), "S03": date(2027, 4, 1)}
    assert effects.episodes("S02")[0].since == date(2027, 3, 11)
    succeeded = read(*acts, act("S03", "succession", "2027-03-02"), clauses=OWN_PERIOD_LONGER)
    assert succeeded.since["S02"] == date(2027, 3, 11)


def test_those_that_left_keep_their_day() -> None:
    declared = act("ORG", "declaration", "2027-03-02", provision="64(4)")
    acts = [*forty(), declared, act("ORG", "accession", "2027-03-02"), act("ORG", "denunciation", "2027-09-01")]
    assert read(*acts).since["ORG"] == date(2027, 5, 30)
    assert read(*acts, act("S50", "succession", "2028-01-03")).since["ORG"] == date(2027, 5, 30)


def test_a_treaty_that_waits_for_another_gives_nobody_a_day() -> None:
    entry = OWN_PERIOD_LONGER.entry_into_force
    assert entry is not None
    waiting = OWN_PERIOD_LONGER.model_copy(
        update={"entry_into_force": entry.model_copy(update={"not_before_treaty": "X"})}
    )
    acts = [replace(act(code, "accession", "2027-03-01"), treaty="T") for code in STATES[:2]]
    acts.append(replace(act("S03", "accession", "2027-03-05"), treaty="T"))
    effects = derive(acts, INVENTED, waiting, elsewhere={"X": None})
    assert (effects.threshold_on, effects.in_force_on) == (date(2027, 3, 1), None)
    assert set(effects.since.values()) == {None}


def test_a_protocol_is_in_force_for_one_when_the_convention_is() -> None:
    """Its own period is shorter than the convention's, and it does not wait for the convention as a whole."""
    protocol = read_clauses(
        'id = "P"\ntitle = "Protocol"\nparent = "XVIII-16"\n[entry_into_force]\nprovision = "1"\ninstruments = 1\n'
        'after = { days = 5 }\n[entry_into_force.participant]\nprovision = "2"\nafter = { days = 5 }',
        "protocol",
    )
    convention = read(*forty(), act("S41", "accession", "2027-06-01"))
    own = [replace(act(code, "accession", "2027-06-02"), treaty="P") for code in ("S01", "S41")]
    effects = derive(own, INVENTED, protocol, convention=convention)
    assert effects.since == {"S01": date(2027, 6, 7), "S41": date(2027, 7, 1)}
    early = read(act("S01", "accession", "2027-03-01"))
    alone = derive([replace(own[0], date=date(2027, 3, 2))], INVENTED, protocol, convention=early)
    assert (alone.in_force_on, alone.since) == (date(2027, 3, 7), {"S01": None})


# Backwards


def test_the_last_day_for_the_number_and_for_a_deposit() -> None:
    history = read(*forty()).history
    for by in (date(2027, 8, 1), date(2028, 2, 29)):
        assert last_threshold(history, by) == by - timedelta(90)
        assert last_deposit(history, "S41", by) == by - timedelta(30)
    assert last_deposit(history, "S41", date(2027, 5, 30)) == date(2027, 4, 30)
    assert last_deposit(history, "S41", date(2027, 5, 29)) is None
    assert last_threshold(read(clauses=small("")).history, date(2027, 8, 1)) is None
    assert last_deposit(read(*forty()[:39]).history, "S41", date(2027, 8, 1)) is None


def test_one_that_has_done_nothing_has_no_participation_and_no_amendment_binds_it() -> None:
    effects = read(*forty(), act("", "amendment adoption", "2033-01-03", subject="amendment:A1"))
    assert effects.episodes("S60") == ()
    assert effects.episode_at("S60", date(2033, 1, 3)) is None
    assert effects.amendment_binds_from("A1", "S60") is None


def test_what_the_treatys_own_date_rests_on_is_asked_without_a_participant() -> None:
    effects = read(*forty(), act("S01", "withdrawal of instrument", "2027-03-02"))
    assert [one.reading for one in effects.rests_on("entry_into_force")] == ["withdrawal-after-threshold"]


def test_of_what_rests_on_a_reading_the_open_ones_are_told_apart() -> None:
    effects = read(*forty(), act("S01", "withdrawal of instrument", "2027-03-02"))
    on = date(2027, 3, 2)
    assert {one.reading for one in effects.moved_on(on)} == {"withdrawal-after-threshold", "five-years-expire"}
    assert {one.reading for one in effects.open_readings(on)} == {"withdrawal-after-threshold"}
