"""The addresses of overviews: the map, the timeline, the difference of two days, the relations of participants."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.cache_control import tagged_response
from depositary.web.public.badge import badge, card
from depositary.web.public.citation import code_of_citation
from depositary.web.public.difference import difference_page
from depositary.web.public.relations import matrix_page, relations_page
from depositary.web.public.status import missing_page
from depositary.web.public.timeline import timeline_page
from depositary.web.public.votes import asked_vote, votes_page
from depositary.web.public.world_map import drawing, map_page
from depositary.web.query import parameter, parse_day
from depositary.web.responses import SVG, page_response, read_only, view_of


def routes() -> APIRouter:
    """The pages beside a treaty's status."""
    router = APIRouter()
    page = read_only(router)

    @page("/treaties/{treaty}/map.svg")
    def map_image(request: Request, treaty: str) -> Response:
        return tagged_response(request, drawing(view_of(request, "en", treaty)), SVG)

    @page("/treaties/{treaty}/badge.svg")
    @page("/{lang}/treaties/{treaty}/badge.svg")
    def badge_image(request: Request, treaty: str, lang: str = "en") -> Response:
        return tagged_response(request, badge(view_of(request, lang, treaty)), SVG)

    @page("/{lang}/treaties/{treaty}/card.svg")
    def card_image(request: Request, lang: str, treaty: str) -> Response:
        return tagged_response(request, card(view_of(request, lang, treaty)), SVG)

    @page("/{lang}/treaties/{treaty}/cite.svg")
    def citation_image(request: Request, lang: str, treaty: str) -> Response:
        return tagged_response(request, code_of_citation(view_of(request, lang, treaty)), SVG)

    @page("/{lang}/treaties/{treaty}/map")
    def world(request: Request, lang: str, treaty: str) -> Response:
        return page_response(request, map_page(view_of(request, lang, treaty)))

    @page("/{lang}/treaties/{treaty}/timeline")
    def timeline(request: Request, lang: str, treaty: str) -> Response:
        return page_response(request, timeline_page(view_of(request, lang, treaty)))

    @page("/{lang}/treaties/{treaty}/missing")
    def missing(request: Request, lang: str, treaty: str) -> Response:
        return page_response(request, missing_page(view_of(request, lang, treaty)))

    @page("/{lang}/treaties/{treaty}/difference")
    def difference(request: Request, lang: str, treaty: str) -> Response:
        since = parameter(request, "from")
        return page_response(
            request, difference_page(view_of(request, lang, treaty), parse_day(since) if since else None)
        )

    @page("/{lang}/treaties/{treaty}/relations")
    def relations(request: Request, lang: str, treaty: str) -> Response:
        first, second = parameter(request, "a"), parameter(request, "b")
        return page_response(request, relations_page(view_of(request, lang, treaty), first, second))

    @page("/{lang}/treaties/{treaty}/relations/all")
    def matrix(request: Request, lang: str, treaty: str) -> Response:
        return page_response(request, matrix_page(view_of(request, lang, treaty)))

    @page("/{lang}/treaties/{treaty}/votes")
    def votes(request: Request, lang: str, treaty: str) -> Response:
        return page_response(request, votes_page(view_of(request, lang, treaty), asked_vote(request)))

    return router
