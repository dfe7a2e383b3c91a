"""What a proposal would do, as the desk shows it: beside its form, before its release, and on the bench."""

from collections.abc import Callable, Iterable, Iterator

from depositary import clock
from depositary.authorities.validity import missions
from depositary.correspondence.notifications.case import case_of, kinds
from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.desk.preview import examine, holiday, irregularities_of
from depositary.desk.proposal import CHECKS, Proposal
from depositary.law.acts import Act
from depositary.law.effects import Effects
from depositary.law.examination import Irregularity
from depositary.register.entry import Entry
from depositary.treaties.supposition import Comparison
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_labels import EFFECTS_IN_WORDS, LABELS
from depositary.web.staff.parts import LetterShown, Preview, PreviewLine
from depositary.words import Language, language
from depositary.words.changes import effect
from depositary.words.labels import N_

Comparisons = tuple[Comparison, ...]

NOTHING_YET = N_("Fill in the form: what the entry would do is said here.")
SHOWN = 12
"""How many sentences of one kind a page shows before it counts the rest."""


def preview(desk: Desk, words: Language, proposal: Proposal | None, faults: dict[str, str] | None = None) -> Preview:
    """What a proposal would do and what is wrong with it; without a proposal, what is missing in its form."""
    if proposal is None:
        missing = tuple(
            f"{words.gettext(LABELS[name])}: {words.said(fault)}"
            for name, fault in (faults or {}).items()
            if name in LABELS
        )
        return Preview(words.gettext(NOTHING_YET), missing, (), (), "")
    return preview_of(desk, words, proposal, comparisons_of(desk, proposal))


def comparisons_of(desk: Desk, proposal: Proposal) -> Comparisons:
    """What holds before and after a proposal, under each treaty of its acts."""
    return examine(proposal, desk.collection, desk.entries, clock.today())


def preview_of(desk: Desk, words: Language, proposal: Proposal, comparisons: Comparisons) -> Preview:
    """What a proposal would do and what is wrong with it, in sentences."""
    wrong = irregularities_of(comparisons, clock.today())
    return Preview(
        title_of(desk, words, proposal),
        (),
        tuple(examination(desk, words, proposal, wrong, comparisons[0].before if comparisons else None)),
        tuple(effect_lines(words, comparisons)),
        counter(words, comparisons),
        tuple(elsewhere(desk, words, comparisons)),
    )


def elsewhere(desk: Desk, words: Language, comparisons: Comparisons) -> list[PreviewLine]:
    """What a proposal makes irregular in acts that are recorded already, each with its entry."""
    lines = [
        PreviewLine(
            words.gettext(
                "Entry %(number)d, %(act)s: %(wrong)s",
                number=irregularity.act.number,
                act=words.act(irregularity.act),
                wrong=words.irregularity(irregularity, desk.collection.participants),
            ),
            irregularity.severity,
        )
        for comparison in comparisons
        for irregularity in comparison.elsewhere
    ]
    return shorten(words, lines)


def examination(
    desk: Desk,
    words: Language,
    proposal: Proposal,
    irregularities: Iterable[Irregularity],
    before: Effects | None = None,
) -> list[PreviewLine]:
    """All that is wrong with a proposal, each with its provision, and what a careful person would look at again.

    `before` is what holds without the proposal; with it, a reservation is compared with the deposits of its day.
    """
    participants = desk.collection.participants
    lines = [
        PreviewLine(words.irregularity(irregularity, participants), irregularity.severity)
        for irregularity in irregularities
    ]
    for name, check in zip(CHECKS, proposal.checks, strict=True):
        if check == "no":
            label = words.gettext(LABELS[name])
            line = words.gettext("Form of the instrument: not so: %(label)s.", label=label)
            lines.append(PreviewLine(line, "warning"))
    if act := proposal.act:
        lines += [PreviewLine(note, "note") for note in notes(words, act, before)]
    lines.sort(key=lambda line: ("refused", "warning", "note").index(line.weight))
    return shorten(words, lines)


def notes(words: Language, act: Act, before: Effects | None) -> Iterator[str]:
    """What is worth a second look although it is no irregularity: a public holiday, the moment of a reservation."""
    if name := holiday(act.date):
        yield words.gettext("%(date)s is a public holiday in New York: %(name)s.", date=words.date(act.date), name=name)
    if before is not None and (moment := moment_of_reservation(act, before)):
        yield words.gettext(moment)


def moment_of_reservation(act: Act, before: Effects) -> str:
    """At which moment a reservation is made; "" for another act."""
    if act.action != "reservation":
        return ""
    signature = before.history.signatures.get(act.participant)
    if signature is not None and signature.date == act.date:
        return N_("Made at signature: it is to be confirmed with the instrument.")
    consents = [episode.consent.date for episode in before.episodes(act.participant)]
    if act.date in consents:
        return N_("Made with the instrument.")
    return N_("Made at no deposit and no signature of that day.")


