"""The API, read-only: `/api/v1/openapi.json` describes it for programs, and `/api/docs` for people."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from depositary.law.clauses import CONVENTION
from depositary.web.api import (
    entry_calls,
    lookup_calls,
    notification_calls,
    proof_calls,
    reason_calls,
    relation_calls,
    treaty_calls,
    whatif_calls,
)
from depositary.web.api.calls import JSON, PROBLEMS
from depositary.web.api.problems import Problem
from depositary.web.api.whatif_calls import SupposedQuestion
from depositary.web.cache_control import tagged_response
from depositary.web.public.pages import ApiPage
from depositary.web.public.parts import Call
from depositary.web.query import PageQuery, ask
from depositary.web.responses import page_response, read_only, site_of
from depositary.web.view import Site

SCHEMA = "/api/v1/openapi.json"

EXAMPLES = Path(__file__).parent / "examples.json"
"""The answer of each call in an invented world, its lists cut short."""

FILES = (
    ("/treaties/{treaty}/status.json", "The same answer, published: with a tag, and kept by whoever asks often."),
    (
        "/acts.csv",
        "An empty file of acts to fill in. Also as /{lang}/acts.xlsx, with a sheet that explains it.",
    ),
    ("/treaties/{treaty}/status.csv", "A row for each participant. Also as status.xlsx."),
    ("/treaties/{treaty}/map.svg", "The world by standing, as an image."),
    (
        "/treaties/{treaty}/badge.svg",
        "The status in one line, as an image that other sites may show; also as /{lang}/treaties/{treaty}/badge.svg.",
    ),
    ("/en/treaties/{treaty}/card.svg", "The status as a card of 1200 by 630, in each of the six languages."),
    ("/treaties/{treaty}/feed.atom", "The latest entries; /feed.atom has those of all treaties."),
    ("/treaties/{treaty}/calendar.ics", "Dates of effect and deadlines."),
    ("/participants/{code}/feed.atom", "The latest entries of one participant; calendar.ics has its dates."),
    ("/register/head", "The last signed head of the register, and the keys."),
    ("/register/proof/{entry}", "The bytes of an entry, and the path that leads to the head's root."),
    ("/register/consistency/{earlier}", "That a head of that size is the beginning of the last one."),
)
"""The files beside the API: the address of each, and what it is, in English."""

MODULES = (
    treaty_calls,
    relation_calls,
    entry_calls,
    proof_calls,
    reason_calls,
    notification_calls,
    whatif_calls,
    lookup_calls,
)

PROMISE = """The legal status of treaties as a depositary derives it: read-only, public, and the same as the pages.

Every answer says of which day it is (`on`), by which instant the register was read (`known_at`), which entry of the
register was the last it knew (`entry`), and up to which day the acts at hand are complete (`complete_as_of`). Names and
sentences are in the language of `lang`; codes, actions and standings are the same in every language. Refusals are
`application/problem+json` (RFC 9457). The details of persons and authorities are in no answer.

**What may be relied on.** Within `/api/v1` no address, parameter or field is removed or renamed, and none changes its
meaning. Addresses, parameters, fields and values of `type` may be added at any time: pass over what you do not know.
What is to go is marked `deprecated` here, and stays for two years after that. A second version would stand under
`/api/v2` beside the first, which then stays for five years.

The examples are of an invented world. Their lists have two items at most, whatever their numbers say.
"""


@cache
def routes() -> APIRouter:
    """The addresses under /api/v1, made once: they are the same for every site."""
    router = APIRouter()
    for module in MODULES:
        module.routes(router)

    @read_only(router)("/api/v1/openapi.json")
    def description(request: Request) -> Response:
        """The description of the API for programs."""
        return tagged_response(request, openapi_json(), JSON)

    @read_only(router)("/api/docs")
    def docs(request: Request) -> Response:
        """The description of the API, to be read."""
        return page_response(request, api_page(site_of(request), ask(request), openapi()))

    return router


@cache
def openapi_json() -> bytes:
    """The description in OpenAPI 3.1, as it is sent."""
    return to_json(openapi(), indent=1) + b"\n"


@cache
def openapi() -> dict[str, Any]:
    """The description, made once: it is the same for every site, whose address is in none of it."""
    made = get_openapi(
        title="Depositary",
        version="1",
        summary="A depositary's register of treaty acts, and the legal status derived from it.",
        description=PROMISE,
        license_info={"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        servers=[{"url": "/", "description": "The site that serves this description."}],
        routes=routes().routes,
    )
    besides = models_json_schema(
        [(Problem, "serialization"), (SupposedQuestion, "validation")], ref_template="#/components/schemas/{model}"
    )
    made["components"]["schemas"] |= besides[1]["$defs"]
    examples = examples_of_answers()
    for path in made["paths"].values():
        for operation in path.values():
            operation["responses"]["200"]["content"][JSON]["example"] = examples[operation["operationId"]]
            if "422" in operation["responses"]:
                operation["responses"]["422"] = PROBLEMS[422]
    for unused in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(unused, None)
    return made


@cache
def examples_of_answers() -> dict[str, Any]:
    """The example of each call's answer, by the call's name."""
    told: dict[str, Any] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return told


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
                    json.dumps(examples_of_answers()[call["operationId"]], ensure_ascii=False, indent=1),
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
