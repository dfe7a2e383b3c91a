"""The last snapshot, served again from its files if the register does not verify.

A page that needs the register is refused: 503, with a sentence.
"""

import math

from starlette.types import ASGIApp, Receive, Scope, Send

from depositary.web.app import refusal, with_site
from depositary.web.publication.folder import KeptSnapshot
from depositary.web.publication.snapshot import Snapshot
from depositary.web.query import Unanswerable
from depositary.web.security import guarded


def restore(snapshot: Snapshot, kept: KeptSnapshot) -> Snapshot:
    """Makes a snapshot of an empty register into the snapshot that was kept; it has no end."""
    snapshot.size, snapshot.until = kept.size, math.inf
    snapshot.pages |= kept.pages
    snapshot.app = with_site(refuse_all(snapshot.app), snapshot.site)
    return snapshot


def refuse_all(app: ASGIApp) -> ASGIApp:
    """Refuses every page that needs the register. The root still leads to the reader's language."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/" or scope["path"].startswith("/static/"):
            await app(scope, receive, send)
            return
        response = refusal(scope, Unanswerable(503, "unavailable"))
        response.headers["Retry-After"] = "60"
        await response(scope, receive, send)

    return guarded(answer, lambda scope, reference: refusal(scope, Unanswerable(500, "failure"), reference))
