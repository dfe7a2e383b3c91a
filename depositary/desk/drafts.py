"""Drafts: saved in versions, submitted, and released into the register by a second person, or refused with a reason.

Every change of state adds a step. Steps are numbered, so the second of two persons at one draft learns of the first.
A release is one transaction: the step, the entry, the signed head.
"""

from hashlib import sha256

import sqlalchemy as sa
from sqlmodel import Session, select

from depositary import clock
from depositary.desk.audit import Doing, log
from depositary.desk.draft import OPEN, STATES, Draft, DraftVersion, State, draft
from depositary.desk.proposal import Proposal
from depositary.desk.tables import DraftRow, StepRow, VersionRow
from depositary.errors import DepositaryError, Sentence
from depositary.register.batch import enter_all
from depositary.register.recording import enter, enter_instead, enter_strike
from depositary.register.store import Store
from depositary.register.transaction import Refused, Transaction
from depositary.register.verification import require


class DraftChanged(DepositaryError):
    """Somebody else changed the draft, or the register has grown, since the page was shown. Nothing was done."""


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
    """Saves the version after the version that was seen. Raises DraftChanged where somebody was faster."""
    now = _known(session, number)
    if now.last.digest == proposal.digest and now.last.saved_by == doing.by and now.last.number == seen + 1:
        return now
    if now.last.number != seen:
        raise DraftChanged(
            Sentence(
                "%(name)s saved this draft meanwhile, as version %(number)d. Nothing was saved.",
                name=now.last.saved_by,
                number=now.last.number,
            )
        )
    if now.state not in OPEN:
        raise DraftChanged(
            Sentence("This draft is %(state)s; it can be saved no more. Nothing was saved.", state=STATES[now.state])
        )
    _save(session, number, seen + 1, proposal, doing)
    return _known(session, number)


def submit(
    session: Session, number: int, seen: int, doing: Doing, *, received: bool = False, reason: str = ""
) -> Draft:
    """Submits the version that was seen for release; with `received`, notes an instrument that is not yet deposited."""
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
        raise Refused(Sentence("Say why it is refused. Nothing was done."))
    _second_person(now, doing)
    _step(session, now, seen, "refused", doing, ("submitted",), reason=reason)
    return _known(session, number)


def view_digest(version: DraftVersion, root: str) -> str:
    """The digest of what a person is shown before releasing: the proposal, and the register it would be added to."""
    return sha256(f"{version.digest} {root}".encode()).hexdigest()


def release(store: Store, number: int, seen: str, doing: Doing) -> Draft:
    """Records what a draft proposes, by a second person who saw exactly this, in one transaction.

    Raises DraftChanged where draft or register are not as they were shown; Refused where the register refuses, where
    the person saved a version of the draft, or where the day of an act has not come; Untrue where the register does
    not hold. A draft that is released already is given back as it is.
    """
    require(store)
    with store.recording() as recording:
        session = recording.session
        now = _known(session, number)
        if now.state == "released":
            return now
        _second_person(now, doing)
        if now.state != "submitted":
            raise DraftChanged(
                Sentence(
                    "This draft is %(state)s, and does not await release. Nothing was recorded.",
                    state=STATES[now.state],
                )
            )
        if seen != view_digest(now.last, recording.root):
            raise DraftChanged(
                Sentence(
                    "The draft or the register has changed since this was shown: look again. Nothing was recorded."
                )
            )
        if any(act.date > clock.day_of(doing.at) for act in now.last.proposal.acts):
            raise Refused(Sentence("Nothing was recorded: an act is recorded when it is done."))
        recording.case = now.number
        entries = _enter(recording, now, doing)
        _step(session, now, now.last.number, "released", doing, ("submitted",), shown=seen, entries=entries)
        return _known(session, number)


def _enter(recording: Transaction, now: Draft, doing: Doing) -> range:
    proposal, by = now.last.proposal, f"{now.last.saved_by}, released by {doing.by}"
    if proposal.kind == "import":
        entries = enter_all(recording, proposal.acts, by, doing.at)
        if not entries:
            raise Refused(Sentence("Every act of this file stands in the register already. Nothing was recorded."))
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
            Sentence("Nobody releases or refuses what they drafted themselves: a second person does. Nothing was done.")
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
        raise DraftChanged(
            Sentence(
                "This draft is %(state)s, version %(number)d, since you looked. Nothing was done.",
                state=STATES[now.state],
                number=now.last.number,
            )
        )
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
        raise DraftChanged(Sentence("Somebody else was first. Nothing was done.")) from None
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
        raise DraftChanged(Sentence("Somebody else saved this draft meanwhile. Nothing was saved.")) from None
    log(session, doing, "draft saved", f"draft {number}, version {version}")


def _known(session: Session, number: int) -> Draft:
    found = draft(session, number)
    if found is None:
        raise Refused(Sentence("There is no draft %(number)d.", number=number))
    return found
