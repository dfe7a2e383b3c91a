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
        assert [*grounds.of_a_signatory(effects, "S50", date(2027, 3, 2))][1].value == since


def waits_for(treaty: str) -> Clauses:
    assert CONVENTION.entry_into_force is not None
    entry = CONVENTION.entry_into_force.model_copy(update={"not_before_treaty": treaty})
    return CONVENTION.model_copy(update={"entry_into_force": entry})
