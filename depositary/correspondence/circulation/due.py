"""What is due: the next annual circulation, missing addresses, unconfirmed authorities, unsettled letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from depositary.authorities.validity import CONFIRMED_WITHIN, confirmations, valid
from depositary.clock import day_of
from depositary.correspondence.circulation.editions import KeptEdition
from depositary.correspondence.circulation.preparation import FUNCTION, Entitling, recipients
from depositary.correspondence.mail.decisions import overdue
from depositary.correspondence.mail.steps import Posted, for_a_person
from depositary.law.dates import add_years


@dataclass(frozen=True)
class Due:
    """What is due on a day. The codes are those of participants; `unconfirmed` names the authorities as well."""

    on: date
    next_on: date | None
    """The day of the next circulation; None while the treaty's entry into force has no date."""
    present: KeptEdition | None
    """The edition that is being circulated; None where there is none."""
    lacking: tuple[str, ...]
    without_certificate: tuple[str, ...]
    without_contact: tuple[str, ...]
    unconfirmed: tuple[tuple[str, str, date], ...]
    late: tuple[Posted, ...]
    """The letters of all editions that should be settled by now, and are not."""
    to_resolve: tuple[Posted, ...]
    """The letters about which two persons must decide."""

    @property
    def is_overdue(self) -> bool:
        """Whether the circulation should have been approved by now."""
        return self.next_on is not None and self.next_on <= self.on

    @property
    def is_alarming(self) -> bool:
        """Whether a person must act now."""
        return self.is_overdue or bool(self.late) or bool(self.to_resolve)


def due_at(own: Entitling, kept: Sequence[KeptEdition], posted: Iterable[Posted], treaty: str, at: datetime) -> Due:
    """Everything that is due at an instant."""
    posted, today = list(posted), day_of(at)
    falls = next_circulation(own, kept, treaty, at)
    addressed, lacking = recipients(own, treaty, max(today, falls or today), at, contracting=True)
    entitled = {*lacking, *(one.participant for one in addressed)}
    points = [entry for entry in valid(own.authorities, today, at) if entry.function == FUNCTION]
    last = confirmations(own.authorities, at)
    confirmed = {entry.number: last[entry.number].at for entry in points}
    return Due(
        today,
        falls,
        next((one for one in reversed(kept) if one.state in ("prepared", "approved")), None),
        lacking,
        tuple(one.participant for one in addressed if one.manner == "notice"),
        tuple(sorted(entitled - {entry.participant for entry in points})),
        tuple(
            (entry.participant, entry.designation.authority, day_of(confirmed[entry.number]))
            for entry in points
            if entry.designation and entry.participant in entitled and confirmed[entry.number] + CONFIRMED_WITHIN < at
        ),
        tuple(overdue(posted, at)),
        tuple(for_a_person(posted)),
    )


def next_circulation(own: Entitling, kept: Iterable[KeptEdition], treaty: str, at: datetime) -> date | None:
    """The day of the next circulation: first the day of entry into force, then a year after the last circulation."""
    last = max((one.edition.on for one in kept if one.approval), default=None)
    if last is not None:
        return add_years(last, 1)
    return own.effects(treaty, day_of(at), at).in_force_on
