"""What is wrong with an act, all at once: irregularities are values.

A refused act has no legal effect and is not counted; it stays visible. A warning takes effect. Refusals are the
articles' own; the warnings are found here, from what the acts have established.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from depositary.law.acts import NOBODYS, Act
from depositary.law.articles.reservations import Reservation, is_authorized
from depositary.law.clauses import CONVENTION, Clauses, Rule
from depositary.law.effects import Effects

Severity = Literal["refused", "warning"]

SATURDAY = 5

IRREGULARITIES: dict[str, tuple[Severity, str]] = {
    "signature-outside-period": ("refused", "64(1)"),
    "signature-at-wrong-place": ("refused", "64(1)"),
    "signature-after-consent": ("refused", "64"),
    "duplicate-signature": ("refused", "64"),
    "duplicate-consent": ("refused", "64"),
    "reio-signature-without-member": ("refused", "64(2)"),
    "reio-instrument-without-member": ("refused", "64(3)"),
    "reio-competence-not-declared": ("refused", "64(3)"),
    "action-not-provided-for": ("refused", "64(3)"),
    "withdrawal-after-entry-into-force": ("refused", "67(1)"),
    "withdrawal-without-instrument": ("refused", "64(3)"),
    "denunciation-by-non-party": ("refused", "67(1)"),
    "denunciation-too-early": ("refused", "67(1)"),
    "duplicate-denunciation": ("refused", "67(1)"),
    "revocation-too-late": ("refused", "VCLT 68"),
    "revocation-without-denunciation": ("refused", "VCLT 68"),
    "amendment-unknown": ("refused", "66(3)"),
    "amendment-not-yet-adopted": ("refused", "66(3)"),
    "amendment-consent-by-non-party": ("refused", "66(4)"),
    "amendment-accession": ("refused", "66(3)"),
    "amendment-proposed-too-early": ("refused", "66(1)"),
    "amendment-adopted-too-early": ("refused", "66(1)"),
    "amendment-proposal-by-non-party": ("refused", "66(1)"),
    "duplicate-amendment": ("refused", "66(1)"),
    "protocol-party-not-convention-party": ("refused", "61(2)"),
    "territorial-application-by-non-contracting": ("refused", "VCLT 29"),
    "territories-not-named": ("refused", "VCLT 29"),
    "date-in-the-future": ("refused", ""),
    "participant-does-not-exist": ("refused", "VCLT 6"),
    "ruling-too-late": ("refused", ""),
    "conflicting-rulings": ("refused", ""),
    "withdrawal-of-no-reservation": ("refused", "VCLT 22"),
    "withdrawal-without-signature": ("refused", "VCLT 18"),
    "accession-by-signatory": ("warning", "64"),
    "ratification-by-non-signatory": ("warning", "64"),
    "reservation-not-provided-for": ("warning", "VCLT 19"),
    "reservation-late": ("warning", "VCLT 19"),
    "reservation-premature": ("warning", "VCLT 19"),
    "reservation-unconfirmed": ("warning", "VCLT 23(2)"),
    "objection-by-non-contracting": ("warning", "VCLT 20"),
    "objection-late": ("warning", "VCLT 20(5)"),
    "weekend-date": ("warning", ""),
}
"""Severity and provision, the provision in the Convention's own numbering."""


@dataclass(frozen=True, slots=True)
class Irregularity:
    """One thing that is wrong with one act."""

    act: Act
    code: str
    severity: Severity
    provision: str


def irregularity(act: Act, code: str, clauses: Clauses) -> Irregularity:
    """The irregularity with the provision of the act's own treaty."""
    severity, _ = IRREGULARITIES[code]
    return Irregularity(act, code, severity, provision_of(act, code, clauses))


