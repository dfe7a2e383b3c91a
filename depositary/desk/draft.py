"""A draft as it is: the versions in which it was saved, and the steps that were taken with it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, col, select

from depositary.desk.proposal import Proposal, proposal_of
from depositary.desk.tables import DraftRow, StepRow, VersionRow
from depositary.errors import Sentence

State = Literal["draft", "received", "submitted", "refused", "withdrawn", "released"]
"""`received`: an instrument is here and is not deposited, because something is missing; its mission is written to."""

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
class Version:
    """What a draft said when it was saved."""

    number: int
    proposal: Proposal
    digest: str
    saved_by: str
    saved_at: str


@dataclass(frozen=True)
class Step:
    """Something that became of a draft. `entry` and `last_entry` are the first and last it became, 0 for none."""

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
    versions: tuple[Version, ...]
    steps: tuple[Step, ...]

    @property
    def last(self) -> Version:
        return self.versions[-1]

    @property
    def state(self) -> State:
        """Its last step, unless it was saved anew since."""
        if not self.steps or self.steps[-1].version < self.last.number:
            return "draft"
        return self.steps[-1].what

    @property
    def authors(self) -> frozenset[str]:
        return frozenset(version.saved_by for version in self.versions)

    @property
    def entries(self) -> range:
        """The entries it became."""
        step = self.steps[-1] if self.steps else None
        return range(step.entry, step.last_entry + 1) if step and step.entry else range(0)


DONE: tuple[State, ...] = ("withdrawn", "released")
"""The states after which nothing becomes of a draft."""


def draft(session: Session, number: int) -> Draft | None:
    """The draft of a number."""
    return next(iter(_those(session, [number])), None)


def drafts_at_work(session: Session) -> list[Draft]:
    """All drafts of which something may still become, the latest first."""
    done = select(StepRow.draft).where(col(StepRow.what).in_(DONE))
    return _those(session, session.exec(select(DraftRow.number).where(col(DraftRow.number).not_in(done))).all())


def drafts_done(session: Session, most: int) -> list[Draft]:
    """The drafts that were released or withdrawn last, the latest first."""
    done = select(StepRow.draft).where(col(StepRow.what).in_(DONE)).order_by(col(StepRow.done_at).desc())
    return _those(session, session.exec(done.limit(most)).all())


def _those(session: Session, numbers: Iterable[int | None]) -> list[Draft]:
    """Drafts by their numbers, the latest first, in two statements however many there are."""
    wanted = [number for number in numbers if number is not None]
    versions, steps = defaultdict[int, list[Version]](list), defaultdict[int, list[Step]](list)
    for saved in session.exec(
        select(VersionRow).where(col(VersionRow.draft).in_(wanted)).order_by(col(VersionRow.version))
    ):
        versions[saved.draft].append(_version(saved))
    for taken in session.exec(select(StepRow).where(col(StepRow.draft).in_(wanted)).order_by(col(StepRow.step))):
        steps[taken.draft].append(_step_of(taken))
    return [Draft(number, tuple(versions[number]), tuple(steps[number])) for number in sorted(versions, reverse=True)]


def _version(row: VersionRow) -> Version:
    return Version(row.version, proposal_of(row.content), row.digest, row.saved_by, row.saved_at)


def _step_of(row: StepRow) -> Step:
    what: State = row.what  # type: ignore[assignment]
    return Step(what, row.version, row.done_by, row.done_at, row.reason, row.entry or 0, row.last_entry or 0)
