"""How a page is answered, and the routes that are only read."""

from collections.abc import Callable
from functools import partial
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


def reading(router: APIRouter) -> Callable[[str], Callable[[Handler], Handler]]:
    """The decorator of a route that is read, and is no part of the described interface."""
    return partial(router.api_route, methods=["GET", "HEAD"], include_in_schema=False)
