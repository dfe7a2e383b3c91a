"""The paragraphs of each kind of notification: the act, its date and its effect, the clause, earlier notifications."""

from collections.abc import Callable, Iterator

from depositary.correspondence.notifications.case import Kind, kind_of, notified
from depositary.correspondence.notifications.document import Paragraph
from depositary.correspondence.notifications.paragraphs import Paragraphs
from depositary.correspondence.notifications.references import Notified
from depositary.law import reasons
from depositary.law.acts import CONSENTS, Act, Action
from depositary.law.articles.reservations import A_YEAR, class_of, is_authorized
from depositary.law.changes import changes
from depositary.law.examination import irregularities
from depositary.words import notifications
from depositary.words.changes import changed

Tell = Callable[[Paragraphs], Iterator[Paragraph]]
"""The paragraphs that a kind of notification adds to the head, which `paragraphs` writes."""


def paragraphs(tell: Paragraphs, kind: Kind) -> Iterator[Paragraph]:
    """The paragraphs of a notification: the act, its date and its words, any lack of effect, and those of its kind."""
    if kind in WITHOUT_HEAD:
        yield from TELL[kind](tell)
        return
    yield from tell.effected()
    yield from tell.communication()
    refused = no_effect(tell)
    yield from refused
    if not refused or kind in WITHOUT_EFFECT_AS_WELL:
        yield from TELL[kind](tell)


def signature(tell: Paragraphs) -> Iterator[Paragraph]:
    yield tell.cited(notifications.SIGNATURE, tell.clauses.number("consent"))
    yield from tell.clause(tell.clauses.number("signature"))


def consent(tell: Paragraphs) -> Iterator[Paragraph]:
    """An instrument: the day on which the treaty enters into force for its participant, or the instruments missing."""
    effects, code = tell.case.after, tell.act.participant
    episodes = effects.episodes(code)
    number = next((place for place, one in enumerate(episodes, 1) if one.consent.number == tell.number), len(episodes))
    finding = reasons.participation(effects, code, episodes[number - 1], number)
    yield from tell.finding(finding)
    if finding.value is None:
        for reason in finding.because:
            yield from (p for one in reason.because for p in tell.finding(one, quoting=False))
    yield from tell.earlier(of_the_same(tell, "signature"))


def entry_into_force(tell: Paragraphs) -> Iterator[Paragraph]:
    """The entry into force of the treaty, its first parties, and the last day for convening the Conference."""
    effects = tell.case.after
    yield from tell.finding(reasons.entry_into_force(effects))
    names = [tell.name(code) for code, day in effects.since.items() if day == effects.in_force_on]
    if names:
        yield tell.text(notifications.IN_FORCE_FOR)
        yield from (Paragraph("item", name) for name in sorted(names, key=tell.words.sort_key))
    for finding in reasons.milestones(effects):
        if finding.about == "conference-by" and finding.value is not None:
            yield from tell.finding(finding)
    yield from tell.earlier(notified(tell.case.entries, tell.case.entry))


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
    effects = tell.case.after
    unusual = [
        one for one in irregularities(effects) if one.act.number == tell.number and one.code.startswith("reservation-")
    ]
    for irregularity in unusual:
        yield Paragraph("text", tell.words.irregularity(irregularity, effects.participants))
    if is_authorized(tell.act, tell.clauses):
        yield tell.cited(notifications.PROVIDED_FOR, tell.act.provision)
        yield from tell.clause(tell.act.provision)
    codes, until = {one.code for one in unusual}, effects.history.after(A_YEAR, tell.issue.on)
    if "reservation-late" in codes:
        yield tell.text(notifications.PROPOSED_FOR_DEPOSIT, date=tell.words.date(until))
    elif "reservation-not-provided-for" in codes:
        yield tell.cited(notifications.TWELVE_MONTHS, "VCLT 20(5)", date=tell.words.date(until))
    yield from tell.earlier(of_the_same(tell, *CONSENTS))


def objection(tell: Paragraphs) -> Iterator[Paragraph]:
    if tell.act.addressee:
        yield tell.text(notifications.AGAINST, participant=tell.name(tell.act.addressee))
    said = notifications.OBJECTION_PRECLUDES if tell.act.effect else notifications.OBJECTION
    yield tell.cited(said, "VCLT 20(4)(b)")
    yield from tell.earlier(
        [
            notification
            for entry in reversed(tell.case.entries[:-1])
            if entry.act
            and entry.act.action == "reservation"
            and entry.act.provision == tell.act.provision
            and tell.act.addressee in ("", entry.act.participant)
            for notification in notified(tell.case.entries, entry)
        ]
    )


def withdrawal_of_reservation(tell: Paragraphs) -> Iterator[Paragraph]:
    return communicated(tell, notifications.RESERVATION_WITHDRAWN, "VCLT 22(3)(a)", "reservation")


def withdrawal_of_instrument(tell: Paragraphs) -> Iterator[Paragraph]:
    """A withdrawal of an instrument: the number of instruments that remain, and the entry into force without it."""
    yield from ending(tell)
    general = reasons.entry_into_force(tell.case.after)
    yield from (p for one in (general, *general.because[:1]) for p in tell.finding(one, quoting=False))
    yield from tell.earlier(of_the_same(tell, *CONSENTS))


def denunciation(tell: Paragraphs) -> Iterator[Paragraph]:
    yield from ending(tell)
    yield from tell.earlier(of_the_same(tell, *CONSENTS))


