"""The scans of instruments: taken from a form, kept by their digests, and read again with a line in the audit."""

from fastapi import APIRouter
from starlette.responses import Response

from depositary.desk.audit import log
from depositary.errors import Sentence
from depositary.register.recording import attach_all
from depositary.register.transaction import Refused
from depositary.web.staff.access import Actor, Form, Missing, may
from depositary.web.staff.desk import Desk

PDF = b"%PDF-"


def routes(desk: Desk) -> APIRouter:
    """The routes of scans."""
    router = APIRouter()

    @router.get("/staff/documents/{digest}")
    def document(digest: str, actor: Actor = may("read")) -> Response:
        if len(digest) != 64 or not digest.isalnum() or not desk.store.has_document(digest):
            raise Missing
        with desk.store.session(writing=True) as session:
            log(session, actor.doing, "document read", digest)
        content = desk.store.document(digest)
        ending, kind = ("pdf", "application/pdf") if content.startswith(PDF) else ("bin", "application/octet-stream")
        headers = {
            "Content-Disposition": f'attachment; filename="{digest[:16]}.{ending}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
        return Response(content, media_type=kind, headers=headers)

    return router


def keep_scans(desk: Desk, form: Form) -> tuple[str, ...]:
    """Keeps the scans that came with a form; their digests. Raises Refused for a file that is no PDF."""
    if any(not content.startswith(PDF) for content in form.files):
        raise Refused(Sentence("Scans are PDF files; one of these is not. Nothing was kept."))
    return attach_all(desk.store, form.files)
