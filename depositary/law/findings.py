"""A derived answer that says why.

Every answer of the law is a finding: a value, the provision that gives it with its operative words, the
readings it rests on, and what it rests on in turn, down to the acts. "Not yet" is a finding too. A finding
holds no prose; `about` is the key under which each language has its sentence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from depositary.law.acts import Act

Value = date | int | bool | str | None

About = Literal[
    "abstentions",
    "amendment-declined",
    "amendment-for-party",
    "amendment-not-binding",
    "amendment-with-the-treaty",
    "bound-as-amended",
    "bound-to-each-other",
    "not-bound-to-each-other",
    "ceased-to-exist",
    "competence-declared",
    "conference-by",
    "consent",
    "contracting",
    "counted",
    "denunciation",
    "denunciation-entailed",
    "denunciation-revoked",
    "entry-into-force",
    "entry-into-force-at-threshold",
    "entry-into-force-after-threshold",
    "entry-into-force-by-succession",
    "entry-into-force-with-the-treaty",
    "former-party",
    "if-deposited",
    "information-owed",
    "majority-needed",
    "majority-not-reached",
    "majority-reached",
    "members-vote",
    "more-votes-than-there-are",
    "no-relation",
    "not-before-day",
    "not-before-treaty",
    "not-in-force",
    "not-bound-by-objection",
    "not-yet-in-force",
    "objection-precludes",
    "one-with-itself",
    "organization-admitted",
    "organization-ceases",
    "organization-not-counted",
    "party",
    "proposals-from",
    "provision-does-not-apply",
    "reservation-between",
    "reservation-to-confirm",
    "territory-left-out",
    "protocol-quorum",
    "protocol-with-convention",
    "signatory",
    "signatory-owes",
    "signature-withdrawn",
    "threshold",
    "threshold-not-reached",
    "from-among",
    "version-between",
    "votes",
    "votes-in-all",
    "withdrawn",
]


@dataclass(frozen=True, slots=True)
class UnderReading:
    """That a finding rests on a reading, and what the other reading gives. `ruled`: it stands the other way."""

    name: str
    otherwise: Value
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What is decided (`about`), its value, and its reasons.

    `words` are the provision's operative words, verbatim, "" where none are quoted. `facts` are the numbers the
    sentence needs (a period in `days`, the day it was counted `since`). `because` and `acts` are what it rests on.
    """

    about: About
    value: Value
    provision: str = ""
    words: str = ""
    facts: Mapping[str, Value] = field(default_factory=dict)
    because: tuple["Finding", ...] = ()
    acts: tuple[Act, ...] = ()
    under: tuple[UnderReading, ...] = ()

    def __iter__(self) -> Iterator["Finding"]:
        """The finding and all it rests on, reasons after what they are reasons for."""
        yield self
        for reason in self.because:
            yield from reason

    @property
    def entries(self) -> tuple[Act, ...]:
        """The acts in which the finding ends, each once, in the order of time."""
        return tuple(sorted({act.number: act for one in self for act in one.acts}.values(), key=lambda act: act.order))
