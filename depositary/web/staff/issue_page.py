"""A notification before it is issued: the document that will leave the house, in each language, without its number."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.case import Kind
from depositary.correspondence.notifications.issue import Following
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.web.parts import Choice, Link
from depositary.web.staff.access import Actor, Missing
from depositary.web.staff.desk import Desk
from depositary.web.staff.notification_pages import IssuePage
from depositary.web.staff.rendering import answer
from depositary.words import AVAILABLE, NAMES, language


def issue_of_today(desk: Desk) -> Issue:
    """The issue of a notification that would be issued now: all but its number."""
    head = desk.store.head()
    return Issue(clock.today(), "", head.size if head else 0, head.root if head else "")


def in_language(request: Request, actor: Actor) -> str:
    """The language in which a document is asked for; without one, the person's own."""
    code = request.query_params.get("language", actor.words.code)
    if code not in AVAILABLE:
        raise Missing
    return code


def slug_of(kind: Kind) -> str:
    """A kind of notification as a part of an address."""
    return kind.replace(" ", "-")


def address_of(notification: Following) -> str:
    """The page on which a notification is read before it is issued."""
    if notification.correction:
        return f"/staff/notifications/corrections/{notification.correction}"
    return f"/staff/notifications/entries/{notification.concerns}/{slug_of(notification.kind)}"


def address_issued(reference: str) -> str:
    """The page of a notification that was issued."""
    return f"/staff/notifications/issued/{quote(reference)}"


def to_issued(notification: Issued) -> Response:
    """The answer that leads to a notification that was issued."""
    return RedirectResponse(address_issued(notification.reference), 303)


def languages(code: str, here: str) -> tuple[Choice, ...]:
    """The languages of a document; each value is an address."""
    return tuple(Choice(f"{here}?language={other}", NAMES[other], other == code) for other in AVAILABLE)


def issue_page(
    desk: Desk, actor: Actor, notification: Following, code: str, fault: str = "", status: int = 200
) -> Response:
    """The page on which a second person reads a notification, and issues it."""
    document = notification.make(language(code), issue_of_today(desk))
    number, here = notification.concerns, address_of(notification)
    entry = desk.public(f"/{actor.words.code}/treaties/{notification.treaty}/register/{number}")
    return answer(
        IssuePage(
            desk.frame_of(actor),
            document.event,
            document,
            languages(code, here),
            here,
            Link(str(number), entry) if number else Link(""),
            actor.account.may("release"),
            fault,
        ),
        status,
    )
