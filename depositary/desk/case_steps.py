"""Cases: saved in versions, submitted, noted as received, given back with a reason, withdrawn.

Every change of state adds a step. Steps are numbered, so the second of two persons at one case learns of the first.
What a second person releases is in `release`.
"""

from hashlib import sha256

import sqlalchemy as sa
from sqlmodel import Session, select

from depositary.desk.audit import Doing, log
from depositary.desk.case import OPEN, STATES, Case, CaseVersion, State, held_elsewhere, known_case
from depositary.desk.case_content import CaseContent
from depositary.desk.tables import DraftRow, StepRow, VersionRow
from depositary.errors import DepositaryError, Sentence
from depositary.register.transaction import Refused


class CaseChanged(DepositaryError):
    """The case was changed, or the register has grown, since the page was shown. Nothing was done.

    `number` is the case under which a new form was saved before, 0 where that is not so.
    """

    def __init__(self, sentence: str, number: int = 0) -> None:
        super().__init__(sentence)
        self.number = number


def begin(session: Session, form: str, content: CaseContent, doing: Doing) -> Case:
    """Saves a new case. A form that is sent twice makes one case, or raises CaseChanged if it differs."""
    key = sha256(f"{doing.by} {form}".encode()).hexdigest()
    row = session.exec(select(DraftRow).where(DraftRow.form == key)).first()
    if row is None:
        row = DraftRow(form=key)
        session.add(row)
        session.flush()
        assert row.number is not None
        _save(session, row.number, 1, content, doing)
    assert row.number is not None
    now = case_to_change(session, row.number)
    if content.digest not in {version.digest for version in now.versions}:
        said = Sentence("This form was saved before, as case %(number)d. Nothing was saved.", number=now.number)
        raise CaseChanged(said, now.number)
    return now


def save(session: Session, number: int, seen: int, content: CaseContent, doing: Doing) -> Case:
    """Saves the version after the version that was seen. Raises CaseChanged where somebody was faster."""
    now = case_to_change(session, number)
    if now.last.digest == content.digest and now.last.saved_by == doing.by and now.last.number == seen + 1:
        return now
    if now.last.number != seen:
        raise CaseChanged(
            Sentence(
                "%(name)s saved this case meanwhile, as version %(number)d. Nothing was saved.",
                name=now.last.saved_by,
                number=now.last.number,
            )
        )
    if now.state not in OPEN:
        raise CaseChanged(
            Sentence("This case is %(state)s; it can be saved no more. Nothing was saved.", state=STATES[now.state])
        )
    _save(session, number, seen + 1, content, doing)
    return case_to_change(session, number)


def submit(session: Session, number: int, seen: int, doing: Doing, *, received: bool = False, reason: str = "") -> Case:
    """Submits the version that was seen for release; with `received`, notes an instrument that is not yet deposited."""
    now = case_to_change(session, number)
    what: State = "received" if received else "submitted"
    if now.state == what and now.last.number == seen:
        return now
    if not received:
        require_submittable(session, now)
    take_step(session, now, seen, what, doing, OPEN, reason=reason)
    return case_to_change(session, number)


def withdraw(session: Session, number: int, seen: int, doing: Doing) -> Case:
    """Takes a case back before it is released."""
    now = case_to_change(session, number)
    if now.state == "withdrawn":
        return now
    take_step(session, now, seen, "withdrawn", doing, (*OPEN, "submitted"))
    return case_to_change(session, number)


def refuse(session: Session, number: int, seen: int, reason: str, doing: Doing) -> Case:
    """Gives a case back with a reason, by a second person."""
    now = case_to_change(session, number)
    if now.was_decided("refused", doing.by, seen):
        return now
    if not reason.strip():
        raise Refused(Sentence("Say why it is refused. Nothing was done."))
    require_second_person(now, doing)
    take_step(session, now, seen, "refused", doing, ("submitted",), reason=reason)
    return case_to_change(session, number)


def view_digest(version: CaseVersion, root: str) -> str:
    """The digest of what a person is shown before releasing: the content, and the register it would be added to."""
    return sha256(f"{version.digest} {root}".encode()).hexdigest()


def require_submittable(session: Session, now: Case) -> None:
    """Raises Refused for a case without an item, and for an instrument that was received and is not settled yet."""
    if not now.content.standing:
        raise Refused(Sentence("The case has no act and no designation. Nothing was done."))
    if now.is_held:
        held = max(step.version for step in now.steps if step.what == "received")
        grounds = now.content.receipt.grounds if now.content.receipt else ""
        if now.last.number == held or not grounds:
            raise Refused(
                Sentence(
                    "The instrument was received and not deposited: give the day of deposit and the grounds on which "
                    "it is determined. Nothing was done."
                )
            )
    require_not_held_elsewhere(session, now)


def require_not_held_elsewhere(session: Session, now: Case) -> None:
    """Raises Refused where another case holds the same instrument as received and not deposited."""
    if other := held_elsewhere(session, now.content, now.number):
        raise Refused(
            Sentence(
                "The same instrument was received in case %(number)d and is not deposited: settle that case first. "
                "Nothing was done.",
                number=other.number,
            )
        )


def require_second_person(now: Case, doing: Doing) -> None:
    """Raises Refused for a person who saved a version of the case."""
    if doing.by in now.authors:
        raise Refused(
            Sentence(
                "A case is released or refused by a second person, not by the person who drafted it. Nothing was done."
            )
        )


def take_step(
    session: Session,
    now: Case,
    seen: int,
    what: State,
    doing: Doing,
    allowed: tuple[State, ...],
    *,
    reason: str = "",
    shown: str = "",
    entries: range = range(0),
) -> None:
    """Adds a step to a case in one of the allowed states. Raises CaseChanged."""
    if now.last.number != seen or now.state not in allowed:
        raise CaseChanged(
            Sentence(
                "This case is %(state)s, version %(number)d, since you looked. Nothing was done.",
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
        raise CaseChanged(Sentence("Another person has done this already. Nothing was done.")) from None
    log(session, doing, f"case {what}", f"case {now.number}, version {seen}")


def _save(session: Session, number: int, version: int, content: CaseContent, doing: Doing) -> None:
    row = {
        "draft": number,
        "version": version,
        "content": content.content,
        "digest": content.digest,
        "saved_by": doing.by,
        "saved_at": doing.instant,
    }
    try:
        session.connection().execute(sa.insert(VersionRow), row)
    except sa.exc.IntegrityError:
        raise CaseChanged(Sentence("Another person has saved this case meanwhile. Nothing was saved.")) from None
    log(session, doing, "case saved", f"case {number}, version {version}")


def case_to_change(session: Session, number: int) -> Case:
    """The case of a number. Raises Refused."""
    found = known_case(session, number)
    if found is None:
        raise Refused(Sentence("There is no case %(number)d.", number=number))
    return found
