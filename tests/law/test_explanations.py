"""Every act and provision on which a date rests is named, in the law's findings and in sentences."""

from dataclasses import replace
from datetime import date

import pytest

from depositary.law import grounds, reasons
from depositary.law.acts import Act, Action
from depositary.law.clauses import Information
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.law.examination import irregularities
from depositary.law.findings import Finding
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses, read_clauses
from depositary.treaties.collection import Collection, load_collection
from depositary.words import language
from depositary.words.findings.sentences import sentence_of

CLAUSES = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
EN = language("en")
PROTOCOL = read_clauses(
    """
    id = "XVIII-16-a"
    title = "Protocol"
    parent = "XVIII-16"
    [entry_into_force]
    provision = "10(1)"
    instruments = 3
    after = { days = 90 }
    [denunciation]
    provision = "12(1)"
    after = { years = 1 }
    """,
    "protocol",
)


def act(code: str, action: Action, day: str, treaty: str = "XVIII-16", **columns: str) -> Act:
    return Act(treaty, code, action, date.fromisoformat(day), **columns)  # type: ignore[arg-type]


def forty(day: str = "2027-03-01", number: int = 40) -> list[Act]:
    return [act(code, "accession", day) for code in STATES[:number]]


def numbered(*acts: Act) -> list[Act]:
    return [replace(each, number=number) for number, each in enumerate(acts, 1)]


def read(*acts: Act) -> Effects:
    return derive(numbered(*acts), INVENTED, CLAUSES)


def about(finding: Finding) -> list[str]:
    return [one.about for one in finding]


def said(effects: Effects, finding: Finding, on: str) -> str:
    day = date.fromisoformat(on)
    return " ".join(sentence_of(EN, one, effects.participants, effects.clauses, day) for one in finding)


ORGANIZATION = (act("ORG", "declaration", "2027-03-02", provision="64(4)"), act("ORG", "accession", "2027-03-02"))


def test_of_an_organization_its_members_deposit_its_competence_and_that_it_is_not_counted() -> None:
    effects = read(*forty(), *ORGANIZATION)
    finding = reasons.standing(effects, "ORG", date(2027, 6, 1))
    assert {"organization-admitted", "competence-declared", "organization-not-counted"} <= set(about(finding))
    admitted = next(one for one in finding if one.about == "organization-admitted")
    assert (admitted.provision, [one.participant for one in admitted.acts]) == ("64(4)", ["S01"])
    assert {one.action for one in finding.entries if one.participant == "ORG"} == {"declaration", "accession"}
    assert "State 1 deposited on 1 March 2027" in said(effects, finding, "2027-06-01")


def test_of_a_return_both_participations_and_both_instruments() -> None:
    effects = read(*forty(), act("S01", "denunciation", "2027-06-01"), act("S01", "accession", "2028-06-05"))
    finding = reasons.standing(effects, "S01", date(2028, 7, 5))
    assert about(finding).count("consent") == 2
    mine = [(one.action, one.date) for one in finding.entries if one.participant == "S01"]
    assert mine == [
        ("accession", date(2027, 3, 1)),
        ("denunciation", date(2027, 6, 1)),
        ("accession", date(2028, 6, 5)),
    ]


def test_of_a_revocation_the_denunciation_and_the_revocation() -> None:
    effects = read(
        *forty(), act("S01", "denunciation", "2027-06-01"), act("S01", "revocation of denunciation", "2027-09-01")
    )
    finding = reasons.standing(effects, "S01", date(2027, 10, 1)).because[-1]
    assert (finding.about, finding.provision) == ("denunciation-revoked", "VCLT 68")
    assert [one.action for one in finding.acts] == ["denunciation", "revocation of denunciation"]
    assert "1 June 2027" in said(effects, finding, "2027-10-01")


def test_of_a_withdrawal_its_day_and_its_entry() -> None:
    effects = read(act("S01", "accession", "2027-02-01"), act("S01", "withdrawal of instrument", "2027-02-05"))
    finding = reasons.standing(effects, "S01", date(2027, 3, 1))
    assert about(finding) == ["no-relation", "withdrawn"]
    assert "5 February 2027" in said(effects, finding, "2027-03-01")


def test_of_an_extinct_state_the_day_after_its_last() -> None:
    effects = read(act("OLD", "accession", "2026-11-02"), *forty("2026-11-03", 39))
    finding = reasons.standing(effects, "OLD", date(2027, 8, 1)).because[-1]
    assert (finding.about, finding.value) == ("ceased-to-exist", date(2027, 7, 1))


