"""The release of a case into the register by a second person: all of its items in one transaction, or none.

The transaction holds the step, the entries and the signed head.
"""

from depositary import clock
from depositary.desk.audit import Doing
from depositary.desk.case import STATES, Case
from depositary.desk.case_content import Item
from depositary.desk.case_steps import (
    CaseChanged,
    case_to_change,
    require_not_held_elsewhere,
    require_second_person,
    take_step,
    view_digest,
)
from depositary.errors import Sentence
from depositary.register.batch import enter_all
from depositary.register.entry import Entry
from depositary.register.recording import enter, enter_instead, enter_strike
from depositary.register.store import Store
from depositary.register.transaction import Refused, Transaction
from depositary.register.verification import require


def release(store: Store, number: int, seen: str, doing: Doing) -> Case:
    """Records all that a case proposes, by a second person who saw exactly this, in one transaction.

    Raises CaseChanged where case or register are not as they were shown; Refused where the register refuses, where
    the person saved a version of the case, where another case holds the same instrument, or where the day of an act
    has not come; Untrue where the register does
    not hold. A case that is released already is given back as it is.
    """
    require(store)
    with store.recording() as recording:
        session = recording.session
        now = case_to_change(session, number)
        if now.state == "released":
            return now
        require_second_person(now, doing)
        if now.state != "submitted":
            raise CaseChanged(
                Sentence(
                    "This case is %(state)s, and does not await release. Nothing was recorded.",
                    state=STATES[now.state],
                )
            )
        if seen != view_digest(now.last, recording.root):
            raise CaseChanged(
                Sentence("The case or the register has changed since this was shown: look again. Nothing was recorded.")
            )
        if any(act.date > clock.day_of(doing.at) for act in now.content.acts):
            raise Refused(Sentence("Nothing was recorded: an act is recorded when it is done."))
        require_not_held_elsewhere(session, now)
        recording.case = now.number
        entries = _enter(recording, now, doing)
        take_step(session, now, now.last.number, "released", doing, ("submitted",), shown=seen, entries=entries)
        return case_to_change(session, number)


def _enter(recording: Transaction, now: Case, doing: Doing) -> range:
    """Records the items of a case; the numbers of the entries."""
    by, first = f"{now.last.saved_by}, released by {doing.by}", recording.size + 1
    if not now.content.is_file:
        for item in now.content.to_record:
            _enter_item(recording, item, now, by, doing)
    elif not enter_all(recording, now.content.acts, by, doing.at):
        raise Refused(Sentence("Every act of this file stands in the register already. Nothing was recorded."))
    return range(first, recording.size + 1)


def _enter_item(recording: Transaction, item: Item, now: Case, by: str, doing: Doing) -> Entry:
    receipt, scans = now.content.receipt, now.content.scans
    if item.act is None:
        return enter_strike(recording, item.target, by, doing.at, reason=item.reason)
    if item.target:
        return enter_instead(
            recording, item.target, item.act, by, doing.at, reason=item.reason, receipt=receipt, documents=scans
        )
    return enter(recording, item.act, by, doing.at, receipt=receipt, documents=scans)
