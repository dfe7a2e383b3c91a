"""The audit at the desk: who did what, when, and from where."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.desk.audit import PAGE, lines
from depositary.web.staff.access import Actor, is_number, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import AuditPage
from depositary.web.staff.parts import AuditLine
from depositary.web.staff.rendering import answer


def routes(desk: Desk) -> APIRouter:
    """The routes of the audit."""
    router = APIRouter()

    @router.get("/staff/audit")
    def page(request: Request, actor: Actor = may("audit")) -> Response:
        text = request.query_params.get("before", "")
        before = int(text) if is_number(text) else None
        return answer(audit_page(desk, actor, before))

    return router


def audit_page(desk: Desk, actor: Actor, before: int | None) -> AuditPage:
    """The latest lines of the audit, or the latest before the line of a number."""
    with desk.store.session() as session:
        rows = tuple(
            AuditLine(
                row.number or 0,
                actor.words.stored_instant(row.done_at),
                row.done_by,
                row.address,
                row.what,
                row.about,
            )
            for row in lines(session, before)
        )
    earlier = f"/staff/audit?before={rows[-1].number}" if len(rows) == PAGE else ""
    return AuditPage(desk.frame_of(actor), rows, earlier)
