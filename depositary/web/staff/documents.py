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
from depositary.words import Language

PDF = b"%PDF-"
ENDINGS = {PDF: "pdf", b"PK": "xlsx", b"<": "html"}
"""How a file begins, and the ending of its name; any other is a file of acts in CSV."""

SHOWN_TEXT = "sandbox; default-src 'none'; frame-ancestors 'self'"
SHOWN_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""What is viewed is framed by the desk's own pages alone. A browser's own viewer of PDF opens nothing in a sandbox."""


def routes(desk: Desk) -> APIRouter:
    """The routes of scans."""
    router = APIRouter()

    @router.get("/staff/documents/{digest}")
    def document(digest: str, view: str = "", actor: Actor = may("read")) -> Response:
        if len(digest) != 64 or not digest.isalnum() or not desk.store.has_document(digest):
            raise Missing
        with desk.store.session(writing=True) as session:
            log(session, actor.doing, "document read", digest)
        content = desk.store.document(digest)
        if view == "yes":
            return viewed_document(content, actor.words)
        return file_of_document(content, digest[:16])

    return router


def file_of_document(content: bytes, name: str) -> Response:
    """A document as a file to download."""
    ending = ending_of(content)
    kind = "application/pdf" if ending == "pdf" else "application/octet-stream"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(content, media_type=kind, headers=headers)


def viewed_document(content: bytes, words: Language) -> Response:
    """A document within a page: a PDF, a file of acts as its text, and a sentence for a file that no browser shows."""
    ending = ending_of(content)
    if ending == "pdf":
        headers = {"Content-Disposition": "inline", "Content-Security-Policy": SHOWN_PDF}
        return Response(content, media_type="application/pdf", headers=headers)
    if ending != "csv":
        content = words.gettext("A browser does not show this file: download it by its name.").encode()
    headers = {"Content-Security-Policy": SHOWN_TEXT}
    return Response(content, media_type="text/plain; charset=utf-8", headers=headers)


def ending_of(content: bytes) -> str:
    """The ending of the name of a document."""
    return next((ending for start, ending in ENDINGS.items() if content.startswith(start)), "csv")


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
