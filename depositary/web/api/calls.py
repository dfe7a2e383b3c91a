"""A call of the API: its parameters, its answer as bytes, and its place in the description."""

import inspect
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from depositary.law.participants import Participant
from depositary.web.api.envelope import Cursor
from depositary.web.api.problems import PROBLEM
from depositary.web.cache_control import tagged_response
from depositary.web.query import PageQuery, Unanswerable, ask
from depositary.web.responses import site_of
from depositary.web.view import Site, View, look
from depositary.words import language

Handler = TypeVar("Handler", bound=Callable[..., Any])

JSON = "application/json"

On = Annotated[
    str | SkipJsonSchema[None],
    Query(
        description="The day asked about, YYYY-MM-DD, between 1800 and 2999; today in New York without it.",
        json_schema_extra={"format": "date"},
        openapi_examples={"today": {"summary": "Today"}, "a day": {"summary": "Another day", "value": "2027-03-01"}},
    ),
]
KnownAt = Annotated[
    str | SkipJsonSchema[None],
    Query(
        description="By which instant, with its offset, the register is read: from 1900 until now; now without it.",
        json_schema_extra={"format": "date-time"},
        openapi_examples={
            "now": {"summary": "Now"},
            "an instant": {"summary": "Another instant", "value": "2026-11-23T17:00:00-05:00"},
        },
    ),
]
Lang = Annotated[
    str,
    Query(
        description="The language of names and sentences; codes, actions and standings do not change.",
        json_schema_extra={"enum": ["en", "fr", "es", "ru", "ar", "zh"]},
    ),
]
TreatyId = Annotated[
    str,
    Path(description="The number in the United Nations Treaty Collection.", examples=["XVIII-16"]),
]
ParticipantCode = Annotated[
    str, Path(description="The participant's code: ISO 3166-1 alpha-3, or EU.", examples=["GHA"])
]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many items a page has at most.")]
After = Annotated[
    str | SkipJsonSchema[None],
    Query(description="Where the page begins: only as `next` of the page before gives it.", max_length=100),
]


async def asked(request: Request, on: On = None, known_at: KnownAt = None, lang: Lang = "en") -> PageQuery:
    """The language, the day and the instant of a call. Raises Unanswerable."""
    for name, given, fault in (("on", on, "bad-date"), ("known_at", known_at, "bad-instant")):
        if given is not None and not given.strip():
            raise Unanswerable(422, fault, name)
    if len(request.query_params.getlist("lang")) > 1:
        raise Unanswerable(422, "asked-twice", "lang")
    try:
        return ask(request, lang)
    except Unanswerable as fault:
        raise Unanswerable(422, fault.fault, fault.asked) from None


Question = Annotated[PageQuery, Depends(asked)]


async def site_of_call(request: Request) -> Site:
    """The site that a call asks. It is no thread's work, and so are the others here."""
    return site_of(request)


Here = Annotated[Site, Depends(site_of_call)]


async def view_of_call(request: Request, treaty: TreatyId, question: Question) -> View:
    """The view of the treaty that a call asks about. Raises Unanswerable."""
    return look(site_of(request), question, treaty, request.scope["path"])


Treaty = Annotated[View, Depends(view_of_call)]


async def participant_of_call(request: Request, code: ParticipantCode) -> Participant:
    """The participant that a call asks about. Raises Unanswerable."""
    return participant_of(site_of(request), code)


def participant_of(site: Site, code: str) -> Participant:
    """A participant. Raises Unanswerable for a code that is nobody's."""
    if code not in site.collection.participants:
        raise Unanswerable(404, "no-such-participant", code[:40])
    return site.collection.participants[code]


Whose = Annotated[Participant, Depends(participant_of_call)]


async def cursor_of_call(request: Request, cursor: After = None, limit: Limit = 200) -> Cursor:
    """The page of a list that a call asks for."""
    given = {name: value for name, value in request.query_params.items() if name != "cursor"}
    return Cursor(after=cursor or "", limit=limit, here=request.scope["path"], given=given)


Pages = Annotated[Cursor, Depends(cursor_of_call)]


def problem_described(status: int, says: str, fault: str, asked: str) -> dict[str, Any]:
    """A refusal in the description, with one as an example."""
    sentence = language("en").fault(fault, asked=asked)
    told = {"type": f"urn:depositary:problem:{fault}", "title": HTTPStatus(status).phrase, "status": status}
    example = {**told, "detail": sentence, "error": sentence}
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": says, "content": {PROBLEM: {"schema": schema, "example": example}}}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    404: problem_described(404, "There is nothing of this name.", "no-such-treaty", "I-999"),
    422: problem_described(422, "A parameter is not as it is described.", "bad-date", "2027-02-30"),
    429: problem_described(
        429, "Too many calls came from one network; `Retry-After` says when to call again.", "too-many-calls", "31"
    ),
}
HEADERS_OF_ANSWERS: dict[str, dict[str, Any]] = {
    name: {"description": says, "schema": {"type": "string"}, "required": False}
    for name, says in (
        ("ETag", "Send it back in `If-None-Match`: an answer that is unchanged has status 304 and no body."),
        ("Last-Modified", "When what the answer tells began to be so."),
        ("Cache-Control", "How long the answer may be kept."),
        ("RateLimit", "How many more calls the network may make, and in how many seconds all are allowed again."),
        ("RateLimit-Policy", "How many calls are allowed in how many seconds."),
    )
}


def call(router: APIRouter, path: str, tag: str) -> Callable[[Handler], Handler]:
    """The decorator of a call: the handler takes what it asks for by type, and returns the answer as a model."""

    def named(handler: Handler) -> Handler:
        signature = inspect.signature(handler)
        asks_the_request = "request" in signature.parameters
        request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
        others = [one for one in signature.parameters.values() if one.name != "request"]

        def endpoint(request: Request, **given: Any) -> Response:
            return model_response(request, handler(**given, **({"request": request} if asks_the_request else {})))

        vars(endpoint)["__signature__"] = signature.replace(parameters=[request, *others], return_annotation=Response)
        summary = inspect.getdoc(handler) or ""
        router.add_api_route(
            f"/api/v1{path}",
            endpoint,
            methods=["GET"],
            tags=[tag],
            operation_id=handler.__name__,
            summary=summary.partition(".")[0],
            description=summary,
            response_model=signature.return_annotation,
            response_description="The answer.",
            responses={200: {"headers": HEADERS_OF_ANSWERS}, **PROBLEMS},
        )
        router.add_api_route(f"/api/v1{path}", endpoint, methods=["HEAD"], include_in_schema=False, response_model=None)
        return handler

    return named


def model_response(request: Request, answer: BaseModel | Response) -> Response:
    """An answer as JSON, with its tag, and a link to the next page of a list."""
    if isinstance(answer, Response):
        return answer
    response = tagged_response(request, answer.model_dump_json(by_alias=True, indent=1).encode() + b"\n", JSON)
    if following := getattr(answer, "next", None):
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response
