"""Grounds under a protocol and under a treaty that waits for another: what a convention gives and takes away."""

from datetime import date

from depositary.law import grounds, reasons
from depositary.law.acts import Act, Action
from depositary.law.clauses import Clauses
from depositary.law.derivation import derive
from depositary.law.effects import Effects
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses, read_clauses
from depositary.treaties.collection import Collection
from tests.law.test_findings import tree

CONVENTION = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
PROTOCOL = """
    id = "XVIII-16-a"
    title = "Protocol"
    parent = "XVIII-16"
    [reio]
    instrument_needs_member = "10(2)"
    accession_needs_member = "10(3)"
    ceases_with_members = "12(2)"
    [entry_into_force]
    provision = "11(1)"
    instruments = 2
    after = { days = 90 }
    [denunciation]
    provision = "12(1)"
    after = { years = 1 }
"""


def act(code: str, action: Action, day: str, treaty: str = "XVIII-16", **columns: str) -> Act:
    return Act(treaty, code, action, date.fromisoformat(day), **columns)  # type: ignore[arg-type]


def under_the_protocol(*acts: Act, clauses: str = PROTOCOL) -> Effects:
    protocol = read_clauses(clauses, "protocol")
    forty = [act(code, "accession", "2027-03-01") for code in (*STATES[:2], *STATES[10:48])]
    return Collection(INVENTED, {one.id: one for one in (CONVENTION, protocol)}).effects([*forty, *acts], protocol.id)


def of_protocol(code: str, action: Action, day: str) -> Act:
    return act(code, action, day, "XVIII-16-a")


def admitted(effects: Effects, code: str) -> list[str]:
    found = grounds.of_an_organization(effects, code, effects.episodes(code)[0])
    return [one.about for one in found]


ORGANIZATION = (act("ORG", "declaration", "2027-03-02", provision="64(4)"), act("ORG", "accession", "2027-03-02"))


def test_under_a_protocol_members_have_denounced_that_denounced_the_convention() -> None:
    """S01 left the convention twice, S03 withdrew its instrument, S02 never joined the protocol."""
    effects = under_the_protocol(
        *ORGANIZATION,
        *(of_protocol(code, "accession", "2027-06-01") for code in ("S01", "S20", "S21", "ORG")),
        act("S03", "accession", "2027-06-01"),
        of_protocol("S03", "accession", "2027-06-01"),
        act("S03", "withdrawal of instrument", "2027-06-03"),
        act("S01", "denunciation", "2027-10-01"),
        act("S01", "accession", "2029-02-01"),
        of_protocol("S01", "accession", "2029-02-01"),
        act("S01", "denunciation", "2029-06-01"),
    )
    ending = reasons.standing(effects, "ORG", date(2028, 10, 1)).because[-1]
    assert (ending.about, ending.value) == ("organization-ceases", date(2028, 10, 1))
    assert [(one.about, one.value, one.provision) for one in ending.because] == [
        ("denunciation", date(2028, 10, 1), "12(1)")
    ]
    assert [one.date for one in ending.because[0].acts] == [date(2027, 10, 1)]


def test_a_member_whose_convention_fell_away_on_the_day_is_no_ground() -> None:
    day = "2027-06-01"
    effects = under_the_protocol(
        *ORGANIZATION,
        act("S03", "accession", day),
        of_protocol("S03", "accession", day),
        act("S03", "withdrawal of instrument", day),
        of_protocol("ORG", "accession", day),
    )
    assert admitted(effects, "ORG") == ["organization-not-counted"]


def test_where_organizations_count_it_is_not_said_that_one_does_not() -> None:
    counting = PROTOCOL.replace("instruments = 2", "instruments = 2\n    reio_counted = true")
    joined = [of_protocol(code, "accession", "2027-06-01") for code in ("S01", "ORG")]
    assert "organization-not-counted" not in admitted(
        under_the_protocol(*ORGANIZATION, *joined, clauses=counting), "ORG"
    )
    without = CONVENTION.model_copy(update={"entry_into_force": None})
    alone = derive([act("S01", "accession", "2027-03-01"), *ORGANIZATION], INVENTED, without)
    assert admitted(alone, "ORG") == ["organization-admitted", "competence-declared"]


def test_a_signatory_of_a_protocol_deposits_once_it_is_in_the_convention() -> None:
    signed = [of_protocol(code, "signature", "2027-04-01") for code in ("S01", "S50")]
    effects = under_the_protocol(*signed, of_protocol("S02", "accession", "2027-06-01"))
    told = {code: [*grounds.of_a_signatory(effects, code, date(2027, 6, 1))][1].value for code in ("S01", "S50")}
    assert told == {"S01": date(2027, 8, 30), "S50": None}


def test_a_signatory_of_a_treaty_that_waits_for_another_waits() -> None:
    waiting = waits_for("XVIII-15")
    acts = [act(code, "accession", "2027-03-01") for code in STATES[:39]]
    acts.append(act("S50", "signature", "2026-03-02", place="New York"))
    for other, since in ((date(2027, 9, 1), date(2027, 9, 1)), (date(2027, 1, 1), date(2027, 5, 31)), (None, None)):
        effects = derive(acts, INVENTED, waiting, elsewhere={"XVIII-15": other})
        assert [*grounds.of_a_signatory(effects, "S50", date(2027, 3, 2))][-1].value == since


def waits_for(treaty: str) -> Clauses:
    assert CONVENTION.entry_into_force is not None
    entry = CONVENTION.entry_into_force.model_copy(update={"not_before_treaty": treaty})
    return CONVENTION.model_copy(update={"entry_into_force": entry})


