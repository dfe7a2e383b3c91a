"""Editions in the register's store. One person prepares an edition; a second person, who has seen the digest of what
goes out and typed the number of letters, approves it. No row is ever changed, and the database refuses an approval by
the person who prepared the edition.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from depositary.correspondence.circulation.edition import Edition, edition_of, signed_bytes
from depositary.correspondence.mail.tables import EditionRow, EditionStepRow
from depositary.desk.audit import Doing, log
from depositary.errors import DepositaryError, Sentence
from depositary.register.canonical import instant
from depositary.register.heads import is_signed
from depositary.register.seal import Seal
from depositary.register.tables import signing_keys
from depositary.register.transaction import Transaction
from depositary.words.circulation import EDITION_STATES

EditionState = Literal["prepared", "approved", "withdrawn", "closed"]


class EditionRefused(DepositaryError):
    """The state of the edition does not allow this. Nothing was done."""


@dataclass(frozen=True)
class EditionStep:
    """A step in the life of an edition, as its approval or its closing."""

    what: EditionState
    done_by: str
    done_at: datetime
    reason: str = ""
    key: str = ""
    signature: str = ""


@dataclass(frozen=True)
class KeptEdition:
    """An edition with all its steps."""

    edition: Edition
    prepared_by: str
    prepared_at: datetime
    steps: tuple[EditionStep, ...] = ()

    @property
    def name(self) -> str:
        return self.edition.name

    @property
    def state(self) -> EditionState:
        return self.steps[-1].what if self.steps else "prepared"

    @property
    def approval(self) -> EditionStep | None:
        return next((step for step in self.steps if step.what == "approved"), None)

    @property
    def signed(self) -> dict[str, Any]:
        """The manifest with its signature, which goes with every copy."""
        step = self.approval
        signature = {"key": step.key, "signature": step.signature} if step else {"key": "", "signature": ""}
        return {**self.edition.manifest, **signature}


def editions(session: Session, seal: Seal, year: int | None = None) -> list[KeptEdition]:
    """The editions of a year, or all of them, the earliest first."""
    wanted = select(EditionRow).order_by(col(EditionRow.year), col(EditionRow.place))
    rows = session.exec(wanted if year is None else wanted.where(EditionRow.year == year)).all()
    return [_kept(session, row, seal) for row in rows]


def edition(session: Session, name: str, seal: Seal) -> KeptEdition | None:
    """The edition of a name such as `2028/1`."""
    row = session.get(EditionRow, name)
    return _kept(session, row, seal) if row else None


def present(session: Session, year: int, seal: Seal) -> KeptEdition | None:
    """The edition of a year that was not withdrawn; None where there is none."""
    return next((one for one in reversed(editions(session, seal, year)) if one.state != "withdrawn"), None)


def prepare(session: Session, edition: Edition, seal: Seal, doing: Doing) -> KeptEdition:
    """Freezes an edition. Raises EditionRefused where the year has one that was not withdrawn."""
    seal.check(lambda: session.exec(select(EditionRow.name).limit(1)).first())
    others = editions(session, seal, edition.year)
    if any(one.state != "withdrawn" for one in others):
        raise EditionRefused(Sentence("There is an edition of %(year)d already. Nothing was done.", year=edition.year))
    if not edition.recipients:
        raise EditionRefused(Sentence("No State Party has an address to which it could be sent. Nothing was done."))
    try:
        session.connection().execute(
            sa.insert(EditionRow),
            {
                "name": edition.name,
                "year": edition.year,
                "place": edition.place,
                "sealed": seal.seal(edition.content),
                "digest": edition.digest,
                "prepared_by": doing.by,
                "prepared_at": doing.instant,
            },
        )
    except sa.exc.IntegrityError:
        raise EditionRefused(Sentence("Another person has done this already. Nothing was done.")) from None
    log(session, doing, "circulation prepared", f"{edition.name}: {len(edition.recipients)} recipients")
    return KeptEdition(edition, doing.by, doing.at)


def approve(
    recording: Transaction, name: str, seen: str, count: str, now: Edition, seal: Seal, doing: Doing
) -> KeptEdition:
    """A second person approves the edition they saw, and types the number of its letters. The manifest is signed.

    `now` is the edition made again from the registers. Raises EditionRefused where the two differ, as by an address.
    """
    session = recording.session
    kept = _open(session, name, seal)
    if kept.state != "prepared":
        raise _not_now(kept)
    if doing.by == kept.prepared_by:
        raise EditionRefused(
            Sentence("An edition is approved by a second person, not by the person who prepared it. Nothing was done.")
        )
    if seen != kept.edition.digest or now.digest != kept.edition.digest:
        raise EditionRefused(
            Sentence(
                "A recipient or the list is not as it was prepared: withdraw this edition and prepare it anew. "
                "Nothing was done."
            )
        )
    if count != str(len(kept.edition.recipients)):
        raise EditionRefused(
            Sentence(
                "It makes %(number)d letters, and another number was typed. Nothing was done.",
                number=len(kept.edition.recipients),
            )
        )
    key, signature = recording.signed(signed_bytes(kept.edition))
    _step(session, kept, EditionStep("approved", doing.by, doing.at, "", key, signature), shown=seen)
    log(session, doing, "circulation approved", f"{name}: {count} recipients, digest {seen}")
    return _open(session, name, seal)


def withdraw(session: Session, name: str, reason: str, seal: Seal, doing: Doing) -> KeptEdition:
    """Withdraws an edition. Raises EditionRefused where it is approved."""
    kept = _open(session, name, seal)
    if kept.state != "prepared":
        raise _not_now(kept)
    if not reason.strip():
        raise EditionRefused(Sentence("Say why it is withdrawn. Nothing was done."))
    _step(session, kept, EditionStep("withdrawn", doing.by, doing.at, reason.strip()))
    log(session, doing, "circulation withdrawn", name)
    return _open(session, name, seal)


def close(session: Session, name: str, unsettled: int, seal: Seal, doing: Doing) -> KeptEdition:
    """Closes an approved edition whose letters are all settled; the database checks it too. Raises EditionRefused."""
    kept = _open(session, name, seal)
    if kept.state != "approved":
        raise _not_now(kept)
    if unsettled:
        raise EditionRefused(
            Sentence(
                "Letters of it are not settled (%(number)d); it cannot be closed. Nothing was done.", number=unsettled
            )
        )
    _step(session, kept, EditionStep("closed", doing.by, doing.at))
    log(session, doing, "circulation closed", name)
    return _open(session, name, seal)


def holds(session: Session, kept: KeptEdition) -> bool:
    """Whether an approved edition's manifest is signed by one of the register's keys."""
    step = kept.approval
    public: Mapping[str, str] = {one.name: one.public for one in signing_keys(session)}
    return bool(step and step.key in public and is_signed(public[step.key], step.signature, signed_bytes(kept.edition)))


def _not_now(kept: KeptEdition) -> EditionRefused:
    state = Sentence(EDITION_STATES[kept.state])
    return EditionRefused(Sentence("State of this edition: %(state)s. Nothing was done.", state=state))


def _open(session: Session, name: str, seal: Seal) -> KeptEdition:
    found = edition(session, name, seal)
    if found is None:
        raise EditionRefused(Sentence("There is no edition %(name)s.", name=name[:80]))
    return found


def _step(session: Session, kept: KeptEdition, step: EditionStep, *, shown: str = "") -> None:
    row = {
        "edition": kept.name,
        "step": len(kept.steps) + 1,
        "what": step.what,
        "done_by": step.done_by,
        "done_at": instant(step.done_at),
        "shown": shown,
        "key": step.key,
        "signature": step.signature,
        "reason": step.reason,
    }
    try:
        session.connection().execute(sa.insert(EditionStepRow), row)
    except sa.exc.IntegrityError:
        raise EditionRefused(Sentence("Another person has done this already. Nothing was done.")) from None


def _kept(session: Session, row: EditionRow, seal: Seal) -> KeptEdition:
    wanted = select(EditionStepRow).where(EditionStepRow.edition == row.name).order_by(col(EditionStepRow.step))
    steps = tuple(_step_of(each) for each in session.exec(wanted))
    return KeptEdition(
        edition_of(seal.open(row.sealed)), row.prepared_by, datetime.fromisoformat(row.prepared_at), steps
    )


def _step_of(row: EditionStepRow) -> EditionStep:
    what: EditionState = row.what  # type: ignore[assignment]
    return EditionStep(what, row.done_by, datetime.fromisoformat(row.done_at), row.reason, row.key, row.signature)