def effect_lines(words: Language, comparisons: Comparisons) -> list[PreviewLine]:
    """What a proposal would change, in sentences; the gravest first."""
    lines = []
    for comparison in comparisons:
        name = f"{words.treaty(comparison.after.clauses)}: " if len(comparisons) > 1 else ""
        lines += [
            PreviewLine(f"{name}{line.sentence}", "grave" if line.grave else "")
            for line in effect(words, comparison.before, comparison.after, comparison.on)
        ]
    lines.sort(key=lambda line: line.weight != "grave")
    return shorten(words, lines)


def shorten(words: Language, lines: list[PreviewLine]) -> list[PreviewLine]:
    """The first lines, and how many more there are."""
    if len(lines) <= SHOWN:
        return lines
    rest = len(lines) - SHOWN
    more = words.ngettext("and %(number)d more", "and %(number)d more", rest)
    return [*lines[:SHOWN], PreviewLine(more, "note")]


def counter(words: Language, comparisons: Comparisons) -> str:
    """The count of instruments after a proposal: `38 of 40`."""
    for after in (comparison.after for comparison in comparisons):
        if clause := after.clauses.entry_into_force:
            return words.gettext("%(counted)d of %(required)d", counted=after.counted, required=clause.instruments)
    return ""


def title_of(desk: Desk, words: Language, proposal: Proposal) -> str:
    """A proposal in a line: `Ghana: ratification, 2 March 2026`."""
    if proposal.kind == "import":
        return words.ngettext("A file of %(number)d act", "A file of %(number)d acts", len(proposal.acts))
    if proposal.kind == "strike":
        return words.gettext("Strike out entry %(number)d", number=proposal.target)
    act = proposal.act
    assert act is not None
    name = words.name(desk.collection.participants, act.participant, act.date) if act.participant else ""
    said = words.gettext(
        "%(name)s: %(act)s, %(date)s",
        name=name or words.treaty(desk.collection.treaties[act.treaty]),
        act=words.act(act),
        date=words.date(act.date),
    )
    if proposal.kind == "rectify":
        return words.gettext("Instead of entry %(number)d: %(said)s", number=proposal.target, said=said)
    return said


def facts_of(desk: Desk, words: Language, proposal: Proposal) -> list[tuple[str, str]]:
    """All that a proposal says, field by field."""
    say = words.gettext
    facts: list[tuple[str, str]] = []
    act = proposal.act
    if act is not None and proposal.kind != "import":
        facts += act_facts(desk, words, act)
    if len(proposal.acts) > 1 and proposal.kind != "import":
        facts.append((say(LABELS["competence"]), proposal.acts[0].text))
    if proposal.reason:
        facts.append((say(LABELS["reason"]), proposal.reason))
    if receipt := proposal.receipt:
        if receipt.on_instrument:
            facts.append((say(LABELS["on_instrument"]), words.date(receipt.on_instrument)))
        if receipt.received_at:
            at = receipt.received_at
            facts.append((say("Received"), f"{words.date(at.date())}, {at:%H:%M} (UTC{at:%z})"))
        facts += [
            (say(LABELS[name]), getattr(receipt, name))
            for name in ("determined_by", "grounds")
            if getattr(receipt, name)
        ]
    facts += [
        (say(LABELS[name]), say("yes") if check == "yes" else say("no"))
        for name, check in zip(CHECKS, proposal.checks, strict=True)
        if check
    ]
    if proposal.remark:
        facts.append((say(LABELS["remark"]), proposal.remark))
    return facts


def entry_facts(desk: Desk, words: Language, entry: Entry) -> list[tuple[str, str]]:
    """What an entry says, shown beside the act that is to take its place."""
    facts = [(words.gettext("Entry"), str(entry.number)), (words.gettext("Recorded by"), entry.recorded_by)]
    return [*facts, *(act_facts(desk, words, entry.act) if entry.act else ())]


def act_facts(desk: Desk, words: Language, act: Act) -> list[tuple[str, str]]:
    """What an act says, field by field."""
    say = words.gettext
    name = words.name(desk.collection.participants, act.participant, act.date) if act.participant else ""
    addressee = words.name(desk.collection.participants, act.addressee, act.date) if act.addressee else ""
    rows = (
        (LABELS["treaty"], f"{act.treaty}: {words.treaty(desk.collection.treaties[act.treaty])}"),
        (LABELS["participant"], f"{name} ({act.participant})" if name else ""),
        (N_("Act"), words.act(act)),
        (LABELS["date"], words.date(act.date)),
        (LABELS["effective"], words.date(act.effective) if act.effective else ""),
        (LABELS["place"], act.place),
        (LABELS["provision"], act.provision),
        (LABELS["text"], act.text),
        (LABELS["addressee"], f"{addressee} ({act.addressee})" if addressee else ""),
        (LABELS["effect"], say(EFFECTS_IN_WORDS[act.effect]) if act.effect else ""),
        (LABELS["notified"], words.date(act.notified) if act.notified else ""),
        (LABELS["source"], act.source),
    )
    return [(say(label), value) for label, value in rows if value]


