"""The snapshot that was shown last, served again from its files where the register does not verify.

What would have to be worked out from the register is not answered: 503, in a sentence.
"""

import math

from starlette.types import ASGIApp, Receive, Scope, Send

from depositary.web.app import refusal, with_site
from depositary.web.publication.folder import KeptSnapshot
from depositary.web.publication.snapshot import Snapshot
from depositary.web.query import Unanswerable
from depositary.web.security import guarded


def restore(snapshot: Snapshot, kept: KeptSnapshot) -> Snapshot:
    """A snapshot of an empty register made into the one that was kept; no day ends it."""
    snapshot.size, snapshot.until = kept.size, math.inf
    snapshot.pages |= kept.pages
    snapshot.app = with_site(refuse_all(snapshot.app), snapshot.site)
    return snapshot


def refuse_all(app: ASGIApp) -> ASGIApp:
    """Answers nothing that rests on the register; the root leads to the reader's language, as ever."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/" or scope["path"].startswith("/static/"):
            await app(scope, receive, send)
            return
        response = refusal(scope, Unanswerable(503, "unavailable"))
        response.headers["Retry-After"] = "60"
        await response(scope, receive, send)

    return guarded(answer, lambda scope, reference: refusal(scope, Unanswerable(500, "failure"), reference))
