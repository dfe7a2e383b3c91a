"""How a page is answered, and the routes that are only read."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.caching import answered
from depositary.web.rendering import HTML, Page, html

Handler = TypeVar("Handler", bound=Callable[..., Any])

SVG = "image/svg+xml; charset=utf-8"


def shown(request: Request, made: Page) -> Response:
    """A page as an answer."""
    return answered(request, html(made), HTML)


def read_only(router: APIRouter) -> Callable[[str], Callable[[Handler], Handler]]:
    """The decorator of a route that is read, and is no part of the described interface.

    The words of its address are given by their names. FastAPI has nothing to describe or to check here, and would take
    15 ms for it each time that the site is put together anew, which is at each entry.
    """

    def at(path: str) -> Callable[[Handler], Handler]:
        def named(handler: Handler) -> Handler:
            def endpoint(request: Request) -> Response:
                answer: Response = handler(request, **request.path_params)
                return answer

            router.add_route(path, endpoint, ["GET", "HEAD"], handler.__name__, include_in_schema=False)
            return handler

        return named

    return at
