"""Interpretation has a name.

Where a treaty's text leaves a choice, the choice is a reading: a name, a status, and whether there is another
way to read the text. Nothing switches a reading but a ruling, which is itself an entry in the register.
What each choice says, in words, lives with the languages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from depositary.law.findings import Value

Status = Literal["settled", "practice", "open"]
Choice = Literal["default", "otherwise"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A named choice; `provision` in the Convention's numbering; `alternative` tells whether there is another."""

    name: str
    status: Status
    provision: str
    alternative: bool = True


READINGS: dict[str, Reading] = {
    reading.name: reading
    for reading in (
        Reading("day-of-deposit-is-day-zero", "settled", "65(1)", alternative=False),
        Reading("reio-never-counted", "practice", "65(1)"),
        Reading("withdrawal-before-threshold", "practice", "65(1)", alternative=False),
        Reading("withdrawal-after-threshold", "open", "65(1)"),
        Reading("signature-until-is-inclusive", "practice", "64(1)", alternative=False),
        Reading("anniversary-of-29-february", "open", "67(1)"),
        Reading("done-likewise", "open", "64(3)"),
        Reading("party-before-entry-into-force", "practice", "64(4)"),
        Reading("accession-by-signatory", "practice", "64(4)", alternative=False),
        Reading("ratification-by-non-signatory", "practice", "64(3)", alternative=False),
        Reading("denunciation-before-party", "open", "67(1)"),
        Reading("revocation-of-denunciation", "practice", "VCLT 68", alternative=False),
        Reading("reio-ceases-with-its-members", "open", "67(2)"),
        Reading("amendment-consent-before-party", "practice", "66(3)"),
        Reading("withdrawal-of-amendment-consent", "practice", "66(4)", alternative=False),
        Reading("confirmation-of-63(3)", "open", "63(3)"),
        Reading("objection-to-authorized-reservation", "open", "VCLT 20(1)"),
        Reading("joining-after-amendment", "open", "66(5)"),
        Reading("sixty-parties", "open", "62(1)"),
        Reading("five-years-expire", "practice", "66(1)"),
        Reading("predecessor-instruments", "practice", "65(1)", alternative=False),
    )
}

KEPT_HERE = "register-kept-here"
"""A ruling about the register of a treaty, not about its text: by `otherwise` all acts are recorded here from its day
on, by `default` the register is complete as its sources say. It moves no date."""

WITH_ALTERNATIVE: tuple[str, ...] = tuple(name for name, one in READINGS.items() if one.alternative)


@dataclass(frozen=True, slots=True)
class Moved:
    """What rests on a reading: a date (None: no date), a standing or a number, and what the other reading gives."""

    reading: str
    concerns: str
    participant: str
    value: Value
    otherwise: Value


class Consulted(frozenset[str]):
    """The readings that stand the other way, as a `frozenset`; `names` are those that were asked about so far."""

    def __init__(self, otherwise: Iterable[str]) -> None:
        self.names: set[str] = set()

    def __contains__(self, name: object) -> bool:
        self.names.add(str(name))
        return super().__contains__(name)
