"""Responses with a page, and the decorator of routes that are only read."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.cache_control import tagged_response
from depositary.web.query import ask
from depositary.web.rendering import HTML, Page, html
from depositary.web.view import Site, View, look

Handler = TypeVar("Handler", bound=Callable[..., Any])

SVG = "image/svg+xml; charset=utf-8"


def site_of(request: Request) -> Site:
    """The site of a request. One application serves all snapshots of the site, so the request names the snapshot."""
    site: Site = request.scope["site"]
    return site


def view_of(request: Request, lang: str, treaty: str) -> View:
    """The view of a treaty that a request asks for. Raises Unanswerable."""
    return look(site_of(request), ask(request, lang), treaty, request.scope["path"])


def page_response(request: Request, made: Page) -> Response:
    """A page as a response with its tag."""
    return tagged_response(request, html(made), HTML)


def read_only(router: APIRouter) -> Callable[[str], Callable[[Handler], Handler]]:
    """The decorator of a route that is only read, and is not described in the API.

    The handler gets the words of the path by their names. It runs in a thread of the pool; for the renderer of
    published pages, which is `alone` in its event loop, it runs in that loop.
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
