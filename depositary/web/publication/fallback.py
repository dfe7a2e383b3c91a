"""The edition that was shown last, served again from its files where the register does not verify.

What would have to be worked out from the register is not answered: 503, in a sentence.
"""

import math

from starlette.types import ASGIApp, Receive, Scope, Send

from depositary.web.app import refusal, serving
from depositary.web.publication.folder import KeptEdition
from depositary.web.publication.snapshot import Edition
from depositary.web.query import Unanswerable
from depositary.web.security import guarded


def standing(edition: Edition, kept: KeptEdition) -> Edition:
    """An edition of an empty register made into the one that was kept; no day ends it."""
    edition.size, edition.until = kept.size, math.inf
    edition.pages |= kept.pages
    edition.app = serving(unanswered(edition.app), edition.site)
    return edition


def unanswered(app: ASGIApp) -> ASGIApp:
    """Answers nothing that rests on the register; the root leads to the reader's language, as ever."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/" or scope["path"].startswith("/static/"):
            await app(scope, receive, send)
            return
        response = refusal(scope, Unanswerable(503, "unavailable"))
        response.headers["Retry-After"] = "60"
        await response(scope, receive, send)

    return guarded(answer, lambda scope, reference: refusal(scope, Unanswerable(500, "failure"), reference))
