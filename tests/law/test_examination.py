"""What is wrong with an act: severity, provision, and the warnings no date shows."""

from dataclasses import replace
from datetime import date

import pytest

from depositary.law.acts import Act, Action
from depositary.law.clauses import Clauses
from depositary.law.derivation import derive
from depositary.law.examination import IRREGULARITIES, irregularities, irregularity
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED
from depositary.treaties.clause_files import load_clauses

CONVENTION = load_clauses(PROJECT / "data/treaties/XVIII-16.toml")
SISTER = CONVENTION.model_copy(
    update={
        "id": "XVIII-99",
        "signature": CONVENTION.signature.model_copy(update={"provision": "20(1)"}) if CONVENTION.signature else None,
        "consent": CONVENTION.consent.model_copy(
            update={"provision": "20(3)", "needs_convention": "19(2) of XVIII-97"}
        ),
        "reio": CONVENTION.reio.model_copy(
            update={
                "signature_needs_member": "20(2)",
                "instrument_needs_member": "20(4)",
                "accession_needs_member": "20(5)",
            }
        ),
        "amendment": (
            CONVENTION.amendment.model_copy(update={"provision": "22(4)", "proposal_provision": "22(1)"})
            if CONVENTION.amendment
            else None
        ),
        "denunciation": (
            CONVENTION.denunciation.model_copy(update={"provision": "23(1)"}) if CONVENTION.denunciation else None
        ),
    }
)
BARE = Clauses(id="XVIII-98", title="No clause has a number here")

RATIFIED = Act("XVIII-16", "S01", "ratification", date(2027, 3, 1))
ACCEDED = replace(RATIFIED, action="accession")

# The code, the Convention's provision, a sister treaty's, and that of a treaty whose file names none.
PROVISIONS = [
    ("signature-outside-period", "64(1)", "20(1)", ""),
    ("signature-at-wrong-place", "64(1)", "20(1)", ""),
    ("signature-after-consent", "64", "20(1)", ""),
    ("duplicate-signature", "64", "20(3)", ""),
    ("duplicate-consent", "64", "20(3)", ""),
    ("reio-signature-without-member", "64(2)", "20(2)", ""),
    ("reio-instrument-without-member", "64(3)", "20(4)", ""),
    ("reio-competence-not-declared", "64(3)", "20(4)", ""),
    ("action-not-provided-for", "64(3)", "20(3)", ""),
    ("withdrawal-after-entry-into-force", "67(1)", "23(1)", ""),
    ("withdrawal-without-instrument", "64(3)", "20(3)", ""),
    ("denunciation-by-non-party", "67(1)", "23(1)", ""),
    ("denunciation-too-early", "67(1)", "23(1)", ""),
    ("duplicate-denunciation", "67(1)", "23(1)", ""),
    ("revocation-too-late", "VCLT 68", "VCLT 68", "VCLT 68"),
    ("revocation-without-denunciation", "VCLT 68", "VCLT 68", "VCLT 68"),
    ("amendment-unknown", "66(3)", "22(4)", ""),
    ("amendment-not-yet-adopted", "66(3)", "22(4)", ""),
    ("amendment-consent-by-non-party", "66(4)", "22(4)", ""),
    ("amendment-accession", "66(3)", "22(4)", ""),
    ("amendment-proposed-too-early", "66(1)", "22(1)", ""),
    ("amendment-proposal-by-non-party", "66(1)", "22(1)", ""),
    ("amendment-adopted-too-early", "66(1)", "22(1)", ""),
    ("participant-does-not-exist", "VCLT 6", "VCLT 6", "VCLT 6"),
    ("withdrawal-of-no-reservation", "VCLT 22", "VCLT 22", "VCLT 22"),
    ("withdrawal-without-signature", "VCLT 18", "VCLT 18", "VCLT 18"),
    ("reservation-premature", "VCLT 19", "VCLT 19", "VCLT 19"),
    ("objection-by-non-contracting", "VCLT 20", "VCLT 20", "VCLT 20"),
    ("objection-late", "VCLT 20(5)", "VCLT 20(5)", "VCLT 20(5)"),
    ("ruling-too-late", "", "", ""),
    ("conflicting-rulings", "", "", ""),
    ("duplicate-amendment", "66(1)", "22(1)", ""),
    ("protocol-party-not-convention-party", "", "19(2) of XVIII-97", ""),
    ("territorial-application-by-non-contracting", "VCLT 29", "VCLT 29", "VCLT 29"),
    ("territories-not-named", "VCLT 29", "VCLT 29", "VCLT 29"),
    ("date-in-the-future", "", "", ""),
    ("accession-by-signatory", "64", "20(3)", ""),
    ("ratification-by-non-signatory", "64", "20(3)", ""),
    ("reservation-not-provided-for", "VCLT 19", "VCLT 19", "VCLT 19"),
    ("reservation-late", "VCLT 19", "VCLT 19", "VCLT 19"),
    ("reservation-unconfirmed", "VCLT 23(2)", "VCLT 23(2)", "VCLT 23(2)"),
    ("weekend-date", "", "", ""),
]


def test_every_code_has_its_provision_here() -> None:
    assert {code for code, *_ in PROVISIONS} == set(IRREGULARITIES)


@pytest.mark.parametrize(("code", "own", "sister", "bare"), PROVISIONS)
def test_an_irregularity_cites_its_own_treaty(code: str, own: str, sister: str, bare: str) -> None:
    found = [irregularity(RATIFIED, code, clauses).provision for clauses in (CONVENTION, SISTER, BARE)]
    assert found == [own, sister, bare]