def provision_of(act: Act, code: str, clauses: Clauses) -> str:
    """The provision an irregularity offends against: the treaty's own, "" where its file names none."""
    _, numbered = IRREGULARITIES[code]
    reio = clauses.reio
    if act.amendment and code in _OF_AMENDMENTS:
        return clauses.number(_OF_AMENDMENTS[code])
    if code in ("reio-instrument-without-member", "reio-competence-not-declared"):
        return reio.accession_needs_member if act.action == "accession" else reio.instrument_needs_member
    if code == "reio-signature-without-member":
        return reio.signature_needs_member
    if code == "protocol-party-not-convention-party":
        return clauses.number("needs convention")
    if clauses.id == CONVENTION or numbered.partition("(")[0] not in ("64", "66", "67"):
        return numbered
    return clauses.number("signature" if code.startswith("signature") else _RULES.get(numbered, "consent"))


_OF_AMENDMENTS: dict[str, Rule] = {
    "action-not-provided-for": "amendment consent",
    "duplicate-consent": "amendment consent",
    "withdrawal-without-instrument": "amendment consent",
    "withdrawal-after-entry-into-force": "amendment",
}
"""The rules on consents to an amendment, where an act concerns one."""

_RULES: dict[str, Rule] = {
    "66(1)": "amendment proposal",
    "66(3)": "amendment consent",
    "66(4)": "amendment",
    "67(1)": "denunciation",
}
"""The rules of other treaties that answer to the Convention's provisions; of the rest, that on consent."""


def irregularities(effects: Effects) -> tuple[Irregularity, ...]:
    """All that is wrong with the acts that were read, in the order of their numbers."""
    found = [
        irregularity(act, code, effects.clauses) for act, codes in effects.history.refused.values() for code in codes
    ]
    found += [irregularity(act, "withdrawal-of-no-reservation", effects.clauses) for act in effects.idle_withdrawals]
    found += [irregularity(act, code, effects.clauses) for act, code in warnings(effects)]
    return tuple(sorted(found, key=lambda wrong: (wrong.act.number, wrong.act.order, wrong.severity, wrong.code)))


def warnings(effects: Effects) -> Iterator[tuple[Act, str]]:
    """What is unusual about an act and takes effect all the same."""
    refused = effects.history.refused
    for act in effects.case.acts:
        if act.date.weekday() >= SATURDAY and act.action not in NOBODYS and not is_named(act, effects):
            yield act, "weekend-date"
        if id(act) in refused:
            continue
        if not act.subject and act.action in ("ratification", "acceptance", "approval", "accession"):
            signed = effects.history.signature(act.participant, act.date) is not None
            if signed and act.action == "accession" and not has_left_before(effects, act):
                yield act, "accession-by-signatory"
            if not signed and act.action != "accession" and effects.clauses.signature is not None:
                yield act, "ratification-by-non-signatory"
    for code in effects.codes:
        for reservation in effects.reservations(code):
            yield from ((reservation.act, wrong) for wrong in of_reservation(effects, reservation))
    for objection in effects.objections:
        if objection.by_a_stranger:
            yield objection.act, "objection-by-non-contracting"
        if objection.late:
            yield objection.act, "objection-late"


def is_named(act: Act, effects: Effects) -> bool:
    """Whether an act was done with a signature whose day and place the clause names, as 64(1) does Hanoi."""
    signed, rule = effects.history.signature(act.participant, act.date), effects.clauses.signature
    periods = rule.periods if rule and signed and signed.date == act.date else ()
    return any(signed and signed.place == one.place and act.date in (one.since, one.until) for one in periods)


def has_left_before(effects: Effects, act: Act) -> bool:
    """Whether a participant had been a party and left when it consented anew: accession is then the right act."""
    episodes = effects.episodes(act.participant)
    return any(one.took_effect and one.until is not None and one.until <= act.date for one in episodes)


def of_reservation(effects: Effects, reservation: Reservation) -> Iterator[str]:
    """VCLT 19, 23(2): provided for, made at one of the listed moments, and confirmed on consent."""
    provided_for = effects.clauses.reservations
    if reservation.kind != "reservation":
        return
    if provided_for is not None and not is_authorized(reservation.act, effects.clauses):
        yield "reservation-not-provided-for"
    if reservation.late:
        yield "reservation-late"
    if any(state == "premature" for _, state in reservation.course):
        yield "reservation-premature"
    if reservation.unconfirmed:
        yield "reservation-unconfirmed"
