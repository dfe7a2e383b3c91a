"""What cannot be answered as data: problem details (RFC 9457), in the language that was asked for."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from depositary.web.query import Unanswerable, preferred_language
from depositary.words import AVAILABLE, language

PROBLEM = "application/problem+json"

ENDINGS = (".json", ".jsonl", ".csv", ".xlsx", ".ics", ".atom", ".zip", ".jsonld")
BEGINNINGS = ("/api/", "/register/", "/data/", "/schemas/")


class FieldFault(BaseModel):
    """What is wrong at one place of a question."""

    model_config = ConfigDict(extra="forbid")

    at: Annotated[str, Field(description="The place, as `query.limit` or `acts.0.date`.")]
    says: Annotated[str, Field(description="What is wrong there, and what is allowed.")]


class Refused(Unanswerable):
    """A question that is refused with a sentence for each place that is wrong."""

    def __init__(self, status: int, fault: str, errors: Iterable[tuple[str, str]]) -> None:
        super().__init__(status, fault)
        self.errors = tuple(errors)


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:depositary:problem:no-such-treaty",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "There is no treaty I-999 here.",
                    "error": "There is no treaty I-999 here.",
                }
            ]
        },
    )

    type: Annotated[str, Field(description="The kind of the problem; it stays the same in every language.")]
    title: Annotated[str, Field(description="The name of the HTTP status.")]
    status: Annotated[int, Field(description="The HTTP status.")]
    detail: Annotated[str, Field(description="What is wrong, in the language asked for.")]
    error: Annotated[str, Field(description="The words of `detail`, for clients written before it was there.")]
    errors: Annotated[
        list[FieldFault] | None, Field(description="Each place that is wrong, where there are several.")
    ] = None
    reference: Annotated[str | None, Field(description="Of a fault on our side: under which name our log has it.")] = (
        None
    )


def is_data(path: str) -> bool:
    """Whether an address answers with data, so that a refusal there is data too."""
    return path.startswith(BEGINNINGS) or path.endswith(ENDINGS)


def problem_response(scope: Scope, fault: Unanswerable, reference: str = "") -> Response:
    """A refusal as data."""
    request = Request(scope)
    words = language(asked_language(request))
    sentence = words.fault(fault.fault, asked=fault.asked)
    told: dict[str, Any] = {
        "type": f"urn:depositary:problem:{fault.fault}",
        "title": HTTPStatus(fault.status).phrase,
        "status": fault.status,
        "detail": sentence,
        "error": sentence,
    } | ({"reference": reference} if reference else {})
    if isinstance(fault, Refused):
        told["errors"] = [{"at": at, "says": says} for at, says in fault.errors]
    headers = {"Cache-Control": "no-store", "Content-Language": words.code}
    return Response(to_json(told, indent=1) + b"\n", fault.status, headers, PROBLEM)


def asked_language(request: Request) -> str:
    """The language of a refusal: of the address, of its parameter `lang`, or the one that the reader prefers."""
    first = request.scope["path"].removeprefix("/").partition("/")[0]
    for code in (first, request.query_params.get("lang")):
        if code in AVAILABLE:
            return str(code)
    return preferred_language(request.headers.get("accept-language", ""))


def field_faults(errors: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The places that a model refuses, each with what it says of it, in English."""
    return [(".".join(map(str, error["loc"])) or "body", f"{error['msg']}.") for error in errors]
