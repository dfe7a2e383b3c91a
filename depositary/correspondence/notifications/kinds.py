"""The paragraphs of each kind of notification: the act, its date and its effect, the clause, earlier notifications."""

from collections.abc import Callable, Iterator

from depositary.correspondence.notifications.consequences import (
    end_of_participation,
    ending,
    for_the_named,
    in_force_with,
    late_reservation,
    moved,
    no_effect,
    wrong_by_entry,
)
from depositary.correspondence.notifications.document import Paragraph
from depositary.correspondence.notifications.earlier import earlier_entries, of_the_amendment, of_the_same
from depositary.correspondence.notifications.event import INSTRUMENTS, LATER_EFFECTS, kind_of, notified
from depositary.correspondence.notifications.paragraphs import Paragraphs
from depositary.correspondence.notifications.references import Notified
from depositary.correspondence.notifications.tables import Kind
from depositary.law import reasons
from depositary.law.acts import CONSENTS, Action
from depositary.law.articles.reservations import A_YEAR, class_of, is_authorized
from depositary.words import notifications

Tell = Callable[[Paragraphs], Iterator[Paragraph]]
"""The paragraphs that a kind of notification adds to the head, which `paragraphs` writes."""


def paragraphs(tell: Paragraphs) -> Iterator[Paragraph]:
    """What a notification tells: the act, its date, its words; what came with it; what follows, or that nothing does.

    What two of its acts have in common is said once.
    """
    event, kind = tell.event, tell.event.kind
    if kind in WITHOUT_HEAD:
        yield from TELL[kind](tell)
        return
    parts = [of_an_act(tell.of(entry), kind_of(entry.act, event.after)) for entry in event.told[1:] if entry.act]
    if kind in INSTRUMENTS:
        yield from tell.effected()
        yield from tell.communication()
        for part, entry in zip(parts, event.told[1:], strict=True):
            assert entry.act is not None
            yield tell.text(notifications.WITH_THE_FOLLOWING[kind_of(entry.act, event.after)])
            yield from part
        yield from effect(tell, kind)
        return
    said = set()
    for part in (tell.effected(), of_an_act(tell, kind), *parts):
        for paragraph in part:
            if paragraph.kind == "quote" or paragraph not in said:
                yield paragraph
            said.add(paragraph)


def of_an_act(tell: Paragraphs, kind: Kind) -> Iterator[Paragraph]:
    """The words of an act, and what follows from it."""
    yield from tell.communication()
    yield from effect(tell, kind)


def effect(tell: Paragraphs, kind: Kind) -> Iterator[Paragraph]:
    """What follows from an act, or that it has no effect and why."""
    refused = no_effect(tell)
    yield from refused
    if not refused or kind in WITHOUT_EFFECT_AS_WELL:
        yield from TELL[kind](tell)


def signature(tell: Paragraphs) -> Iterator[Paragraph]:
    yield tell.cited(notifications.SIGNATURE, tell.clauses.number("consent"))
    yield from tell.clause(tell.clauses.number("signature"))


def consent(tell: Paragraphs) -> Iterator[Paragraph]:
    """An instrument: from when the treaty is in force for the participant, or how many instruments are missing."""
    effects, code = tell.event.after, tell.act.participant
    episodes = effects.episodes(code)
    number = next((place for place, one in enumerate(episodes, 1) if one.consent.number == tell.number), len(episodes))
    finding = reasons.participation(effects, code, episodes[number - 1], number)
    yield from tell.finding(finding)
    if finding.value is None:
        for reason in finding.because:
            yield from (p for one in reason.because for p in tell.finding(one, quoting=False))
    if (ended := next((each for each in episodes if each.consent.number == tell.number), None)) and ended.until:
        yield from tell.finding(reasons.ending(effects, code, ended), quoting=False)
    yield from tell.earlier(of_the_same(tell, "signature"))


def entry_into_force(tell: Paragraphs) -> Iterator[Paragraph]:
    """The treaty's own entry into force, for whom, and by when the Conference follows."""
    effects = tell.event.after
    yield from tell.finding(reasons.entry_into_force(effects))
    names = [tell.name(code) for code in in_force_with(effects)]
    if names:
        yield tell.text(notifications.IN_FORCE_FOR)
        yield from (Paragraph("item", name) for name in sorted(names, key=tell.words.sort_key))
    for finding in reasons.milestones(effects):
        if finding.about == "conference-by" and finding.value is not None:
            yield from tell.finding(finding)
    yield from tell.earlier([each for entry in tell.event.causes for each in notified(tell.event.entries, entry)])


