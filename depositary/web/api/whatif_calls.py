"""What would follow from supposed acts: the one call that is posted. Nothing is recorded."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.law.acts import COLUMNS, Act, Action, act_of
from depositary.law.clause_tables import Day
from depositary.treaties.answer import answer
from depositary.treaties.instruments_csv import row_faults
from depositary.treaties.supposition import compare, last_day
from depositary.web.api.calls import JSON, PROBLEMS, Question, model_response, participant_of, problem_described
from depositary.web.api.entry_calls import ChangeByAct, effects
from depositary.web.api.envelope import OfTreaty, of_treaty
from depositary.web.api.problems import Refused, field_faults
from depositary.web.api.status_answer import IrregularAct, Status
from depositary.web.query import PageQuery, Unanswerable
from depositary.web.responses import site_of
from depositary.web.view import View, look

MOST_ACTS, LARGEST = 50, 65_536
"""How many acts may be supposed at a time, and the largest question in bytes."""


class Supposed(BaseModel):
    """What is sent."""

    model_config = ConfigDict(extra="forbid")


class SupposedActOfCall(Supposed):
    """An act that is supposed."""

    participant: Annotated[str, Field(description="The participant's code.", max_length=10, examples=["GHA"])]
    action: Annotated[Action, Field(examples=["ratification"])]
    date: Annotated[Day, Field(strict=False, examples=["2027-03-01"])]
    subject: Annotated[str, Field(max_length=60)] = ""
    place: Annotated[str, Field(max_length=100)] = ""
    provision: Annotated[str, Field(max_length=40)] = ""
    text: Annotated[str, Field(max_length=2000)] = ""
    addressee: Annotated[str, Field(max_length=10)] = ""


class SupposedQuestion(Supposed):
    """What would follow if these acts were done under a treaty."""

    treaty: Annotated[str, Field(description="The treaty under which they are done.", examples=["XVIII-16"])]
    acts: Annotated[list[SupposedActOfCall], Field(min_length=1, max_length=MOST_ACTS)]


class SuppositionOfCall(OfTreaty):
    """What would hold on the last day supposed, and what these acts would change."""

    changes: list[ChangeByAct]
    sentences: list[str]
    irregularities: list[IrregularAct]
    status: Status


EXAMPLE = {"treaty": "XVIII-16", "acts": [{"participant": "GHA", "action": "ratification", "date": "2027-03-01"}]}


def routes(router: APIRouter) -> None:
    """The call."""

    @router.post(
        "/api/v1/whatif",
        tags=["What if"],
        operation_id="whatif",
        summary="What would follow from supposed acts",
        response_model=SuppositionOfCall,
        response_description="The answer.",
        responses={
            409: problem_described(409, "The acts are well written, but they cannot be.", "bad-question", ""),
            413: problem_described(413, "The question is too large.", "too-large", ""),
            **PROBLEMS,
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {JSON: {"schema": {"$ref": "#/components/schemas/SupposedQuestion"}, "example": EXAMPLE}},
            }
        },
    )
    async def whatif(request: Request, question: Question) -> Response:
        """What would follow from at most 50 supposed acts. Nothing is recorded, and nothing is kept."""
        supposed = supposed_question(await body_of(request))
        return model_response(request, await run_in_threadpool(supposition, request, question, supposed))


async def body_of(request: Request) -> bytes:
    """What was sent. Raises Unanswerable for what is too large, as soon as it is."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise Unanswerable(413, "too-large")
    return body


def supposed_question(body: bytes) -> SupposedQuestion:
    """The question that was sent. Raises Refused with each place that is not as described."""
    try:
        return SupposedQuestion.model_validate_json(body)
    except ValidationError as fault:
        raise Refused(422, "bad-question", field_faults(fault.errors())) from None


def supposition(request: Request, asked: PageQuery, question: SupposedQuestion) -> SuppositionOfCall:
    """What would hold with the supposed acts. Raises Unanswerable."""
    site = site_of(request)
    here = look(site, asked, question.treaty, request.scope["path"])
    entered = site.known.acts(question.treaty, asked)
    last = max((act.number for act in entered), default=0)
    acts = supposed_acts(here, question, last)
    on = asked.on if "on" in asked.given else last_day(acts, asked.on)
    compared = compare(site.collection, entered, question.treaty, acts, on)
    there = replace(here, asked=replace(asked, on=on))
    known_at, folder = asked.known_at or clock.now(), site.collection.folder
    return SuppositionOfCall(
        **of_treaty(there),
        **effects(there, compared),
        status=Status.model_validate(answer(compared.after, on, known_at, here.words, folder)),
    )


def supposed_acts(here: View, question: SupposedQuestion, last: int) -> list[Act]:
    """The acts that are supposed, numbered after the last entry. Raises Unanswerable for acts that cannot be."""
    faults, acts = [], []
    for place, each in enumerate(question.acts):
        row = dict.fromkeys(COLUMNS, "") | each.model_dump(mode="json") | {"treaty": question.treaty}
        for code in filter(None, (each.participant, each.addressee)):
            participant_of(here.site, code)
        wrong = row_faults(row, here.participants, here.site.collection.treaties)
        faults += [(f"acts.{place}.{column}", here.words.said(sentence)) for column, sentence in wrong]
        if not wrong:
            acts.append(act_of(row, last + 1 + place))
    if faults:
        raise Refused(409, "bad-question", faults)
    return acts
