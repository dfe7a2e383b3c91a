"""What a proposal would do, as the desk shows it: beside the form, before the release, on the bench."""

from datetime import date

from depositary import clock
from depositary.authorities.validity import missions
from depositary.correspondence.notifications.case import case_of, kinds
from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.desk.preview import Examined, examine, holiday
from depositary.desk.proposal import CHECKS, Proposal
from depositary.law.acts import Act
from depositary.law.effects import Effects
from depositary.register.entry import Entry
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_forms import LABELS
from depositary.web.staff.parts import LetterShown, Preview, SaidLine
from depositary.words import Language, language
from depositary.words.changes import effect
from depositary.words.labels import N_

NOTHING_YET = N_("Fill in the form: what the entry would do is said here.")
SHOWN = 12
"""How many sentences of one kind a page shows before it counts the rest."""


def preview(desk: Desk, words: Language, proposal: Proposal | None, faults: dict[str, str] | None = None) -> Preview:
    """What a proposal would do and what is wrong with it; without one, what is missing."""
    if proposal is None:
        missing = [
            f"{words.gettext(LABELS[name])}: {words.said(said)}"
            for name, said in (faults or {}).items()
            if name in LABELS
        ]
        return Preview(words.gettext(NOTHING_YET), tuple(missing), (), (), "")
    examined = examine(proposal, desk.collection, desk.entries, clock.today())
    return Preview(
        title_of(desk, words, proposal),
        (),
        tuple(examination(desk, words, proposal, examined)),
        tuple(effects_said(words, examined)),
        counter(words, examined),
    )


def examination(desk: Desk, words: Language, proposal: Proposal, examined: tuple[Examined, ...]) -> list[SaidLine]:
    """All that is wrong with a proposal, each with its provision, and what a careful person would look at again."""
    found = [one for each in examined for one in each.found]
    lines = [SaidLine(words.irregularity(one, desk.collection.participants), one.severity) for one in found]
    for name, check in zip(CHECKS, proposal.checks, strict=True):
        if check == "no":
            label = words.gettext(LABELS[name])
            lines.append(SaidLine(words.gettext("Form of the instrument: not so: %(label)s.", label=label), "warning"))
    act = proposal.act
    if act is not None and proposal.kind != "import":
        if name := holiday(act.date):
            lines.append(
                SaidLine(
                    words.gettext(
                        "%(date)s is a public holiday in New York: %(name)s.", date=words.date(act.date), name=name
                    ),
                    "note",
                )
            )
        moment = moment_of(act, examined[0].before) if examined else ""
        if moment:
            lines.append(SaidLine(words.gettext(moment), "note"))
    lines.sort(key=lambda line: ("refused", "warning", "note").index(line.weight))
    return shortened(words, lines)


def moment_of(act: Act, before: Effects) -> str:
    """At which moment a reservation is made."""
    if act.action != "reservation":
        return ""
    signature = before.history.signatures.get(act.participant)
    if signature is not None and signature.date == act.date:
        return N_("Made at signature: it is to be confirmed with the instrument.")
    consents = [episode.consent.date for episode in before.episodes(act.participant)]
    if act.date in consents:
        return N_("Made with the instrument.")
    return N_("Made at no deposit and no signature of that day.")


def effects_said(words: Language, examined: tuple[Examined, ...]) -> list[SaidLine]:
    """What a proposal would change, in sentences; the gravest first."""
    lines = []
    for one in examined:
        name = f"{words.treaty(one.after.clauses)}: " if len(examined) > 1 else ""
        lines += [
            SaidLine(f"{name}{said.sentence}", "grave" if said.grave else "")
            for said in effect(words, one.before, one.after, one.on)
        ]
    lines.sort(key=lambda line: line.weight != "grave")
    return shortened(words, lines)


def shortened(words: Language, lines: list[SaidLine]) -> list[SaidLine]:
    if len(lines) <= SHOWN:
        return lines
    rest = len(lines) - SHOWN
    more = words.ngettext("and %(number)d more", "and %(number)d more", rest)
    return [*lines[:SHOWN], SaidLine(more, "note")]


def counter(words: Language, examined: tuple[Examined, ...]) -> str:
    """The count of instruments after it: `38 of 40`."""
    for one in examined:
        if clause := one.after.clauses.entry_into_force:
            return words.gettext("%(counted)d of %(required)d", counted=one.after.counted, required=clause.instruments)
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
    found: list[tuple[str, str]] = []
    act = proposal.act
    if act is not None and proposal.kind != "import":
        found += act_facts(desk, words, act)
    if len(proposal.acts) > 1 and proposal.kind != "import":
        found.append((say(LABELS["competence"]), proposal.acts[0].text))
    if proposal.reason:
        found.append((say(LABELS["reason"]), proposal.reason))
    if receipt := proposal.receipt:
        if receipt.on_instrument:
            found.append((say(LABELS["on_instrument"]), words.date(receipt.on_instrument)))
        if receipt.received_at:
            at = receipt.received_at
            found.append((say("Received"), f"{words.date(at.date())}, {at:%H:%M} (UTC{at:%z})"))
        found += [
            (say(LABELS[name]), getattr(receipt, name))
            for name in ("determined_by", "grounds")
            if getattr(receipt, name)
        ]
    found += [
        (say(LABELS[name]), say("yes") if check == "yes" else say("no"))
        for name, check in zip(CHECKS, proposal.checks, strict=True)
        if check
    ]
    if proposal.remark:
        found.append((say(LABELS["remark"]), proposal.remark))
    return found


