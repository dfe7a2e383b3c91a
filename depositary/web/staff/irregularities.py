"""The irregularities that stand in the register, by treaty, each with its entry and the case that recorded it."""

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response

from depositary import clock
from depositary.law.examination import irregularities
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, may
from depositary.web.staff.cross_references import link_to_entry
from depositary.web.staff.desk import Desk
from depositary.web.staff.parts import IrregularityLine
from depositary.web.staff.register_pages import IrregularitiesPage
from depositary.web.staff.rendering import answer


def routes(desk: Desk) -> APIRouter:
    """The route of the irregularities."""
    router = APIRouter()

    @router.get("/staff/irregularities")
    def page(actor: Actor = may("read")) -> Response:
        treaties = (
            (f"{treaty} {actor.words.treaty(desk.collection.treaties[treaty])}", tuple(lines(desk, actor, treaty)))
            for treaty in desk.collection.in_order
        )
        found = tuple((title, wrong) for title, wrong in treaties if wrong)
        return answer(IrregularitiesPage(desk.frame_of(actor), found))

    return router


def lines(desk: Desk, actor: Actor, treaty: str) -> Iterator[IrregularityLine]:
    """What is wrong with the acts that stand under a treaty, in the order of their entries."""
    words, participants = actor.words, desk.collection.participants
    cases = {entry.number: entry.receipt.case for entry in desk.entries(treaty) if entry.receipt}
    for irregularity in irregularities(desk.effects(treaty, clock.today())):
        act, case = irregularity.act, cases.get(irregularity.act.number)
        name = words.name(participants, act.participant, act.date) if act.participant else ""
        yield IrregularityLine(
            link_to_entry(act.number),
            Link(str(case), f"/staff/cases/{case}") if case else Link("", ""),
            act.date,
            name,
            words.act(act),
            words.irregularity(irregularity, participants),
            irregularity.severity,
        )
