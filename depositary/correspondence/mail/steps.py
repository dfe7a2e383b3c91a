"""The steps of a letter, in their order, and the state in which they leave it."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from depositary.correspondence.mail.outcomes import FOR_A_PERSON, SETTLED, LetterState
from depositary.correspondence.mail.tables import LetterRow, LetterStepRow
from depositary.register.canonical import instant
from depositary.register.seal import Seal
from depositary.register.store import Store


@dataclass(frozen=True)
class LetterStep:
    """A step of a letter."""

    what: LetterState
    done_by: str
    done_at: datetime
    said: str = ""
    choice: str = ""
    again_at: datetime | None = None


@dataclass(frozen=True)
class Posted:
    """A letter in the outbox with its steps. `to` is its address, which no output repeats outside of the desk.

    `again` is 0 for the first letter of an edition to a recipient, and counts those that replace it.
    """

    number: int
    edition: str
    recipient: str
    copy: int
    to: str
    subject: str
    posted_at: datetime
    steps: tuple[LetterStep, ...] = ()
    again: int = 0

    @property
    def state(self) -> LetterState:
        return self.steps[-1].what if self.steps else "queued"

    @property
    def said(self) -> str:
        return self.steps[-1].said if self.steps else ""


def add(store: Store, number: int, place: int, step: LetterStep, seal: Seal) -> bool:
    """Adds a step with its number. Gives whether the number was free."""
    try:
        with store.session(writing=True) as session:
            insert(session, number, place, step, seal)
    except sa.exc.IntegrityError:
        return False
    return True


def insert(session: Session, number: int, place: int, step: LetterStep, seal: Seal) -> None:
    """Adds a step. Raises IntegrityError where its number is taken, or the steps before do not allow it."""
    row = {
        "letter": number,
        "step": place,
        "what": step.what,
        "choice": step.choice,
        "done_by": step.done_by,
        "done_at": instant(step.done_at),
        "again_at": instant(step.again_at) if step.again_at else "",
        "sealed": seal.seal(step.said) if step.said else "",
    }
    session.connection().execute(sa.insert(LetterStepRow), row)


def was_decided(letter: Posted, what: str, choice: str, by: str) -> bool:
    """Whether this person took this step with a letter since it last waited for somebody: a second click."""
    taken = ("proposed", choice) if what == "propose" else (choice, "") if what == "agree" else (what, "")
    for step in reversed(letter.steps):
        if (step.what, step.choice if step.what == "proposed" else "", step.done_by) == (*taken, by):
            return True
        if step.what in FOR_A_PERSON:
            break
    return False


def letters(session: Session, seal: Seal, edition: str = "") -> list[Posted]:
    """The letters of an edition, or all letters, with their steps, in the order of their copy numbers."""
    wanted = select(LetterRow).order_by(col(LetterRow.number))
    if edition:
        of_edition = select(LetterRow).where(LetterRow.edition == edition)
        wanted = of_edition.order_by(col(LetterRow.copy_number), col(LetterRow.again))
    rows = session.exec(wanted).all()
    steps = steps_of(session, [row.number or 0 for row in rows], seal)
    return [_posted(row, steps.get(row.number or 0, ()), seal) for row in rows]


def posted_at(session: Session, edition: str) -> dict[str, datetime]:
    """When the first letter of an edition to each recipient was posted."""
    wanted = select(LetterRow.recipient, LetterRow.posted_at).where(LetterRow.edition == edition, LetterRow.again == 0)
    return {recipient: datetime.fromisoformat(at) for recipient, at in session.exec(wanted)}


def posted_letter(session: Session, number: int, seal: Seal) -> Posted | None:
    """The letter of a number."""
    row = session.get(LetterRow, number)
    return _posted(row, steps_of(session, [number], seal)[number], seal) if row else None


def _posted(row: LetterRow, steps: tuple[LetterStep, ...], seal: Seal) -> Posted:
    told = json.loads(seal.open(row.sealed))
    posted_at = datetime.fromisoformat(row.posted_at)
    number = row.number or 0
    return Posted(
        number, row.edition, row.recipient, row.copy_number, told["to"], told["subject"], posted_at, steps, row.again
    )


def steps_of(session: Session, numbers: list[int], seal: Seal) -> dict[int, tuple[LetterStep, ...]]:
    found: dict[int, list[LetterStep]] = {number: [] for number in numbers}
    for start in range(0, len(numbers), 500):
        some = col(LetterStepRow.letter).in_(numbers[start : start + 500])
        wanted = select(LetterStepRow).where(some).order_by(col(LetterStepRow.letter), col(LetterStepRow.step))
        for row in session.exec(wanted):
            found[row.letter].append(_step(row, seal))
    return {number: tuple(steps) for number, steps in found.items()}


def _step(row: LetterStepRow, seal: Seal) -> LetterStep:
    again = datetime.fromisoformat(row.again_at) if row.again_at else None
    said = seal.open(row.sealed) if row.sealed else ""
    what: LetterState = row.what  # type: ignore[assignment]
    return LetterStep(what, row.done_by, datetime.fromisoformat(row.done_at), said, row.choice, again)


def counts(posted: Iterable[Posted]) -> Counter[LetterState]:
    """The number of letters in each state."""
    return Counter(one.state for one in posted)


def unsettled(posted: Iterable[Posted]) -> list[Posted]:
    """The letters that keep an edition from being closed."""
    return [one for one in posted if one.state not in SETTLED]


def for_a_person(posted: Iterable[Posted]) -> list[Posted]:
    """The letters whose state only persons can end."""
    return [one for one in posted if one.state in FOR_A_PERSON]


def said_openly(letter: Posted) -> str:
    """The server's words or a reason without addresses, as they may be shown outside of the desk."""
    return letter.said.replace(letter.to, "…")