@pytest.mark.parametrize("code", ["reio-instrument-without-member", "reio-competence-not-declared"])
def test_an_accession_by_an_organization_has_a_paragraph_of_its_own(code: str) -> None:
    assert irregularity(ACCEDED, code, CONVENTION).provision == "64(4)"
    assert irregularity(ACCEDED, code, SISTER).provision == "20(5)"


def test_severities() -> None:
    warnings = {code for code, (severity, _) in IRREGULARITIES.items() if severity == "warning"}
    assert warnings == {
        "accession-by-signatory",
        "ratification-by-non-signatory",
        "reservation-not-provided-for",
        "reservation-late",
        "reservation-premature",
        "reservation-unconfirmed",
        "objection-by-non-contracting",
        "objection-late",
        "weekend-date",
    }
    assert irregularity(RATIFIED, "duplicate-consent", CONVENTION).severity == "refused"
    assert irregularity(RATIFIED, "weekend-date", CONVENTION).act is RATIFIED


def found(*acts: tuple[str, Action, str, str]) -> list[tuple[int, str]]:
    """The irregularities of acts (who, action, date, provision) by number, from 1."""
    given = [
        Act("XVIII-16", who, action, date.fromisoformat(day), provision=provision, place="New York", number=number)
        for number, (who, action, day, provision) in enumerate(acts, 1)
    ]
    return [(one.act.number, one.code) for one in irregularities(derive(given, INVENTED, CONVENTION))]


def test_a_weekend_is_saturday_and_sunday_and_nobody_has_one() -> None:
    assert found(
        ("S01", "declaration", "2027-03-05", ""),
        ("S01", "declaration", "2027-03-06", ""),
        ("S01", "declaration", "2027-03-07", ""),
        ("S01", "declaration", "2027-03-08", ""),
    ) == [(2, "weekend-date"), (3, "weekend-date")]
    ruling = Act("XVIII-16", "", "ruling", date(2027, 3, 6), subject="done-likewise", text="default", number=1)
    assert irregularities(derive([ruling], INVENTED, CONVENTION)) == ()


def test_a_weekend_that_the_clause_itself_names_is_no_surprise() -> None:
    """64(1): open for signature in Hanoi on 25 and 26 October 2025, a Saturday and a Sunday."""
    days = (("2025-10-25", "Hanoi"), ("2025-10-26", "Hanoi"), ("2025-11-01", "New York"), ("2025-11-02", ""))
    acts = [
        Act("XVIII-16", f"S0{number}", "signature", date.fromisoformat(day), place=place, number=number)
        for number, (day, place) in enumerate(days, 1)
    ]
    acts.append(Act("XVIII-16", "S01", "declaration", date(2025, 10, 25), text="On signature.", number=5))
    acts.append(Act("XVIII-16", "S01", "declaration", date(2025, 10, 26), text="A day later.", number=6))
    warned = irregularities(derive(acts, INVENTED, CONVENTION))
    assert [one.act.number for one in warned if one.code == "weekend-date"] == [3, 4, 6]


@pytest.mark.parametrize("action", ["ratification", "acceptance", "approval"])
def test_each_of_the_three_presupposes_signature(action: Action) -> None:
    assert found(("S01", action, "2027-03-01", "")) == [(1, "ratification-by-non-signatory")]
    assert found(("S01", "signature", "2026-03-02", ""), ("S01", action, "2027-03-01", "")) == []
    assert found(("S01", "signature", "2026-03-02", ""), ("S01", action, "2026-03-02", "")) == []


def test_accession_presupposes_none() -> None:
    assert found(("S01", "accession", "2027-03-01", "")) == []
    assert found(("S01", "signature", "2026-03-02", ""), ("S01", "accession", "2027-03-01", "")) == [
        (2, "accession-by-signatory")
    ]


def test_a_refused_act_is_not_warned_about_besides() -> None:
    assert found(("S01", "accession", "2027-03-01", ""), ("S01", "ratification", "2027-03-02", "")) == [
        (2, "duplicate-consent")
    ]
    assert found(("S01", "accession", "2027-03-01", ""), ("S01", "ratification", "2027-03-06", "")) == [
        (2, "duplicate-consent"),
        (2, "weekend-date"),
    ]


def test_reservations_at_signature_and_what_confirms_them() -> None:
    signed: tuple[tuple[str, Action, str, str], ...] = (
        ("S01", "signature", "2026-03-02", ""),
        ("S01", "reservation", "2026-03-02", "63(3)"),
    )
    unconfirmed = [(2, "reservation-unconfirmed")]
    ratified: tuple[str, Action, str, str] = ("S01", "ratification", "2027-03-01", "")
    assert found(*signed) == []
    assert found(*signed, ratified) == unconfirmed
    assert found(*signed, ratified, ("S01", "reservation", "2027-03-01", "63(3)")) == []
    assert found(*signed, ratified, ("S01", "reservation", "2027-03-01", "42(5)")) == unconfirmed
    assert found(*signed, ratified, ("S01", "declaration", "2027-03-01", "63.3")) == []
    assert found(*signed, ratified, ("S01", "reservation", "2027-03-02", "63(3)")) == [
        *unconfirmed,
        (4, "reservation-late"),
    ]
    acceded = found(*signed, ("S01", "accession", "2027-03-01", ""))
    assert acceded == [*unconfirmed, (3, "accession-by-signatory")]
    same_day = found(("S01", "signature", "2026-03-02", ""), ("S01", "ratification", "2026-03-02", ""), signed[1])
    assert same_day == []


def test_where_a_treaty_lists_no_reservations_none_is_out_of_place() -> None:
    free = CONVENTION.model_copy(update={"reservations": None})
    act = replace(RATIFIED, action="reservation", provision="7(2)", number=2)
    codes = [one.code for one in irregularities(derive([ACCEDED, act], INVENTED, free))]
    assert codes == []
