"""The outbox: a letter is posted once for each edition and recipient, and a sender claims it before sending it.

The steps of a letter are only added to. A claim is a step, and steps are numbered: of two senders that
claim one letter, one finds the number taken. A letter that a dead sender had claimed is `unknown`: nobody knows
whether the server took it, and no program sends it again.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from depositary import clock
from depositary.correspondence.mail.letters import Attachment, Letter, message
from depositary.correspondence.mail.outcomes import PAUSES, Attempt, Carrier, LetterState
from depositary.correspondence.mail.smime import Signer
from depositary.correspondence.mail.steps import LetterStep, add, steps_of
from depositary.correspondence.mail.tables import LetterRow, LetterStepRow, PartRow
from depositary.correspondence.mail.turn import turn
from depositary.desk.audit import Doing
from depositary.errors import DepositaryError
from depositary.register.canonical import canonical, instant
from depositary.register.seal import Seal
from depositary.register.store import Store

KEY = "mail.key"
AT_HAND = 64
"""The number of attachments that are kept open between two letters."""
SENDER = "sender"
"""The name of the program as an actor, when it sends."""


@dataclass
class Summary:
    """What a run did: the number of letters it left in each state, and of those still to be sent, now or later."""

    done: Counter[LetterState] = field(default_factory=Counter)
    stopped: str = ""
    """Why the run ended before all letters were sent; "" where it did not."""
    elsewhere: bool = False
    """Whether this run did nothing because another run was sending."""


@dataclass(frozen=True)
class Sender:
    """The sender of letters: the address they come from, the domain of their Message-IDs, and who signs them."""

    address: str
    domain: str
    signer: Signer | None = None


NOWHERE = "depositary.invalid"
"""The domain of a house that has no address; RFC 2606 keeps it free of any other."""


def seal_in(keys: Path) -> Seal:
    """The seal of letters. Its key is a file beside the signing keys."""
    return Seal(keys, KEY)


def post(
    session: Session,
    edition: str,
    recipient: str,
    letter: Letter,
    seal: Seal,
    doing: Doing,
    *,
    domain: str = NOWHERE,
    copy: int = 0,
    again: int = 0,
) -> bool:
    """Puts a letter into the outbox, unless it has a letter of this edition to this recipient. Gives whether it did.

    `copy` is its copy number; 0 takes the next number. The Message-ID never changes. `again` counts the letters that
    replace the first one.
    """
    seal.check(lambda: session.exec(select(LetterRow.number).limit(1)).first())
    there = select(LetterRow.number).where(
        LetterRow.edition == edition, LetterRow.recipient == recipient, LetterRow.again == again
    )
    if session.exec(there).first() is not None:
        return False
    if not copy:
        last = sa.select(sa.func.coalesce(sa.func.max(LetterRow.copy_number), 0)).where(
            col(LetterRow.edition) == edition
        )
        copy = int(session.connection().execute(last).scalar_one()) + 1
    session.add(
        LetterRow(
            edition=edition,
            recipient=recipient,
            copy_number=copy,
            again=again,
            message_id=message_id_of(edition, recipient, domain, again),
            sealed=_sealed(session, letter, seal),
            posted_by=doing.by,
            posted_at=doing.instant,
        )
    )
    session.flush()
    return True


def message_id_of(edition: str, recipient: str, domain: str, again: int = 0) -> str:
    """The Message-ID of the letter of an edition to a recipient: the same, whenever it is posted or sent."""
    named = canonical([edition, recipient, *([str(again)] if again else [])])
    return f"<{sha256(named.encode()).hexdigest()[:32]}@{domain}>"


def _sealed(session: Session, letter: Letter, seal: Seal) -> str:
    told = {
        "to": letter.to,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "headers": [list(pair) for pair in letter.headers],
        "certificate": letter.certificate,
        "protected": int(letter.protected),
        "in_clear_by": letter.in_clear_by,
        "attachments": [[one.name, _attachment_name(session, one, seal), one.media_type] for one in letter.attachments],
    }
    return seal.seal(canonical(told))


def _attachment_name(session: Session, attachment: Attachment, seal: Seal) -> str:
    """Keeps an attachment, once for all its recipients. Gives the name of its row."""
    name = seal.name(attachment.content)
    if session.get(PartRow, name) is None:
        session.add(PartRow(name=name, sealed=seal.seal_bytes(attachment.content)))
        session.flush()
    return name


def letter_of(session: Session, row: LetterRow, seal: Seal, opened: dict[str, bytes] | None = None) -> Letter:
    """The letter that a row keeps. `opened` are the attachments that are open already; it adds those of this letter."""
    told: dict[str, Any] = json.loads(seal.open(row.sealed))
    opened = {} if opened is None else opened
    for _, part, _ in told["attachments"]:
        if part not in opened:
            opened[part] = seal.open_bytes(session.get_one(PartRow, part).sealed)
    attachments = tuple(Attachment(name, opened[part], media_type) for name, part, media_type in told["attachments"])
    headers = tuple((name, value) for name, value in told["headers"])
    return Letter(**told | {"attachments": attachments, "headers": headers, "protected": bool(told["protected"])})


def send_letters(
    store: Store,
    seal: Seal,
    carrier: Carrier,
    sender: Sender,
    *,
    edition: str = "",
    now: Callable[[], datetime] = clock.now,
    passed: Callable[[int, int], None] = lambda done, of: None,
) -> Summary:
    """Sends the letters whose time has come, of one edition or of all, and records what became of each.

    While one run is sending, a second run does nothing. `passed` is called with the number done and the number of all.
    """
    summary = Summary()
    with turn(store) as mine:
        if not mine:
            return Summary(elsewhere=True)
        summary.done["unknown"] += _give_up_dead_claims(store, seal, now())
        numbers = _to_be_sent(store, edition, now())
        opened: dict[str, bytes] = {}
        try:
            for place, number in enumerate(numbers):
                passed(place, len(numbers))
                carrier.ready()  # before it claims a letter: a server that is gone costs no letter an attempt
                if len(opened) > AT_HAND:
                    opened.clear()
                if state := _send_one(store, seal, carrier, sender, number, now, opened):
                    summary.done[state] += 1
            passed(len(numbers), len(numbers))
        except DepositaryError as fault:
            summary.stopped = str(fault)
        finally:
            carrier.close()
    return summary


def _send_one(
    store: Store,
    seal: Seal,
    carrier: Carrier,
    sender: Sender,
    number: int,
    now: Callable[[], datetime],
    opened: dict[str, bytes],
) -> LetterState | None:
    """Claims a letter, hands it over, and records the outcome; None where another sender has claimed it."""
    with store.session() as session:
        row = session.get_one(LetterRow, number)
        letter = letter_of(session, row, seal, opened)
        at = datetime.fromisoformat(row.posted_at)
        sent = message(letter, sender.address, row.message_id, at, copy=row.copy_number, signer=sender.signer)
        name = f"{row.edition}-{row.copy_number:03d}-{row.recipient}{f'-{row.again}' if row.again else ''}"
        steps = steps_of(session, [number], seal)[number]
    if not add(store, number, len(steps) + 1, LetterStep("claimed", SENDER, now()), seal):
        return None
    try:
        attempt = carrier.carry(letter.to, sent, name)
    except BaseException:
        _conclude(store, seal, number, len(steps) + 2, Attempt(carrier.ended, "The sender was stopped."), steps, now())
        raise
    return _conclude(store, seal, number, len(steps) + 2, attempt, steps, now())


def _conclude(
    store: Store, seal: Seal, number: int, place: int, attempt: Attempt, before: Iterable[LetterStep], at: datetime
) -> LetterState:
    state: LetterState = attempt.outcome
    again = None
    if state == "deferred":
        pauses = _deferrals(before)
        state, again = ("deferred", at + PAUSES[pauses]) if pauses < len(PAUSES) else ("given up", None)
    step = LetterStep(state, SENDER, at, attempt.said, again_at=again)
    while not add(store, number, place, step, seal):
        place += 1  # another sender took this one for dead, and noted it; the outcome is noted after that
    return state


def _deferrals(steps: Iterable[LetterStep]) -> int:
    """The number of times a letter was deferred since it was posted, or since two persons had it sent again."""
    number = 0
    for step in steps:
        number = 0 if step.what == "resend" else number + (step.what == "deferred")
    return number


LATER = sa.orm.aliased(LetterStepRow)
LAST = (
    sa.select(sa.func.max(LATER.step))
    .where(col(LATER.letter) == LetterRow.number)
    .correlate(LetterRow)
    .scalar_subquery()
)


def _with_last_step() -> Any:
    """Letters by their numbers, each with its last step where it has steps."""
    last = sa.and_(col(LetterStepRow.letter) == LetterRow.number, col(LetterStepRow.step) == LAST)
    wanted = sa.select(
        col(LetterRow.number), col(LetterStepRow.what), col(LetterStepRow.step), col(LetterStepRow.again_at)
    )
    return wanted.select_from(sa.outerjoin(LetterRow, LetterStepRow, last)).order_by(col(LetterRow.number))


def _to_be_sent(store: Store, edition: str, at: datetime) -> list[int]:
    what, again = col(LetterStepRow.what), col(LetterStepRow.again_at)
    due = sa.or_(what.is_(None), what == "resend", sa.and_(what == "deferred", again <= instant(at)))
    wanted = _with_last_step().where(due)
    if edition:
        wanted = wanted.where(col(LetterRow.edition) == edition)
    with store.session() as session:
        return [number for number, *_ in session.connection().execute(wanted)]


def _give_up_dead_claims(store: Store, seal: Seal, at: datetime) -> int:
    """Marks the letters that a dead sender had claimed as `unknown`, for a person to decide. Gives their number."""
    said = "The sender was gone before it could say what became of it."
    with store.session() as session:
        claimed = session.connection().execute(_with_last_step().where(col(LetterStepRow.what) == "claimed")).all()
    return sum(
        add(store, number, step + 1, LetterStep("unknown", SENDER, at, said), seal) for number, _, step, _ in claimed
    )
