"""What a proposal would do, as the desk shows it: beside its form, before its release, and on the bench."""

from collections.abc import Callable, Iterable, Iterator

from depositary import clock
from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.desk.case_content import CHECKS, CaseContent
from depositary.desk.preview import examine, irregularities_of
from depositary.desk.questions import questions
from depositary.law.acts import Act
from depositary.law.effects import Effects
from depositary.law.examination import Irregularity
from depositary.register.entry import Entry
from depositary.treaties.supposition import Comparison, last_day
from depositary.web.staff.case_facts import title_of
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_labels import LABELS
from depositary.web.staff.parts import Preview, PreviewLine
from depositary.words import Language
from depositary.words.changes import effect
from depositary.words.holidays import holidays
from depositary.words.labels import N_

Comparisons = tuple[Comparison, ...]

NOTHING_YET = N_("Fill in the form: what the entry would do is said here.")
DECIDED_UPON = N_("The officers who keep the registers of authorities decide upon it once the case is released.")
SHOWN = 12
"""How many sentences of one kind a page shows before it counts the rest."""


def preview(desk: Desk, words: Language, content: CaseContent | None, faults: dict[str, str] | None = None) -> Preview:
    """What a proposal would do and what is wrong with it; without a content, what is missing in its form."""
    if content is None:
        missing = tuple(
            f"{words.gettext(LABELS[name])}: {words.said(fault)}"
            for name, fault in (faults or {}).items()
            if name in LABELS
        )
        return Preview(words.gettext(NOTHING_YET), missing, (), (), "")
    return preview_of(desk, words, content, comparisons_of(desk, content))


def comparisons_of(desk: Desk, content: CaseContent) -> Comparisons:
    """What holds before and after a content, under each treaty of its acts."""
    return examine(content, desk.collection, desk.entries, clock.today())


def preview_of(
    desk: Desk, words: Language, content: CaseContent, comparisons: Comparisons, *, whole: bool = False
) -> Preview:
    """What a case would do and what is wrong with it, in sentences: the first of them, or all."""
    wrong = irregularities_of(comparisons, clock.today())
    most = None if whole else SHOWN
    return Preview(
        title_of(desk, words, content),
        (),
        tuple(
            examination(
                desk,
                words,
                content,
                wrong,
                comparisons[0].after if comparisons else None,
                questions(content, comparisons),
                most=most,
            )
        ),
        (*effect_lines(words, comparisons, most), *handing_on(words, content)),
        counter(words, comparisons),
        tuple(elsewhere(desk, words, comparisons, most)),
    )


def elsewhere(desk: Desk, words: Language, comparisons: Comparisons, most: int | None) -> list[PreviewLine]:
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
    return shorten(words, lines, most)


def examination(
    desk: Desk,
    words: Language,
    content: CaseContent,
    irregularities: Iterable[Irregularity],
    after: Effects | None = None,
    before_submitting: Iterable[str] | None = None,
    *,
    most: int | None = SHOWN,
) -> list[PreviewLine]:
    """All that is wrong with a content, each with its provision, and what a careful person would look at again.

    `after` is what holds with the case; with it, a reservation is compared with the deposits of its day.
    """
    participants = desk.collection.participants
    lines = [
        PreviewLine(words.irregularity(irregularity, participants), irregularity.severity)
        for irregularity in irregularities
    ]
    if before_submitting is not None:
        lines += [PreviewLine(words.said(question), "warning") for question in before_submitting]
    for name, check in zip(CHECKS, content.checks, strict=True):
        if check == "no":
            label = words.gettext(LABELS[name])
            line = words.gettext("Form of the instrument: not so: %(label)s.", label=label)
            lines.append(PreviewLine(line, "warning"))
    notes_of_acts = (note for act in content.acts for note in notes(words, act, after))
    lines += [PreviewLine(note, "note") for note in (() if content.is_file else dict.fromkeys(notes_of_acts))]
    lines.sort(key=lambda line: ("refused", "warning", "note").index(line.weight))
    return shorten(words, lines, most)


