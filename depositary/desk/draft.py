"""A draft as it is now: the versions in which it was saved, and the steps that were taken with it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, col, select

from depositary.desk.proposal import Proposal, proposal_of
from depositary.desk.tables import DraftRow, StepRow, VersionRow
from depositary.errors import Sentence

State = Literal["draft", "received", "submitted", "refused", "withdrawn", "released"]
"""`received`: an instrument is here and is not deposited, because something is missing. Its mission gets a letter."""

STATES: dict[State, Sentence] = {
    "draft": Sentence("draft"),
    "received": Sentence("received, not deposited"),
    "submitted": Sentence("awaiting release"),
    "refused": Sentence("given back"),
    "withdrawn": Sentence("withdrawn"),
    "released": Sentence("released"),
}

OPEN: tuple[State, ...] = ("draft", "received", "refused")
"""The states in which a draft may be saved anew and submitted."""


@dataclass(frozen=True)
class DraftVersion:
    """The contents of a draft when it was saved."""

    number: int
    proposal: Proposal
    digest: str
    saved_by: str
    saved_at: str


@dataclass(frozen=True)
class DraftStep:
    """A step taken with a draft. `entry` and `last_entry` are the first and last entry that it became, 0 for none."""

    what: State
    version: int
    done_by: str
    done_at: str
    reason: str
    entry: int
    last_entry: int


@dataclass(frozen=True)
class Draft:
    """A draft as it is now, with all its versions and steps in order."""

    number: int
    versions: tuple[DraftVersion, ...]
    steps: tuple[DraftStep, ...]

    @property
    def last(self) -> DraftVersion:
        return self.versions[-1]

    @property
    def state(self) -> State:
        """The state after its last step; `draft` where it was saved after that step."""
        if not self.steps or self.steps[-1].version < self.last.number:
            return "draft"
        return self.steps[-1].what

    @property
    def authors(self) -> frozenset[str]:
        return frozenset(version.saved_by for version in self.versions)

    @property
    def entries(self) -> range:
        """The numbers of the entries that it became."""
        step = self.steps[-1] if self.steps else None
        return range(step.entry, step.last_entry + 1) if step and step.entry else range(0)


DONE: tuple[State, ...] = ("withdrawn", "released")
"""The states after which no step follows."""


def draft(session: Session, number: int) -> Draft | None:
    """The draft of a number."""
    return next(iter(_drafts_of(session, [number])), None)


def drafts_at_work(session: Session) -> list[Draft]:
    """All drafts that are neither released nor withdrawn, the latest first."""
    done = select(StepRow.draft).where(col(StepRow.what).in_(DONE))
    return _drafts_of(session, session.exec(select(DraftRow.number).where(col(DraftRow.number).not_in(done))).all())


def drafts_done(session: Session, most: int) -> list[Draft]:
    """The drafts that were released or withdrawn last, the latest first."""
    done = select(StepRow.draft).where(col(StepRow.what).in_(DONE)).order_by(col(StepRow.done_at).desc())
    return _drafts_of(session, session.exec(done.limit(most)).all())


def _drafts_of(session: Session, numbers: Iterable[int | None]) -> list[Draft]:
    """Drafts by their numbers, the latest first. It asks the database twice, however many drafts there are."""
    wanted = [number for number in numbers if number is not None]
    versions, steps = defaultdict[int, list[DraftVersion]](list), defaultdict[int, list[DraftStep]](list)
    for saved in session.exec(
        select(VersionRow).where(col(VersionRow.draft).in_(wanted)).order_by(col(VersionRow.version))
    ):
        versions[saved.draft].append(_version(saved))
    for taken in session.exec(select(StepRow).where(col(StepRow.draft).in_(wanted)).order_by(col(StepRow.step))):
        steps[taken.draft].append(_step_of(taken))
    return [Draft(number, tuple(versions[number]), tuple(steps[number])) for number in sorted(versions, reverse=True)]


def _version(row: VersionRow) -> DraftVersion:
    return DraftVersion(row.version, proposal_of(row.content), row.digest, row.saved_by, row.saved_at)


def _step_of(row: StepRow) -> DraftStep:
    what: State = row.what  # type: ignore[assignment]
    return DraftStep(what, row.version, row.done_by, row.done_at, row.reason, row.entry or 0, row.last_entry or 0)
