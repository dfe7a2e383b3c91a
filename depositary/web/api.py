"""The same as data, for programs: read-only, and described in `/api/v1/openapi.json`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.asked import ask
from depositary.web.public import json_of
from depositary.web.view import Site, look

On = Annotated[str | None, Query(description="The day asked about, YYYY-MM-DD; today in New York without it.")]
KnownAt = Annotated[
    str | None, Query(description="The instant by which the register is read, with its offset; now without it.")
]
Treaty = Annotated[str, Path(description="The United Nations Treaty Collection's number, as XVIII-16.")]


def api(site: Site) -> APIRouter:
    """The addresses under /api/v1."""
    router = APIRouter(prefix="/api/v1")

    @router.get(
        "/treaties/{treaty}/status",
        responses={404: {"description": "No such treaty."}, 422: {"description": "A date or instant that is none."}},
    )
    def status(request: Request, treaty: Treaty, on: On = None, known_at: KnownAt = None) -> Response:
        """The whole legal status of a treaty on a day."""
        return json_of(request, look(site, ask(request), treaty, request.scope["path"]))

    return router