def notes(words: Language, act: Act, after: Effects | None) -> Iterator[str]:
    """What is worth a second look although it is no irregularity: a public holiday, the moment of a reservation."""
    if name := holidays(words, act.date):
        yield words.gettext("%(date)s is a public holiday in New York: %(name)s.", date=words.date(act.date), name=name)
    if after is not None and (moment := moment_of_reservation(act, after)):
        yield words.gettext(moment)


def moment_of_reservation(act: Act, after: Effects) -> str:
    """At which moment a reservation is made; "" for another act."""
    if act.action != "reservation":
        return ""
    signature = after.history.signature(act.participant, act.date)
    if signature is not None and signature.date == act.date:
        return N_("Made at signature: it is to be confirmed with the instrument.")
    consents = [episode.consent.date for episode in after.episodes(act.participant)]
    if act.date in consents:
        return N_("Made with the instrument.")
    return N_("Made on a day without a deposit or a signature.")


def effect_lines(words: Language, comparisons: Comparisons, most: int | None = SHOWN) -> list[PreviewLine]:
    """What a proposal would change, in sentences; the gravest first."""
    lines = []
    for comparison in comparisons:
        name = f"{words.treaty(comparison.after.clauses)}: " if len(comparisons) > 1 else ""
        lines += [
            PreviewLine(f"{name}{line.sentence}", "grave" if line.grave else "")
            for line in effect(words, comparison.before, comparison.after, comparison.on)
        ]
    lines.sort(key=lambda line: line.weight != "grave")
    return shorten(words, lines, most)


def handing_on(words: Language, content: CaseContent) -> Iterator[PreviewLine]:
    """What becomes of the designations of a case, in a sentence; nothing where it has none."""
    if content.designations:
        yield PreviewLine(words.gettext(DECIDED_UPON), "")


def shorten(words: Language, lines: list[PreviewLine], most: int | None) -> list[PreviewLine]:
    """The first lines, and how many more there are; all lines where there is no `most`."""
    if most is None or len(lines) <= most:
        return lines
    rest = len(lines) - most
    more = words.ngettext("and %(number)d more", "and %(number)d more", rest)
    return [*lines[:most], PreviewLine(more, "note")]


def counter(words: Language, comparisons: Comparisons) -> str:
    """The count of instruments after a proposal: `38 of 40`."""
    for after in (comparison.after for comparison in comparisons):
        if clause := after.clauses.entry_into_force:
            return words.gettext("%(counted)d of %(required)d", counted=after.counted, required=clause.instruments)
    return ""


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


def notifications(desk: Desk, words: Language, content: CaseContent) -> tuple[Document, ...]:
    """The depositary notifications that follow a release, whole but for their numbers, which are given on issue."""
    size, today = desk.store.size(), clock.today()
    issue = Issue(today, "", size, desk.root)
    entries = tuple(supposed_entries(desk, content, size))

    def under(treaty: str) -> list[Entry]:
        return [*desk.entries(treaty), *(entry for entry in entries if entry.treaty == treaty)]

    touched = {entry.treaty for entry in entries}
    treaties = tuple(one for one in desk.collection.in_order if touched & {*desk.collection.needed_by(one)})
    waiting = {event.key for event in desk.agenda.events(today)}
    found = desk.agenda.supposing(under, treaties, last_day((entry.act for entry in entries if entry.act), today))
    return tuple(draft(event, words, issue, desk.collection.folder) for event in found if event.key not in waiting)


def supposed_entries(desk: Desk, content: CaseContent, size: int) -> Iterator[Entry]:
    """The entries that a release would make in a register of a size."""
    treaties = {entry.number: treaty for treaty in desk.collection.treaties for entry in desk.entries(treaty)}
    at = clock.now()
    for number, item in enumerate(content.to_record, size + 1):
        treaty = item.act.treaty if item.act else treaties.get(item.target, "")
        if item.target and item.target not in treaties:
            continue  # the release refuses it
        yield Entry(number, item.act, at, "", item.target or None, item.reason, treaty)