def revocation(tell: Paragraphs) -> Iterator[Paragraph]:
    episodes = tell.case.before.episodes(tell.act.participant)
    pending = episodes[-1].denounced if episodes else None
    if pending is not None:
        yield tell.cited(notifications.REVOKED, "VCLT 68", date=tell.words.date(pending.act.date))
    on = tell.issue.on
    yield from tell.finding(reasons.standing(tell.case.after, tell.act.participant, on), quoting=False)
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
    """The day on which the amendment enters into force for the party."""
    yield from tell.finding(reasons.amendment_for(tell.case.after, tell.act.amendment, tell.act.participant))
    yield from tell.earlier(of_the_amendment(tell, "amendment adoption"))


def ruling(tell: Paragraphs) -> Iterator[Paragraph]:
    """The depositary's reading of the text, and the dates that it moves."""
    yield from tell.effected()
    default, otherwise = tell.words.reading(tell.act.subject)
    yield tell.text(
        notifications.READING, name=tell.act.subject, says=otherwise if tell.act.text == "otherwise" else default
    )
    yield from moved(tell)


def corrigendum(tell: Paragraphs) -> Iterator[Paragraph]:
    """The corrected notification, its words, the words that replace them, the reason, and the dates that move."""
    first = tell.case.corrects[0]
    yield tell.text(notifications.CORRECTS, reference=first.reference)
    yield from tell.earlier(tell.case.corrects)
    old = tell.case.replaced[0].act
    for label, act in ((notifications.INSTEAD_OF, old), (notifications.READ, tell.case.act)):
        if act is not None:
            yield Paragraph("fact", line(tell, act), tell.words.gettext(label))
    if tell.kind == "struck out":
        yield tell.text(notifications.STRUCK)
    yield Paragraph("fact", tell.case.entry.reason, tell.words.gettext(notifications.REASON))
    if tell.case.act is not None:
        kind = kind_of(tell.case.act, tell.case.after)
        if kind in ("consent", "denunciation", "amendment consent") and not no_effect(tell):
            yield from (p for p in paragraphs(tell, kind) if p.kind != "fact")
    yield from moved(tell)


def moved(tell: Paragraphs) -> Iterator[Paragraph]:
    """The dates that the entry moves."""
    words, found = tell.words, []
    for change in changes(tell.case.before, tell.case.after, tell.issue.on):
        if change.concerns in ("standing", "counted"):
            continue
        whose = tell.name(change.participant) if change.participant else words.treaty(tell.clauses)
        found.append(changed(words, whose, change.concerns, change.before, change.after))
    if not found:
        yield tell.text(notifications.NOTHING_MOVES)
        return
    yield tell.text(notifications.DATES_MOVE)
    yield from (Paragraph("item", line) for line in found)


def ending(tell: Paragraphs) -> Iterator[Paragraph]:
    """The day on which a participation ends, and why."""
    effects, code = tell.case.after, tell.act.participant
    for episode in effects.episodes(code):
        if episode.ended_by is not None and episode.ended_by.number == tell.number:
            yield from tell.finding(reasons.ending(effects, code, episode))


def no_effect(tell: Paragraphs) -> list[Paragraph]:
    """A sentence that the act has no legal effect, and its reasons; no paragraph for an act with effect."""
    effects = tell.case.after
    refused = [one for one in irregularities(effects) if one.severity == "refused" and one.act.number == tell.number]
    if not refused:
        return []
    sentences = [Paragraph("item", tell.words.irregularity(one, effects.participants)) for one in refused]
    return [tell.text(notifications.NO_EFFECT), *sentences]


def line(tell: Paragraphs, act: Act) -> str:
    """An act and its words in a line."""
    name = tell.name(act.participant) if act.participant else ""
    more = [act.place, act.text]
    return "; ".join([tell.words.act_line(act, name), *(part for part in more if part)])


def of_the_same(tell: Paragraphs, *actions: Action) -> list[Notified]:
    """The last notification of an earlier act of this participant under this provision."""
    act = tell.act
    for entry in reversed(tell.case.entries[:-1]):
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
        if found := notified(tell.case.entries, entry):
            return list(found)
    return []


def of_the_amendment(tell: Paragraphs, action: Action) -> list[Notified]:
    """The notifications of an earlier act on this amendment."""
    return [
        notification
        for entry in tell.case.entries[:-1]
        if entry.act and entry.act.action == action and entry.act.amendment == tell.act.amendment
        for notification in notified(tell.case.entries, entry)
    ]


CONCERNED: dict[Action, tuple[Action, ...]] = {
    "withdrawal of signature": ("signature", "succession to signature"),
    "withdrawal of objection": ("objection",),
}
"""The acts that a communication concerns, where it does not concern the instrument."""

WITHOUT_HEAD: frozenset[Kind] = frozenset({"entry into force", "ruling", "corrigendum", "struck out"})
"""The kinds that do not begin with an act of a participant."""

WITHOUT_EFFECT_AS_WELL: frozenset[Kind] = frozenset({"competence", "declaration", "notification", "objection"})
"""The kinds that name earlier notifications even where the act has no effect."""

TELL: dict[Kind, Tell] = {
    "signature": signature,
    "consent": consent,
    "entry into force": entry_into_force,
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
    "corrigendum": corrigendum,
    "struck out": corrigendum,
}
