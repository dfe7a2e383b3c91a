"""What follows from what is notified: that a participation ends, that an act has no effect, and the dates that move."""

from collections.abc import Iterator, Mapping, Sequence

from depositary.correspondence.notifications.document import Paragraph
from depositary.correspondence.notifications.event import notified
from depositary.correspondence.notifications.paragraphs import Paragraphs
from depositary.law import reasons
from depositary.law.acts import Act
from depositary.law.changes import Change, changes
from depositary.law.effects import Effects
from depositary.law.examination import Irregularity, irregularities
from depositary.treaties.memory import once_for_effects
from depositary.words import notifications
from depositary.words.changes import changed


def ending(tell: Paragraphs) -> Iterator[Paragraph]:
    """Why and when a participation ends, by the act."""
    effects, code = tell.event.after, tell.act.participant
    for episode in effects.episodes(code):
        if episode.ended_by is not None and episode.ended_by.number == tell.number:
            yield from tell.finding(reasons.ending(effects, code, episode))


def end_of_participation(tell: Paragraphs) -> Iterator[Paragraph]:
    """67(2): that a participation has ended with no act of the participant, why, and from when."""
    event = tell.event
    assert event.subject is not None
    assert event.subject.act is not None
    effects, code, number = event.after, event.subject.act.participant, event.subject.number
    for episode in effects.episodes(code):
        if episode.consent.number == number:
            finding = reasons.ending(effects, code, episode)
            yield from tell.finding(finding)
            yield from (p for one in finding.because for p in tell.finding(one, quoting=False))
    yield from tell.earlier(notified(event.entries, event.subject))
    yield from tell.earlier([each for entry in event.causes for each in notified(event.entries, entry)])


def late_reservation(tell: Paragraphs) -> Iterator[Paragraph]:
    """That a reservation made after the instrument was accepted a year after its notification, or was not, and why."""
    event = tell.event
    assert event.subject is not None
    assert event.subject.act is not None
    act = event.subject.act
    yield tell.text(notifications.MADE_LATE, date=tell.words.date(act.date))
    if act.text:
        yield Paragraph("quote", act.text, language="?")
    for reservation in event.after.reservations(act.participant):
        if reservation.act.number == act.number and reservation.accepted_on:
            day = reservation.accepted_on
            accepted = reservation.state(day) == "standing"
            message = notifications.ACCEPTED_FOR_DEPOSIT if accepted else notifications.NOT_ACCEPTED_FOR_DEPOSIT
            yield tell.text(message, date=tell.words.date(day))
    yield from tell.earlier(notified(event.entries, event.subject))


@once_for_effects
def wrong_by_entry(effects: Effects) -> Mapping[int, Sequence[Irregularity]]:
    """All that is wrong with the acts, by entry: each notification of a register that stands so asks about its own."""
    found: dict[int, list[Irregularity]] = {}
    for irregularity in irregularities(effects):
        found.setdefault(irregularity.act.number, []).append(irregularity)
    return found


def no_effect(tell: Paragraphs) -> list[Paragraph]:
    """That the act has no legal effect, and why; nothing for one that has."""
    effects = tell.event.after
    refused = [one for one in wrong_by_entry(effects).get(tell.number, ()) if one.severity == "refused"]
    if not refused:
        return []
    sentences = [Paragraph("item", tell.words.irregularity(one, effects.participants)) for one in refused]
    return [tell.text(notifications.NO_EFFECT), *sentences]


def line(tell: Paragraphs, act: Act) -> str:
    """An act in a line, with what it says."""
    name = tell.name(act.participant) if act.participant else ""
    more = [act.place, act.text]
    return "; ".join([tell.words.act_line(act, name), *(part for part in more if part)])


def in_force_with(effects: Effects) -> list[str]:
    """Those for which the treaty enters into force on the day of its own entry into force, by code."""
    day = effects.in_force_on
    return sorted(code for code, since in effects.since.items() if since == day) if day else []


def for_the_named(tell: Paragraphs) -> Iterator[Paragraph]:
    """The new date of those that the earlier notification named, in one sentence, and who is named beside them."""
    event, words = tell.event, tell.words
    named, now = (in_force_with(each) for each in (event.said.after if event.said else event.before, event.after))
    still = [code for code in named if code in now]
    if event.after.in_force_on is None or not still or not event.corrects:
        return
    yield Paragraph(
        "text",
        words.ngettext(
            "For the participant that %(reference)s names, the date is %(date)s.",
            "For the %(number)d participants that %(reference)s names, the date is %(date)s.",
            len(still),
            reference=event.corrects[0].reference,
            date=words.date(event.after.in_force_on),
        ),
    )
    if others := [code for code in now if code not in named]:
        yield tell.text(notifications.IN_FORCE_FOR_OTHERS)
        yield from (Paragraph("item", name) for name in sorted(map(tell.name, others), key=words.sort_key))


def moved(tell: Paragraphs) -> Iterator[Paragraph]:
    """The dates that are others than before. Those that move with the treaty's entry into force are named by it."""
    words, event = tell.words, tell.event
    before, after = event.before, event.after
    found = []
    for change in changes(before, after, tell.issue.on):
        if change.concerns in ("standing", "counted") or goes_with_the_treaty(change, before, after):
            continue
        if change.participant and change.participant not in before.codes and event.corrects:
            continue
        whose = tell.name(change.participant) if change.participant else words.treaty(tell.clauses)
        found.append(changed(words, whose, change.concerns, change.before, change.after))
    if found:
        yield tell.text(notifications.DATES_MOVE)
        yield from (Paragraph("item", line) for line in found)
    elif event.kind != "new date":
        yield tell.text(notifications.NOTHING_MOVES)


def goes_with_the_treaty(change: Change, before: Effects, after: Effects) -> bool:
    """Whether a participant's date was the treaty's own before, and is so after."""
    own = change.concerns.startswith("entry_into_force") and change.participant
    return bool(own) and (change.before, change.after) == (before.in_force_on, after.in_force_on)