def new_date(tell: Paragraphs) -> Iterator[Paragraph]:
    """Another date of the treaty's entry into force than was notified, for whom, and by what it moved."""
    event = tell.event
    if event.corrects:
        yield from tell.corrected([Notified(each.reference, each.on) for each in event.corrects])
    rulings = [entry.act for entry in event.causes if entry.act and entry.act.action == "ruling"]
    yield from (tell.text(notifications.BY_A_RULING, date=tell.words.date(act.date)) for act in rulings)
    yield from tell.finding(reasons.entry_into_force(event.after))
    yield from for_the_named(tell)
    yield from moved(tell)


def statement(tell: Paragraphs) -> Iterator[Paragraph]:
    """A declaration, and the notifications of the instrument it belongs to.

    A declaration that is in substance a reservation, as one under 63(3), is told as a reservation is.
    """
    if class_of(tell.act, tell.clauses) == "reservation":
        yield from reservation(tell)
        return
    yield from tell.clause(tell.act.provision)
    yield from tell.earlier(of_the_same(tell, *CONSENTS))


def notification(tell: Paragraphs) -> Iterator[Paragraph]:
    """A notification or a communication, what follows from it, and what was notified of the act it concerns."""
    action = tell.act.action
    if action in notifications.BY_ACTION and not no_effect(tell):
        yield tell.cited(*notifications.BY_ACTION[action])
    yield from tell.clause(tell.act.provision)
    yield from tell.earlier(of_the_same(tell, *CONCERNED.get(action, CONSENTS)))


def communicated(tell: Paragraphs, sentence: str, rule: str, *earlier: Action) -> Iterator[Paragraph]:
    """A statement, its effect by a rule of the law of treaties, and the notifications of earlier acts."""
    yield tell.cited(sentence, rule)
    yield from tell.clause(tell.act.provision)
    yield from tell.earlier(of_the_same(tell, *earlier))


def territories(tell: Paragraphs) -> Iterator[Paragraph]:
    """The territories to which the treaty applies, and the notifications of the instrument."""
    return communicated(tell, notifications.TERRITORIES, "VCLT 29", *CONSENTS)


def reservation(tell: Paragraphs) -> Iterator[Paragraph]:
    """A reservation: one the treaty provides for, or one to which the others may object.

    One made after the instrument is proposed, and accepted a year later unless one State objects. To any other that
    the treaty does not provide for, each may object within twelve months.
    """
    effects = tell.event.after
    unusual = [one for one in wrong_by_entry(effects).get(tell.number, ()) if one.code.startswith("reservation-")]
    for irregularity in unusual:
        yield Paragraph("text", tell.words.irregularity(irregularity, effects.participants))
    if is_authorized(tell.act, tell.clauses):
        yield tell.cited(notifications.PROVIDED_FOR, tell.act.provision)
        yield from tell.clause(tell.act.provision)
    since = tell.event.runs_from.get(tell.number, tell.issue.on)
    codes, until = {one.code for one in unusual}, effects.history.after(A_YEAR, since)
    if "reservation-late" in codes:
        yield tell.text(notifications.PROPOSED_FOR_DEPOSIT, date=tell.words.date(until))
    elif "reservation-not-provided-for" in codes:
        yield tell.cited(notifications.TWELVE_MONTHS, "VCLT 20(5)", date=tell.words.date(until))
    yield from tell.earlier(of_the_same(tell, *CONSENTS))


def objection(tell: Paragraphs) -> Iterator[Paragraph]:
    if tell.act.addressee:
        yield tell.text(notifications.AGAINST, participant=tell.name(tell.act.addressee, within=True))
    said = notifications.OBJECTION_PRECLUDES if tell.act.effect else notifications.OBJECTION
    yield tell.cited(said, "VCLT 20(4)(b)")
    yield from tell.earlier(
        [
            notification
            for entry in reversed(earlier_entries(tell))
            if entry.act
            and entry.act.action == "reservation"
            and entry.act.provision == tell.act.provision
            and tell.act.addressee in ("", entry.act.participant)
            for notification in notified(tell.event.entries, entry)
        ]
    )


