"""Depositary notifications at the desk: those to be issued, those issued last, and the issue of one."""

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.correspondence.notifications.archive import Issued, issued
from depositary.correspondence.notifications.case import case_of, kinds
from depositary.correspondence.notifications.corrections import Correction, corrections
from depositary.correspondence.notifications.issue import Following, following, issue
from depositary.correspondence.notifications.pending import Pending, pending
from depositary.errors import DepositaryError
from depositary.register.entry import Entry
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.corrections import notification_of_correction
from depositary.web.staff.desk import Desk
from depositary.web.staff.issue_page import (
    address_issued,
    address_of,
    in_language,
    issue_of_today,
    issue_page,
    slug_of,
    to_issued,
)
from depositary.web.staff.notification_pages import NotificationsWorkPage
from depositary.web.staff.parts import NotificationLine
from depositary.web.staff.rendering import answer
from depositary.words import Language

RECENT = 100


def routes(desk: Desk) -> APIRouter:
    """The routes of notifications."""
    router = APIRouter()

    @router.get("/staff/notifications")
    def page(actor: Actor = may("read")) -> Response:
        return answer(notifications_page(desk, actor))

    @router.get("/staff/notifications/entries/{number}/{what}")
    def look(number: int, what: str, request: Request, actor: Actor = may("read")) -> Response:
        return issue_page(desk, actor, notification_of_entry(desk, number, what), in_language(request, actor))

    @router.post("/staff/notifications/entries/{number}/{what}")
    def issue_it(number: int, what: str, actor: Actor = may("release", binding=True)) -> Response:
        notification = notification_of_entry(desk, number, what)
        try:
            made = issue(desk.store, desk.collection, number, notification.kind, actor.doing, base_url=desk.public_url)
        except DepositaryError as fault:
            return issue_page(desk, actor, notification, actor.words.code, fault.sentence, 409)
        return to_issued(made)

    return router


def notifications_page(desk: Desk, actor: Actor) -> NotificationsWorkPage:
    """The notifications to be issued, the corrections to be issued, and the notifications issued last."""
    with desk.store.session() as session:
        due = pending(session, desk.collection, desk.entries, desk.collection.in_order)
        every = issued(session)
        drafted = corrections(session)
    done = {notification.correction for notification in every if notification.correction}
    return NotificationsWorkPage(
        desk.frame_of(actor),
        tuple(pending_row(desk, actor.words, notification) for notification in due),
        tuple(correction_rows(desk, actor.words, [draft for draft in drafted if draft.number not in done])),
        tuple(issued_row(actor.words, notification) for notification in every[:RECENT]),
        actor.account.may("draft"),
    )


def notification_of_entry(desk: Desk, number: int, slug: str) -> Following:
    """The notification of a kind that follows from an entry. Raises Missing."""
    case = case_of(desk.collection, desk.entries, entry_at(desk, number))
    for kind in kinds(case):
        if slug_of(kind) == slug:
            return following(desk.collection, case, kind)
    raise Missing


def entry_at(desk: Desk, number: int) -> Entry:
    """The entry of a number under a treaty that is at hand. Raises Missing."""
    for treaty in desk.collection.in_order:
        for entry in desk.entries(treaty):
            if entry.number == number:
                return entry
    raise Missing


def pending_row(desk: Desk, words: Language, due: Pending) -> NotificationLine:
    """A notification to be issued, in a list."""
    notification = following(desk.collection, due.case, due.kind)
    recorded = words.short_date(clock.day_of(due.case.entry.recorded_at))
    return NotificationLine(link_to(desk, words, notification), treaty_of(desk, words, notification), recorded, "")


def correction_rows(desk: Desk, words: Language, drafted: list[Correction]) -> Iterator[NotificationLine]:
    """The corrections to be issued."""
    for draft in drafted:
        notification = notification_of_correction(desk, draft.number)
        treaty = treaty_of(desk, words, notification)
        yield NotificationLine(link_to(desk, words, notification), treaty, "", draft.drafted_by)


def link_to(desk: Desk, words: Language, notification: Following) -> Link:
    """The link to a notification that is to be issued."""
    return Link(notification.make(words, issue_of_today(desk)).event, address_of(notification))


def treaty_of(desk: Desk, words: Language, notification: Following) -> str:
    """The name of a notification's treaty."""
    return words.treaty(desk.collection.treaties[notification.treaty])


def issued_row(words: Language, notification: Issued) -> NotificationLine:
    """A notification that was issued, in a list."""
    link = Link(notification.reference, address_issued(notification.reference))
    event = notification.document(words.code).event
    return NotificationLine(link, event, words.short_date(notification.on), notification.issued_by)
