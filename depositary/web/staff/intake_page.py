"""The page of a form of the intake: its fields with their values and faults, and what the form proposes."""

from contextlib import suppress
from dataclasses import replace
from urllib.parse import quote

from starlette.responses import Response

from depositary.desk import case
from depositary.desk.case_content import (
    CHECKS,
    DOCUMENT_KINDS,
    KINDS,
    CaseContent,
    Document,
    Item,
    Kind,
)
from depositary.desk.case_steps import CaseChanged
from depositary.law.acts import EFFECTS, Action
from depositary.law.dates import LATEST
from depositary.law.readings import KEPT_HERE, READINGS
from depositary.register.entry import Entry, history_of
from depositary.treaties.csv_files import LONGEST
from depositary.web.parts import Choice, Link
from depositary.web.staff import case_facts, intake_forms, preview
from depositary.web.staff.access import Actor, Form, Missing, new_form
from depositary.web.staff.desk import Desk
from depositary.web.staff.documents import carried_by, written
from depositary.web.staff.intake_labels import DOCUMENTS, EFFECTS_IN_WORDS, HINTS, LABELS
from depositary.web.staff.pages import IntakePage
from depositary.web.staff.parts import FieldShown
from depositary.web.staff.rendering import answer
from depositary.web.staff.typed_dates import DATES, typed_day
from depositary.words import Language
from depositary.words.labels import N_

HIDDEN = ("form", "kind", "action", "target", "case", "seen", "documents", "part", "item")


def values_of_case(desk: Desk, actor: Actor, content: CaseContent, item: Item | None = None) -> dict[str, str]:
    """The values of a form that begins from a case, and from one of its items."""
    values = intake_forms.values_of(content, item, actor.words, desk.collection)
    values |= {"form": new_form(), "kind": item.kind if item else "record", "documents": written(content.documents)}
    if item:
        values["target"] = str(item.target)
        values["action"] = intake_forms.slug(item.act.action) if item.act else ""
    return values


def fill(desk: Desk, form: Form, documents: tuple[Document, ...]) -> intake_forms.FilledIntake:
    """The case that a form that was sent makes. Raises Missing for a form that this site did not make."""
    action, part = intake_forms.action_of(form["action"]), form["part"] or "whole"
    kind: Kind = form["kind"]  # type: ignore[assignment]
    if kind not in KINDS or kind == "designation" or part not in intake_forms.PARTS:
        raise Missing
    if action is None and kind != "strike" and part != "case":
        raise Missing
    before, number = CaseContent(()), form.number("case")
    if number:
        before = known_case(desk, number).content_seen(form.number("seen"))
    place = form.number("item") or (len(before.items) + 1 if part == "item" else 1)
    if place > len(before.items) + 1:
        raise Missing
    known = {document.digest: document for document in before.documents}
    for document in (*carried_by(desk, form["documents"]), *documents):
        known.setdefault(document.digest, document)
    of = intake_forms.FormOfCase(kind, action, form.number("target"), part, place, before)
    return intake_forms.read_form(form.fields, desk.collection, of, tuple(known.values()))


def known_entry(desk: Desk, number: int) -> Entry:
    """The entry of a number. Raises Missing."""
    entry = desk.store.entry(number)
    if entry is None:
        raise Missing
    return entry


def documents_of(desk: Desk, entry: Entry) -> list[Document]:
    """The documents of an entry, with the kind and the name that its cases give them: it may have got one later."""
    known: dict[str, Document] = {}
    for each in history_of(desk.entries(entry.treaty), entry.number) if entry.documents else ():
        if case := each.receipt.case if each.receipt else None:
            known |= {document.digest: document for document in known_case(desk, case).content.documents}
    return [known.get(digest, Document(digest)) for digest in entry.documents]


def known_case(desk: Desk, number: int) -> case.Case:
    """The case of a number. Raises Missing."""
    with desk.store.session() as session:
        known = case.known_case(session, number)
    if known is None:
        raise Missing
    return known


