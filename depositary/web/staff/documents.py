"""The scans of instruments: taken from a form, kept by their digests, and read again with a line in the audit."""

import json
from collections.abc import Iterable

from fastapi import APIRouter
from starlette.responses import Response

from depositary import clock
from depositary.desk.audit import log
from depositary.desk.case_content import DOCUMENT_KINDS, Document, DocumentKind
from depositary.errors import Sentence
from depositary.register.recording import attach_all
from depositary.register.transaction import LONGEST_DOCUMENT, Refused
from depositary.web.staff.access import Actor, Form, Malformed, Missing, may
from depositary.web.staff.desk import Desk

PDF = b"%PDF-"
ENDINGS = {PDF: "pdf", b"PK": "xlsx", b"<": "html"}
"""How a file begins, and the ending of its name; any other is a file of acts in CSV."""

SHOWN = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""What a browser's own viewer of PDF needs: it opens nothing in a sandbox. Only the desk's own pages frame it."""


def routes(desk: Desk) -> APIRouter:
    """The routes of scans."""
    router = APIRouter()

    @router.get("/staff/documents/{digest}")
    def document(digest: str, view: str = "", actor: Actor = may("read")) -> Response:
        if len(digest) != 64 or not digest.isalnum() or not desk.store.has_document(digest):
            raise Missing
        with desk.store.session(writing=True) as session:
            log(session, actor.doing, "document read", digest)
        return file_of_document(desk.store.document(digest), digest[:16], is_viewed=view == "yes")

    return router


def file_of_document(content: bytes, name: str, *, is_viewed: bool) -> Response:
    """A document as a file to download; a PDF may be viewed in the page instead."""
    ending = next((ending for start, ending in ENDINGS.items() if content.startswith(start)), "csv")
    kind = "application/pdf" if ending == "pdf" else "application/octet-stream"
    is_shown = is_viewed and ending == "pdf"
    headers = {
        "Content-Disposition": f'{"inline" if is_shown else "attachment"}; filename="{name}.{ending}"',
        "Content-Security-Policy": SHOWN if is_shown else "sandbox; default-src 'none'",
    }
    return Response(content, media_type=kind, headers=headers)


def keep_scans(desk: Desk, form: Form) -> tuple[Document, ...]:
    """Keeps the scans that came with a form, each with its kind and its name. Raises Refused for a file that is no PDF.

    Scans that came when the session had ended were carried until now.
    """
    carried, names = desk.carried.found(form["carried"], clock.now())
    files, names = (*form.files, *carried), (*form.names, *names)
    if any(not content.startswith(PDF) for content in files):
        raise Refused(Sentence("Scans are PDF files; one of these is not. Nothing was kept."))
    if sum(map(len, files)) > LONGEST_DOCUMENT:
        most = LONGEST_DOCUMENT >> 20
        raise Refused(Sentence("The scans of one form have at most %(number)d MB. Nothing was kept.", number=most))
    kind = kind_of(form["document_kind"])
    digests = [digest for content in files for digest in attach_all(desk.store, [content])]
    kept = {digest: Document(digest, kind, name) for digest, name in zip(digests, names, strict=True)}
    return tuple(kept.values())


def kind_of(chosen: str) -> DocumentKind:
    """The kind of document that a form names; an instrument where it names none."""
    return next((kind for kind in DOCUMENT_KINDS[:-1] if kind == chosen), DOCUMENT_KINDS[0])


def written(documents: Iterable[Document]) -> str:
    """Documents as the field of a form that is shown again carries them."""
    return json.dumps([[document.digest, document.kind, document.name] for document in documents])


def carried_by(desk: Desk, text: str) -> list[Document]:
    """The documents that a field carries; those that the register does not hold are left out. Raises Malformed."""
    try:
        rows = [(str(digest), kind_of(kind), str(name)[:80]) for digest, kind, name in json.loads(text or "[]")]
    except (ValueError, TypeError):
        raise Malformed from None
    return [Document(*row) for row in rows if desk.store.has_document(row[0])]
