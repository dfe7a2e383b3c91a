"""The page that says what went wrong, for each status and each exception of the desk."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Scope

from depositary.errors import DepositaryError, Sentence, Unavailable
from depositary.web.security import route_of
from depositary.web.staff import access, sign_in
from depositary.web.staff.access import LONGEST_REASON, Missing, TooLong, words_of
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import DeskFaultPage
from depositary.web.staff.rendering import answer

SENTENCES: dict[int, Sentence] = {
    403: Sentence("You may not do this, or the page was too old: go back, load it again, and try once more."),
    404: Sentence("There is no page at this address."),
    405: Sentence("This address is read-only."),
    409: Sentence("Another person has done this already. Nothing was done."),
    413: Sentence("This is too long: at most 25 MB. Go back: what you typed is still on the page."),
    422: Sentence("This request did not come from one of the desk's own forms."),
    503: Sentence("The register cannot be reached at this moment; nothing was done. Try again in a minute."),
}

STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (access.Forbidden, 403),
    (access.Malformed, 422),
    (RequestValidationError, 404),
    (Missing, 404),
)
"""The status of each exception that is answered by its status alone."""

log = logging.getLogger(__name__)


def fault_page(
    desk: Desk, scope: Scope, status: int, sentence: str = "", reference: str = "", typed: str = ""
) -> Response:
    """The page of a fault. `reference` is the number under which the log has an unforeseen one."""
    told = (
        sentence
        or SENTENCES.get(status)
        or Sentence("An error occurred on our side (%(reference)s). Nothing was recorded.", reference=reference)
    )
    return answer(
        DeskFaultPage(desk.frame_of_nobody("/staff/", words_of(scope)), status, told, "/staff/", typed), status
    )


def add_fault_pages(app: FastAPI, desk: Desk) -> None:
    """Lets the application answer each exception of the desk with a page."""

    async def on_sign_in_needed(request: Request, raised: Exception) -> Response:
        assert isinstance(raised, access.SignInNeeded)
        return sign_in.sign_in_needed(desk, request, raised)

    async def on_http_exception(request: Request, raised: Exception) -> Response:
        assert isinstance(raised, HTTPException)
        status = 422 if raised.status_code == HTTPStatus.BAD_REQUEST else raised.status_code
        response = fault_page(desk, request.scope, status)
        response.headers.update(raised.headers or {})
        return response

    async def on_unavailable(request: Request, raised: Exception) -> Response:
        log.warning("unavailable at %s: %s", route_of(request.scope), raised)
        return fault_page(desk, request.scope, 503)

    async def on_disconnect(request: Request, raised: Exception) -> Response:
        return Response(status_code=400)  # nobody is there to read it

    async def on_refusal(request: Request, raised: Exception) -> Response:
        assert isinstance(raised, DepositaryError)
        return fault_page(desk, request.scope, 409, raised.sentence)

    async def on_too_long(request: Request, raised: Exception) -> Response:
        assert isinstance(raised, TooLong)
        most, number = LONGEST_REASON, len(raised.typed)
        said = Sentence(
            "At most %(most)d characters; there are %(number)d. Nothing was done.", most=most, number=number
        )
        return fault_page(desk, request.scope, 422, said, typed=raised.typed)

    def answer_with(status: int) -> Callable[..., object]:
        async def on_exception(request: Request, raised: Exception) -> Response:
            return fault_page(desk, request.scope, status)

        return on_exception

    for kind, status in STATUSES:
        app.add_exception_handler(kind, answer_with(status))  # type: ignore[arg-type]
    app.add_exception_handler(access.SignInNeeded, on_sign_in_needed)
    app.add_exception_handler(TooLong, on_too_long)
    app.add_exception_handler(HTTPException, on_http_exception)
    app.add_exception_handler(ClientDisconnect, on_disconnect)
    app.add_exception_handler(Unavailable, on_unavailable)
    app.add_exception_handler(DepositaryError, on_refusal)
