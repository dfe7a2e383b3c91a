"""Authorities that a note designates: typed in its case, and proposed to the contacts officers once it is released."""

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.authorities.designations import Function
from depositary.authorities.entries import AuthorityEntry, authority_content, authority_entry, new_salt
from depositary.authorities.proposal import AuthorityProposal, form_of_case, proposals_of_case
from depositary.authorities.proposals import propose_all
from depositary.desk import case_steps
from depositary.desk.case import Case
from depositary.desk.case_content import CaseContent, Designated, Item
from depositary.desk.case_steps import CaseChanged
from depositary.web.staff.access import Actor, Missing, may, new_form
from depositary.web.staff.authorities import forms
from depositary.web.staff.authorities.facts import name_of, registers
from depositary.web.staff.authorities.pages import ContactFormPage
from depositary.web.staff.authorities.proposals import TITLES, note
from depositary.web.staff.authorities.registers import function_of
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_forms import participant_in
from depositary.web.staff.intake_labels import LABELS
from depositary.web.staff.intake_page import known_case, open_case
from depositary.web.staff.parts import FieldShown
from depositary.web.staff.preview import DECIDED_UPON
from depositary.web.staff.rendering import answer
from depositary.words import authorities


def routes(desk: Desk) -> APIRouter:
    """The routes of the designations of a case."""
    router = APIRouter()

    @router.get("/staff/cases/{number}/designations/{slug}")
    def new(number: int, slug: str, participant: str = "", actor: Actor = may("draft")) -> Response:
        function, case = function_of(slug), open_case(desk, number)
        return form_page(desk, actor, case, slug, participant_of(case, participant), forms.empty(function), {})

    @router.get("/staff/designations/{slug}")
    def begin(slug: str, actor: Actor = may("draft")) -> Response:
        return form_page(desk, actor, None, slug, "", forms.empty(function_of(slug)), {})

    @router.post("/staff/designations/{slug}")
    def begin_case(slug: str, actor: Actor = may("draft")) -> Response:
        function, typed = function_of(slug), actor.form.fields
        entry, faults = read_with_participant(desk, typed, function)
        if entry is None or faults:
            return form_page(desk, actor, None, slug, "", dict(typed), faults, 422)
        try:
            number = begun(desk, actor, entry, function)
        except CaseChanged as fault:
            return form_page(desk, actor, None, slug, "", dict(typed), {"changed": fault.sentence}, 409)
        return RedirectResponse(f"/staff/cases/{number}", 303)

    @router.post("/staff/cases/{number}/designations/{slug}")
    def add(number: int, slug: str, participant: str = "", actor: Actor = may("draft")) -> Response:
        case, function = open_case(desk, number), function_of(slug)
        code = participant_of(case, participant)
        known = desk.collection.participants
        filled = forms.read_form(actor.form.fields, "new", code, function, 0, clock.now(), known)
        if filled.entry is None:
            return form_page(desk, actor, case, slug, code, dict(actor.form.fields), dict(filled.faults), 422)
        add_designation(desk, actor, case, filled.entry, function)
        return RedirectResponse(f"/staff/cases/{number}", 303)

    @router.post("/staff/cases/{number}/hand-on")
    def hand_on_again(number: int, actor: Actor = may("draft")) -> Response:
        hand_on(desk, actor, known_case(desk, number))
        return RedirectResponse(f"/staff/cases/{number}", 303)

    return router


def read_with_participant(
    desk: Desk, typed: Mapping[str, str], function: Function
) -> tuple[AuthorityEntry | None, dict[str, str]]:
    """The designation of a form that asks for the participant too, and what is wrong with it."""
    faults = dict[str, str]()
    code = participant_in(desk.collection, typed, clock.today(), faults)
    filled = forms.read_form(typed, "new", code, function, 0, clock.now(), desk.collection.participants)
    return filled.entry, faults | {name: fault for name, fault in filled.faults.items() if name != "participant"}


def add_designation(desk: Desk, actor: Actor, case: Case, entry: AuthorityEntry, function: Function) -> None:
    """Adds a designation to a case, once, however often the person clicks. Raises CaseChanged."""
    if was_added(desk, actor, case, entry):
        return
    item = Item(designation=sealed(desk, entry, function))
    content = case.content.with_item(len(case.content.items) + 1, item)
    with desk.store.session(writing=True) as session:
        case_steps.save(session, case.number, actor.form.number("seen"), content, actor.doing)


