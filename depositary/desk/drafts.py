"""Drafts: saved in versions, submitted, and released into the register by a second person, or refused with a reason.

Every change of state is a step that is added; two people at one draft find out at once, because a step has its number.
A release is one transaction: the step, the entry, the signed head.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from depositary.desk.audit import Doing, log
from depositary.desk.proposals import Proposal, proposal_of
from depositary.desk.tables import DraftRow, StepRow, VersionRow
from depositary.errors import DepositaryError
from depositary.importing import enter_all
from depositary.recording import Refused, enter, enter_instead, enter_strike
from depositary.store import Store
from depositary.writing import Recording

State = Literal["draft", "received", "submitted", "refused", "withdrawn", "released"]
"""`received`: an instrument is here and is not deposited, because something is missing; its mission is written to."""

OPEN: tuple[State, ...] = ("draft", "received", "refused")
"""The states in which a draft may be saved anew and submitted."""


class Changed(DepositaryError):
    """Somebody else was first, or the register has moved on since the page was shown. Nothing was done."""


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


def draft(session: Session, number: int) -> Draft | None:
    """The draft of a number."""
    versions = session.exec(
        select(VersionRow).where(VersionRow.draft == number).order_by(col(VersionRow.version))
    ).all()
    steps = session.exec(select(StepRow).where(StepRow.draft == number).order_by(col(StepRow.step))).all()
    if not versions:
        return None
    return Draft(number, tuple(_version(row) for row in versions), tuple(_step_of(row) for row in steps))


def drafts(session: Session, *states: State) -> list[Draft]:
    """All drafts in some states, the latest first."""
    numbers = session.exec(select(DraftRow.number).order_by(col(DraftRow.number).desc())).all()
    found = (draft(session, number) for number in numbers if number)
    return [one for one in found if one and one.state in states]


def begin(session: Session, form: str, proposal: Proposal, doing: Doing) -> Draft:
    """Saves a new draft; the same form sent twice is the draft it made the first time."""
    key = sha256(f"{doing.by} {form}".encode()).hexdigest()
    row = session.exec(select(DraftRow).where(DraftRow.form == key)).first()
    if row is None:
        row = DraftRow(form=key)
        session.add(row)
        session.flush()
        assert row.number is not None
        _save(session, row.number, 1, proposal, doing)
    assert row.number is not None
    return _known(session, row.number)


def save(session: Session, number: int, seen: int, proposal: Proposal, doing: Doing) -> Draft:
    """Saves the next version after the one that was seen. Raises Changed where somebody saved or decided meanwhile."""
    now = _known(session, number)
    if now.last.digest == proposal.digest and now.last.saved_by == doing.by and now.last.number == seen + 1:
        return now
    if now.last.number != seen:
        raise Changed(
            f"{now.last.saved_by} saved this draft meanwhile, as version {now.last.number}. Nothing was saved."
        )
    if now.state not in OPEN:
        raise Changed(f"This draft is {now.state}; it can be saved no more. Nothing was saved.")
    _save(session, number, seen + 1, proposal, doing)
    return _known(session, number)


def submit(
    session: Session, number: int, seen: int, doing: Doing, *, received: bool = False, reason: str = ""
) -> Draft:
    """Hands the version that was seen over for release; or, `received`, notes that it is here and not deposited."""
    now = _known(session, number)
    what: State = "received" if received else "submitted"
    if now.state == what and now.last.number == seen:
        return now
    _step(session, now, seen, what, doing, OPEN, reason=reason)
    return _known(session, number)


def withdraw(session: Session, number: int, seen: int, doing: Doing) -> Draft:
    """Takes a draft back before it is released."""
    now = _known(session, number)
    if now.state == "withdrawn":
        return now
    _step(session, now, seen, "withdrawn", doing, (*OPEN, "submitted"))
    return _known(session, number)


def refuse(session: Session, number: int, seen: int, reason: str, doing: Doing) -> Draft:
    """Gives a draft back with a reason, by a second person."""
    now = _known(session, number)
    if not reason.strip():
        raise Refused("Say why it is refused. Nothing was done.")
    _second_person(now, doing)
    _step(session, now, seen, "refused", doing, ("submitted",), reason=reason)
    return _known(session, number)


def shown(version: Version, root: str) -> str:
    """The digest of what a person is shown before releasing: the proposal, and the register it would be added to."""
    return sha256(f"{version.digest} {root}".encode()).hexdigest()


def release(store: Store, number: int, seen: str, doing: Doing) -> Draft:
    """Records what a draft proposes, by a second person who saw exactly this, in one transaction.

    Raises Changed where draft or register are not as they were shown, Refused where the register refuses, or where the
    person saved a version of the draft. A draft that is released already is given back as it is.
    """
    with store.recording() as recording:
        session = recording.session
        now = _known(session, number)
        if now.state == "released":
            return now
        _second_person(now, doing)
        if now.state != "submitted":
            raise Changed(f"This draft is {now.state}, and not submitted for release. Nothing was recorded.")
        if seen != shown(now.last, recording.root):
            raise Changed(
                "The draft or the register has changed since this was shown: look again. Nothing was recorded."
            )
        entries = _enter(recording, now, doing)
        _step(session, now, now.last.number, "released", doing, ("submitted",), shown=seen, entries=entries)
        return _known(session, number)


def _enter(recording: Recording, now: Draft, doing: Doing) -> range:
    proposal, by = now.last.proposal, f"{now.last.saved_by}, released by {doing.by}"
    if proposal.kind == "import":
        entries = enter_all(recording, proposal.acts, by, doing.at)
        if not entries:
            raise Refused("Every act of this file stands in the register already. Nothing was recorded.")
        return entries
    if proposal.kind == "strike":
        entry = enter_strike(recording, proposal.target, by, doing.at, reason=proposal.reason)
    elif proposal.kind == "rectify":
        entry = enter_instead(
            recording,
            proposal.target,
            proposal.acts[0],
            by,
            doing.at,
            reason=proposal.reason,
            receipt=proposal.receipt,
            documents=proposal.documents,
        )
    else:
        made = [
            enter(recording, act, by, doing.at, receipt=proposal.receipt, documents=proposal.documents)
            for act in proposal.acts
        ]
        return range(made[0].number, made[-1].number + 1)
    return range(entry.number, entry.number + 1)


def _second_person(now: Draft, doing: Doing) -> None:
    if doing.by in now.authors:
        raise Refused(
            "Nobody releases or refuses what they drafted themselves: a second person does. Nothing was done."
        )


def _step(
    session: Session,
    now: Draft,
    seen: int,
    what: State,
    doing: Doing,
    allowed: tuple[State, ...],
    *,
    reason: str = "",
    shown: str = "",
    entries: range = range(0),
) -> None:
    if now.last.number != seen or now.state not in allowed:
        raise Changed(f"This draft is {now.state}, version {now.last.number}, since you looked. Nothing was done.")
    try:
        session.connection().execute(
            sa.insert(StepRow),
            {
                "draft": now.number,
                "step": len(now.steps) + 1,
                "what": what,
                "version": seen,
                "author": now.last.saved_by,
                "done_by": doing.by,
                "done_at": doing.instant,
                "reason": reason.strip(),
                "shown": shown,
                "entry": entries[0] if entries else None,
                "last_entry": entries[-1] if entries else None,
            },
        )
    except sa.exc.IntegrityError:
        raise Changed("Somebody else was first. Nothing was done.") from None
    log(session, doing, f"draft {what}", f"draft {now.number}, version {seen}")


def _save(session: Session, number: int, version: int, proposal: Proposal, doing: Doing) -> None:
    row = {
        "draft": number,
        "version": version,
        "content": proposal.content,
        "digest": proposal.digest,
        "saved_by": doing.by,
        "saved_at": doing.instant,
    }
    try:
        session.connection().execute(sa.insert(VersionRow), row)
    except sa.exc.IntegrityError:
        raise Changed("Somebody else saved this draft meanwhile. Nothing was saved.") from None
    log(session, doing, "draft saved", f"draft {number}, version {version}")


def _known(session: Session, number: int) -> Draft:
    found = draft(session, number)
    if found is None:
        raise Refused(f"There is no draft {number}.")
    return found


def _version(row: VersionRow) -> Version:
    return Version(row.version, proposal_of(row.content), row.digest, row.saved_by, row.saved_at)


def _step_of(row: StepRow) -> Step:
    what: State = row.what  # type: ignore[assignment]
    return Step(what, row.version, row.done_by, row.done_at, row.reason, row.entry or 0, row.last_entry or 0)