def entry_facts(desk: Desk, words: Language, entry: Entry) -> list[tuple[str, str]]:
    """What an entry says, beside that which is to take its place."""
    facts = [(words.gettext("Entry"), str(entry.number)), (words.gettext("Recorded by"), entry.recorded_by)]
    return [*facts, *(act_facts(desk, words, entry.act) if entry.act else ())]


def act_facts(desk: Desk, words: Language, act: Act) -> list[tuple[str, str]]:
    """What an act says, field by field."""
    say = words.gettext
    name = words.name(desk.collection.participants, act.participant, act.date) if act.participant else ""
    rows = (
        (LABELS["treaty"], f"{act.treaty}: {words.treaty(desk.collection.treaties[act.treaty])}"),
        (LABELS["participant"], f"{name} ({act.participant})" if name else ""),
        (N_("Act"), words.act(act)),
        (LABELS["date"], words.date(act.date)),
        (LABELS["effective"], words.date(act.effective) if act.effective else ""),
        (LABELS["place"], act.place),
        (LABELS["provision"], act.provision),
        (LABELS["text"], act.text),
        (LABELS["source"], act.source),
    )
    return [(say(label), value) for label, value in rows if value]


def beside(words: Language, examined: tuple[Examined, ...], on: date | None = None) -> list[tuple[str, str, str]]:
    """The status before and after: what, then, now."""
    say = words.gettext
    rows = []
    for one in examined:
        day = on or one.on
        name = f"{words.treaty(one.after.clauses)}: " if len(examined) > 1 else ""
        for label, value in (
            (say("Instruments counted"), lambda effects: str(effects.counted)),
            (say("Instruments deposited"), lambda effects: str(effects.deposited)),
            (say("Entry into force"), lambda effects: words.value(effects.in_force_on)),
            (say("Parties"), lambda effects, day=day: str(len(effects.parties(day)))),
            (say("Signatories"), lambda effects: str(len(effects.history.signatures))),
        ):
            rows.append((f"{name}{label}", value(one.before), value(one.after)))  # type: ignore[no-untyped-call]
    return rows


def letter(desk: Desk, proposal: Proposal) -> LetterShown | None:
    """The letter to the mission of a State whose instrument is here and not deposited: what is missing.

    It is in the mission's language, or in English where that is not known.
    """
    act, words = proposal.act, language("en")
    if act is None or not act.participant:
        return None
    if desk.contacts and (mission := missions(desk.contacts.entries()).get(act.participant)):
        words = language(mission.language)
    examined = examine(proposal, desk.collection, desk.entries, clock.today())
    wrong = [
        f"— {words.irregularity(one, desk.collection.participants)}"
        for each in examined
        for one in each.found
        if one.severity == "refused"
    ]
    wrong += [
        f"— {words.gettext('It could not be established:')} {words.gettext(LABELS[name]).lower()}."
        for name, check in zip(CHECKS, proposal.checks, strict=True)
        if check == "no"
    ]
    name = words.name(desk.collection.participants, act.participant, act.date)
    formal = desk.collection.participants[act.participant].name_on(act.date).formal if words.code == "en" else ""
    said = words.gettext(
        "The Secretariat of the United Nations presents its compliments to the Permanent Mission of %(state)s to the "
        "United Nations and has the honour to refer to the instrument of %(action)s of the %(treaty)s, received on "
        "%(date)s.\n\nThe instrument has been received and is not yet deposited, because of the following:\n\n"
        "%(wrong)s\n\nThe Secretariat would be grateful to receive what is missing; the date of deposit will be the "
        "day on which the instrument is complete.",
        state=formal or name,
        action=words.action(act.action),
        treaty=words.treaty(desk.collection.treaties[act.treaty]),
        date=words.date(
            proposal.receipt.received_at.date() if proposal.receipt and proposal.receipt.received_at else act.date
        ),
        wrong="\n".join(wrong) or "— …",
    )
    return LetterShown(said, words.code, words.direction)


def notifications(desk: Desk, words: Language, proposal: Proposal) -> tuple[Document, ...]:
    """The depositary notifications that follow a release, whole but for their numbers, which are given on issue."""
    if proposal.kind == "import":
        return ()
    head = desk.store.head()
    size = head.size if head else 0
    issue = Issue(clock.today(), "", size, desk.root)
    rectifies = proposal.target or None
    treaty = proposal.treaty({entry.number: entry for one in desk.collection.treaties for entry in desk.entries(one)})
    made: list[Entry] = []
    for act in proposal.acts or (None,):
        at = clock.now()
        made.append(Entry(size + len(made) + 1, act, at, "", rectifies, proposal.reason, act.treaty if act else treaty))
    return tuple(
        draft(case, kind, words, issue, desk.collection.folder)
        for entry in made
        if entry.treaty in desk.collection.treaties
        for case in (
            case_of(desk.collection, lambda of: [*desk.entries(of), *(e for e in made if e.treaty == of)], entry),
        )
        for kind in kinds(case)
    )
