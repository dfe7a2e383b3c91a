"""The series of a year: the number at which the notifications of the house go on, set by two persons before the first.

The numbers run over all treaties. Numbers before the first may have been given out by another system.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from depositary.correspondence.notifications.tables import NotificationRow, SeriesRow
from depositary.desk.accounts import is_staffed
from depositary.desk.audit import Doing, log
from depositary.errors import Sentence
from depositary.register.transaction import Refused

MOST = 999_999


@dataclass(frozen=True)
class Series:
    """A year's series. `first` is its first number, 0 where none is agreed; `proposed` the number that waits for a
    second person, 0 for none; `last` the last number that was given out, 0 before the first.
    """

    year: int
    first: int
    agreed_by: str
    proposed: int
    proposed_by: str
    last: int


def series(session: Session, year: int) -> Series:
    """The series of a year."""
    steps = session.exec(select(SeriesRow).where(SeriesRow.year == year).order_by(col(SeriesRow.step))).all()
    numbers = select(sa.func.max(NotificationRow.number)).where(col(NotificationRow.year) == year)
    last = session.connection().execute(numbers).scalar() or 0
    agreed = next((step for step in reversed(steps) if step.what == "agreed"), None)
    waits = steps[-1] if steps and steps[-1].what == "proposed" else None
    return Series(
        year,
        agreed.first if agreed else 0,
        agreed.done_by if agreed else "",
        waits.first if waits else 0,
        waits.done_by if waits else "",
        int(last),
    )


def next_number(session: Session, year: int) -> int:
    """The next number of a year. Raises Refused where a desk is at work and nobody has set the first one."""
    here = series(session, year)
    if here.last:
        return here.last + 1
    if not here.first and is_staffed(session):
        raise Refused(
            Sentence(
                "Two persons must set the number with which the notifications of %(year)s continue. "
                "Nothing was issued.",
                year=str(year),
            )
        )
    return here.first or 1


def propose_first(session: Session, year: int, first: int, doing: Doing) -> None:
    """Proposes the first number of a year, once. Raises Refused for a year that has begun, and for no number."""
    if not 1 <= first <= MOST:
        raise Refused(Sentence("Give a number from 1 to %(most)d. Nothing was done.", most=MOST))
    here = series(session, year)
    if (here.proposed, here.proposed_by) == (first, doing.by):
        return
    _keep(session, year, "proposed", first, doing)


def agree_first(session: Session, year: int, first: int, doing: Doing) -> None:
    """Agrees, once, to the number that another person proposed. Raises Refused where that is not what waits."""
    here = series(session, year)
    if first and not here.proposed and (here.first, here.agreed_by) == (first, doing.by):
        return
    if here.proposed != first or not first:
        raise Refused(Sentence("Another number was proposed meanwhile: look again. Nothing was done."))
    if here.proposed_by == doing.by:
        raise Refused(Sentence("A second person must agree to a proposal. Nothing was done."))
    _keep(session, year, "agreed", first, doing)


def _keep(session: Session, year: int, what: str, first: int, doing: Doing) -> None:
    if series(session, year).last:
        raise Refused(Sentence("Notifications of %(year)s were issued already. Nothing was done.", year=str(year)))
    wanted = select(sa.func.coalesce(sa.func.max(SeriesRow.step), 0)).where(col(SeriesRow.year) == year)
    step = int(session.connection().execute(wanted).scalar_one()) + 1
    session.add(SeriesRow(year=year, step=step, what=what, first=first, done_by=doing.by, done_at=doing.instant))
    session.flush()
    log(session, doing, f"series {what}", f"{year}: {first}")
