"""From a form to a proposal: what one person would have recorded of an authority."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.authorities import proposals
from depositary.authorities.designations import Function
from depositary.authorities.entries import AuthorityEntry, new_salt
from depositary.authorities.validity import mission_entry, standing_entry
from depositary.desk.audit import log
from depositary.web.staff.access import Actor, Form, Missing, may, new_form
from depositary.web.staff.authorities import forms
from depositary.web.staff.authorities.facts import entry_facts, name_of, note_read, registers, title_of
from depositary.web.staff.authorities.pages import ContactFormPage
from depositary.web.staff.authorities.registers import function_of, slug
from depositary.web.staff.desk import Desk
from depositary.web.staff.rendering import answer
from depositary.words import authorities
from depositary.words.labels import N_

HOW = ("note verbale", "call")
"""By what an officer learns that an authority is as it is recorded."""

TITLES: dict[str, str] = {
    "new": N_("Designate"),
    "change": N_("Change"),
    "rectify": N_("Rectify"),
    "strike": N_("Strike out"),
    "withdraw": N_("Withdraw"),
    "mission": N_("Permanent mission"),
    "confirm": N_("Confirm"),
}
OLD_FIRST = N_(
    "A change of a 24/7 contact is confirmed through the old contact, or overridden with a reason by a second person."
)


def routes(desk: Desk) -> APIRouter:
    """The routes of the forms."""
    router = APIRouter()

    @router.get("/staff/contacts/of/{code}/new/{slug}")
    def new(code: str, slug: str, actor: Actor = may("contacts")) -> Response:
        function = function_of(slug)
        return form_page(desk, actor, "new", code, function, None, forms.empty(function), {})

    @router.get("/staff/contacts/of/{code}/mission")
    def mission(code: str, actor: Actor = may("contacts")) -> Response:
        old = mission_entry(registers(desk).entries(), code)
        values = forms.mission_values(old.mission) if old and old.mission else {}
        return form_page(desk, actor, "mission", code, None, old, values, {})

    @router.get("/staff/contacts/entries/{number}/{what}")
    def about(number: int, what: str, actor: Actor = may("contacts")) -> Response:
        entry = standing(desk, number)
        if what not in TITLES or what in ("new", "mission") or entry.designation is None:
            raise Missing
        values = forms.values_of(entry.designation)
        if what == "change":
            values |= dict.fromkeys(("note", "note_date", "valid_from", "valid_until"), "")
        return form_page(desk, actor, what, entry.participant, entry.designation.function, entry, values, {})

    @router.post("/staff/contacts/form")
    def propose(actor: Actor = may("contacts")) -> Response:
        form, kind = actor.form, actor.form["kind"]
        code, function, old = subject_of(desk, form)
        about: Function = function or "point of contact"
        number, known = old.number if old else 0, desk.collection.participants
        filled = forms.read_form(form.fields, kind, code, about, number, clock.now(), known)
        if filled.entry is None:
            return form_page(desk, actor, kind, code, function, old, dict(form.fields), dict(filled.faults), 422)
        made = proposals.propose(registers(desk), form["form"], filled.entry, actor.account.name, actor.doing.at)
        note(desk, actor, "contact proposed", f"proposal {made.number}")
        return RedirectResponse(f"/staff/contacts/proposals/{made.number}", 303)

    @router.post("/staff/contacts/entries/{number}/confirm")
    def confirm(number: int, actor: Actor = may("contacts", binding=True)) -> Response:
        entry, how = standing(desk, number), actor.form["how"]
        if how not in HOW or entry.designation is None:
            raise Missing
        record_confirmation(desk, actor, entry, how)
        note(desk, actor, "contact confirmed", f"entry {number}: {how}")
        return RedirectResponse(f"/staff/contacts/of/{entry.participant}", 303)

    return router


def subject_of(desk: Desk, form: Form) -> tuple[str, Function | None, AuthorityEntry | None]:
    """What a form is about: the participant, the function, and the entry that is changed. Raises Missing."""
    kind, number = form["kind"], form.number("number")
    if kind not in forms.KINDS or (kind == "new" and number):
        raise Missing
    old = standing(desk, number) if number else None
    code = old.participant if old else form["code"]
    function = old.designation.function if old and old.designation else None
    if kind == "new":
        function = function_of(form["function"])
    if (function is None and kind != "mission") or (old is None and kind not in ("new", "mission")):
        raise Missing
    if kind == "mission" and old and old.mission is None:
        raise Missing
    return code, function, old


def record_confirmation(desk: Desk, actor: Actor, entry: AuthorityEntry, how: str) -> None:
    """Records that an officer found an authority as it is recorded."""
    with registers(desk).recording() as recording:
        confirmed = AuthorityEntry(
            recording.size + 1,
            "confirmation",
            entry.participant,
            actor.doing.at,
            actor.account.name,
            concerns=entry.number,
            reason=actor.form.reason,
            how=how,
            salt=new_salt(),
        )
        recording.append(confirmed)


def note(desk: Desk, actor: Actor, what: str, about: str) -> None:
    """Notes in the audit what was done."""
    with desk.store.session(writing=True) as session:
        log(session, actor.doing, what, about)


def standing(desk: Desk, number: int) -> AuthorityEntry:
    """The entry of a number that may still be changed. Raises Missing."""
    entry = standing_entry(registers(desk).entries(), number)
    if entry is None or (entry.designation is None and entry.mission is None):
        raise Missing
    return entry


def form_page(
    desk: Desk,
    actor: Actor,
    kind: str,
    code: str,
    function: Function | None,
    old: AuthorityEntry | None,
    values: dict[str, str],
    faults: dict[str, str],
    status: int = 200,
) -> Response:
    """A form with what was typed and what is wrong with it, beside the old entry."""
    if code not in desk.collection.participants:
        raise Missing
    words = actor.words
    if old:
        note_read(desk, actor, f"{code}: entry {old.number}")
    name = name_of(desk, words, code)
    what = words.gettext(authorities.FUNCTIONS[function]) if function else ""
    hidden = {
        "form": values.get("form") or new_form(),
        "kind": kind,
        "code": code,
        "function": slug(function) if function else "",
        "number": str(old.number) if old else "",
    }
    groups = forms.groups_of(words, kind, function, values, faults) if kind != "confirm" else ()
    names = {field.name for _, fields in groups for field in fields}
    return answer(
        ContactFormPage(
            desk.frame_of(actor),
            f"{name}: {what}" if what else f"{name}: {words.gettext(TITLES['mission'])}",
            words.gettext(TITLES[kind]),
            kind,
            tuple(hidden.items()),
            groups,
            title_of(desk, words, old) if old else "",
            entry_facts(words, old) if old else (),
            tuple(fault for name, fault in faults.items() if name not in names),
            words.gettext(OLD_FIRST) if function == "point of contact" and kind != "confirm" else "",
            f"/staff/contacts/of/{code}",
            f"/staff/contacts/entries/{hidden['number']}/confirm" if kind == "confirm" else "/staff/contacts/form",
        ),
        status,
    )
