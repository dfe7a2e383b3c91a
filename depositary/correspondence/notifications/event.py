"""What one notification tells of: the acts of one participant on one day, or what came by itself.

An instrument is told with its reservations, declarations and notifications. An effect, as an entry into force, is an
event of its own; so is what corrects an earlier notification.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.references import Notified, references_in
from depositary.correspondence.notifications.tables import Kind
from depositary.law.acts import CONSENTS, NOTIFIED, Act, Action
from depositary.law.clauses import Clauses
from depositary.law.effects import Effects
from depositary.register.entry import Entry


@dataclass(frozen=True)
class Event:
    """What one notification tells of, and what holds when it is made.

    `told` are the entries of its acts, the instrument first; none for an effect. `anchor` is the entry under which the
    register notes it, `causes` the entries by which it came about. `before` is what holds without it, `after` what
    holds with it. `entries` are those of its treaty, with all that tell of a notification.

    What corrects or follows a notification `corrects` it, and what corrected it before: `said` is the event that it
    told of, `read` the event that is to be read in its place, None where nothing is.
    """

    kind: Kind
    treaty: str
    told: tuple[Entry, ...]
    anchor: int
    causes: tuple[Entry, ...]
    before: Effects
    after: Effects
    entries: list[Entry]
    corrects: tuple[Issued, ...] = ()
    said: "Event | None" = None
    read: "Event | None" = None
    outside: tuple[Notified, ...] = ()
    """The notifications of others that it corrects, of which only the references are at hand."""
    subject: Entry | None = None
    """The entry of the act upon which an effect of `LATER_EFFECTS` came."""
    runs_from: Mapping[int, date] = field(default_factory=dict)
    """By entry: the day from which the period for objections runs, where that is another than the day of issue."""
    renewed: frozenset[int] = frozenset()
    """The entries of which a corrigendum tells anything new: their period runs from its own day of issue."""
    counted_elsewhere: frozenset[int] = frozenset()
    """The entries of the instruments of another treaty, without which this one would not enter into force."""

    @property
    def act(self) -> Act | None:
        """The act that it tells of: the instrument, where there is one."""
        return self.told[0].act if self.told else None

    @property
    def participant(self) -> str:
        """Whose act it is; "" for nobody's and for an effect."""
        of_others = self.causes if self.kind == "struck out" else ()
        later = [each.subject for each in (self, self.said) if each and each.subject]
        of_whom = (*self.told, *(self.said.told if self.said else ()), *of_others, *later)
        return next((entry.act.participant for entry in of_whom if entry.act), "")

    @property
    def as_before(self) -> frozenset[int]:
        """The entries from whose notification a period runs, and of which a corrigendum tells nothing new."""
        with_period = (entry.number for entry in self.told if entry.act and entry.act.action in NOTIFIED)
        return frozenset(with_period) - self.renewed if self.corrects else frozenset()

    @property
    def clauses(self) -> Clauses:
        return self.after.clauses

    @property
    def place(self) -> tuple[int, int]:
        """Its place among what is to be issued: by the entry that brought it about, an effect after its acts."""
        return (
            (self.told[0].number, 0) if self.told else (max({entry.number for entry in self.causes} | self.counted), 1)
        )

    @property
    def counted(self) -> set[int]:
        """The entries of the instruments that bring about the treaty's entry into force, for the event of it."""
        day = self.after.threshold_on
        if self.kind != "entry into force" or day is None:
            return set()
        return {act.number for act in self.after.instruments_counted(day)} | self.counted_elsewhere

    @property
    def key(self) -> tuple[int, str]:
        """By what it is found: two events never have it in common."""
        return self.anchor, self.kind


def notified(entries: Iterable[Entry], entry: Entry) -> tuple[Notified, ...]:
    """The notifications of an entry: those the register notes, else those its act names as its source."""
    noted = tuple(
        Notified(recorded.notice.reference, recorded.notice.notified_on)
        for recorded in entries
        if recorded.notice is not None and recorded.notice.concerns == entry.number and recorded.notice.reference
    )
    if noted or entry.act is None:
        return noted
    return tuple(Notified(reference) for reference in references_in(entry.act.source))


def kind_of(act: Act, effects: Effects) -> Kind:
    """The kind of notification that tells of an act."""
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
"""The acts that are communicated in the words of their author, with no paragraph of their own."""

WITH_AN_INSTRUMENT: tuple[Kind, ...] = (
    "competence",
    "reservation",
    "declaration",
    "notification",
    "territorial application",
)
"""The kinds that are told with the instrument or the signature of the same day."""

LATER_EFFECTS: tuple[Kind, ...] = ("end of participation", "late reservation")
"""The effects that come on a day of their own, with no act on that day."""

INSTRUMENTS: tuple[Kind, ...] = ("consent", "amendment consent", "signature")
"""The kinds with which they are told; the first that is there."""
