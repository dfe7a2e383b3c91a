"""The addresses of the pages that show a whole treaty another way: as a map, in time, between two participants."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.caching import answered
from depositary.web.public.difference import difference_page
from depositary.web.public.relations import matrix_page, relations_page
from depositary.web.public.status import missing_page
from depositary.web.public.timeline import timeline_page
from depositary.web.public.world_map import drawing, map_page
from depositary.web.query import day, only
from depositary.web.responses import SVG, read_only, shown, view_of


def routes() -> APIRouter:
    """The pages beside a treaty's status."""
    router = APIRouter()
    page = read_only(router)

    @page("/treaties/{treaty}/map.svg")
    def map_image(request: Request, treaty: str) -> Response:
        return answered(request, drawing(view_of(request, "en", treaty)), SVG)

    @page("/{lang}/treaties/{treaty}/map")
    def world(request: Request, lang: str, treaty: str) -> Response:
        return shown(request, map_page(view_of(request, lang, treaty)))

    @page("/{lang}/treaties/{treaty}/timeline")
    def timeline(request: Request, lang: str, treaty: str) -> Response:
        return shown(request, timeline_page(view_of(request, lang, treaty)))

    @page("/{lang}/treaties/{treaty}/missing")
    def missing(request: Request, lang: str, treaty: str) -> Response:
        return shown(request, missing_page(view_of(request, lang, treaty)))

    @page("/{lang}/treaties/{treaty}/difference")
    def difference(request: Request, lang: str, treaty: str) -> Response:
        since = only(request, "from")
        return shown(request, difference_page(view_of(request, lang, treaty), day(since) if since else None))

    @page("/{lang}/treaties/{treaty}/relations")
    def relations(request: Request, lang: str, treaty: str) -> Response:
        one, other = only(request, "a"), only(request, "b")
        return shown(request, relations_page(view_of(request, lang, treaty), one, other))

    @page("/{lang}/treaties/{treaty}/relations/all")
    def matrix(request: Request, lang: str, treaty: str) -> Response:
        return shown(request, matrix_page(view_of(request, lang, treaty)))

    return router
