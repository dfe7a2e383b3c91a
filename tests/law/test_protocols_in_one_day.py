"""A protocol and its convention within one day, and where the convention is read otherwise."""

from dataclasses import replace
from datetime import date

from depositary.law.acts import Act
from depositary.law.articles.entry_into_force import last_deposit
from depositary.law.effects import Effects
from tests.law.sample_protocol import THREE, WORLD, act, convention, refused

READ_OTHERWISE = Act("XVIII-16", "", "ruling", date(2027, 1, 4), subject="denunciation-before-party", text="otherwise")


def derived(acts: list[Act]) -> Effects:
    return WORLD.effects([replace(one, number=n) for n, one in enumerate(acts, 1)], "XVIII-16-a")


def test_an_instrument_of_the_convention_replaced_within_one_day_does_not_end_the_protocols() -> None:
    acts = [act("XVIII-16", "S01", "accession", "2027-01-11"), act("XVIII-16-a", "S01", "accession", "2027-01-12")]
    withdrawn = act("XVIII-16", "S01", "withdrawal of instrument", "2027-02-01")
    anew = act("XVIII-16", "S01", "accession", "2027-02-01")
    assert derived([*acts, withdrawn, anew]).standing("S01", date(2027, 3, 1)) == "contracting"
    later = replace(anew, date=date(2027, 2, 2))
    assert derived([*acts, withdrawn, later]).standing("S01", date(2027, 3, 1)) == "none"
    again = [replace(withdrawn, date=date(2027, 2, 5)), replace(anew, date=date(2027, 2, 5))]
    assert derived([*acts, withdrawn, anew, *again]).standing("S01", date(2027, 3, 1)) == "contracting"


def test_a_denunciation_read_as_a_withdrawal_ends_the_protocols_instrument_on_its_day() -> None:
    joined, left = (
        act("XVIII-16", "S01", "accession", "2027-01-11"),
        act("XVIII-16", "S01", "denunciation", "2027-02-01"),
    )
    same_day = derived([READ_OTHERWISE, joined, left, act("XVIII-16-a", "S01", "accession", "2027-02-01")])
    assert refused(same_day) == []
    assert [one.until for one in same_day.episodes("S01")] == [date(2027, 2, 1)]
    after = derived([READ_OTHERWISE, joined, left, act("XVIII-16-a", "S01", "accession", "2027-02-05")])
    assert refused(after) == [("S01", "protocol-party-not-convention-party")]


def test_the_protocols_instrument_falls_before_the_days_instruments_where_the_conventions_was_withdrawn_first() -> None:
    acts = [act("XVIII-16", "S01", "accession", "2027-01-11"), act("XVIII-16-a", "S01", "accession", "2027-01-12")]
    withdrawn = act("XVIII-16", "S01", "withdrawal of instrument", "2027-02-01")
    second = derived([*acts, withdrawn, act("XVIII-16-a", "S01", "acceptance", "2027-02-01")])
    assert refused(second) == [("S01", "protocol-party-not-convention-party")]


def test_it_falls_after_them_where_the_conventions_was_deposited_on_that_day() -> None:
    acts = [
        act("XVIII-16", "S01", "accession", "2027-02-01"),
        act("XVIII-16", "S01", "withdrawal of instrument", "2027-02-01"),
        act("XVIII-16-a", "S01", "acceptance", "2027-02-01"),
        act("XVIII-16-a", "S01", "accession", "2027-02-01"),
    ]
    effects = derived(acts)
    assert refused(effects) == [("S01", "duplicate-consent")]
    assert [one.until for one in effects.episodes("S01")] == [date(2027, 2, 1)]


def test_an_organization_ceases_under_the_protocol_where_its_only_member_there_denounced_the_convention() -> None:
    declared = Act("XVIII-16", "ORG", "declaration", date(2027, 3, 2), provision="64(4)")
    acts = [*convention(("ORG", "accession", "2027-03-02")), declared]
    acts += [act("XVIII-16-a", code, "accession", "2028-01-03") for code in ("S01", "S39", "S40", "ORG")]
    acts.append(act("XVIII-16", "S01", "denunciation", "2028-06-01"))
    effects = derived(acts)
    (mine,) = effects.episodes("ORG")
    assert (mine.until, mine.cause) == (date(2029, 6, 1), "members")
    assert WORLD.effects(acts, "XVIII-16").standing("ORG", date(2029, 6, 1)) == "party"


def test_one_whose_convention_ends_on_the_protocols_own_day_was_never_a_party_to_it() -> None:
    acts = [*convention(("S41", "accession", "2027-04-01"), ("S41", "denunciation", "2028-06-01"))]
    acts += [act("XVIII-16-a", *one) for one in THREE]
    acts.append(act("XVIII-16-a", "S41", "accession", "2029-05-02"))
    effects = derived(acts)
    (mine,) = effects.episodes("S41")
    assert (mine.since, mine.until, mine.cause) == (None, date(2029, 6, 1), "convention")


def test_a_denunciation_of_the_protocol_itself_ends_it_before_the_conventions_does() -> None:
    acts = [*convention(("S01", "denunciation", "2028-07-03"))]
    acts += [act("XVIII-16-a", *one) for one in THREE]
    acts.append(act("XVIII-16-a", "S01", "denunciation", "2028-06-01"))
    (mine,) = derived(acts).episodes("S01")
    assert (mine.until, mine.cause) == (date(2028, 12, 1), "denunciation")


def test_the_last_day_for_a_deposit_is_the_conventions_as_well() -> None:
    effects = derived([*convention(("S41", "accession", "2028-03-01")), *(act("XVIII-16-a", *one) for one in THREE)])
    assert last_deposit(effects.history, "S41", date(2028, 6, 30)) == date(2028, 5, 31)
    assert last_deposit(effects.history, "S42", date(2028, 6, 30)) is None
