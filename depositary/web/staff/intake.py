"""The intake: a form for each kind of act, what it would do beside it, and the draft it becomes."""

from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.desk import drafts
from depositary.desk.audit import log
from depositary.desk.draft import OPEN, Draft
from depositary.desk.draft import draft as draft_of
from depositary.desk.proposal import CHECKS, KINDS, Kind, Proposal
from depositary.errors import Sentence
from depositary.law.acts import Action
from depositary.law.readings import READINGS
from depositary.register.entry import Entry
from depositary.register.recording import Refused, attach_all
from depositary.treaties.names import search
from depositary.web.parts import Choice, Link
from depositary.web.staff import intake_forms, preview
from depositary.web.staff.access import Actor, Forbidden, Form, Missing, may, new_form
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import IntakePage, OptionsPart, PreviewPart
from depositary.web.staff.parts import FieldShown
from depositary.web.staff.rendering import answer
from depositary.words.labels import N_

PDF = b"%PDF-"
DATES = frozenset({"date", "effective", "on_instrument", "received_on"})
OPTIONS = 20


def intake(desk: Desk) -> APIRouter:
    """The routes of the forms."""
    router = APIRouter()

    @router.get("/staff/new/{slug}")
    def new(request: Request, slug: str, actor: Actor = may("draft")) -> Response:
        action = intake_forms.action_of(slug)
        if action is None:
            raise Missing
        only_with_right(actor, action)
        asked = request.query_params
        values = {"form": new_form(), "kind": "record", "action": slug, "date": clock.today().isoformat()}
        values |= {name: asked[name] for name in ("treaty", "participant", "reading", "subject") if name in asked}
        return form_page(desk, actor, values, {})

    @router.get("/staff/entries/{number}/rectify")
    def rectify(number: int, actor: Actor = may("draft")) -> Response:
        entry = known_entry(desk, number)
        if entry.act is None:
            raise Missing
        proposal = Proposal("rectify", (entry.act,), number, receipt=entry.receipt)
        return form_page(desk, actor, begun(desk, actor, proposal), {})

    @router.get("/staff/entries/{number}/strike")
    def strike(number: int, actor: Actor = may("draft")) -> Response:
        known_entry(desk, number)
        return form_page(desk, actor, begun(desk, actor, Proposal("strike", (), number)), {})

    @router.get("/staff/drafts/{number}/edit")
    def edit(number: int, actor: Actor = may("draft")) -> Response:
        draft = known_draft(desk, number)
        if draft.state not in OPEN or draft.last.proposal.kind == "import":
            raise Missing
        values = begun(desk, actor, draft.last.proposal)
        return form_page(desk, actor, values | {"draft": str(number), "seen": str(draft.last.number)}, {})

    @router.post("/staff/form/preview")
    def follow(actor: Actor = may("draft")) -> Response:
        filled = fill(desk, actor.form, ())
        shown = preview.preview(desk, actor.words, filled.proposal, dict(filled.faults))
        return answer(PreviewPart(desk.frame_of(actor), shown))

    @router.post("/staff/form")
    def save(actor: Actor = may("draft")) -> Response:
        form = actor.form
        only_with_right(actor, intake_forms.action_of(form["action"]))
        try:
            documents = uploaded(desk, form)
        except Refused as fault:
            return form_page(desk, actor, dict(form.fields), {"documents": fault.sentence}, 422)
        filled = fill(desk, form, documents)
        if filled.proposal is None:
            return form_page(desk, actor, dict(form.fields), dict(filled.faults), 422, documents)
        if form["do"] == "examine":
            return form_page(desk, actor, dict(form.fields), {}, 200, documents)
        with desk.store.session(writing=True) as session:
            number = form.number("draft")
            if number:
                draft = drafts.save(session, number, form.number("seen"), filled.proposal, actor.doing)
            else:
                draft = drafts.begin(session, form["form"], filled.proposal, actor.doing)
            if form["do"] == "submit" and draft.state in OPEN:
                draft = drafts.submit(session, draft.number, draft.last.number, actor.doing)
            elif form["do"] == "received" and draft.state in OPEN:
                draft = drafts.submit(session, draft.number, draft.last.number, actor.doing, received=True)
        return RedirectResponse(f"/staff/drafts/{draft.number}", 303)

    @router.get("/staff/participants")
    def participants(request: Request, actor: Actor = may("read")) -> Response:
        typed = request.query_params.get("participant", "")[:100]
        found = search(desk.collection.participants, typed, clock.today())[:OPTIONS]
        options = tuple(intake_forms.option(desk.collection, code, actor.words, clock.today()) for code in found)
        return answer(OptionsPart(desk.frame_of(actor), options))

    @router.get("/staff/documents/{digest}")
    def document(digest: str, actor: Actor = may("read")) -> Response:
        if len(digest) != 64 or not digest.isalnum() or not desk.store.has_document(digest):
            raise Missing
        with desk.store.session(writing=True) as session:
            log(session, actor.doing, "document read", digest)
        headers = {
            "Content-Disposition": f'attachment; filename="{digest[:16]}.pdf"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
        return Response(desk.store.document(digest), media_type="application/pdf", headers=headers)

    return router


def only_with_right(actor: Actor, action: Action | None) -> None:
    """A ruling is a legal officer's. Raises Forbidden."""
    if action == "ruling" and not actor.account.may("rule"):
        raise Forbidden


def begun(desk: Desk, actor: Actor, proposal: Proposal) -> dict[str, str]:
    """The values of a form that begins from a proposal."""
    values = intake_forms.values_of(proposal, actor.words, desk.collection)
    act = proposal.act
    values |= {"form": new_form(), "kind": proposal.kind, "target": str(proposal.target)}
    values |= {"action": intake_forms.slug(act.action) if act else "", "documents": " ".join(proposal.documents)}
    return values


def fill(desk: Desk, form: Form, documents: tuple[str, ...]) -> intake_forms.Filled:
    """What a form that was sent proposes. Raises Missing for one that this site did not make."""
    action = intake_forms.action_of(form["action"])
    if form["kind"] not in KINDS or form["kind"] == "import" or (action is None and form["kind"] != "strike"):
        raise Missing
    kind: Kind = form["kind"]
    before = tuple(each for each in form["documents"].split() if desk.store.has_document(each))
    every = tuple(dict.fromkeys((*before, *documents)))
    return intake_forms.filled(form.fields, desk.collection, kind, action, form.number("target"), every)


def uploaded(desk: Desk, form: Form) -> tuple[str, ...]:
    """The scans that came with a form, kept by their digests. Raises Refused for what is no PDF."""
    if any(not content.startswith(PDF) for content in form.files):
        raise Refused(Sentence("Scans are PDF files; one of these is not. Nothing was kept."))
    return attach_all(desk.store, form.files)


def known_entry(desk: Desk, number: int) -> Entry:
    """The entry of a number. Raises Missing."""
    found = desk.store.entries(number - 1)[:1] if number > 0 else []
    if not found or found[0].number != number:
        raise Missing
    return found[0]


def known_draft(desk: Desk, number: int) -> Draft:
    """The draft of a number. Raises Missing."""
    with desk.store.session() as session:
        found = draft_of(session, number)
    if found is None:
        raise Missing
    return found


def form_page(
    desk: Desk,
    actor: Actor,
    values: dict[str, str],
    faults: dict[str, str],
    status: int = 200,
    documents: tuple[str, ...] = (),
) -> Response:
    """A form with what was typed and what is wrong with it, and beside it what it would do."""
    words, say = actor.words, actor.words.gettext
    action = intake_forms.action_of(values.get("action", ""))
    values["treaty"] = desk.chosen(values.get("treaty", ""))
    kept = " ".join(dict.fromkeys((*values.get("documents", "").split(), *documents)))
    values["documents"] = kept
    target = int(values.get("target") or 0)
    correcting = values["kind"] == "rectify"
    groups = (
        intake_forms.fields_of(action, correcting=correcting)
        if action
        else {N_("The correction"): ("reason", "remark")}
    )
    hidden = {name: values.get(name, "") for name in ("form", "kind", "action", "target", "draft", "seen", "documents")}
    old = preview.entry_facts(desk, words, known_entry(desk, target)) if target else []
    examined = fill(desk, Form(values), ())
    title = say("Strike out entry %(number)d", number=target) if action is None else words.action(action).capitalize()
    if correcting:
        title = say("Rectify entry %(number)d", number=target)
    return answer(
        IntakePage(
            desk.frame_of(actor),
            title,
            tuple(hidden.items()),
            tuple(
                (
                    say(group),
                    tuple(
                        field(desk, actor, name, values.get(name, ""), faults.get(name, ""), correcting)
                        for name in names
                    ),
                )
                for group, names in groups.items()
            ),
            tuple(old),
            preview.preview(desk, words, examined.proposal, dict(examined.faults) if faults else {}),
            tuple(said for name, said in faults.items() if name not in intake_forms.LABELS),
            tuple(Link(each[:16], f"/staff/documents/{each}") for each in kept.split()),
            action is not None and action != "ruling",
        ),
        status,
    )


def field(desk: Desk, actor: Actor, name: str, value: str, fault: str, correcting: bool) -> FieldShown:
    """A field as it is shown."""
    say = actor.words.gettext
    choices: tuple[tuple[str, str], ...] = ()
    kind = (
        "area"
        if name in intake_forms.LONG
        else "date"
        if name in DATES
        else "time"
        if name == "received_time"
        else "text"
    )
    if name == "treaty":
        kind, choices = (
            "select",
            tuple(
                (one, f"{one} {actor.words.treaty(desk.collection.treaties[one])}") for one in desk.collection.in_order
            ),
        )
        if correcting:
            choices = tuple(each for each in choices if each[0] == value)
    elif name == "received_zone":
        kind, choices = "select", tuple((zone, zone.replace("_", " ")) for zone in intake_forms.ZONES)
    elif name == "reading":
        kind, choices = "select", tuple((one, one) for one in sorted(READINGS))
    elif name == "choice":
        kind, choices = "select", (("default", say("the default reading")), ("otherwise", say("the other reading")))
    elif name in CHECKS:
        kind, choices = "select", (("", say("not checked")), ("yes", say("yes")), ("no", say("no")))
    shown = tuple(Choice(each, label, each == value) for each, label in choices)
    hint = say(intake_forms.HINTS[name]) if name in intake_forms.HINTS else ""
    return FieldShown(name, say(intake_forms.LABELS[name]), kind, value, shown, fault, hint, name == "participant")


def link_to(action: Action, treaty: str, words: str) -> Link:
    """Where the form for an action is."""
    return Link(words, f"/staff/new/{intake_forms.slug(action)}?treaty={quote(treaty)}")
