"""Proposals: what one person would have recorded of an authority, and what others made of it.

The states, and no other path: proposed; approved by a second person; and for a change of a 24/7 contact, confirmed
through the old contact or overridden with a reason; then in effect, which is one transaction with its entry. The
database holds to it (migration 0002).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

import sqlalchemy as sa

from depositary.contacts.entries import Entry, content_of, entry_of, new_salt
from depositary.contacts.standing import standing, valid
from depositary.contacts.store import ContactStore, Recording, digest_of
from depositary.contacts.tables import ENTRY, PROPOSAL, STEP
from depositary.errors import DepositaryError

Became = Literal["approved", "confirmed", "objected", "overridden", "in effect", "refused", "withdrawn", "told"]
State = Literal["proposed", "awaiting the old contact", "objected", "in effect", "refused", "withdrawn"]

OPEN: tuple[State, ...] = ("proposed", "awaiting the old contact", "objected")
"""The states in which something can still become of a proposal."""

CONTACT = "point of contact"


class Changed(DepositaryError):
    """Somebody was first, or the register has moved on since the page was shown. Nothing was done."""


class Refused(DepositaryError):
    """This may not be done so. Nothing was done."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that became of a proposal."""

    what: Became
    done_by: str
    done_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was proposed: an entry without a number; and what became of it, step by step."""

    number: int
    entry: Entry
    digest: str
    proposed_by: str
    proposed_at: datetime
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> State:
        done = {step.what for step in self.steps}
        for last in ("in effect", "refused", "withdrawn"):
            if last in done:
                return last
        if "objected" in done:
            return "objected"
        return "awaiting the old contact" if "approved" in done else "proposed"

    @property
    def is_told(self) -> bool:
        """Whether the letters that say it is in effect have been handed over."""
        return any(step.what == "told" for step in self.steps)


def propose(store: ContactStore, form: str, entry: Entry, by: str, at: datetime) -> Proposal:
    """Saves a proposal; the same form sent twice is the proposal it made the first time."""
    key = sha256(f"{by} {form}".encode()).hexdigest()
    with store.recording() as recording:
        found = recording.connection.execute(sa.select(PROPOSAL.c.number).where(PROPOSAL.c.form == key)).scalar()
        if found is None:
            entry = replace(entry, number=0, recorded_at=at, recorded_by=by, salt=new_salt())
            content = content_of(entry, "")
            row = {
                "form": key,
                "sealed": recording.seal.seal(content),
                "digest": digest_of(content),
                "participant": entry.participant,
                "function": function_of(recording, entry),
                "proposed_by": by,
                "proposed_at": _moment(at),
            }
            found = recording.connection.execute(sa.insert(PROPOSAL).returning(PROPOSAL.c.number), row).scalar_one()
        return _one(recording.connection, store, int(found))


def function_of(recording: Recording, entry: Entry) -> str:
    """The function a change concerns: its own, or that of the entry it concerns; "" for a mission's."""
    if entry.function or not entry.concerns:
        return entry.function
    wanted = sa.select(ENTRY.c.function).where(ENTRY.c.number == entry.concerns)
    return recording.connection.execute(wanted).scalar() or ""


def proposal(store: ContactStore, number: int) -> Proposal | None:
    """The proposal of a number."""
    with store.reading() as connection:
        found = _read(connection, store, PROPOSAL.c.number == number)
    return found[0] if found else None


def proposals(store: ContactStore, *states: State, participant: str = "") -> list[Proposal]:
    """The proposals in some states (none named: in any), the latest first."""
    with store.reading() as connection:
        found = _read(connection, store, PROPOSAL.c.participant == participant if participant else sa.true())
    return [one for one in reversed(found) if not states or one.state in states]


def shown(one: Proposal, root: str) -> str:
    """The digest of what a person is shown before approving: the proposal, and the register it would be added to."""
    return sha256(f"{one.digest} {root}".encode()).hexdigest()


def old_contacts(entries: Sequence[Entry], one: Proposal, function: str, at: datetime) -> list[Entry]:
    """The points of contact through whom a change of one is confirmed: that which it concerns, or all that stand."""
    if function != CONTACT:
        return []
    of = [entry for entry in entries if entry.participant == one.entry.participant]
    stand = [entry for entry in valid(of, at.date()) if entry.function == CONTACT]
    return [entry for entry in stand if entry.number == one.entry.concerns] or stand


def needs_old_contact(store: ContactStore, number: int) -> bool:
    """Whether a proposal touches a point of contact of a State that has or had one: then the old one is asked."""
    with store.reading() as connection:
        return _needs(connection, number)


def approve(store: ContactStore, number: int, seen: str, by: str, at: datetime) -> Proposal:
    """A second person approves what they were shown; in effect at once, unless the old contact is to be asked first.

    Raises Refused for the one who proposed it, Changed where proposal or register are not as they were shown.
    """
    with store.recording() as recording:
        now = _open(recording, store, number, ("proposed",))
        _second_person(now, by)
        if seen != shown(now, recording.root):
            raise Changed("The register has changed since this was shown: look again. Nothing was recorded.")
        _check_concerned(recording, now)
        _step(recording, now, Step("approved", by, at), seen)
        if not _needs(recording.connection, number):
            _enter(recording, now, f"{now.proposed_by}, approved by {by}", by, at)
        return _one(recording.connection, store, number)


def refuse(store: ContactStore, number: int, reason: str, by: str, at: datetime) -> Proposal:
    """A second person turns it down, with a reason."""
    if not reason.strip():
        raise Refused("Say why it is refused. Nothing was done.")
    return _decide(store, number, Step("refused", by, at, reason.strip()), OPEN, second=True)