def open_case(desk: Desk, number: int) -> case.Case:
    """A case that may be changed. Raises Missing."""
    known = known_case(desk, number)
    if known.state not in case.OPEN or known.content.is_file:
        raise Missing
    return known


def changed_page(desk: Desk, actor: Actor, fault: CaseChanged, documents: tuple[Document, ...]) -> Response:
    """A form whose case was saved meanwhile: what was typed stays, beside what was saved, and may be saved over it."""
    values, words = dict(actor.form.fields), actor.words
    case = known_case(desk, fault.number or actor.form.number("case"))
    place = actor.form.number("item") or 1

    def of_case(content: CaseContent) -> dict[str, str]:
        items = content.items
        return values_of_case(desk, actor, content, items[place - 1] if place <= len(items) else None)

    filled = fill(desk, actor.form, documents).content
    saved, typed = of_case(case.content), of_case(filled) if filled else values
    differing = tuple(
        (words.gettext(label), saved.get(name, ""), typed.get(name, ""))
        for name, label in LABELS.items()
        if name in values and typed.get(name, "").strip() != saved.get(name, "")
    )
    values |= {"case": str(case.number), "seen": str(case.last.number), "part": values.get("part") or "whole"}
    return form_page(desk, actor, values, {"changed": fault.sentence}, 409, documents, differing)


def form_page(
    desk: Desk,
    actor: Actor,
    values: dict[str, str],
    faults: dict[str, str],
    status: int = 200,
    documents: tuple[Document, ...] = (),
    differing: tuple[tuple[str, str, str], ...] = (),
) -> Response:
    """A form with what was typed and what is wrong with it, and beside it what it would do."""
    words = actor.words
    action = intake_forms.action_of(values.get("action", ""))
    scans = tuple(dict.fromkeys((*carried_by(desk, values.get("documents", "")), *documents)))
    values |= {"treaty": desk.chosen(values.get("treaty", "")), "documents": written(scans)}
    target = Form(values).number("target")
    filled = fill(desk, Form(values), ())
    return answer(
        IntakePage(
            desk.frame_of(actor),
            title(words, values, action, target),
            tuple((name, values.get(name, "")) for name in HIDDEN),
            field_groups(desk, words, action, values, faults),
            tuple(case_facts.entry_facts(desk, words, known_entry(desk, target)) if target else ()),
            tuple(case_facts.document_link(words, each) for each in documents_of(desk, known_entry(desk, target)))
            if target
            else (),
            differing,
            preview.preview(desk, words, filled.content, dict(filled.faults) if faults else {}),
            tuple(fault for name, fault in faults.items() if name not in LABELS),
            tuple(case_facts.document_link(words, document) for document in scans),
            values.get("part") != "item" and action != "ruling" and values["kind"] != "strike",
            tuple(Choice(kind, words.gettext(DOCUMENTS[kind]), False) for kind in DOCUMENT_KINDS[:-1]),
            f"/staff/cases/{values['case']}" if values.get("case") else "",
            values["kind"] != "record" or values.get("part") == "case" or any(name in faults for name in LABELS),
        ),
        status,
    )


def title(words: Language, values: dict[str, str], action: Action | None, target: int) -> str:
    """The title of a form."""
    if values.get("part") == "case":
        return words.gettext("Case %(number)s: what came", number=values["case"])
    if values["kind"] == "rectify":
        return words.gettext("Rectify entry %(number)d", number=target)
    if action is None:
        return words.gettext("Strike out entry %(number)d", number=target)
    return words.action(action).capitalize()


def field_groups(
    desk: Desk, words: Language, action: Action | None, values: dict[str, str], faults: dict[str, str]
) -> tuple[tuple[str, tuple[FieldShown, ...]], ...]:
    """The fields of a form by group; a strike-out has the correction alone."""
    correcting = values["kind"] == "rectify"
    part: intake_forms.Part = values.get("part") or "whole"  # type: ignore[assignment]
    groups: dict[str, tuple[str, ...]] = {N_("The correction"): ("reason", "remark")}
    if part == "case":
        groups = intake_forms.fields_of_case(None)
    elif action:
        groups = intake_forms.fields_of(action, correcting=correcting, part=part)
        if len(desk.collection.treaties) > 1:
            groups = with_treaty_first(groups)

    def shown(name: str) -> FieldShown:
        shown = field(desk, words, action, name, values.get(name, ""), faults.get(name, ""), correcting=correcting)
        if name == "place" and (choices := places(desk, words, values)):
            return replace(shown, kind="select", choices=choices)
        return shown

    return tuple((words.gettext(group), tuple(shown(name) for name in names)) for group, names in groups.items())


