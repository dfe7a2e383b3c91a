"""Proposals: what one person would have recorded of an authority, and what others made of it.

The states, and no other path: proposed; approved by a second person; and for a change of a 24/7 contact, confirmed
through the old contact or overridden with a reason; then in effect, which is one transaction with its entry. The
database holds to it (migration 0002).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from depositary.authorities.entries import Entry, content_of, entry_of, new_salt
from depositary.authorities.proposal import (
    OPEN,
    Changed,
    Proposal,
    Refused,
    State,
    Step,
    all_shown,
    known,
    shown,
    touches_contact,
)
from depositary.authorities.store import ContactStore, Recording, digest_of
from depositary.authorities.tables import ENTRY, PROPOSAL, STEP
from depositary.authorities.validity import standing
from depositary.errors import Sentence
from depositary.register.canonical import instant


def propose(store: ContactStore, form: str, entry: Entry, by: str, at: datetime) -> Proposal:
    """Saves a proposal; the same form sent twice is the proposal it made the first time."""
    return propose_all(store, form, [entry], by, at)[0]


def propose_all(store: ContactStore, form: str, entries: Sequence[Entry], by: str, at: datetime) -> list[Proposal]:
    """Saves the proposals of one form or file: all of them, or none; sent twice, they are those of the first time."""
    with store.recording() as recording:
        return [
            known(recording.connection, store, _propose(recording, f"{form} {place}", entry, by, at))
            for place, entry in enumerate(entries)
        ]


def _propose(recording: Recording, form: str, entry: Entry, by: str, at: datetime) -> int:
    key = sha256(f"{by} {form}".encode()).hexdigest()
    found = recording.connection.execute(sa.select(PROPOSAL.c.number).where(PROPOSAL.c.form == key)).scalar()
    if found is not None:
        return int(found)
    entry = replace(entry, number=0, recorded_at=at, recorded_by=by, salt=new_salt())
    content = content_of(entry, "")
    row = {
        "form": key,
        "sealed": recording.seal.seal(content),
        "digest": digest_of(content),
        "participant": entry.participant,
        "function": function_of(recording, entry),
        "proposed_by": by,
        "proposed_at": instant(at),
    }
    return int(recording.connection.execute(sa.insert(PROPOSAL).returning(PROPOSAL.c.number), row).scalar_one())


def function_of(recording: Recording, entry: Entry) -> str:
    """The function a change concerns: its own, or that of the entry it concerns; "" for a mission's."""
    if entry.function or not entry.concerns:
        return entry.function
    wanted = sa.select(ENTRY.c.function).where(ENTRY.c.number == entry.concerns)
    return recording.connection.execute(wanted).scalar() or ""


def approve(store: ContactStore, number: int, seen: str, by: str, at: datetime) -> Proposal:
    """A second person approves what they were shown; in effect at once, unless the old contact is to be asked first.

    Raises Refused for the one who proposed it, Changed where proposal or register are not as they were shown.
    """
    with store.recording() as recording:
        now = _open(recording, store, number, ("proposed",))
        _second_person(now, by)
        if seen != shown(now, recording.root):
            raise Changed(Sentence("The register has changed since this was shown: look again. Nothing was recorded."))
        _check_concerned(recording, now)
        _step(recording, now, Step("approved", by, at), seen)
        if not touches_contact(recording.connection, number):
            _enter(recording, now, f"{now.proposed_by}, approved by {by}", by, at)
        return known(recording.connection, store, number)


def approve_all(store: ContactStore, numbers: Sequence[int], seen: str, by: str, at: datetime) -> int:
    """A second person approves all that they were shown on one page, or nothing; how many it was. As `approve` each."""
    with store.recording() as recording:
        every = [_open(recording, store, number, ("proposed",)) for number in numbers]
        if seen != all_shown(every, recording.root):
            raise Changed(Sentence("The register has changed since this was shown: look again. Nothing was recorded."))
        for now in every:
            _second_person(now, by)
            _check_concerned(recording, now)
            _step(recording, now, Step("approved", by, at), seen)
            if not touches_contact(recording.connection, now.number):
                _enter(recording, now, f"{now.proposed_by}, approved by {by}", by, at)
    return len(every)


def refuse(store: ContactStore, number: int, reason: str, by: str, at: datetime) -> Proposal:
    """A second person turns it down, with a reason."""
    if not reason.strip():
        raise Refused(Sentence("Say why it is refused. Nothing was done."))
    return _decide(store, number, Step("refused", by, at, reason.strip()), OPEN, second=True)


def withdraw(store: ContactStore, number: int, by: str, at: datetime) -> Proposal:
    """The one who proposed it takes it back."""
    return _decide(store, number, Step("withdrawn", by, at), OPEN, second=False)


def override(store: ContactStore, number: int, reason: str, by: str, at: datetime) -> Proposal:
    """A change of a contact takes effect without the old one, for a reason that is recorded, by a second person."""
    if not reason.strip():
        raise Refused(Sentence("Say why the old contact is not waited for. Nothing was done."))
    with store.recording() as recording:
        now = _open(recording, store, number, ("awaiting the old contact", "objected"))
        _second_person(now, by)
        _check_concerned(recording, now)
        _step(recording, now, Step("overridden", by, at, reason.strip()))
        _enter(recording, now, f"{now.proposed_by}, without the old contact by {by}", by, at)
        return known(recording.connection, store, number)


def settled_by_old_contact(
    recording: Recording, store: ContactStore, number: int, at: datetime, *, objects: bool
) -> None:
    """What the old contact answered to a change of it: in effect, or held up. Nothing where it was decided since."""
    now = known(recording.connection, store, number)
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
        now = known(recording.connection, store, number)
        if now.state == "in effect" and not now.is_told:
            _step(recording, now, Step("told", by, at))


def _decide(store: ContactStore, number: int, step: Step, states: Sequence[State], *, second: bool) -> Proposal:
    with store.recording() as recording:
        now = _open(recording, store, number, states)
        if second:
            _second_person(now, step.done_by)
        elif now.proposed_by != step.done_by:
            raise Refused(Sentence("Only the one who proposed it takes it back. Nothing was done."))
        _step(recording, now, step)
        return known(recording.connection, store, number)


def _open(recording: Recording, store: ContactStore, number: int, states: Sequence[State]) -> Proposal:
    now = known(recording.connection, store, number)
    if now.state not in states:
        raise Changed(Sentence("This proposal was decided since you looked. Nothing was done."))
    return now


def _second_person(now: Proposal, by: str) -> None:
    if by == now.proposed_by:
        raise Refused(
            Sentence("Nobody decides upon what they proposed themselves: a second person does. Nothing was done.")
        )


def _check_concerned(recording: Recording, now: Proposal) -> None:
    """What it would replace must stand still. Raises Changed."""
    if not now.entry.concerns:
        return
    wanted = sa.select(ENTRY.c.sealed).where(ENTRY.c.participant == now.entry.participant).order_by(ENTRY.c.number)
    rows = [entry_of(recording.seal.open(sealed))[0] for sealed in recording.connection.execute(wanted).scalars()]
    if standing(rows, now.entry.concerns) is None:
        raise Changed(Sentence("What this would replace has been replaced or withdrawn meanwhile. Nothing was done."))


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
        "done_at": instant(step.done_at),
        "reason": step.reason,
        "shown": seen,
    }
    recording.connection.execute(sa.insert(STEP), row)
