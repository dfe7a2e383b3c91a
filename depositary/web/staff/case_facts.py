"""What a case, an item and an entry say, in a line and field by field."""

from collections.abc import Iterator

from depositary import clock
from depositary.desk.case_content import CHECKS, CaseContent, Document, Item
from depositary.law.acts import Act
from depositary.register.entry import Entry, Receipt
from depositary.web.parts import Link
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_labels import DOCUMENTS, EFFECTS_IN_WORDS, LABELS
from depositary.words import Language
from depositary.words.authorities import FUNCTIONS
from depositary.words.labels import N_


def title_of(desk: Desk, words: Language, content: CaseContent) -> str:
    """A case in a line: `Ghana: ratification, 2 March 2026; reservation, 2 March 2026`."""
    if content.is_file:
        return words.ngettext("A file of %(number)d act", "A file of %(number)d acts", len(content.acts))
    main, items = content.act, content.standing
    first = next((item for item in content.to_record if item.act == main), next(iter(items), None))
    if first is None:
        return ""
    said = item_line(desk, words, first)
    if rest := len(items) - 1:
        also = words.ngettext("and %(number)d more", "and %(number)d more", rest)
        return words.phrase((said, also))
    return said


def item_line(desk: Desk, words: Language, item: Item) -> str:
    """An item in a line: `Ghana: ratification, 2 March 2026`."""
    act = item.act
    if designated := item.designation:
        name = words.name(desk.collection.participants, designated.participant, clock.today())
        return f"{name}: {words.gettext(FUNCTIONS[designated.function])}"
    if act is None:
        return words.gettext("Strike out entry %(number)d", number=item.target)
    name = words.name(desk.collection.participants, act.participant, act.date) if act.participant else ""
    said = words.gettext(
        "%(name)s: %(act)s, %(date)s",
        name=name or words.treaty(desk.collection.treaties[act.treaty]),
        act=words.act(act),
        date=words.date(act.date),
    )
    if item.target:
        return words.gettext("Instead of entry %(number)d: %(said)s", number=item.target, said=said)
    return said


def facts_of(desk: Desk, words: Language, content: CaseContent) -> list[tuple[str, str]]:
    """How a case came, what was checked of its instruments, and the remark, field by field."""
    say = words.gettext
    facts: list[tuple[str, str]] = []
    until = words.date(content.powers_until) if content.powers_until else ""
    signed = {"signer": content.signer, "powers_until": until}
    facts += [(say(LABELS[name]), value) for name, value in signed.items() if value]
    if content.receipt:
        facts += receipt_facts(words, content.receipt)
    facts += [
        (say(LABELS[name]), say("yes") if check == "yes" else say("no"))
        for name, check in zip(CHECKS, content.checks, strict=True)
        if check
    ]
    if content.remark:
        facts.append((say(LABELS["remark"]), content.remark))
    return facts


def receipt_facts(words: Language, receipt: Receipt) -> list[tuple[str, str]]:
    """How an act was received and its date determined, field by field."""
    say = words.gettext
    facts = []
    if receipt.on_instrument:
        facts.append((say(LABELS["on_instrument"]), words.date(receipt.on_instrument)))
    if at := receipt.received_at:
        said = say(
            "%(day)s, %(time)s (UTC%(offset)s)", day=words.date(at.date()), time=f"{at:%H:%M}", offset=f"{at:%z}"
        )
        facts.append((say("Received"), said))
    told = ((say(LABELS[name]), getattr(receipt, name)) for name in ("determined_by", "grounds"))
    return [*facts, *((label, value) for label, value in told if value)]


def entry_facts(desk: Desk, words: Language, entry: Entry) -> list[tuple[str, str]]:
    """What an entry says, shown beside the act that is to take its place."""
    facts = [(words.gettext("Entry"), str(entry.number)), (words.gettext("Recorded by"), entry.recorded_by)]
    return [*facts, *(act_facts(desk, words, entry.act) if entry.act else ())]


def compared(desk: Desk, words: Language, entry: Entry, act: Act | None) -> Iterator[tuple[str, str, str]]:
    """Each field of an entry as it stands and as it would be; a strike-out leaves nothing."""
    old = dict(act_facts(desk, words, entry.act)) if entry.act else {}
    new = dict(act_facts(desk, words, act)) if act else {}
    labels = [label for label in (words.gettext(name) for name in (*LABELS.values(), N_("Act"))) if label in old | new]
    for label in dict.fromkeys([*old, *labels]):
        yield label, old.get(label, "—"), new.get(label, "—")


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


def document_link(words: Language, document: Document) -> Link:
    """A document by its kind and its name; by its digest where it has no name."""
    said = f"{words.gettext(DOCUMENTS[document.kind])}: {document.name or document.digest[:16]}"
    return Link(said, f"/staff/documents/{document.digest}")