def withdraw(store: ContactStore, number: int, by: str, at: datetime) -> Proposal:
    """The one who proposed it takes it back."""
    return _decide(store, number, Step("withdrawn", by, at), OPEN, second=False)


def override(store: ContactStore, number: int, reason: str, by: str, at: datetime) -> Proposal:
    """A change of a contact takes effect without the old one, for a reason that is recorded, by a second person."""
    if not reason.strip():
        raise Refused("Say why the old contact is not waited for. Nothing was done.")
    with store.recording() as recording:
        now = _open(recording, store, number, ("awaiting the old contact", "objected"))
        _second_person(now, by)
        _check_concerned(recording, now)
        _step(recording, now, Step("overridden", by, at, reason.strip()))
        _enter(recording, now, f"{now.proposed_by}, without the old contact by {by}", by, at)
        return _one(recording.connection, store, number)


def settled_by_old_contact(
    recording: Recording, store: ContactStore, number: int, at: datetime, *, objects: bool
) -> None:
    """What the old contact answered to a change of it: in effect, or held up. Nothing where it was decided since."""
    now = _one(recording.connection, store, number)
    if now.state not in ("awaiting the old contact", "objected"):
        return
    if objects:
        if now.state != "objected":
            _step(recording, now, Step("objected", "the old contact", at))
        return
    _check_concerned(recording, now)
    _step(recording, now, Step("confirmed", "the old contact", at))
    _enter(recording, now, f"{now.proposed_by}, confirmed by the old contact", "the old contact", at)


def told(store: ContactStore, number: int, by: str, at: datetime) -> None:
    """Notes that the letters which say it is in effect have been handed over."""
    with store.recording() as recording:
        now = _one(recording.connection, store, number)
        if now.state == "in effect" and not now.is_told:
            _step(recording, now, Step("told", by, at))


def _decide(store: ContactStore, number: int, step: Step, states: Sequence[State], *, second: bool) -> Proposal:
    with store.recording() as recording:
        now = _open(recording, store, number, states)
        if second:
            _second_person(now, step.done_by)
        elif now.proposed_by != step.done_by:
            raise Refused("Only the one who proposed it takes it back. Nothing was done.")
        _step(recording, now, step)
        return _one(recording.connection, store, number)


def _open(recording: Recording, store: ContactStore, number: int, states: Sequence[State]) -> Proposal:
    now = _one(recording.connection, store, number)
    if now.state not in states:
        raise Changed(f"This proposal is {now.state} since you looked. Nothing was done.")
    return now


def _second_person(now: Proposal, by: str) -> None:
    if by == now.proposed_by:
        raise Refused("Nobody decides upon what they proposed themselves: a second person does. Nothing was done.")


def _check_concerned(recording: Recording, now: Proposal) -> None:
    """What it would replace must stand still. Raises Changed."""
    if not now.entry.concerns:
        return
    wanted = sa.select(ENTRY.c.sealed).where(ENTRY.c.participant == now.entry.participant).order_by(ENTRY.c.number)
    rows = [entry_of(recording.seal.open(sealed))[0] for sealed in recording.connection.execute(wanted).scalars()]
    if standing(rows, now.entry.concerns) is None:
        raise Changed("What this would replace has been replaced or withdrawn meanwhile. Nothing was done.")


def _needs(connection: sa.Connection, number: int) -> bool:
    row = connection.execute(
        sa.select(PROPOSAL.c.function, PROPOSAL.c.participant).where(PROPOSAL.c.number == number)
    ).one()
    had = sa.select(ENTRY.c.number).where(
        ENTRY.c.participant == row.participant, ENTRY.c.function == CONTACT, ENTRY.c.what != "confirmation"
    )
    return row.function == CONTACT and connection.execute(had.limit(1)).first() is not None


def _enter(recording: Recording, now: Proposal, recorded_by: str, by: str, at: datetime) -> None:
    number = recording.size + 1
    entry = replace(now.entry, number=number, recorded_at=at, recorded_by=recorded_by, salt=new_salt())
    recording.append(entry, now.number, function_of(recording, entry))
    _step(recording, now, Step("in effect", by, at))


def _step(recording: Recording, now: Proposal, step: Step, seen: str = "") -> None:
    before = sa.select(sa.func.count()).select_from(STEP).where(STEP.c.proposal == now.number)
    row = {
        "proposal": now.number,
        "step": recording.connection.execute(before).scalar_one() + 1,
        "what": step.what,
        "done_by": step.done_by,
        "done_at": _moment(step.done_at),
        "reason": step.reason,
        "shown": seen,
    }
    recording.connection.execute(sa.insert(STEP), row)


def _one(connection: sa.Connection, store: ContactStore, number: int) -> Proposal:
    found = _read(connection, store, PROPOSAL.c.number == number)
    if not found:
        raise Refused(f"There is no proposal {number}.")
    return found[0]


def _read(connection: sa.Connection, store: ContactStore, which: sa.ColumnElement[bool]) -> list[Proposal]:
    rows = connection.execute(sa.select(PROPOSAL).where(which).order_by(PROPOSAL.c.number)).all()
    steps = connection.execute(
        sa.select(STEP).join(PROPOSAL, PROPOSAL.c.number == STEP.c.proposal).where(which).order_by(STEP.c.step)
    ).all()
    return [
        Proposal(
            row.number,
            entry_of(store.seal.open(row.sealed))[0],
            row.digest,
            row.proposed_by,
            datetime.fromisoformat(row.proposed_at),
            tuple(
                Step(each.what, each.done_by, datetime.fromisoformat(each.done_at), each.reason)
                for each in steps
                if each.proposal == row.number
            ),
        )
        for row in rows
    ]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
