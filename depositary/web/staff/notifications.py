"""Depositary notifications at the desk: those to be issued, those issued last, and the issue of one."""

from collections.abc import Callable, Iterator, Sequence

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.correspondence.notifications.archive import Issued, issued
from depositary.correspondence.notifications.comparison import Changed
from depositary.correspondence.notifications.corrections import Correction, corrections
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.issue import issue, issue_all
from depositary.correspondence.notifications.notification import following
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.series import agree_first, propose_first, series
from depositary.desk.audit import Doing
from depositary.errors import DepositaryError, Sentence
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.archive import issued_page
from depositary.web.staff.corrections import notification_of_correction
from depositary.web.staff.cross_references import link_to_event
from depositary.web.staff.desk import Desk
from depositary.web.staff.issue_page import (
    address_issued,
    address_of,
    differences,
    in_language,
    issue_of_today,
    issue_page,
    shown_in,
    shown_now,
    slug_of,
    to_issued,
)
from depositary.web.staff.notification_pages import IssueAllPage, IssuedTogether, NotificationsWorkPage
from depositary.web.staff.parts import NotificationLine
from depositary.web.staff.rendering import answer
from depositary.words import Language

RECENT = 100


def routes(desk: Desk) -> APIRouter:
    """The routes of notifications."""
    router = APIRouter()

    @router.get("/staff/notifications")
    def page(actor: Actor = may("read")) -> Response:
        with desk.known.held(desk.store.entries):
            return answer(notifications_page(desk, actor))

    @router.post("/staff/notifications/series")
    def propose_series(actor: Actor = may("draft")) -> Response:
        return set_series(desk, actor, propose_first)

    @router.post("/staff/notifications/series/agree")
    def agree_series(actor: Actor = may("release", binding=True)) -> Response:
        return set_series(desk, actor, agree_first)

    @router.get("/staff/notifications/all")
    def all_page(actor: Actor = may("read")) -> Response:
        with desk.known.held(desk.store.entries):
            return issue_all_page(desk, actor)

    @router.post("/staff/notifications/all")
    def all_of_them(actor: Actor = may("release", binding=True)) -> Response:
        shown = shown_in(actor.form)
        try:
            require_confirmed(desk, actor, desk.agenda.events(clock.today()))
            issue_all(desk.store, desk.collection, actor.doing, base_url=desk.public_url, shown=shown)
        except DepositaryError as fault:
            if issued_since(desk, actor, shown.size):
                return RedirectResponse("/staff/notifications", 303)
            return issue_all_page(desk, actor, fault.sentence, 409)
        return RedirectResponse("/staff/notifications", 303)

    @router.get("/staff/notifications/entries/{number}/{what}")
    def look(number: int, what: str, request: Request, actor: Actor = may("read")) -> Response:
        event = event_at(desk, number, what)
        if event is None:
            return to_issued(issued_at(desk, number, what))
        return issue_page(desk, actor, following(desk.collection, event), in_language(request, actor), event=event)

    @router.post("/staff/notifications/entries/{number}/{what}")
    def issue_it(number: int, what: str, actor: Actor = may("release", binding=True)) -> Response:
        shown, event, kind = shown_in(actor.form), event_at(desk, number, what), what.replace("-", " ")
        try:
            require_confirmed(desk, actor, [event] if event else [])
            made = issue(desk.store, desk.collection, number, kind, actor.doing, base_url=desk.public_url, shown=shown)
        except DepositaryError as fault:
            if event is None:
                return issued_before(desk, actor, issued_at(desk, number, what), fault)
            notification = following(desk.collection, event)
            return issue_page(desk, actor, notification, actor.words.code, fault.sentence, 409, event)
        return to_issued(made)

    return router


def issued_before(desk: Desk, actor: Actor, there: Issued, fault: DepositaryError) -> Response:
    """The answer where a notification is there already: who issued it clicked twice, and another person is told so."""
    if there.issued_by == actor.account.name:
        return to_issued(there)
    return issued_page(desk, actor, there, actor.words.code, fault.sentence, 409)


def set_series(desk: Desk, actor: Actor, step: Callable[[Session, int, int, Doing], None]) -> Response:
    """Takes a step by which the first number of this year is set, or says why it cannot be taken."""
    try:
        with desk.store.session(writing=True) as session:
            step(session, clock.today().year, actor.form.number("first"), actor.doing)
    except DepositaryError as fault:
        return answer(notifications_page(desk, actor, fault.sentence), 409)
    return RedirectResponse("/staff/notifications", 303)


