"""The line of a notification in capitals, which names participant and event."""

from collections.abc import Iterator
from dataclasses import replace

from depositary.correspondence.notifications.event import WITH_AN_INSTRUMENT, Event, kind_of
from depositary.correspondence.notifications.paragraphs import Paragraphs
from depositary.correspondence.notifications.tables import Kind
from depositary.correspondence.notifications.threads import CORRIGENDA
from depositary.words import notifications


def headline(tell: Paragraphs) -> str:
    """The line that names participant and event, in capitals: `RURITANIA: RATIFICATION (WITH RESERVATION)`."""
    words, event = tell.words, tell.event
    if event.kind == "entry into force":
        return words.gettext(notifications.ENTRY_INTO_FORCE).upper()
    if event.kind == "new date":
        message = notifications.NEW_DATE if event.after.in_force_on else notifications.NO_DATE
        return words.gettext(message).upper()
    if event.kind in CORRIGENDA:
        about = event.read or event.said or replace(event, kind=of_kind(event))
        return words.gettext(notifications.CORRIGENDUM, event=headline(replace(tell, event=about))).upper()
    if event.subject and event.subject.act:
        what = words.gettext(notifications.LATER_EFFECT[event.kind])
        return f"{tell.name(event.subject.act.participant)}: {what}".upper()
    act = event.act or next(entry.act for entry in event.causes if entry.act)
    what = words.act(act) if act.amendment else words.action(act.action)
    if event.kind == "competence":
        what = words.gettext(notifications.COMPETENCE)
    if with_it := [*came_with(tell)]:
        what = words.gettext("%(action)s (%(subject)s)", action=what, subject=words.listed(with_it))
    name = tell.name(act.participant) if act.participant else ""
    return (f"{name}: {what}" if name else what).upper()


def of_kind(event: Event) -> Kind:
    """The kind of the act that a notification of others told of."""
    act = event.act or next(entry.act for entry in event.causes if entry.act)
    return kind_of(act, event.after)


def came_with(tell: Paragraphs) -> Iterator[str]:
    """What came with an instrument: `with reservations`, `with declaration`, each kind once."""
    kinds = [kind_of(entry.act, tell.event.after) for entry in tell.event.told[1:] if entry.act]
    for kind in WITH_AN_INSTRUMENT:
        if kind in kinds and kind != tell.event.kind:
            singular, plural = notifications.CAME_WITH[kind]
            yield tell.words.gettext(singular if kinds.count(kind) == 1 else plural)
