"""The notifications of earlier acts, which are to be read with one."""

from depositary.correspondence.notifications.event import notified
from depositary.correspondence.notifications.paragraphs import Paragraphs
from depositary.correspondence.notifications.references import Notified
from depositary.law.acts import Action
from depositary.register.entry import Entry


def earlier_entries(tell: Paragraphs) -> list[Entry]:
    """The entries of acts that are not later than the act being told, and of other events."""
    told = {entry.number for entry in tell.event.told}
    return [
        entry
        for entry in tell.event.entries
        if entry.act and entry.number not in told and entry.act.order <= tell.act.order
    ]


def of_the_same(tell: Paragraphs, *actions: Action) -> list[Notified]:
    """The last notification of an earlier act of this participant under this provision."""
    act = tell.act
    for entry in reversed(earlier_entries(tell)):
        earlier = entry.act
        if (
            earlier is None
            or earlier.participant != act.participant
            or earlier.action not in actions
            or earlier.amendment
        ):
            continue
        if earlier.action == "reservation" and earlier.provision != act.provision:
            continue
        if found := notified(tell.event.entries, entry):
            return list(found)
    return []


def of_the_amendment(tell: Paragraphs, action: Action) -> list[Notified]:
    """The notifications of an earlier act on this amendment."""
    return [
        notification
        for entry in earlier_entries(tell)
        if entry.act and entry.act.action == action and entry.act.amendment == tell.act.amendment
        for notification in notified(tell.event.entries, entry)
    ]
