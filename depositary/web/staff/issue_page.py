"""A notification before it is issued: the document that will leave the house, in each language, without its number."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.comparison import Shown, differences_since
from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.event import Event
from depositary.correspondence.notifications.notification import Following, following
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.passages import Difference
from depositary.correspondence.notifications.tables import Kind
from depositary.register.entry import Entry
from depositary.web.parts import Choice, Link
from depositary.web.staff import case_facts
from depositary.web.staff.access import Actor, Form, Malformed, Missing
from depositary.web.staff.desk import Desk
from depositary.web.staff.intake_page import documents_of
from depositary.web.staff.notification_pages import IssuePage
from depositary.web.staff.rendering import answer
from depositary.words import AVAILABLE, NAMES, Language, language


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
    desk: Desk,
    actor: Actor,
    notification: Following,
    code: str,
    fault: str = "",
    status: int = 200,
    event: Event | None = None,
) -> Response:
    """The page on which a second person reads a notification, and issues it."""
    document = notification.make(language(code), issue_of_today(desk))
    number, here = notification.concerns, address_of(notification)
    entry = f"/staff/entries/{number}"
    return answer(
        IssuePage(
            desk.frame_of(actor),
            document.event,
            document,
            languages(code, here),
            here,
            Link(str(number), entry) if number else Link(""),
            differences(desk, event, document) if event else (),
            shown_now(desk),
            scans_of(desk, actor.words, event.told if event else ()),
            next_of(desk, actor, event) if event else Link(""),
            actor.account.may("release"),
            fault,
        ),
        status,
    )


def scans_of(desk: Desk, words: Language, entries: Iterable[Entry]) -> tuple[Link, ...]:
    """The scans of the entries of which a notification tells, each once."""
    documents = (document for entry in entries for document in documents_of(desk, entry))
    return tuple(case_facts.document_link(words, document) for document in dict.fromkeys(documents))


def shown_now(desk: Desk) -> str:
    """What a form says of the moment at which it was shown: the size of the register, and the day."""
    return f"{desk.store.size()} {clock.today().isoformat()}"


def shown_in(form: Form) -> Shown:
    """When a form was shown. Raises Malformed for a form that does not say it."""
    size, _, day = form["shown"].partition(" ")
    try:
        return Shown(date.fromisoformat(day), int(size))
    except ValueError:
        raise Malformed from None


def differences(desk: Desk, event: Event, document: Document) -> tuple[Difference, ...]:
    """What a notification says otherwise than it was previewed when its entries were released."""
    released = desk.agenda.at_release(event, clock.today())
    if released is None:
        return ()
    then, before = released
    return differences_since(before, document, language(document.language), then, desk.collection.folder)


def next_of(desk: Desk, actor: Actor, event: Event) -> Link:
    """The notification that is to be issued after another."""
    waiting = desk.agenda.events(clock.today())
    place = next((place for place, each in enumerate(waiting, 1) if each.key == event.key), len(waiting))
    if place >= len(waiting):
        return Link("")
    return Link(actor.words.gettext("Next"), address_of(following(desk.collection, waiting[place])))