def test_of_a_newcomer_that_it_is_bound_by_the_treaty_as_amended() -> None:
    adopted = act("", "amendment adoption", "2033-01-03", subject="amendment:A1")
    early = act("S01", "ratification", "2033-02-01", subject="amendment:A1")
    effects = read(
        *forty(),
        adopted,
        early,
        act("S41", "accession", "2033-06-01"),
        act("S41", "ratification", "2034-01-10", subject="amendment:A1"),
    )
    finding = reasons.amendment_for(effects, "A1", "S41")
    assert (finding.about, finding.value, finding.provision) == ("bound-as-amended", date(2033, 7, 1), "VCLT 40(5)")
    assert "days" not in finding.facts
    assert "90" not in said(effects, finding, "2034-01-01")


def test_of_one_that_returned_its_latest_participation() -> None:
    consent = {"subject": "amendment:A1"}
    effects = read(
        *forty(),
        act("", "amendment adoption", "2033-01-03", **consent),
        *(act(code, "ratification", "2033-02-01", **consent) for code in ("S01", "S02")),
        act("S01", "denunciation", "2033-06-01"),
        act("S01", "accession", "2034-07-01"),
    )
    first = reasons.amendment_for(effects, "A1", "S01", 1)
    assert (first.about, first.value) == ("amendment-for-party", date(2033, 5, 2))
    latest = reasons.amendment_for(effects, "A1", "S01")
    assert (latest.about, latest.value) == ("bound-as-amended", date(2034, 7, 31))
    assert latest == reasons.amendment_for(effects, "A1", "S01", 2)


def test_of_one_that_declined_an_amendment_its_declaration() -> None:
    effects = read(
        *forty(),
        act("", "amendment adoption", "2033-01-03", subject="amendment:A1"),
        act("S01", "ratification", "2033-02-01", subject="amendment:A1"),
        act("S41", "accession", "2033-06-01"),
        act("S41", "declaration", "2033-06-01", subject="amendment:A1", provision="40(5)"),
    )
    finding = reasons.amendment_for(effects, "A1", "S41")
    assert (finding.about, finding.value) == ("amendment-declined", None)
    assert [one.action for one in finding.acts] == ["amendment adoption", "declaration"]


def test_of_an_organization_under_a_protocol_that_its_members_have_denounced() -> None:
    world = Collection(INVENTED, {one.id: one for one in (CLAUSES, PROTOCOL)})
    members = ("S01", "S02", "S03", "S04")
    acts = [*forty(), *ORGANIZATION, act("S40", "accession", "2027-06-02", PROTOCOL.id)]
    acts += [act(code, "accession", "2027-06-01", PROTOCOL.id) for code in (*members, "ORG")]
    acts += [act(code, "denunciation", "2027-10-01", PROTOCOL.id) for code in members]
    acts = numbered(*acts)
    effects = world.effects(acts, PROTOCOL.id)
    finding = reasons.standing(effects, "ORG", date(2028, 10, 1)).because[-1]
    assert (finding.about, finding.value) == ("organization-ceases", date(2028, 10, 1))
    assert {one.participant for one in finding.entries} == {"S01", "S02", "S03"}  # S04 is a member until 2027
    assert world.effects(acts, "XVIII-16").standing("ORG", date(2028, 10, 1)) == "party"


@pytest.mark.parametrize("number", [3, 39, 40, 45])
def test_the_instruments_named_and_the_number_are_one(number: int) -> None:
    effects = read(*forty(number=number), *ORGANIZATION)
    finding = reasons.entry_into_force(effects).because[0]
    assert finding.facts["counted"] == len(finding.acts) == effects.counted == number


def test_the_european_union_has_its_article() -> None:
    participants = load_collection(PROJECT / "data").participants
    acts = [act("FRA", "accession", "2027-03-01"), act("EU", "declaration", "2027-03-02", provision="64(4)")]
    effects = derive([*acts, act("EU", "accession", "2027-03-02")], participants, CLAUSES)
    sentence = said(effects, reasons.standing(effects, "EU", date(2027, 4, 1)), "2027-04-01")
    assert sentence.startswith("The European Union is a contracting organization")
    assert "in force for it" in sentence
    alone = derive([act("EU", "accession", "2027-03-02")], participants, CLAUSES)
    told = [EN.irregularity(found, participants) for found in irregularities(alone)]
    assert any(
        each.startswith("The European Union deposited on 2 March 2027 before any of its member") for each in told
    )


# One that has only signed

SIGNED = act("S50", "signature", "2026-05-04", place="New York")


def prospects(*acts: Act, code: str = "S50", on: str = "2027-06-01") -> tuple[Effects, list[Finding]]:
    effects = read(*acts)
    return effects, [*grounds.of_a_signatory(effects, code, date.fromisoformat(on))]


def test_a_signatory_owes_what_the_law_of_treaties_asks() -> None:
    effects, (owes, *_) = prospects(SIGNED)
    assert (owes.about, owes.provision, [one.action for one in owes.acts]) == (
        "signatory-owes",
        "VCLT 18",
        ["signature"],
    )
    assert "object and purpose" in said(effects, owes, "2027-06-01")