def issue_all_page(desk: Desk, actor: Actor, fault: str = "", status: int = 200) -> Response:
    """All that is to be issued, each with its text, to be issued together."""
    waiting, issue_now = desk.agenda.events(clock.today()), issue_of_today(desk)
    shown = tuple(issued_together(desk, actor.words, event, issue_now) for event in waiting)
    frame, may_issue = desk.frame_of(actor), actor.account.may("release")
    return answer(
        IssueAllPage(frame, shown, any(each.differences for each in shown), shown_now(desk), may_issue, fault), status
    )


def issued_together(desk: Desk, words: Language, event: Event, issue_now: Issue) -> IssuedTogether:
    """One of the notifications that are issued together, as it would be issued now."""
    notification = following(desk.collection, event)
    document = notification.make(words, issue_now)
    link = Link(document.event, address_of(notification))
    return IssuedTogether(link, document, differences(desk, event, document))


def issued_since(desk: Desk, actor: Actor, size: int) -> bool:
    """Whether all that was recorded since the register had a size are notifications that this person issued."""
    with desk.store.session() as session:
        mine = {each.reference for each in issued(session) if each.note > size and each.issued_by == actor.account.name}
    since = desk.store.entries(size)
    return bool(since) and all(entry.notice is not None and entry.notice.reference in mine for entry in since)


def require_confirmed(desk: Desk, actor: Actor, events: Sequence[Event]) -> None:
    """Raises Changed where a notification says another thing than was previewed, and nobody confirmed that."""
    if actor.form["confirmed"] == "yes":
        return
    today = clock.today()
    if any(
        differences(desk, event, following(desk.collection, event).make(actor.words, Issue(today)))
        for event in events
        if desk.agenda.at_release(event, today)
    ):
        raise Changed(
            Sentence("The text is no longer the text seen at the release: confirm what differs. Nothing was issued.")
        )


def notifications_page(desk: Desk, actor: Actor, fault: str = "") -> NotificationsWorkPage:
    """The notifications to be issued, the corrections to be issued, and the notifications issued last."""
    due = desk.agenda.events(clock.today())
    with desk.store.session() as session:
        every = issued(session)
        here = series(session, clock.today().year)
        drafted = corrections(session)
    done = {notification.correction for notification in every if notification.correction}
    return NotificationsWorkPage(
        desk.frame_of(actor),
        tuple(pending_row(desk, actor.words, notification) for notification in due),
        tuple(correction_rows(desk, actor.words, [draft for draft in drafted if draft.number not in done])),
        tuple(issued_row(actor.words, notification) for notification in every[:RECENT]),
        here,
        actor.account.may("draft"),
        actor.account.may("release") and here.proposed_by != actor.account.name,
        fault,
    )


def event_at(desk: Desk, number: int, slug: str) -> Event | None:
    """The event to be issued that is noted under an entry, by its kind as a part of an address."""
    return desk.agenda.event(number, slug.replace("-", " "), clock.today())


def issued_at(desk: Desk, number: int, slug: str) -> Issued:
    """The notification that was issued under an entry. Raises Missing."""
    with desk.store.session() as session:
        found = [
            each for each in issued(session) if number in (each.concerns, *each.told) and slug_of(each.kind) == slug
        ]
    if not found:
        raise Missing
    return found[0]


def pending_row(desk: Desk, words: Language, event: Event) -> NotificationLine:
    """A notification to be issued, in a list."""
    recorded = words.short_date(clock.day_of(max(entry.recorded_at for entry in event.causes)))
    treaty = words.treaty(desk.collection.treaties[event.treaty])
    return NotificationLine(link_to_event(desk, words, event), treaty, recorded, "")


def correction_rows(desk: Desk, words: Language, drafted: list[Correction]) -> Iterator[NotificationLine]:
    """The corrections to be issued."""
    for draft in drafted:
        notification = notification_of_correction(desk, draft.number)
        treaty = words.treaty(desk.collection.treaties[notification.treaty])
        link = Link(notification.make(words, issue_of_today(desk)).event, address_of(notification))
        yield NotificationLine(link, treaty, "", draft.drafted_by)


def issued_row(words: Language, notification: Issued) -> NotificationLine:
    """A notification that was issued, in a list."""
    link = Link(notification.reference, address_issued(notification.reference))
    event = notification.document(words.code).event
    return NotificationLine(link, event, words.short_date(notification.on), notification.issued_by)