def withdrawal_of_reservation(tell: Paragraphs) -> Iterator[Paragraph]:
    return communicated(tell, notifications.RESERVATION_WITHDRAWN, "VCLT 22(3)(a)", "reservation")


def withdrawal_of_instrument(tell: Paragraphs) -> Iterator[Paragraph]:
    """A withdrawal of an instrument: the number of instruments that remain, and the entry into force without it."""
    yield from ending(tell)
    general = reasons.entry_into_force(tell.event.after)
    yield from (p for one in (general, *general.because[:1]) for p in tell.finding(one, quoting=False))
    yield from tell.earlier(of_the_same(tell, *CONSENTS))


def denunciation(tell: Paragraphs) -> Iterator[Paragraph]:
    yield from ending(tell)
    yield from tell.earlier(of_the_same(tell, *CONSENTS))


def revocation(tell: Paragraphs) -> Iterator[Paragraph]:
    episodes = tell.event.before.episodes(tell.act.participant)
    pending = episodes[-1].denounced if episodes else None
    if pending is not None:
        yield tell.cited(notifications.REVOKED, "VCLT 68", date=tell.words.date(pending.act.date))
    on = tell.issue.on
    yield from tell.finding(reasons.standing(tell.event.after, tell.act.participant, on), quoting=False)
    yield from tell.earlier(of_the_same(tell, "denunciation"))


def amendment_proposal(tell: Paragraphs) -> Iterator[Paragraph]:
    provision = tell.clauses.number("amendment proposal")
    yield tell.cited(notifications.PROPOSED, provision)
    yield from tell.clause(provision)


def amendment_adoption(tell: Paragraphs) -> Iterator[Paragraph]:
    yield tell.cited(notifications.ADOPTED, tell.clauses.number("amendment binding"))
    for provision in dict.fromkeys((tell.clauses.number("amendment consent"), tell.clauses.number("amendment"))):
        yield from tell.clause(provision)
    yield from tell.earlier(of_the_amendment(tell, "amendment proposal"))


def amendment_consent(tell: Paragraphs) -> Iterator[Paragraph]:
    """From when the amendment is in force for the party."""
    yield from tell.finding(reasons.amendment_for(tell.event.after, tell.act.amendment, tell.act.participant))
    yield from tell.earlier(of_the_amendment(tell, "amendment adoption"))


def ruling(tell: Paragraphs) -> Iterator[Paragraph]:
    """The depositary's reading of the text, and the dates that it moves."""
    yield from tell.effected()
    default, otherwise = tell.words.reading(tell.act.subject)
    says, title = otherwise if tell.act.text == "otherwise" else default, tell.words.reading_title(tell.act.subject)
    yield tell.text(notifications.READING, name=title, says=says)
    yield from moved(tell)


CONCERNED: dict[Action, tuple[Action, ...]] = {
    "withdrawal of signature": ("signature", "succession to signature"),
    "withdrawal of objection": ("objection",),
}
"""The acts that a communication concerns, where it does not concern the instrument."""

WITHOUT_HEAD: frozenset[Kind] = frozenset({"entry into force", "new date", "ruling", *LATER_EFFECTS})
"""The kinds that do not begin with an act of a participant."""

WITHOUT_EFFECT_AS_WELL: frozenset[Kind] = frozenset({"competence", "declaration", "notification", "objection"})
"""The kinds that name earlier notifications even where the act has no effect."""

TELL: dict[Kind, Tell] = {
    "signature": signature,
    "consent": consent,
    "entry into force": entry_into_force,
    "new date": new_date,
    "end of participation": end_of_participation,
    "late reservation": late_reservation,
    "competence": statement,
    "reservation": reservation,
    "declaration": statement,
    "notification": notification,
    "territorial application": territories,
    "objection": objection,
    "withdrawal of reservation": withdrawal_of_reservation,
    "withdrawal of instrument": withdrawal_of_instrument,
    "denunciation": denunciation,
    "revocation of denunciation": revocation,
    "amendment proposal": amendment_proposal,
    "amendment adoption": amendment_adoption,
    "amendment consent": amendment_consent,
    "ruling": ruling,
}
