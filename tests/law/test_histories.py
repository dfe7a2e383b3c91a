"""What a participation keeps: its cause, the act that ended it, the course of a reservation."""

from dataclasses import replace
from datetime import date

import pytest

from depositary.law.acts import Act, Action
from depositary.law.participants import Membership, Name, Participant, Participants
from depositary.law.relations import between
from depositary.treaties.cases import STATES
from tests.law.sample_histories import act, forty, read

# How a participation ends


def test_a_denunciation_read_as_a_withdrawal_ends_it_as_one() -> None:
    ruling = act("", "ruling", "2027-01-04", subject="denunciation-before-party", text="otherwise")
    left = act("S01", "denunciation", "2027-02-01")
    (mine,) = read(ruling, act("S01", "accession", "2027-01-11"), left).episodes("S01")
    assert (mine.cause, mine.ended_by, mine.until) == ("withdrawal", left, date(2027, 2, 1))


def test_an_organization_that_denounces_leaves_by_its_denunciation() -> None:
    declared = act("ORG", "declaration", "2027-03-02", provision="64(4)")
    left = act("ORG", "denunciation", "2027-09-01")
    (mine,) = read(*forty(), declared, act("ORG", "accession", "2027-03-02"), left).episodes("ORG")
    assert (mine.cause, mine.ended_by, mine.until) == ("denunciation", left, date(2028, 9, 1))


def test_a_denunciation_that_did_not_come_to_its_day_is_kept() -> None:
    left = act("OLD", "denunciation", "2026-11-02")
    (mine,) = read(*forty("2026-01-05"), act("OLD", "accession", "2026-01-05"), left).episodes("OLD")
    assert (mine.cause, mine.until) == ("extinction", date(2027, 7, 1))
    assert mine.denounced is not None
    assert (mine.denounced.act, mine.denounced.effective) == (left, date(2027, 11, 2))


@pytest.mark.parametrize(
    ("further", "ceases_on"),
    [
        ([Membership("O", "M2", date(2000, 1, 1), date(2028, 12, 31))], date(2029, 1, 1)),
        (
            [
                Membership("O", "M2", date(2000, 1, 1), date(2029, 5, 31)),
                Membership("O", "S42", date(2028, 12, 1)),
                Membership("O", "S41", date(2029, 9, 1)),
            ],
            date(2029, 6, 1),
        ),
    ],
)
def test_an_organization_is_looked_at_on_each_day_on_which_its_membership_changes(
    further: list[Membership], ceases_on: date
) -> None:
    """The last member that holds is a member until the second or third of these days."""
    names = {**dict.fromkeys((*STATES[:42], "M1", "M2", "M3"), "state"), "O": "reio"}
    people = Participants(
        [Participant(code, kind, (Name({"en": code}, ""),)) for code, kind in names.items()],  # type: ignore[arg-type]
        [
            Membership("O", "M1", date(2000, 1, 1), date(2028, 8, 31)),
            Membership("O", "M3", date(2000, 1, 1)),
            *further,
        ],
    )
    acts = [*forty(), *(act(code, "accession", "2027-03-01") for code in ("M1", "M2", "M3"))]
    acts += [act("O", "declaration", "2027-03-02", provision="64(4)"), act("O", "accession", "2027-03-02")]
    effects = read(*acts, act("M3", "denunciation", "2027-06-01"), participants=people)
    (mine,) = effects.episodes("O")
    assert (mine.cause, mine.until) == ("members", ceases_on)


@pytest.mark.parametrize(
    ("on", "members"),
    [
        (date(1999, 12, 31), set()),
        (date(2000, 1, 1), {"M1", "M2"}),
        (date(2028, 8, 31), {"M1", "M2"}),
        (date(2028, 9, 1), {"M2"}),
        (date(2029, 1, 1), {"M2", "M3"}),
    ],
)
def test_the_members_of_a_day(on: date, members: set[str]) -> None:
    people = Participants(
        [Participant("O", "reio", (Name({"en": "O"}, ""),))],
        [
            Membership("O", "M1", date(2000, 1, 1), date(2028, 8, 31)),
            Membership("O", "M2", date(2000, 1, 1)),
            Membership("O", "M3", date(2029, 1, 1)),
            Membership("P", "M4", date(2000, 1, 1)),
        ],
    )
    assert people.members("O", on) == members
    assert people.turning_days("NONE") == ()


def test_the_name_of_a_day() -> None:
    names = tuple(
        Name({"en": each}, "", date(since, 1, 1), date(until, 12, 31))
        for each, since, until in (("First", 1990, 1999), ("Second", 2000, 2009), ("Third", 2010, 2019))
    )
    named = Participant("X", "state", names)
    for year, month, name in ((1980, 1, "First"), (1999, 12, "First"), (2000, 1, "Second"), (2020, 1, "Third")):
        assert named.name_on(date(year, month, 31)).english == name


def test_two_that_once_had_one_name_both_act_when_they_have_two() -> None:
    def state(code: str, later: str, until: date) -> Participant:
        first = Name({"en": "Union"}, "", until=date(1999, 12, 31))
        return Participant(code, "state", (first, Name({"en": later}, "", date(2000, 1, 1), until)))

    people = Participants([state("A", "Alba", date(2009, 12, 31)), state("B", "Borduria", date.max)])
    assert not people.exists("A", date(1999, 12, 31))
    assert people.exists("A", date(2000, 1, 1))
    assert not people.exists("A", date(2010, 1, 1))
    assert people.exists("B", date(1999, 12, 31))


