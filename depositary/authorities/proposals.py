"""Proposals: one person proposes an entry about an authority, others approve, confirm or refuse it.

The states, and no other path: proposed; approved by a second person; and for a change of a 24/7 contact, confirmed
through the old contact or overridden with a reason; then in effect, which is one transaction with its entry. The
database enforces it (migration 0002).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from depositary.authorities.entries import AuthorityEntry, authority_content, authority_entry, new_salt
from depositary.authorities.proposal import (
    OPEN,
    AuthorityProposal,
    ProposalChanged,
    ProposalRefused,
    ProposalState,
    ProposalStep,
    digest_of_proposal,
    digest_of_proposals,
    form_key,
    proposal_in,
    touches_contact,
)
from depositary.authorities.store import AuthorityTransaction, ContactStore, authority_digest
from depositary.authorities.tables import ENTRY, PROPOSAL, STEP
from depositary.authorities.validity import standing_entry
from depositary.errors import Sentence
from depositary.register.canonical import instant


def propose(store: ContactStore, form: str, entry: AuthorityEntry, by: str, at: datetime) -> AuthorityProposal:
    """Saves a proposal. A form that is sent twice makes one proposal."""
    return propose_all(store, form, [entry], by, at)[0]


def propose_all(
    store: ContactStore, form: str, entries: Sequence[AuthorityEntry], by: str, at: datetime
) -> list[AuthorityProposal]:
    """Saves the proposals of a form or file, all of them or none. A form that is sent twice makes them once."""
    with store.recording() as recording:
        return [
            proposal_in(recording.connection, store, _propose(recording, f"{form} {place}", entry, by, at))
            for place, entry in enumerate(entries)
        ]


def _propose(recording: AuthorityTransaction, form: str, entry: AuthorityEntry, by: str, at: datetime) -> int:
    key = form_key(by, form)
    found = recording.connection.execute(sa.select(PROPOSAL.c.number).where(PROPOSAL.c.form == key)).scalar()
    if found is not None:
        return int(found)
    _check_concerned(recording, entry)
    entry = replace(entry, number=0, recorded_at=at, recorded_by=by, salt=new_salt())
    content = authority_content(entry, "")
    row = {
        "form": key,
        "sealed": recording.seal.seal(content),
        "digest": authority_digest(content),
        "participant": entry.participant,
        "function": recording.function_of(entry),
        "concerns": entry.concerns,
        "proposed_by": by,
        "proposed_at": instant(at),
    }
    return int(recording.connection.execute(sa.insert(PROPOSAL).returning(PROPOSAL.c.number), row).scalar_one())


def approve(store: ContactStore, number: int, seen: str, by: str, at: datetime) -> AuthorityProposal:
    """A second person approves what they were shown; in effect at once, unless the old contact is to be asked first.

    Raises ProposalRefused for the person who proposed it, and ProposalChanged where the proposal or the register is no
    longer as it was shown.
    """
    with store.recording() as recording:
        now = _open(recording, store, number, ("proposed",))
        _second_person(now, by)
        if seen != digest_of_proposal(now, recording.root):
            raise ProposalChanged(
                Sentence("The register has changed since this was shown: look again. Nothing was recorded.")
            )
        _check_concerned(recording, now.entry)
        _step(recording, now, ProposalStep("approved", by, at), seen)
        if not touches_contact(recording.connection, number):
            _enter(recording, now, f"{now.proposed_by}, approved by {by}", by, at)
        return proposal_in(recording.connection, store, number)


def approve_all(
    store: ContactStore, numbers: Sequence[int], seen: str, by: str, at: datetime
) -> list[AuthorityProposal]:
    """A second person approves all proposals on the page they were shown, or none."""
    with store.recording() as recording:
        every = [_open(recording, store, number, ("proposed",)) for number in numbers]
        if seen != digest_of_proposals(every, recording.root):
            raise ProposalChanged(
                Sentence("The register has changed since this was shown: look again. Nothing was recorded.")
            )
        for now in every:
            _second_person(now, by)
            _check_concerned(recording, now.entry)
            _step(recording, now, ProposalStep("approved", by, at), seen)
            if not touches_contact(recording.connection, now.number):
                _enter(recording, now, f"{now.proposed_by}, approved by {by}", by, at)
        return [proposal_in(recording.connection, store, now.number) for now in every]


def refuse(store: ContactStore, number: int, reason: str, by: str, at: datetime) -> AuthorityProposal:
    """A second person turns it down, with a reason."""
    if not reason.strip():
        raise ProposalRefused(Sentence("Say why it is refused. Nothing was done."))
    return _decide(store, number, ProposalStep("refused", by, at, reason.strip()), OPEN, second=True)


def withdraw(store: ContactStore, number: int, by: str, at: datetime) -> AuthorityProposal:
    """The person who proposed it withdraws it."""
    return _decide(store, number, ProposalStep("withdrawn", by, at), OPEN, second=False)


def override(store: ContactStore, number: int, reason: str, by: str, at: datetime) -> AuthorityProposal:
    """A second person puts a change of a contact into effect without the old contact, and gives a reason."""
    if not reason.strip():
        raise ProposalRefused(Sentence("Say why the old contact is not waited for. Nothing was done."))
    with store.recording() as recording:
        now = _open(recording, store, number, ("awaiting the old contact", "objected"))
        _second_person(now, by)
        _check_concerned(recording, now.entry)
        _step(recording, now, ProposalStep("overridden", by, at, reason.strip()))
        _enter(recording, now, f"{now.proposed_by}, without the old contact by {by}", by, at)
        return proposal_in(recording.connection, store, number)


def settled_by_old_contact(
    recording: AuthorityTransaction, store: ContactStore, number: int, at: datetime, *, objects: bool
) -> None:
    """The old contact's answer puts the change into effect, or holds it up. It does nothing after a decision."""
    now = proposal_in(recording.connection, store, number)
    if now.state not in ("awaiting the old contact", "objected"):
        return
    if objects:
        if now.state != "objected":
            _step(recording, now, ProposalStep("objected", "the old contact", at))
        return
    _check_concerned(recording, now.entry)
    _step(recording, now, ProposalStep("confirmed", "the old contact", at))
    _enter(recording, now, f"{now.proposed_by}, confirmed by the old contact", "the old contact", at)


