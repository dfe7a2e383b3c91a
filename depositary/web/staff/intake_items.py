"""The forms that begin from what is there: an entry to correct, an item of a case, and what concerns all of a case."""

from fastapi import APIRouter
from starlette.responses import Response

from depositary.desk.case import Case
from depositary.desk.case_content import CaseContent, Item
from depositary.web.staff import intake_forms
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake import values_of_address
from depositary.web.staff.intake_page import form_page, known_entry, open_case, values_of_case


def routes(desk: Desk) -> APIRouter:
    """The routes of the forms of corrections and of items."""
    router = APIRouter()

    @router.get("/staff/entries/{number}/rectify")
    def rectify(number: int, adds: str = "", actor: Actor = may("draft")) -> Response:
        entry = known_entry(desk, number)
        if entry.act is None:
            raise Missing
        reason = actor.words.gettext("A scan is added to this entry.") if adds == "scan" else ""
        content, item = CaseContent((), entry.receipt), Item(entry.act, number, reason)
        return form_page(desk, actor, values_of_case(desk, actor, content, item), {})

    @router.get("/staff/entries/{number}/strike")
    def strike(number: int, actor: Actor = may("draft")) -> Response:
        known_entry(desk, number)
        return form_page(desk, actor, values_of_case(desk, actor, CaseContent(()), Item(None, number)), {})

    @router.get("/staff/cases/{number}/edit")
    def edit(number: int, actor: Actor = may("draft")) -> Response:
        case = open_case(desk, number)
        items = case.content.items
        part, item = ("whole", items[0]) if len(items) == 1 and not items[0].designation else ("case", None)
        return form_page(desk, actor, values_of_part(desk, actor, case, part, item), {})

    @router.get("/staff/cases/{number}/items/{place}/edit")
    def edit_item(number: int, place: int, actor: Actor = may("draft")) -> Response:
        case = open_case(desk, number)
        if not 0 < place <= len(case.content.items) or case.content.items[place - 1].designation:
            raise Missing
        values = values_of_part(desk, actor, case, "item", case.content.items[place - 1])
        return form_page(desk, actor, values | {"item": str(place)}, {})

    @router.get("/staff/cases/{number}/new/{slug}")
    def add_item(number: int, slug: str, actor: Actor = may("draft")) -> Response:
        case, action = open_case(desk, number), intake_forms.action_of(slug)
        if action is None or action == "ruling":
            raise Missing
        values = values_of_part(desk, actor, case, "item", None) | values_of_address(slug, {})
        if act := case.content.act:
            values |= {"treaty": act.treaty, "date": act.date.isoformat(), "source": act.source}
            if act.participant:
                name = intake_forms.option(desk.collection, act.participant, actor.words, act.date)
                values["participant"] = name
        return form_page(desk, actor, values, {})

    return router


def values_of_part(desk: Desk, actor: Actor, case: Case, part: str, item: Item | None) -> dict[str, str]:
    """The values of a form for a part of a case: one of its items, what concerns all of it, or both."""
    values = values_of_case(desk, actor, case.content, item)
    return values | {"case": str(case.number), "seen": str(case.last.number), "part": part}
