"""A case as it is now: the versions in which it was saved, and the steps that were taken with it.

Its tables are called `draft`, as a case was before it could have several items.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, col, select

from depositary.desk.case_content import CaseContent, content_of_case
from depositary.desk.tables import DraftRow, StepRow, VersionRow
from depositary.errors import Sentence
from depositary.law.acts import CONSENTS, Act

State = Literal["open", "received", "submitted", "refused", "withdrawn", "released"]
"""`received`: an instrument is here and is not deposited, because something is missing. Its mission gets a letter."""

STATES: dict[State, Sentence] = {
    "open": Sentence("open"),
    "received": Sentence("received, not deposited"),
    "submitted": Sentence("awaiting release"),
    "refused": Sentence("given back"),
    "withdrawn": Sentence("withdrawn"),
    "released": Sentence("released"),
}

OPEN: tuple[State, ...] = ("open", "received", "refused")
"""The states in which a case may be saved anew and submitted."""

DONE: tuple[State, ...] = ("withdrawn", "released")
"""The states after which no step follows."""


@dataclass(frozen=True)
class CaseVersion:
    """The content of a case when it was saved."""

    number: int
    content: CaseContent
    digest: str
    saved_by: str
    saved_at: str


@dataclass(frozen=True)
class CaseStep:
    """A step taken with a case. `entry` and `last_entry` are the first and last entry that it became, 0 for none."""

    what: State
    version: int
    done_by: str
    done_at: str
    reason: str
    entry: int
    last_entry: int


@dataclass(frozen=True)
class Case:
    """A case as it is now, with all its versions and steps in order."""

    number: int
    versions: tuple[CaseVersion, ...]
    steps: tuple[CaseStep, ...]

    @property
    def last(self) -> CaseVersion:
        return self.versions[-1]

    @property
    def content(self) -> CaseContent:
        return self.last.content

    @property
    def state(self) -> State:
        """The state after its last step; `open` where it was saved after that step."""
        if not self.steps or self.steps[-1].version < self.last.number:
            return "open"
        return self.steps[-1].what

    @property
    def is_held(self) -> bool:
        """Whether its instrument was received and not deposited, and the case is not settled yet."""
        return self.state not in DONE and any(step.what == "received" for step in self.steps)

    @property
    def authors(self) -> frozenset[str]:
        return frozenset(version.saved_by for version in self.versions)

    def was_decided(self, what: State, by: str, seen: int) -> bool:
        """Whether this person took this step last, with the version they saw: a second click asks for it again."""
        last = self.steps[-1] if self.steps else None
        return self.state == what and last is not None and (last.done_by, last.version) == (by, seen)

    def content_seen(self, seen: int) -> CaseContent:
        """The content of the version that a person saw; the present content where there is no such version."""
        return next((version.content for version in self.versions if version.number == seen), self.content)

    @property
    def entries(self) -> range:
        """The numbers of the entries that it became."""
        step = self.steps[-1] if self.steps else None
        return range(step.entry, step.last_entry + 1) if step and step.entry else range(0)


def known_case(session: Session, number: int) -> Case | None:
    """The case of a number."""
    return next(iter(_cases_of(session, [number])), None)


def cases_at_work(session: Session) -> list[Case]:
    """All cases that are neither released nor withdrawn, the latest first."""
    done = select(StepRow.draft).where(col(StepRow.what).in_(DONE))
    return _cases_of(session, session.exec(select(DraftRow.number).where(col(DraftRow.number).not_in(done))).all())


def cases_done(session: Session, most: int) -> list[Case]:
    """The cases that were released or withdrawn last, the latest first."""
    done = select(StepRow.draft).where(col(StepRow.what).in_(DONE)).order_by(col(StepRow.done_at).desc())
    return _cases_of(session, session.exec(done.limit(most)).all())


def released_with(session: Session, entry: int) -> range:
    """The numbers of the entries of the release that recorded an entry: the entry alone where no release did."""
    steps = select(StepRow).where(StepRow.what == "released", col(StepRow.entry) <= entry)
    step = session.exec(steps.where(col(StepRow.last_entry) >= entry)).first()
    return (
        range(step.entry, step.last_entry + 1) if step and step.entry and step.last_entry else range(entry, entry + 1)
    )


def similar_cases(session: Session, content: CaseContent, number: int = 0) -> list[Case]:
    """The other cases at work with an act of the same participant, treaty and kind."""
    wanted = kinds_of_acts(content)
    others = cases_at_work(session) if wanted else []
    return [case for case in others if case.number != number and wanted & kinds_of_acts(case.content)]


def held_elsewhere(session: Session, content: CaseContent, number: int = 0) -> Case | None:
    """Another case with the same instrument, which was received there and is not deposited yet."""
    return next((case for case in similar_cases(session, content, number) if case.is_held), None)


def kinds_of_acts(content: CaseContent) -> frozenset[tuple[str, ...]]:
    """Treaty, participant, subject and kind of each act; all acts of consent are of one kind."""
    return frozenset() if content.is_file else frozenset(_kind(act) for act in content.acts if act.participant)


def _kind(act: Act) -> tuple[str, ...]:
    kind = "consent" if act.action in CONSENTS else act.action
    return (act.treaty, act.participant, act.subject, kind, act.provision, act.addressee)


def _cases_of(session: Session, numbers: Iterable[int | None]) -> list[Case]:
    """Cases by their numbers, the latest first. It asks the database twice, however many cases there are."""
    wanted = [number for number in numbers if number is not None]
    versions, steps = defaultdict[int, list[CaseVersion]](list), defaultdict[int, list[CaseStep]](list)
    for saved in session.exec(
        select(VersionRow).where(col(VersionRow.draft).in_(wanted)).order_by(col(VersionRow.version))
    ):
        versions[saved.draft].append(_version(saved))
    for taken in session.exec(select(StepRow).where(col(StepRow.draft).in_(wanted)).order_by(col(StepRow.step))):
        steps[taken.draft].append(_step_of(taken))
    return [Case(number, tuple(versions[number]), tuple(steps[number])) for number in sorted(versions, reverse=True)]


def _version(row: VersionRow) -> CaseVersion:
    return CaseVersion(row.version, content_of_case(row.content), row.digest, row.saved_by, row.saved_at)


def _step_of(row: StepRow) -> CaseStep:
    what: State = row.what  # type: ignore[assignment]
    return CaseStep(what, row.version, row.done_by, row.done_at, row.reason, row.entry or 0, row.last_entry or 0)