def note_told(store: ContactStore, numbers: Sequence[int], by: str, at: datetime) -> None:
    """Notes that the letters which announce their effect have been handed to the outbox."""
    with store.recording() as recording:
        for number in numbers:
            now = proposal_in(recording.connection, store, number)
            if now.state == "in effect" and not now.is_told:
                _step(recording, now, ProposalStep("told", by, at))


def _decide(
    store: ContactStore, number: int, step: ProposalStep, states: Sequence[ProposalState], *, second: bool
) -> AuthorityProposal:
    with store.recording() as recording:
        now = _open(recording, store, number, states)
        if second:
            _second_person(now, step.done_by)
        elif now.proposed_by != step.done_by:
            raise ProposalRefused(Sentence("Only the one who proposed it takes it back. Nothing was done."))
        _step(recording, now, step)
        return proposal_in(recording.connection, store, number)


def _open(
    recording: AuthorityTransaction, store: ContactStore, number: int, states: Sequence[ProposalState]
) -> AuthorityProposal:
    now = proposal_in(recording.connection, store, number)
    if now.state not in states:
        raise ProposalChanged(Sentence("This proposal was decided since you looked. Nothing was done."))
    return now


def _second_person(now: AuthorityProposal, by: str) -> None:
    if by == now.proposed_by:
        raise ProposalRefused(
            Sentence("A proposal is decided by a second person, not by the person who made it. Nothing was done.")
        )


def _check_concerned(recording: AuthorityTransaction, entry: AuthorityEntry) -> None:
    """Checks that the entry which a proposal concerns stands, and has the proposal's participant and function.

    Raises ProposalChanged where it no longer stands, and ProposalRefused where it belongs to another participant.
    """
    if not entry.concerns:
        if entry.what in ("rectification", "withdrawal", "confirmation"):
            raise ProposalRefused(Sentence("Name the entry that this concerns. Nothing was done."))
        return
    wanted = sa.select(ENTRY.c.sealed).where(ENTRY.c.participant == entry.participant).order_by(ENTRY.c.number)
    sealed = recording.connection.execute(wanted).scalars().all()
    rows = [authority_entry(content)[0] for content in recording.seal.open_all(sealed)]
    concerned = standing_entry(rows, entry.concerns)
    if concerned is None:
        raise ProposalChanged(
            Sentence("What this would replace has been replaced or withdrawn meanwhile. Nothing was done.")
        )
    is_mission = entry.mission is not None
    if recording.function_of(entry) != recording.function_of(concerned) or (is_mission and concerned.mission is None):
        raise ProposalRefused(
            Sentence("An entry has the participant and the function of the entry it concerns. Nothing was done.")
        )


def _enter(recording: AuthorityTransaction, now: AuthorityProposal, recorded_by: str, by: str, at: datetime) -> None:
    number = recording.size + 1
    entry = replace(now.entry, number=number, recorded_at=at, recorded_by=recorded_by, salt=new_salt())
    recording.append(entry, now.number)
    _step(recording, now, ProposalStep("in effect", by, at))


def _step(recording: AuthorityTransaction, now: AuthorityProposal, step: ProposalStep, seen: str = "") -> None:
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
