"""How a page is answered, and the routes that are only read."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.caching import tagged_response
from depositary.web.query import ask
from depositary.web.rendering import HTML, Page, html
from depositary.web.view import Site, View, look

Handler = TypeVar("Handler", bound=Callable[..., Any])

SVG = "image/svg+xml; charset=utf-8"


def site_of(request: Request) -> Site:
    """The site that is asked. One application serves every snapshot of it, so the request says which."""
    site: Site = request.scope["site"]
    return site


def view_of(request: Request, lang: str, treaty: str) -> View:
    """What a request looks at. Raises Unanswerable for what is not here, or is asked wrongly."""
    return look(site_of(request), ask(request, lang), treaty, request.scope["path"])


def page_response(request: Request, made: Page) -> Response:
    """A page as an answer."""
    return tagged_response(request, html(made), HTML)


def read_only(router: APIRouter) -> Callable[[str], Callable[[Handler], Handler]]:
    """The decorator of a route that is read, and is no part of the described interface.

    The words of its address are given by their names. FastAPI has nothing to describe or to check here. Who is `alone`
    in an event loop, as what renders the published pages is, is answered in it; others by a thread of the pool.
    """

    def at(path: str) -> Callable[[Handler], Handler]:
        def named(handler: Handler) -> Handler:
            async def endpoint(request: Request) -> Response:
                if request.scope.get("alone"):
                    answer: Response = handler(request, **request.path_params)
                    return answer
                return await run_in_threadpool(handler, request, **request.path_params)

            router.add_route(path, endpoint, ["GET", "HEAD"], handler.__name__, include_in_schema=False)
            return handler

        return named

    return at