def before_and_after(words: Language, comparisons: Comparisons) -> list[tuple[str, str, str]]:
    """The status before and after: what is compared, its value before, its value after."""
    say = words.gettext
    rows = []
    for comparison in comparisons:
        before, after, day = comparison.before, comparison.after, comparison.on
        name = f"{words.treaty(after.clauses)}: " if len(comparisons) > 1 else ""
        values: tuple[tuple[str, Callable[[Effects], str]], ...] = (
            (say("Instruments counted"), lambda effects: str(effects.counted)),
            (say("Instruments deposited"), lambda effects: str(effects.deposited)),
            (say("Entry into force"), lambda effects: words.value(effects.in_force_on)),
            (say("Parties"), lambda effects, day=day: str(len(effects.parties(day)))),  # type: ignore[misc]
            (say("Signatories"), lambda effects: str(len(effects.history.signatures))),
        )
        rows += [(f"{name}{label}", value(before), value(after)) for label, value in values]
    return rows


def letter(desk: Desk, proposal: Proposal, comparisons: Comparisons) -> LetterShown | None:
    """The letter that tells a mission what is missing of an instrument that was received and is not deposited.

    It is in the mission's language, or in English where the language is not known.
    """
    act, words = proposal.act, language("en")
    if act is None or not act.participant:
        return None
    if desk.contacts and (mission := missions(desk.contacts.entries()).get(act.participant)):
        words = language(mission.language)
    participants, treaty = desk.collection.participants, desk.collection.treaties[act.treaty]
    name = words.name(participants, act.participant, act.date)
    formal = participants[act.participant].name_on(act.date).formal if words.code == "en" else ""
    received = proposal.receipt.received_at.date() if proposal.receipt and proposal.receipt.received_at else act.date
    text = words.gettext(
        "The Secretariat of the United Nations presents its compliments to the Permanent Mission of %(state)s to the "
        "United Nations and has the honour to refer to the instrument of %(action)s of the %(treaty)s, received on "
        "%(date)s.\n\nThe instrument has been received and is not yet deposited, because of the following:\n\n"
        "%(wrong)s\n\nThe Secretariat would be grateful to receive what is missing; the date of deposit will be the "
        "day on which the instrument is complete.",
        state=formal or name,
        action=words.action(act.action),
        treaty=words.treaty(treaty),
        date=words.date(received),
        wrong="\n".join(faults_of_instrument(desk, words, proposal, comparisons)) or "— …",
    )
    return LetterShown(text, words.code, words.direction)


def faults_of_instrument(desk: Desk, words: Language, proposal: Proposal, comparisons: Comparisons) -> Iterator[str]:
    """Why an instrument is not deposited, a line each."""
    for irregularity in irregularities_of(comparisons, clock.today()):
        if irregularity.severity == "refused":
            yield f"— {words.irregularity(irregularity, desk.collection.participants)}"
    for name, check in zip(CHECKS, proposal.checks, strict=True):
        if check == "no":
            yield f"— {words.gettext('It could not be established:')} {words.gettext(LABELS[name]).lower()}."


def notifications(desk: Desk, words: Language, proposal: Proposal) -> tuple[Document, ...]:
    """The depositary notifications that follow a release, whole but for their numbers, which are given on issue."""
    if proposal.kind == "import":
        return ()
    head = desk.store.head()
    size = head.size if head else 0
    issue = Issue(clock.today(), "", size, desk.root)
    entries = tuple(supposed_entries(desk, proposal, size))

    def under(treaty: str) -> list[Entry]:
        return [*desk.entries(treaty), *(entry for entry in entries if entry.treaty == treaty)]

    cases = (case_of(desk.collection, under, entry) for entry in entries if entry.treaty in desk.collection.treaties)
    return tuple(draft(case, kind, words, issue, desk.collection.folder) for case in cases for kind in kinds(case))


def supposed_entries(desk: Desk, proposal: Proposal, size: int) -> Iterator[Entry]:
    """The entries that a release would make in a register of a size."""
    target = next(
        (e for treaty in desk.collection.treaties for e in desk.entries(treaty) if e.number == proposal.target), None
    )
    for number, act in enumerate(proposal.acts or (None,), size + 1):
        treaty = act.treaty if act else target.treaty if target else ""
        yield Entry(number, act, clock.now(), "", proposal.target or None, proposal.reason, treaty)