def begun(desk: Desk, actor: Actor, entry: AuthorityEntry, function: Function) -> int:
    """The number of the case that a note's first designation begins; a form that is sent twice begins one case.

    Raises CaseChanged where the form was saved before and said something else.
    """
    content = CaseContent((Item(designation=sealed(desk, entry, function)),))
    try:
        with desk.store.session(writing=True) as session:
            return case_steps.begin(session, actor.form["form"], content, actor.doing).number
    except CaseChanged as fault:
        first = known_case(desk, fault.number).versions[0].content.items[0].designation
        if first and entry_of(desk, first).designation == entry.designation:
            return fault.number
        raise


def participant_of(case: Case, asked: str) -> str:
    """The participant that designates in a case: the one asked for, or the only one that acts there.

    Raises Missing where none acts, where several act and none is asked for, and where the one asked for does not act.
    """
    acting = case.content.participants
    if asked in acting:
        return asked
    if asked or len(acting) != 1:
        raise Missing
    return acting[0]


def sealed(desk: Desk, entry: AuthorityEntry, function: Function) -> Designated:
    """A designation as a case keeps it: its data is sealed as in the registers of authorities."""
    content = authority_content(replace(entry, salt=new_salt()), "")
    return Designated(entry.participant, function, registers(desk).seal.seal(content))


def was_added(desk: Desk, actor: Actor, case: Case, entry: AuthorityEntry) -> bool:
    """Whether this person has just added this designation: the seal of a second click would differ."""
    last = case.content.items[-1].designation if case.content.items else None
    is_next = case.last.number == actor.form.number("seen") + 1 and case.last.saved_by == actor.account.name
    return bool(is_next and last and entry_of(desk, last).designation == entry.designation)


def entry_of(desk: Desk, designated: Designated) -> AuthorityEntry:
    """The entry that a designation of a case proposes."""
    return authority_entry(registers(desk).seal.open(designated.sealed))[0]


def hand_on(desk: Desk, actor: Actor, case: Case) -> None:
    """Proposes the designations of a released case to the contacts officers; what was proposed already stays."""
    if desk.contacts is None or case.state != "released" or not case.content.designations:
        return
    entries = [entry_of(desk, designated) for designated in case.content.designations]
    made = propose_all(desk.contacts, form_of_case(case.number), entries, case.last.saved_by, actor.doing.at)
    note(desk, actor, "contact proposed", f"case {case.number}: proposals {', '.join(str(one.number) for one in made)}")


def handed_on(desk: Desk, case: Case) -> list[AuthorityProposal]:
    """The proposals that the designations of a released case became."""
    if desk.contacts is None or not case.content.designations:
        return []
    return proposals_of_case(desk.contacts, case.last.saved_by, case.number, len(case.content.designations))


def form_page(
    desk: Desk,
    actor: Actor,
    case: Case | None,
    slug: str,
    code: str,
    values: dict[str, str],
    faults: dict[str, str],
    status: int = 200,
) -> Response:
    """The form of a designation by a participant in a case; without a case, it asks for the participant too."""
    words, function, action, label = actor.words, function_of(slug), TITLES["new"], LABELS["participant"]
    groups = forms.groups_of(words, "new", function, values, faults)
    where, title = f"/staff/designations/{slug}", words.gettext(authorities.FUNCTIONS[function])
    if case is None:
        value, fault = values.get("participant", ""), faults.get("participant", "")
        who = FieldShown("participant", words.gettext(label), "text", value, (), fault, listed=True)
        groups = ((words.gettext("Who designates"), (who,)), *groups)
    else:
        where = f"/staff/cases/{case.number}/designations/{slug}?participant={code}"
        title = f"{name_of(desk, words, code)}: {title}"
    names = {field.name for _, fields in groups for field in fields}
    hidden = {"form": values.get("form") or new_form(), "seen": str(case.last.number) if case else ""}
    page = ContactFormPage(
        desk.frame_of(actor),
        title,
        words.gettext(action),
        "case",
        tuple(hidden.items()),
        groups,
        "",
        (),
        tuple(fault for name, fault in faults.items() if name not in names),
        words.gettext(DECIDED_UPON),
        f"/staff/cases/{case.number}" if case else "/staff/",
        where,
    )
    return answer(page, status)
