"""The notifications that follow from an entry: the notification of its act, and that of an entry into force.

An entry that replaces a notified entry gives a corrigendum, which names the earlier notification. Where the earlier
entry was not notified, the act is notified as it now stands; an entry that is struck out gives no notification.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from depositary.correspondence.notifications.references import Notified, references_in
from depositary.law.acts import CONSENTS, Act, Action
from depositary.law.clauses import Clauses
from depositary.law.effects import Effects
from depositary.register.entry import Entry, acts_of, as_known
from depositary.treaties.collection import Collection

Kind = Literal[
    "signature",
    "consent",
    "entry into force",
    "competence",
    "reservation",
    "declaration",
    "notification",
    "territorial application",
    "objection",
    "withdrawal of reservation",
    "withdrawal of instrument",
    "denunciation",
    "revocation of denunciation",
    "amendment proposal",
    "amendment adoption",
    "amendment consent",
    "ruling",
    "corrigendum",
    "struck out",
    "correction proposed",
    "correction made",
]
"""The kinds of notification. The last two follow from no entry: they are corrections of the text (VCLT 79)."""


@dataclass(frozen=True)
class NotificationCase:
    """An entry of the register, the legal effects before it and after it, and the notifications until now.

    `replaced` are the entries that it replaces, the latest first. `entries` are the entries of its treaty that were
    recorded before it, all entries that note a notification, and last the entry itself.
    """

    entry: Entry
    before: Effects
    after: Effects
    entries: tuple[Entry, ...]
    replaced: tuple[Entry, ...] = ()

    @property
    def act(self) -> Act | None:
        return self.entry.act

    @property
    def clauses(self) -> Clauses:
        return self.after.clauses

    @property
    def corrects(self) -> tuple[Notified, ...]:
        """The notifications of the entries that it replaces, the latest first."""
        return tuple(one for entry in self.replaced for one in reversed(notified(self.entries, entry)))


def case_of(collection: Collection, entries: Callable[[str], Iterable[Entry]], entry: Entry) -> NotificationCase:
    """The case of an entry. `entries` gives the entries of a treaty; the entry itself may be among them."""
    needed = [one for treaty in collection.needed_by(entry.treaty) for one in entries(treaty)]
    earlier = [one for one in needed if one.number < entry.number]
    own = tuple(
        recorded
        for recorded in needed
        if recorded.treaty == entry.treaty
        and (recorded.number < entry.number or (recorded.notice and recorded.number != entry.number))
    )
    every = {one.number: one for one in own}
    replaced, next_ = [], entry.rectifies
    while next_ is not None and next_ in every:
        replaced.append(every[next_])
        next_ = every[next_].rectifies
    before, after = (
        collection.effects(acts_of(as_known(sorted(known, key=lambda recorded: recorded.number))), entry.treaty)
        for known in (earlier, [*earlier, entry])
    )
    return NotificationCase(entry, before, after, (*own, entry), tuple(replaced))


def notified(entries: Iterable[Entry], entry: Entry) -> tuple[Notified, ...]:
    """The notifications of an entry: those that the register notes, or else those that its act names as its source."""
    noted = tuple(
        Notified(recorded.notice.reference, recorded.notice.notified_on)
        for recorded in entries
        if recorded.notice is not None and recorded.notice.concerns == entry.number and recorded.notice.reference
    )
    if noted or entry.act is None:
        return noted
    return tuple(Notified(reference) for reference in references_in(entry.act.source))


def kinds(case: NotificationCase) -> tuple[Kind, ...]:
    """The notifications that follow from an entry, in the order in which they are issued."""
    act = case.act
    if act is None:
        return ("struck out",) if case.corrects and case.entry.rectifies is not None else ()
    if case.corrects:
        return ("corrigendum",)
    own = kind_of(act, case.after)
    return (own, "entry into force") if brings_into_force(case, own) else (own,)


def kind_of(act: Act, effects: Effects) -> Kind:
    """The kind of notification for an act."""
    if act.action in CONSENTS:
        return "amendment consent" if act.amendment else "consent"
    under = effects.clauses.reio.competence_declared_under
    if act.action == "declaration" and act.provision in under and act.participant in effects.participants.organizations:
        return "competence"
    if act.action in COMMUNICATED or (act.amendment and act.action == "withdrawal of instrument"):
        return "notification"
    kind: Kind = "withdrawal of reservation" if act.action.startswith("partial") else act.action  # type: ignore[assignment]
    return kind


COMMUNICATED: tuple[Action, ...] = (
    "withdrawal of signature",
    "succession to signature",
    "provisional application",
    "withdrawal of objection",
    "objection to correction",
)
"""The acts that are communicated in the words of their author; no kind has a paragraph for them."""


def brings_into_force(case: NotificationCase, kind: Kind) -> bool:
    """Whether an instrument gives the treaty a day of entry into force, or another day than before."""
    moved = case.before.in_force_on != case.after.in_force_on
    return kind in ("consent", "withdrawal of instrument") and moved and case.after.in_force_on is not None
