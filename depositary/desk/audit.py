"""The audit of the desk: who did what, when, and from where. Each action adds a line in its own transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from depositary.desk.tables import AuditRow
from depositary.register.canonical import instant

PAGE = 200


@dataclass(frozen=True)
class Doing:
    """The actor of an action, its instant and its address; `by` is an account's name, or the program's own name."""

    by: str
    at: datetime
    address: str = ""

    @property
    def instant(self) -> str:
        return instant(self.at)


def log(session: Session, doing: Doing, what: str, about: str = "") -> None:
    """Adds a line: what was done (`draft submitted`), and to what (`draft 7, version 2`)."""
    session.add(
        AuditRow(done_at=doing.instant, done_by=doing.by, address=doing.address[:60], what=what, about=about[:500])
    )


def lines(session: Session, before: int | None = None) -> list[AuditRow]:
    """The latest lines, the last first; with `before`, those before the line of that number."""
    wanted = select(AuditRow).order_by(col(AuditRow.number).desc()).limit(PAGE)
    return list(session.exec(wanted if before is None else wanted.where(col(AuditRow.number) < before)))
