"""The page of a form of the intake: its fields with their values and faults, and what the form proposes."""

from urllib.parse import quote

from starlette.responses import Response

from depositary.desk.draft import Draft, draft
from depositary.desk.proposal import CHECKS, KINDS, Kind, Proposal
from depositary.law.acts import EFFECTS, Action
from depositary.law.readings import KEPT_HERE, READINGS
from depositary.register.entry import Entry
from depositary.treaties.csv_files import LONGEST
from depositary.web.parts import Choice, Link
from depositary.web.staff import intake_forms, preview
from depositary.web.staff.access import Actor, Form, Missing, new_form
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_labels import EFFECTS_IN_WORDS, HINTS, LABELS
from depositary.web.staff.pages import IntakePage
from depositary.web.staff.parts import FieldShown
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.labels import N_

DATES = frozenset({"date", "effective", "on_instrument", "received_on", "notified"})
HIDDEN = ("form", "kind", "action", "target", "draft", "seen", "documents")


def values_of_proposal(desk: Desk, actor: Actor, proposal: Proposal) -> dict[str, str]:
    """The values of a form that begins from a proposal."""
    values = intake_forms.values_of(proposal, actor.words, desk.collection)
    act = proposal.act
    values |= {"form": new_form(), "kind": proposal.kind, "target": str(proposal.target)}
    values |= {"action": intake_forms.slug(act.action) if act else "", "documents": " ".join(proposal.documents)}
    return values


def fill(desk: Desk, form: Form, documents: tuple[str, ...]) -> intake_forms.FilledIntake:
    """What a form that was sent proposes. Raises Missing for a form that this site did not make."""
    action = intake_forms.action_of(form["action"])
    if form["kind"] not in KINDS or form["kind"] == "import" or (action is None and form["kind"] != "strike"):
        raise Missing
    kind: Kind = form["kind"]
    earlier = tuple(digest for digest in form["documents"].split() if desk.store.has_document(digest))
    digests = tuple(dict.fromkeys((*earlier, *documents)))
    return intake_forms.read_form(form.fields, desk.collection, kind, action, form.number("target"), digests)


def known_entry(desk: Desk, number: int) -> Entry:
    """The entry of a number. Raises Missing."""
    entries = desk.store.entries(number - 1)[:1] if number > 0 else []
    if not entries or entries[0].number != number:
        raise Missing
    return entries[0]


def known_draft(desk: Desk, number: int) -> Draft:
    """The draft of a number. Raises Missing."""
    with desk.store.session() as session:
        known = draft(session, number)
    if known is None:
        raise Missing
    return known


def form_page(
    desk: Desk,
    actor: Actor,
    values: dict[str, str],
    faults: dict[str, str],
    status: int = 200,
    documents: tuple[str, ...] = (),
) -> Response:
    """A form with what was typed and what is wrong with it, and beside it what it would do."""
    words = actor.words
    action = intake_forms.action_of(values.get("action", ""))
    digests = tuple(dict.fromkeys((*values.get("documents", "").split(), *documents)))
    values |= {"treaty": desk.chosen(values.get("treaty", "")), "documents": " ".join(digests)}
    target = Form(values).number("target")
    filled = fill(desk, Form(values), ())
    return answer(
        IntakePage(
            desk.frame_of(actor),
            title(words, values["kind"], action, target),
            tuple((name, values.get(name, "")) for name in HIDDEN),
            field_groups(desk, words, action, values, faults),
            tuple(preview.entry_facts(desk, words, known_entry(desk, target)) if target else ()),
            preview.preview(desk, words, filled.proposal, dict(filled.faults) if faults else {}),
            tuple(fault for name, fault in faults.items() if name not in LABELS),
            tuple(Link(digest[:16], f"/staff/documents/{digest}") for digest in digests),
            action is not None and action != "ruling",
        ),
        status,
    )


def title(words: Language, kind: str, action: Action | None, target: int) -> str:
    """The title of a form."""
    if kind == "rectify":
        return words.gettext("Rectify entry %(number)d", number=target)
    if action is None:
        return words.gettext("Strike out entry %(number)d", number=target)
    return words.action(action).capitalize()


def field_groups(
    desk: Desk, words: Language, action: Action | None, values: dict[str, str], faults: dict[str, str]
) -> tuple[tuple[str, tuple[FieldShown, ...]], ...]:
    """The fields of a form by group; a strike-out has the correction alone."""
    correcting = values["kind"] == "rectify"
    groups: dict[str, tuple[str, ...]] = {N_("The correction"): ("reason", "remark")}
    if action:
        groups = intake_forms.fields_of(action, correcting=correcting)

    def shown(name: str) -> FieldShown:
        return field(desk, words, action, name, values.get(name, ""), faults.get(name, ""), correcting=correcting)

    return tuple((words.gettext(group), tuple(shown(name) for name in names)) for group, names in groups.items())


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
    hint = words.gettext(HINTS[name]) if name in HINTS else ""
    label = words.gettext(LABELS[name])
    return FieldShown(
        name, label, kind, value, options, fault, hint, name in ("participant", "addressee"), LONGEST["text"]
    )


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
        return (*((reading, reading) for reading in sorted(READINGS)), (KEPT_HERE, words.reading(KEPT_HERE)[1]))
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