def with_treaty_first(groups: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The fields of an act with its treaty as the first: where a desk has several, it is chosen and seen first."""
    act, *others = groups.items()
    moved = {N_("Reference") if "treaty" in names else group: names for group, names in others}
    return {act[0]: ("treaty", *act[1])} | {
        group: tuple(name for name in names if name != "treaty") for group, names in moved.items()
    }


def places(desk: Desk, words: Language, values: dict[str, str]) -> tuple[Choice, ...]:
    """The places where a treaty is signed, each with its period; the first choice is the place that the date gives."""
    clauses = desk.collection.treaties[values["treaty"]]
    if clauses.signature is None:
        return ()
    value = values.get("place", "")
    found = {"": words.gettext("as the date gives it")}
    for period in clauses.signature.periods:
        until = words.date(period.until) if period.until < LATEST else "…"
        found[period.place] = f"{period.place} ({words.date(period.since)} – {until})"
    found.setdefault(value, value)
    return tuple(Choice(place, label, place == value) for place, label in found.items())


def field(
    desk: Desk, words: Language, action: Action | None, name: str, value: str, fault: str, *, correcting: bool
) -> FieldShown:
    """A field of an action's form as the page shows it."""
    kind = "text"
    choices = choices_of(desk, words, name, action, value if correcting else "")
    if choices:
        kind = "select"
    elif name in intake_forms.LONG:
        kind = "area"
    elif name in DATES:
        kind = "date"
    elif name == "received_time":
        kind = "time"
    options = tuple(Choice(key, label, key == value) for key, label in choices)
    hint = day_in_words(words, name, value) if kind == "date" else words.gettext(HINTS[name]) if name in HINTS else ""
    label = words.gettext(LABELS[name])
    return FieldShown(
        name, label, kind, value, options, fault, hint, name in ("participant", "addressee"), LONGEST["text"]
    )


def day_in_words(words: Language, name: str, value: str) -> str:
    """The day that is typed in a field, in words; its hint where none is typed, or none that can be read."""
    with suppress(ValueError):
        if day := typed_day(value):
            return words.date(day)
    return words.gettext(HINTS[name]) if name in HINTS else ""


def choices_of(
    desk: Desk, words: Language, name: str, action: Action | None, only_treaty: str
) -> tuple[tuple[str, str], ...]:
    """The values that a field offers with their labels, () where a person types; `only_treaty` offers one treaty."""
    say = words.gettext
    if name == "treaty":
        treaties = (treaty for treaty in desk.collection.in_order if treaty == (only_treaty or treaty))
        return tuple((treaty, f"{treaty} {words.treaty(desk.collection.treaties[treaty])}") for treaty in treaties)
    if name == "received_zone":
        return tuple((zone, zone.replace("_", " ")) for zone in intake_forms.ZONES)
    if name == "reading":
        return (*((name, words.reading_title(name)) for name in READINGS), (KEPT_HERE, words.reading(KEPT_HERE)[1]))
    if name == "choice":
        return ("default", say("the default reading")), ("otherwise", say("the other reading"))
    if name == "effect":
        effects = EFFECTS.get(action or "", ())
        return (("", say("not stated")), *((effect, say(EFFECTS_IN_WORDS[effect])) for effect in effects))
    if name in CHECKS:
        return ("", say("not checked")), ("yes", say("yes")), ("no", say("no"))
    return ()


def link_to(action: Action, treaty: str, words: str) -> Link:
    """The link to the form for an action."""
    return Link(words, f"/staff/new/{intake_forms.slug(action)}?treaty={quote(treaty)}")
