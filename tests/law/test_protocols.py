"""A protocol and its convention (articles 61 and 67(3)), and treaties that wait for others."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from depositary.law import reasons
from depositary.law.acts import Act, Action
from depositary.law.examination import irregularities
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.collection import Collection
from tests.law.sample_protocol import CONVENTION, PROTOCOL, THREE, WORLD, act, convention, protocol, refused


def test_a_party_to_the_protocol_must_be_a_party_to_the_convention() -> None:
    effects = protocol(convention(), *THREE, ("S41", "accession", "2028-01-03"))
    assert effects.in_force_on == date(2028, 4, 2)
    assert refused(effects) == [("S41", "protocol-party-not-convention-party")]
    assert effects.standing("S41", date(2029, 1, 1)) == "none"


def test_both_instruments_may_be_deposited_on_one_day() -> None:
    effects = protocol(convention(("S41", "accession", "2028-06-01")), *THREE, ("S41", "accession", "2028-06-01"))
    assert refused(effects) == []
    assert effects.since["S41"] == date(2028, 7, 1)


def test_the_protocol_waits_for_the_convention() -> None:
    early: tuple[tuple[str, Action, str], ...] = tuple((code, "ratification", "2027-03-01") for code in STATES[:3])
    effects = protocol(convention(), *early)
    assert effects.in_force_on == date(2027, 5, 30)
    few = [one for one in convention() if one.participant in STATES[:5]]
    assert protocol(few, *early).in_force_on is None
    assert protocol([], *early).in_force_on == date(2027, 5, 30)


def test_the_protocol_is_not_in_force_for_one_before_the_convention_is() -> None:
    effects = protocol(convention(("S41", "accession", "2028-06-10")), *THREE, ("S41", "accession", "2028-06-15"))
    assert effects.since["S41"] == date(2028, 7, 15)
    late = protocol(convention(("S41", "accession", "2028-01-03")), *THREE, ("S41", "accession", "2028-01-03"))
    assert late.since["S41"] == date(2028, 4, 2)


@pytest.mark.parametrize(
    ("acts", "until"),
    [
        ((("S01", "denunciation", "2028-06-01"),), "2029-06-01"),
        ((("S01", "denunciation", "2028-06-01"), ("S01", "revocation of denunciation", "2029-05-31")), None),
    ],
)
def test_leaving_the_convention_takes_the_protocol_along(
    acts: tuple[tuple[str, Action, str], ...], until: str | None
) -> None:
    effects = protocol(convention(*acts), *THREE)
    (episode,) = effects.episodes("S01")
    assert episode.until == (date.fromisoformat(until) if until else None)
    assert effects.standing("S01", date(2029, 5, 31)) == "party"
    assert effects.standing("S01", date(2029, 6, 1)) == ("former party" if until else "party")
    if until:
        finding = reasons.standing(effects, "S01", date(2029, 6, 1))
        assert "denunciation-entailed" in {one.about for one in finding}
        assert any(entry.treaty == "XVIII-16" and entry.action == "denunciation" for entry in finding.entries)


def test_a_protocol_may_be_open_to_those_outside_its_convention() -> None:
    """So article 9(2) of the Optional Protocol on children in armed conflict (IV-11-b)."""
    free = PROTOCOL.model_copy(update={"consent": PROTOCOL.consent.model_copy(update={"needs_convention": ""})})
    world = Collection(INVENTED, {one.id: one for one in (CONVENTION, free)}, Path())
    acts = [*convention(), *(act("XVIII-16-a", *one) for one in (*THREE, ("S41", "accession", "2028-01-03")))]
    effects = world.effects(acts, "XVIII-16-a")
    assert refused(effects) == []
    assert effects.since["S41"] == date(2028, 4, 2)


def test_the_reasons_cite_the_convention_where_it_stands_there() -> None:
    consent = PROTOCOL.consent.model_copy(update={"needs_convention": "37(2) of XVIII-12"})
    protocol = PROTOCOL.model_copy(update={"consent": consent, "parent": "XVIII-12"})
    twelve = CONVENTION.model_copy(
        update={
            "id": "XVIII-12",
            "denunciation": CONVENTION.denunciation
            and CONVENTION.denunciation.model_copy(update={"entails_provision": "40(3)"}),
        }
    )
    world = Collection(INVENTED, {"XVIII-12": twelve, "XVIII-16-a": protocol}, Path())
    acts = [replace(one, treaty="XVIII-12") for one in convention(("S01", "denunciation", "2028-06-01"))]
    acts += [act("XVIII-16-a", *one) for one in THREE]
    finding = reasons.standing(world.effects(acts, "XVIII-16-a"), "S01", date(2030, 1, 1))
    cited = {one.about: one.provision for one in finding}
    assert cited["protocol-with-convention"] == "37(2) of XVIII-12"
    assert cited["denunciation-entailed"] == "40(3) of XVIII-12"


def test_a_denunciation_of_the_protocol_alone() -> None:
    effects = protocol(convention(), *THREE, ("S01", "denunciation", "2028-06-01"))
    (episode,) = effects.episodes("S01")
    assert episode.until == date(2028, 12, 1)
    both = protocol(convention(("S01", "denunciation", "2027-09-01")), *THREE, ("S01", "denunciation", "2028-06-01"))
    assert both.episodes("S01")[0].until == date(2028, 9, 1)


def test_coming_back_to_both() -> None:
    acts = convention(("S01", "denunciation", "2028-06-01"), ("S01", "accession", "2029-06-01"))
    effects = protocol(acts, *THREE, ("S01", "accession", "2029-06-01"))
    assert refused(effects) == []
    assert [one.until for one in effects.episodes("S01")] == [date(2029, 6, 1), None]
    assert effects.since["S01"] == date(2029, 7, 1)


def test_one_that_withdrew_from_the_convention_cannot_consent() -> None:
    acts = convention(("S41", "accession", "2028-01-03"), ("S41", "withdrawal of instrument", "2028-01-04"))
    effects = protocol(acts, *THREE, ("S41", "accession", "2028-01-05"))
    assert refused(effects) == [("S41", "protocol-party-not-convention-party")]


def test_where_denunciation_does_not_entail_the_protocols() -> None:
    leaving = CONVENTION.denunciation
    assert leaving is not None
    alone = CONVENTION.model_copy(update={"denunciation": leaving.model_copy(update={"entails": ()})})
    world = Collection(INVENTED, {"XVIII-16": alone, "XVIII-16-a": PROTOCOL}, Path())
    acts = [*convention(("S01", "denunciation", "2028-06-01")), *(act("XVIII-16-a", *one) for one in THREE)]
    assert world.effects(acts, "XVIII-16-a").episodes("S01")[0].until is None


def test_a_treaty_that_sets_no_conditions_on_organizations_and_knows_no_amendment() -> None:
    acts = [
        act("XVIII-16-a", "ORG", "signature", "2028-01-03"),
        act("XVIII-16-a", "ORG", "approval", "2028-01-04"),
        replace(act("XVIII-16-a", "", "amendment adoption", "2028-01-05"), subject="amendment:A1"),
    ]
    effects = WORLD.effects([replace(one, number=n) for n, one in enumerate(acts, 1)], "XVIII-16-a")
    assert set(effects.history.signatures) == set(effects.history.consents) == {"ORG"}
    assert refused(effects) == [("", "action-not-provided-for")]


def test_a_treaty_that_counts_organizations_is_brought_into_force_by_one() -> None:
    entry = PROTOCOL.entry_into_force
    assert entry is not None
    counting = PROTOCOL.model_copy(
        update={"parent": "", "entry_into_force": entry.model_copy(update={"reio_counted": True})}
    )
    world = Collection(INVENTED, {counting.id: counting}, Path())
    acts = [
        act("XVIII-16-a", "S06", "ratification", "2028-01-03"),
        act("XVIII-16-a", "S07", "ratification", "2028-01-04"),
        act("XVIII-16-a", "ORG", "approval", "2028-01-05"),
    ]
    effects = world.effects(acts, "XVIII-16-a")
    assert effects.threshold_on == date(2028, 1, 5)
    assert (effects.counted, effects.deposited) == (3, 3)
    assert {each.participant for each in effects.instruments_counted(date.max)} == {"S06", "S07", "ORG"}


def test_a_treaty_that_knows_no_denunciation() -> None:
    lasting = CONVENTION.model_copy(update={"denunciation": None})
    world = Collection(INVENTED, {"XVIII-16": lasting}, Path())
    effects = world.effects(convention(("S01", "denunciation", "2028-06-01")), "XVIII-16")
    assert refused(effects) == [("S01", "action-not-provided-for")]
    assert effects.standing("S01", date(2030, 1, 1)) == "party"


@pytest.mark.parametrize(("action", "allowed"), [("accession", False), ("approval", True)])
def test_the_conditions_on_accession_and_on_other_instruments_are_apart(action: Action, allowed: bool) -> None:
    only_accession = CONVENTION.reio.model_copy(update={"instrument_needs_member": "", "competence_declared_under": ()})
    world = Collection(INVENTED, {"XVIII-16": CONVENTION.model_copy(update={"reio": only_accession})}, Path())
    effects = world.effects([act("XVIII-16", "ORG", action, "2028-01-03")], "XVIII-16")
    assert (refused(effects) == []) is allowed


def test_the_day_of_an_amendment_counted_in_years_has_the_reading_of_29_february() -> None:
    amendment = CONVENTION.amendment
    assert amendment is not None
    yearly = amendment.model_copy(update={"after": CONVENTION.denunciation.after if CONVENTION.denunciation else None})
    world = Collection(INVENTED, {"XVIII-16": CONVENTION.model_copy(update={"amendment": yearly})}, Path())
    acts = [
        *convention(),
        replace(act("XVIII-16", "", "amendment adoption", "2034-02-02"), subject="amendment:A1"),
        replace(act("XVIII-16", "S01", "ratification", "2036-02-29"), subject="amendment:A1"),
    ]
    effects = world.effects(acts, "XVIII-16")
    assert effects.amendment_binds_from("A1", "S01") == date(2037, 2, 28)
    assert [one.otherwise for one in effects.rests_on("amendment:A1", "S01")] == [date(2037, 3, 1)]


def test_all_that_is_wrong_with_a_second_instrument_is_said_at_once() -> None:
    only_accession = PROTOCOL.consent.model_copy(update={"actions": ("accession",)})
    strict = PROTOCOL.model_copy(update={"consent": only_accession})
    world = Collection(INVENTED, {"XVIII-16": CONVENTION, strict.id: strict}, Path())
    acts = [
        *convention(("S01", "denunciation", "2028-06-01")),
        act("XVIII-16-a", "S02", "accession", "2028-01-03"),
        act("XVIII-16-a", "S02", "ratification", "2028-01-04"),
        act("XVIII-16-a", "S41", "ratification", "2028-01-05"),
    ]
    effects = world.effects([replace(one, number=n) for n, one in enumerate(acts, 1)], "XVIII-16-a")
    assert refused(effects) == [
        ("S02", "action-not-provided-for"),
        ("S02", "duplicate-consent"),
        ("S41", "action-not-provided-for"),
        ("S41", "protocol-party-not-convention-party"),
    ]


def test_a_declaration_under_the_conventions_63_3_is_no_reservation_to_the_protocol() -> None:
    """The protocol lists its own reservations: this one is communicated, and has no effect under either treaty."""
    said = Act("XVIII-16-a", "S01", "declaration", date(2028, 2, 1), provision="63(3)", text="Not bound by 63(2)")
    acts = [*convention(), *(act("XVIII-16-a", *one) for one in THREE), said]
    for treaty in ("XVIII-16", "XVIII-16-a"):
        effects = WORLD.effects([replace(one, number=n) for n, one in enumerate(acts, 1)], treaty)
        assert effects.reservations("S01") == []
        assert not [one for one in irregularities(effects) if one.act.action == "declaration"]
