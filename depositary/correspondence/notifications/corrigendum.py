"""What a corrigendum tells: which notification it corrects, what is to be read in it and why, what follows for whom."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from depositary.correspondence.notifications.consequences import for_the_named, line, moved
from depositary.correspondence.notifications.document import Paragraph
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.headline import headline
from depositary.correspondence.notifications.kinds import paragraphs
from depositary.correspondence.notifications.paragraphs import Paragraphs
from depositary.correspondence.notifications.passages import differences
from depositary.correspondence.notifications.references import Notified, references_in
from depositary.law import reasons
from depositary.words import notifications


def corrigendum(tell: Paragraphs) -> Iterator[Paragraph]:
    """A notification that corrects or withdraws another."""
    event = tell.event
    if not event.corrects or event.said is None:
        yield from of_another_house(tell)
        return
    first, *later = event.corrects
    if event.read is None:
        day = tell.words.date(first.on)
        yield tell.text(notifications.WITHDRAWN, reference=first.reference, date=day)
    else:
        yield tell.text(notifications.CORRECTS, reference=first.reference)
    yield from tell.corrected([Notified(each.reference, each.on) for each in (first, *later)][event.read is None :])
    if event.read is not None:
        renewed = dict.fromkeys(event.renewed, tell.issue.on)
        read = replace(event.read, runs_from={**event.read.runs_from, **renewed})
        yield from instead(tell, texts_issued(tell), texts(tell, read))
    elif event.said.told:
        yield tell.text(notifications.STRUCK)
    else:
        yield from tell.finding(reasons.entry_into_force(event.after))
    yield from why(tell)
    if event.said.kind == "entry into force" and event.read is not None:
        yield from for_the_named(tell)
    yield from moved(tell)


def texts(tell: Paragraphs, event: Event) -> list[str]:
    """The event in capitals and the paragraphs of a notification, without its references to earlier ones."""
    assert tell.event.corrects
    then = replace(tell, event=event, issue=replace(tell.issue, on=tell.event.corrects[0].on))
    return [headline(then), *(paragraph.text for paragraph in paragraphs(then))]


def texts_issued(tell: Paragraphs) -> list[str]:
    """The event and the paragraphs of the notification that is corrected, in the words in which it was issued."""
    assert tell.event.corrects
    assert tell.event.said
    first, told = tell.event.corrects[0], texts(tell, tell.event.said)
    document = first.document(tell.words.code)
    issued = [document.event, *(paragraph.text for paragraph in document.paragraphs)]
    own = [text for text in issued if text in told or not references_in(text)]
    return own if len(tell.event.corrects) == 1 and len(own) == len(told) else told


def instead(tell: Paragraphs, old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Each passage that is other than it was: as it stands, and as it is to be read."""
    say = tell.words.gettext
    for stands, read in differences(old, new):
        if stands and read:
            yield Paragraph("fact", stands, say(notifications.INSTEAD_OF), "?")
            yield Paragraph("fact", read, say(notifications.READ), "?")
        else:
            message = notifications.DELETE if stands else notifications.INSERT
            yield Paragraph("fact", stands or read, say(message), "?")


def why(tell: Paragraphs) -> Iterator[Paragraph]:
    """Why a notification is corrected: the reasons of the rectifications, or what it did not take into account."""
    causes = tell.event.causes
    given = dict.fromkeys(entry.reason for entry in causes if entry.rectifies is not None and entry.reason)
    yield from (Paragraph("fact", reason, tell.words.gettext(notifications.REASON), "?") for reason in given)
    missed = [entry.act for entry in causes if entry.rectifies is None and entry.act is not None]
    if missed and not given:
        yield tell.text(notifications.NOT_TAKEN_INTO_ACCOUNT)
        yield from (Paragraph("item", line(tell, act)) for act in missed)


def of_another_house(tell: Paragraphs) -> Iterator[Paragraph]:
    """What corrects a notification of which only the reference is at hand: the act as it was and as it is."""
    event = tell.event
    yield tell.text(notifications.CORRECTS, reference=event.outside[0].reference)
    yield from tell.corrected(event.outside)
    entry, replaced = event.causes[:2]
    for label, act in ((notifications.INSTEAD_OF, replaced.act), (notifications.READ, entry.act)):
        if act is not None:
            yield Paragraph("fact", line(tell, act), tell.words.gettext(label))
    if entry.act is None:
        yield tell.text(notifications.STRUCK)
    yield Paragraph("fact", entry.reason, tell.words.gettext(notifications.REASON), "?")
    yield from moved(tell)
