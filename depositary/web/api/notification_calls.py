"""The depositary notifications as data, as they were issued."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import Field
from starlette.requests import Request

from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.references import parts_of
from depositary.web.api.calls import Here, Pages, Question, call
from depositary.web.api.envelope import Asked, Code, Page, Part, of_all
from depositary.web.public.notifications import NotificationArchive, was_issued
from depositary.web.query import PageQuery, Unanswerable
from depositary.words import AVAILABLE


class NotificationSummary(Part):
    """A notification: what it tells, of which entries, and when it was issued."""

    reference: Annotated[str, Field(examples=["C.N.1.2026.TREATIES-XVIII-16"])]
    number: int
    year: int
    kind: str
    treaty: str
    participant: Code | None
    on: date
    issued_at: datetime
    event: Annotated[str, Field(description="What it tells, in the language asked for.")]
    told: Annotated[list[int], Field(description="The entries of the acts that it tells of.")]
    corrects: Annotated[str | None, Field(description="The reference of the notification that it corrects.")]
    digest: Annotated[str, Field(description="The SHA-256 of its content, which the register's entry has.")]
    noted_by: Annotated[int, Field(description="The entry that notes it.")]
    documents: Annotated[dict[str, str], Field(description="The address of its PDF, by language.")]
    content: Annotated[str, Field(description="The address of the content that is proven.")]


class ParagraphOfNotification(Part):
    """A paragraph of a notification."""

    kind: str
    text: str
    label: str
    language: str


class DocumentOfNotification(Part):
    """A notification in one language."""

    language: str
    title: str
    event: str
    opening: str
    paragraphs: list[ParagraphOfNotification]
    issued: str
    attention: str


class NotificationAnswer(Asked):
    """One notification, and its document in the language asked for."""

    notification: NotificationSummary
    document: DocumentOfNotification


def routes(router: APIRouter) -> None:
    """The calls about notifications."""

    @call(router, "/notifications", "Notifications")
    def notifications(
        request: Request,
        site: Here,
        question: Question,
        pages: Pages,
        treaty: Annotated[str, Query(description="Only those under this treaty.", max_length=40)] = "",
        participant: Annotated[str, Query(description="Only those of this participant.", max_length=10)] = "",
        year: Annotated[int, Query(ge=0, le=2999, description="Only those of this year; 0 for all.")] = 0,
    ) -> Page[NotificationSummary]:
        """The depositary notifications that were issued by the day, the latest first."""
        every = archive_of(request).listed(treaty=treaty, participant=participant, year=year)
        cut = pages.cut([each for each in every if was_issued(each, question)], lambda each: each.reference)
        items = [summary(one, question) for one in cut["items"]]
        return Page(**of_all(site, question), items=items, next=cut["next"])

    @call(router, "/notifications/{reference}", "Notifications")
    def one_notification(
        request: Request,
        site: Here,
        question: Question,
        reference: Annotated[str, InPath(description="As C.N.1.2026.TREATIES-XVIII-16.", max_length=80)],
    ) -> NotificationAnswer:
        """One notification, with its document in the language asked for."""
        found = archive_of(request).found(reference) if parts_of(reference) else None
        if found is None or not was_issued(found, question):
            raise Unanswerable(404, "no-such-notification", reference[:80])
        return NotificationAnswer(
            **of_all(site, question), notification=summary(found, question), document=document(found, question)
        )


def archive_of(request: Request) -> NotificationArchive:
    """The archive of the application."""
    archive: NotificationArchive = request.app.state.archive
    return archive


def summary(issued: Issued, asked: PageQuery) -> NotificationSummary:
    """A notification, without its document."""
    pages = {code: f"/{code}/notifications/{issued.reference}" for code in AVAILABLE}
    return NotificationSummary(
        reference=issued.reference,
        number=issued.number,
        year=issued.year,
        kind=issued.kind,
        treaty=issued.treaty,
        participant=issued.participant or None,
        on=issued.on,
        issued_at=issued.issued_at,
        event=issued.document(asked.language.code).event,
        told=list(issued.told),
        corrects=issued.corrects or None,
        digest=issued.digest,
        noted_by=issued.note,
        documents={code: f"{page}.pdf" for code, page in pages.items()},
        content=f"{pages['en']}.json",
    )


def document(issued: Issued, asked: PageQuery) -> DocumentOfNotification:
    """The document in the language asked for."""
    told: dict[str, Any] = issued.document(asked.language.code).told()
    return DocumentOfNotification.model_validate({name: told[name] for name in DocumentOfNotification.model_fields})