@pytest.mark.parametrize("member", ["S01", "S02", "S03", "S04"])
@pytest.mark.parametrize("reading", ["", "done-likewise", "party-before-entry-into-force"])
def test_any_one_member_lets_the_organization_in(member: str, reading: str) -> None:
    action: Action = "approval" if reading == "done-likewise" else "accession"
    others = [code for code in STATES[:4] if code != member]
    acts = [act(code, "accession", "2027-03-01") for code in STATES[5:45]]
    acts.append(act(member, "ratification", "2027-03-01"))
    late = [act(code, "accession", "2027-06-20") for code in others] if reading else []
    declared = act("ORG", "declaration", "2027-06-25", provision="64(3)")
    ruled = [act("", "ruling", "2027-01-04", subject=reading, text="otherwise")] if reading else []
    effects = read(*ruled, *acts, *late, declared, act("ORG", action, "2027-06-25"))
    assert effects.standing("ORG", date(2027, 6, 25)) == "contracting"


def test_a_member_that_ceased_to_exist_before_its_denunciation_took_effect_has_not_denounced() -> None:
    names = {**dict.fromkeys((*STATES[:42], "M1"), "state"), "O": "reio"}
    people = Participants(
        [
            *(Participant(code, kind, (Name({"en": code}, ""),)) for code, kind in names.items()),  # type: ignore[arg-type]
            Participant("GONE", "state", (Name({"en": "Gone"}, "", until=date(2028, 1, 31)),)),
        ],
        [Membership("O", "GONE", date(2000, 1, 1)), Membership("O", "M1", date(2000, 1, 1))],
    )
    acts = [*forty(), act("GONE", "accession", "2027-03-01"), act("O", "declaration", "2027-03-02", provision="64(4)")]
    acts += [act("O", "accession", "2027-03-02"), act("GONE", "denunciation", "2027-06-01")]
    assert read(*acts, participants=people).episodes("O")[0].until is None


def test_of_an_organization_that_is_no_more_all_is_said_that_is_wrong() -> None:
    people = Participants(
        [
            *(Participant(code, "state", (Name({"en": code}, ""),)) for code in STATES[:41]),
            Participant("O", "reio", (Name({"en": "O"}, "", until=date(2027, 12, 31)),)),
        ],
        [Membership("O", "S41", date(2000, 1, 1))],
    )
    effects = read(
        *forty(),
        act("O", "declaration", "2028-01-03", provision="64(4)"),
        act("O", "accession", "2028-01-04"),
        act("O", "signature", "2028-01-05"),
        participants=people,
    )
    assert [codes for _, codes in effects.history.refused.values()] == [
        ("participant-does-not-exist",),
        ("participant-does-not-exist", "reio-instrument-without-member", "reio-competence-not-declared"),
        ("participant-does-not-exist", "signature-outside-period", "reio-signature-without-member"),
    ]


def test_of_two_equal_rulings_the_first_is_the_ruling() -> None:
    made = [act("", "ruling", "2027-01-04", subject="sixty-parties", text="otherwise")] * 2
    assert read(*forty(), *made).rulings["sixty-parties"].number == 41


# The course of a reservation


@pytest.mark.parametrize(
    ("acts", "course"),
    [
        (
            [act("S01", "withdrawal of reservation", "2027-09-01", provision="42(5)")],
            [(date(2027, 6, 1), "proposed"), (date(2027, 9, 1), "withdrawn")],
        ),
        (
            [act("S01", "denunciation", "2027-06-15")],
            [(date(2027, 6, 1), "proposed"), (date(2028, 6, 15), "ended")],
        ),
        (
            [
                act("S01", "denunciation", "2027-07-15"),
                act("S01", "withdrawal of reservation", "2028-07-15", provision="42(5)"),
            ],
            [(date(2027, 6, 1), "proposed"), (date(2028, 6, 15), "standing"), (date(2028, 7, 15), "ended")],
        ),
    ],
)
def test_the_course_of_a_late_reservation(acts: list[Act], course: list[tuple[date, str]]) -> None:
    made = act("S01", "reservation", "2027-06-01", provision="42(5)", notified=date(2027, 6, 15))
    (reservation,) = read(*forty(), made, *acts).reservations("S01")
    assert reservation.course == course


def test_a_partial_withdrawal_is_kept_with_the_reservation() -> None:
    made = act("S01", "reservation", "2027-03-01", provision="42(5)")
    part = act("S01", "partial withdrawal of reservation", "2027-06-01", provision="42(5)", text="As to article 7")
    (reservation,) = read(*forty(), made, part).reservations("S01")
    assert reservation.withdrawn_in_part == [part]
    assert reservation.state(date(2027, 6, 1)) == "standing"


@pytest.mark.parametrize("objection", ["", "objects", "precludes"])
def test_what_holds_between_two_names_what_was_withdrawn_in_part(objection: str) -> None:
    """VCLT 22: the reservation stands as it is left, and whoever reads of it is led to both acts."""
    acts = [
        act("S01", "reservation", "2027-03-01", provision="37(4)"),
        act("S02", "objection", "2027-04-01", provision="37(4)", addressee="S01"),
        act("S01", "partial withdrawal of reservation", "2027-06-01", provision="37(4)", text="As to article 7"),
        act("S01", "partial withdrawal of reservation", "2027-06-02", provision="37(4)", text="As to article 8"),
    ]
    if objection == "precludes":
        acts[1] = replace(acts[1], effect="precludes entry into force")
    reserved, objected, *parts = acts
    effects = read(*forty(), *(each for each in acts if objection or each is not objected))
    for day, named in (("2027-05-31", []), ("2027-06-01", parts[:1]), ("2027-06-02", parts)):
        *_, finding = between(effects, "S01", "S02", date.fromisoformat(day)).finding.because
        assert [*finding.acts] == [*([objected] if objection else []), reserved, *named]