def test_a_signatory_is_told_what_its_instrument_is_to_repeat_and_to_give() -> None:
    reserved = act("S50", "reservation", "2026-05-04", provision="42(5)")
    effects, (_, asked, confirmed, _) = prospects(SIGNED, reserved)
    assert said(effects, asked, "2027-06-01") == (
        "With its instrument it also gives what these provisions ask for: 40(12)(c), 40(13), 37(19), 37(6)(a)."
    )
    assert said(effects, confirmed, "2027-06-01") == (
        "The reservation to article 42(5) that State 50 made when signing on 4 May 2026 lapses unless it is repeated "
        "with the instrument (VCLT 23(2))."
    )


def test_where_the_treaty_asks_for_no_information_none_is_owed() -> None:
    clauses = CLAUSES.model_copy(update={"information": Information()})
    found = grounds.of_a_signatory(derive([SIGNED], INVENTED, clauses), "S50", date(2027, 6, 1))
    assert [one.about for one in found] == ["signatory-owes", "if-deposited"]


def test_of_a_signature_withdrawn_its_day_and_of_a_succession_to_one_that_it_is_one() -> None:
    effects = read(
        SIGNED,
        act("S50", "withdrawal of signature", "2026-06-01"),
        act("S51", "succession to signature", "2026-06-01"),
    )
    withdrawn = reasons.standing(effects, "S50", date(2026, 6, 1))
    assert said(effects, withdrawn, "2026-06-01") == (
        "State 50 has withdrawn and has no relation to the Convention. "
        "State 50 withdrew its signature of 4 May 2026 on 1 June 2026 (VCLT 18)."
    )
    assert said(effects, reasons.standing(effects, "S51", date(2026, 6, 1)), "2026-06-01").startswith(
        "State 51 is a signatory: it succeeded to the signature on 1 June 2026"
    )


def test_a_signatorys_deposit_before_the_fortieth_adds_one() -> None:
    effects, (*_, would) = prospects(SIGNED, *forty(number=10))
    assert (would.value, would.facts["counted"], would.facts["required"]) == (None, 11, 40)
    assert "11 of the 40 instruments" in said(effects, would, "2027-06-01")


def test_a_signatorys_deposit_as_the_fortieth_brings_it_into_force() -> None:
    effects, (*_, would) = prospects(SIGNED, *forty(number=39))
    assert would.value == date(2027, 8, 30)
    assert "30 August 2027" in said(effects, would, "2027-06-01")


def test_a_signatorys_deposit_after_entry_into_force_binds_after_thirty_days() -> None:
    _, (*_, would) = prospects(SIGNED, *forty(), on="2027-09-01")
    assert would.value == date(2027, 10, 1)


def test_an_organization_that_signed_would_deposit_with_its_competence_and_not_be_counted() -> None:
    signed = [act("S01", "signature", "2026-05-04"), act("ORG", "signature", "2026-05-05")]
    _, (*_, would) = prospects(*signed, *forty(number=39), code="ORG")
    assert (would.value, would.facts["counted"]) == (None, 39)
    _, (*_, refused) = prospects(*signed, code="ORG")
    assert (refused.value, dict(refused.facts)) == (None, {})


def test_acts_after_the_day_are_not_supposed() -> None:
    _, (*_, would) = prospects(SIGNED, *forty("2027-09-01"), on="2027-06-01")
    assert (would.value, would.facts["counted"]) == (None, 1)


# Readings


def test_what_the_readings_say_stands_under_a_date_that_rests_on_one() -> None:
    acts = [*forty("2027-01-05", 39), act("S40", "accession", "2027-02-09"), act("S41", "accession", "2027-02-20")]
    withdrawn = act("S01", "withdrawal of instrument", "2027-03-01")
    (under,) = reasons.entry_into_force(read(*acts, withdrawn)).under
    assert EN.under(under) == (
        "This rests on the reading “Withdrawal after the number was reached” (open): The day the number was reached is "
        "a historical fact: a later withdrawal leaves the date as it is. The other reading gives 21 May 2027: After a "
        "withdrawal the number is sought anew among the instruments that still stand."
    )


def test_under_a_ruling_the_readings_change_places() -> None:
    acts = [*forty("2027-01-05", 39), act("S40", "accession", "2027-02-09"), act("S41", "accession", "2027-02-20")]
    ruling = act("", "ruling", "2027-01-04", subject="withdrawal-after-threshold", text="otherwise")
    withdrawn = act("S01", "withdrawal of instrument", "2027-03-01")
    (under,) = reasons.entry_into_force(read(ruling, *acts, withdrawn)).under
    assert under.ruled
    assert "(open): After a withdrawal the number is sought anew" in EN.under(under)
    assert "gives 10 May 2027: The day the number was reached" in EN.under(under)