def test_under_a_protocol_the_convention_is_a_ground_of_its_dates() -> None:
    effects = under_the_protocol(
        of_protocol("S01", "accession", "2027-06-01"),
        act("S50", "accession", "2027-06-01"),
        of_protocol("S50", "accession", "2027-06-01"),
        act("S01", "denunciation", "2027-10-01"),
        act("S50", "accession", "2027-06-02"),
    )
    assert tree(reasons.standing(effects, "S01", date(2028, 10, 1))).splitlines() == [
        "former-party = former party",
        "  entry-into-force-at-threshold = 2027-08-30; by 11(1); deposited=2027-06-01",
        "    consent = 2027-06-01; action=accession; acts: S01 accession 2027-06-01",
        "    entry-into-force = 2027-08-30; by 11(1); since=2027-06-01 days=90",
        "      threshold = 2027-06-01; by 11(1); required=2 counted=2; acts: S01 S50 accession 2027-06-01",
        "    protocol-with-convention = 2027-05-30; by 61(2); treaty=XVIII-16",
        "  denunciation-entailed = 2028-10-01; by 67(3); treaty=XVIII-16; acts: S01 denunciation 2027-10-01",
    ]
    joined = reasons.standing(effects, "S50", date(2028, 10, 1)).because[0]
    assert (joined.value, joined.because[-1].value) == (date(2027, 8, 30), date(2027, 7, 1))


def test_a_protocol_falls_with_an_organization_that_ceased_under_the_convention_and_no_act_ends_it() -> None:
    effects = under_the_protocol(
        *ORGANIZATION,
        *(of_protocol(code, "accession", "2027-06-01") for code in ("S02", "ORG")),
        *(act(code, "denunciation", "2027-10-01") for code in ("S01", "S02")),
    )
    ending = reasons.ending(effects, "ORG", effects.episodes("ORG")[0])
    assert (ending.about, ending.value, ending.acts) == ("denunciation-entailed", date(2028, 10, 1), ())


def test_a_protocol_quotes_what_it_needs_of_its_convention() -> None:
    quoting = (
        PROTOCOL + '[consent]\nneeds_convention = "9(2)"\n[provisions]\n"9(2)" = "only a Party to the Convention"\n'
    )
    joined = [of_protocol(code, "accession", "2027-06-01") for code in ("S01", "S02")]
    effects = under_the_protocol(*joined, clauses=quoting)
    told = tree(reasons.standing(effects, "S01", date(2027, 9, 1))).splitlines()[-1].strip()
    assert told == 'protocol-with-convention = 2027-05-30; by 9(2); treaty=XVIII-16; "only a Party to the ..."'


def test_a_protocol_falls_with_the_other_conventions_own_provision() -> None:
    folder = PROJECT / "data/treaties"
    parent, protocol = (load_clauses(folder / f"{treaty}.toml") for treaty in ("XVIII-12", "XVIII-12-a"))
    acts = [act(code, "accession", "2003-01-06", parent.id) for code in STATES[:40]]
    acts += [act(code, "accession", "2003-01-07", protocol.id) for code in STATES[:40]]
    acts += [act(code, "denunciation", "2004-05-03", parent.id) for code in ("S01", "S03")]
    acts += [act("S02", "withdrawal of instrument", "2003-01-08", parent.id)]
    acts += [act("S03", "denunciation", "2004-05-04", protocol.id)]
    effects = Collection(INVENTED, {one.id: one for one in (parent, protocol)}).effects(acts, protocol.id)
    withdrawal = "acts: S02 withdrawal of instrument 2003-01-08"
    endings = [reasons.ending(effects, code, effects.episodes(code)[0]) for code in ("S01", "S03", "S02")]
    told = [tree(each).splitlines() for each in endings]
    under = "under withdrawal-after-threshold else None"
    entailed = "denunciation-entailed = 2005-05-03; by 40(3) of XVIII-12; treaty=XVIII-12"
    assert told[0] == [f"{entailed}; acts: S01 denunciation 2004-05-03; {under}"]
    assert told[1][0] == f"{entailed}; acts: S03 denunciation 2004-05-03; {under}"
    assert told[1][1].startswith("  denunciation = 2005-05-04; by 19(1); received=2004-05-04 years=1")
    assert told[2] == [f"withdrawn = 2003-01-08; by 37(2) of XVIII-12; received=2003-01-08; {withdrawal}"]


def test_where_those_before_entry_into_force_are_bound_with_the_treaty() -> None:
    entry = CONVENTION.entry_into_force
    assert entry is not None
    assert entry.participant is not None
    later = entry.participant.model_copy(update={"deposited_after": "entry into force"})
    clauses = CONVENTION.model_copy(update={"entry_into_force": entry.model_copy(update={"participant": later})})
    acts = [act(code, "accession", "2027-03-01") for code in STATES[:40]]
    acts += [act("S41", "accession", "2027-05-20"), act("S42", "accession", "2027-05-31")]
    effects = derive(acts, INVENTED, clauses)
    told = {code: reasons.standing(effects, code, date(2027, 7, 1)).because[0] for code in ("S40", "S41", "S42")}
    assert {code: (one.about, one.value) for code, one in told.items()} == {
        "S40": ("entry-into-force-at-threshold", date(2027, 5, 30)),
        "S41": ("entry-into-force-with-the-treaty", date(2027, 5, 30)),
        "S42": ("entry-into-force-after-threshold", date(2027, 6, 30)),
    }


def test_a_treaty_that_says_nothing_gives_no_provision() -> None:
    without = CONVENTION.model_copy(update={"entry_into_force": None})
    effects = derive([act("S01", "accession", "2027-03-01")], INVENTED, without)
    assert reasons.gives(effects, effects.episodes("S01")[0]) == ""
