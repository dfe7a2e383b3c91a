"""What participants do: the acts (treaty actions) a depositary receives.

An act is a fact: it is never edited, and nothing derived is kept in it. The names of the actions are those of
`data/instruments.csv`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from depositary.law.dates import parse_date

Action = Literal[
    "signature",
    "ratification",
    "acceptance",
    "approval",
    "accession",
    "succession",
    "formal confirmation",
    "definitive signature",
    "withdrawal of instrument",
    "denunciation",
    "revocation of denunciation",
    "reservation",
    "declaration",
    "withdrawal of reservation",
    "notification",
    "territorial application",
    "objection",
    "amendment proposal",
    "amendment adoption",
    "ruling",
    "withdrawal of signature",
    "succession to signature",
    "provisional application",
    "partial withdrawal of reservation",
    "withdrawal of objection",
    "objection to correction",
]
ACTIONS: tuple[Action, ...] = get_args(Action)

CONSENTS: tuple[Action, ...] = (
    "ratification",
    "acceptance",
    "approval",
    "accession",
    "succession",
    "formal confirmation",
    "definitive signature",
)
"""The acts by which a participant consents to be bound."""

NOBODYS: tuple[Action, ...] = ("amendment adoption", "ruling")
"""The acts of no participant: the Conference's, and the depositary's own."""

AMENDMENT = "amendment:"
"""How the subject of an act names the amendment it concerns: `amendment:ID`."""

# The steps in which the acts of one day are read: what undoes an act comes first, for the act it undoes stood when the
# day began; a declaration of competence comes before the instrument it belongs to; territories after it.
_WITHIN_A_DAY: tuple[tuple[Action, ...], ...] = (
    ("ruling",),
    (
        "withdrawal of instrument",
        "revocation of denunciation",
        "partial withdrawal of reservation",
        "withdrawal of reservation",
        "withdrawal of objection",
        "withdrawal of signature",
    ),
    ("amendment proposal", "amendment adoption"),
    ("signature", "succession to signature"),
    ("declaration",),
    CONSENTS,
    (
        "reservation",
        "notification",
        "territorial application",
        "provisional application",
        "objection",
        "objection to correction",
    ),
    (),
    ("denunciation",),
)

STEP_OF_ITSELF, STEP_OF_CONSENTS, STEP_OF_AMENDMENTS, STEP_OF_LATE_WITHDRAWALS, STEP_OF_67_2 = 0, 5, 7, 9, 10
"""The steps that are no action's: what comes by itself, consents to the treaty and to an amendment, withdrawals that
found nothing before, and 67(2) at the end of the day."""

OF_ONE_STEP = 8
"""Orders that differ only below this belong to one step of one day."""

OF_ONE_DAY = 16 * OF_ONE_STEP
"""Orders that differ only below this belong to one day."""

_STEP: dict[Action, int] = {
    action: OF_ONE_STEP * step + place
    for step, actions in enumerate(_WITHIN_A_DAY)
    for place, action in enumerate(actions)
}


def order_of(day: dt.date, step: int = 0) -> int:
    """Where a step of a day stands in time."""
    return day.toordinal() * OF_ONE_DAY + step * OF_ONE_STEP


@dataclass(frozen=True, slots=True)
class Act:
    """One act under one treaty, in the columns of `data/instruments.csv`.

    `date` is the date of the act as the depositary determined it. `number` is the line of the file or the
    number of the register's entry it came from (0: neither, a supposed act); it is no part of the act, and two
    acts that differ in nothing else are equal. `order` places acts in time: by day, and within a day in the
    steps the law needs, so that the order in which they were written down never matters. `addressee` is whose
    reservation or instrument an objection is against, `effect` what it or a territorial application effects, `notified`
    the date of the depositary notification of the act, where that is known.
    """

    treaty: str
    participant: str
    action: Action
    date: dt.date
    subject: str = ""
    effective: dt.date | None = None
    place: str = ""
    provision: str = ""
    text: str = ""
    source: str = ""
    addressee: str = ""
    effect: str = ""
    notified: dt.date | None = None
    number: int = field(default=0, compare=False)
    order: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        order = self.date.toordinal() * OF_ONE_DAY + _STEP[self.action]
        if self.subject and self.action in CONSENTS:
            order += OF_ONE_STEP * (STEP_OF_AMENDMENTS - STEP_OF_CONSENTS)
        object.__setattr__(self, "order", order)

    @property
    def amendment(self) -> str:
        """The amendment it concerns, "" when it concerns the treaty itself."""
        return self.subject.removeprefix(AMENDMENT) if self.subject.startswith(AMENDMENT) else ""


COLUMNS = (
    "treaty",
    "participant",
    "action",
    "date",
    "subject",
    "effective",
    "place",
    "provision",
    "text",
    "source",
    "addressee",
    "effect",
    "notified",
)
"""The columns of an act in a file, in their order."""

LATER_COLUMNS = COLUMNS[10:]
"""The columns that older files and entries do not have."""

EFFECTS: dict[str, tuple[str, ...]] = {
    "objection": ("precludes entry into force",),
    "territorial application": ("excludes", "extends"),
}
"""What the column `effect` may say beside nothing, by action."""

WITH_ADDRESSEE: tuple[Action, ...] = ("objection", "withdrawal of objection")
NOTIFIED: tuple[Action, ...] = ("reservation", "declaration", "objection")
"""The actions that have the columns `addressee` and `notified`."""

_BY_NAME: dict[str, Action] = {action: action for action in ACTIONS}


def act_of(row: Mapping[str, str], number: int = 0) -> Act:
    """The act that a row without faults describes, in the columns of `data/instruments.csv`."""
    return Act(
        row["treaty"],
        row["participant"],
        _BY_NAME[row["action"]],
        parse_date(row["date"]),
        row["subject"],
        dt.date.fromisoformat(row["effective"]) if row["effective"] else None,
        row["place"],
        row["provision"],
        row["text"],
        row["source"],
        row.get("addressee", ""),
        row.get("effect", ""),
        dt.date.fromisoformat(row["notified"]) if row.get("notified") else None,
        number,
    )


def row_of(act: Act) -> dict[str, str]:
    """The row of an act, in the order of `COLUMNS`."""
    return {
        "treaty": act.treaty,
        "participant": act.participant,
        "action": act.action,
        "date": act.date.isoformat(),
        "subject": act.subject,
        "effective": act.effective.isoformat() if act.effective else "",
        "place": act.place,
        "provision": act.provision,
        "text": act.text,
        "source": act.source,
        "addressee": act.addressee,
        "effect": act.effect,
        "notified": act.notified.isoformat() if act.notified else "",
    }
