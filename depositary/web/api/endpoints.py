"""The API, read-only: `/api/v1/openapi.json` describes it for programs, and `/api/docs` for people."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from depositary.law.clauses import CONVENTION
from depositary.web.cache_control import tagged_response
from depositary.web.formats.data import as_json
from depositary.web.public.pages import ApiPage
from depositary.web.public.parts import Call
from depositary.web.public.routes import JSON, json_of
from depositary.web.public.votes import asked_vote, votes_data
from depositary.web.query import PageQuery, ask
from depositary.web.responses import page_response, read_only, site_of, view_of
from depositary.web.view import Site

SCHEMA = "/api/v1/openapi.json"

FILES = (
    ("/treaties/{treaty}/status.json", "The same answer, published: with a tag, and kept by whoever asks often."),
    ("/treaties/{treaty}/status.csv", "A row for each participant. Also as status.xlsx."),
    ("/treaties/{treaty}/map.svg", "The world by standing, as an image."),
    ("/treaties/{treaty}/feed.atom", "The latest entries; /feed.atom has those of all treaties."),
    ("/treaties/{treaty}/calendar.ics", "Dates of effect and deadlines."),
    ("/participants/{code}/feed.atom", "The latest entries of one participant; calendar.ics has its dates."),
    ("/register/head", "The last signed head of the register, and the keys."),
    ("/register/proof/{entry}", "The bytes of an entry, and the path that leads to the head's root."),
    ("/register/consistency/{earlier}", "That a head of that size is the beginning of the last one."),
)
"""The files beside the API: the address of each, and what it is, in English."""

On = Annotated[str | None, Query(description="The day asked about, YYYY-MM-DD; today in New York without it.")]
KnownAt = Annotated[
    str | None, Query(description="The instant by which the register is read, with its offset; now without it.")
]
Treaty = Annotated[str, Path(description="The United Nations Treaty Collection's number, as XVIII-16.")]


def routes() -> APIRouter:
    """The addresses under /api/v1."""
    router = APIRouter()

    @router.get(
        "/api/v1/treaties/{treaty}/status",
        responses={404: {"description": "No such treaty."}, 422: {"description": "A date or instant that is none."}},
    )
    def status(request: Request, treaty: Treaty, on: On = None, known_at: KnownAt = None) -> Response:
        """The whole legal status of a treaty on a day."""
        return json_of(request, view_of(request, "en", treaty))

    @router.get(
        "/api/v1/treaties/{treaty}/votes",
        responses={404: {"description": "No such treaty, or no majority set."}, 422: {"description": "A bad value."}},
    )
    def votes(
        request: Request,
        treaty: Treaty,
        matter: Annotated[str, Query(description="What is voted on: amendment or protocol.")] = "amendment",
        organization: Annotated[list[str], Query(description="An organization that votes itself.")] = [],  # noqa: B006
        in_favour: Annotated[str | None, Query(description="How many votes in favour.")] = None,
        against: Annotated[str | None, Query(description="How many votes against.")] = None,
        abstaining: Annotated[str | None, Query(description="How many abstain; they do not vote.")] = None,
        on: On = None,
        known_at: KnownAt = None,
    ) -> Response:
        """Who votes in the Conference on a day, what majority adopts, and whether the votes given do."""
        return tagged_response(request, as_json(votes_data(view_of(request, "en", treaty), asked_vote(request))), JSON)

    @read_only(router)("/api/docs")
    def docs(request: Request) -> Response:
        """The description of the API, to be read."""
        return page_response(request, api_page(site_of(request), ask(request), request.app.openapi()))

    return router


def api_page(site: Site, asked: PageQuery, schema: Mapping[str, Any]) -> ApiPage:
    """The page that describes the API, made from its OpenAPI description."""
    calls = []
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            calls.append(
                Call(
                    f"{method.upper()} {path}",
                    call.get("description", ""),
                    tuple((one["name"], one.get("description", "")) for one in call.get("parameters", ())),
                    tuple((code, one["description"]) for code, one in call["responses"].items()),
                )
            )
    every = site.collection.in_order
    treaty = CONVENTION if CONVENTION in every else every[0]
    return ApiPage(
        frame=site.frame(asked, "/api/docs", lasting=False),
        calls=tuple(calls),
        files=FILES,
        description=SCHEMA,
        example=f"{site.base_url}/api/v1/treaties/{treaty}/status",
    )
