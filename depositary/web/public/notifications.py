"""Depositary notifications as they were issued: a list; each as a page, as PDF, and as the content that is proven."""

from collections.abc import Iterator
from typing import Protocol

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.correspondence.notifications.archive import Issued
from depositary.correspondence.notifications.pdf import pdf_of
from depositary.correspondence.notifications.references import parts_of, references_in
from depositary.web.addresses import with_query
from depositary.web.cache_control import FOR_GOOD, tagged_response
from depositary.web.parts import Choice, Link, Selection
from depositary.web.public.notification_pages import NotificationPage, NotificationsPage
from depositary.web.public.parts import InLanguage, NotificationLine
from depositary.web.query import PageQuery, Unanswerable, ask, parameter, preferred_language
from depositary.web.responses import page_response, read_only, site_of
from depositary.web.view import Site
from depositary.words import AVAILABLE, NAMES
from depositary.words.labels import N_

PDF, JSON = "application/pdf", "application/json"
CORRECTING = ("corrigendum", "withdrawn", "struck out", "new date", "correction made")
"""The kinds that say something else than an earlier notification."""

SHOWN = 200
"""The number of notifications that a list shows."""


class NotificationArchive(Protocol):
    """The archive of notifications, as the public site asks it."""

    def found(self, reference: str) -> Issued | None:
        """The notification of a reference."""

    def listed(self, *, treaty: str = "", participant: str = "", year: int = 0) -> list[Issued]:
        """The notifications that fit, the latest first."""


class NothingIssued:
    """An archive without notifications."""

    def found(self, reference: str) -> Issued | None:
        return None

    def listed(self, *, treaty: str = "", participant: str = "", year: int = 0) -> list[Issued]:
        return []


def routes(archive: NotificationArchive) -> APIRouter:
    """The addresses of notifications."""
    router = APIRouter()
    page = read_only(router)

    @page("/cn/{year}/{number}")
    def short(request: Request, year: str, number: str) -> Response:
        issued = [one for one in archive.listed(year=_number(year)) if str(one.number) == number]
        if not issued:
            raise Unanswerable(404, "no-such-notification", f"{year[:4]}/{number[:6]}")
        lang = preferred_language(request.headers.get("accept-language", ""))
        address = f"/{lang}/notifications/{issued[0].reference}"
        return RedirectResponse(address, 307, headers={"Vary": "Accept-Language", "Cache-Control": "public, max-age=5"})

    @page("/{lang}/notifications")
    def every(request: Request, lang: str) -> Response:
        asked = ask(request, lang)
        return page_response(request, list_page(site_of(request), archive, asked, request))

    @page("/{lang}/notifications/{name}")
    def notification_answer(request: Request, lang: str, name: str) -> Response:
        asked = ask(request, lang)
        reference, kind = named(name)
        notification = archive.found(reference) if parts_of(reference) else None
        if notification is None or not was_issued(notification, asked):
            raise Unanswerable(404, "no-such-notification", reference[:80])
        if kind:
            return file_of(request, notification, kind, lang)
        page = notification_page(site_of(request), archive, asked, notification, request.scope["path"])
        return page_response(request, page)

    return router


def named(name: str) -> tuple[str, str]:
    """The reference of a notification and the ending of a file, "" for the page, as the last part of an address."""
    for ending in (".pdf", ".json"):
        if name.endswith(ending):
            return name.removesuffix(ending), ending
    return name, ""


def file_of(request: Request, notification: Issued, ending: str, lang: str) -> Response:
    """A notification as PDF in a language, or the content that is proven."""
    if ending == ".json":
        return immutable(tagged_response(request, notification.content.encode(), JSON))
    response = tagged_response(request, pdf_of(notification.document(lang)), PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{notification.reference}-{lang}.pdf"'
    return response


def immutable(response: Response) -> Response:
    """The answer, marked as one that never changes."""
    response.headers["Cache-Control"] = FOR_GOOD
    return response


def was_issued(notification: Issued, asked: PageQuery) -> bool:
    """Whether a notification was issued by the day and the instant asked about."""
    return notification.on <= asked.on and (asked.known_at is None or notification.issued_at <= asked.known_at)


def list_page(site: Site, archive: NotificationArchive, asked: PageQuery, request: Request) -> NotificationsPage:
    """The notifications that fit what is chosen."""
    words, code = asked.language, asked.language.code
    treaty, participant, year = (parameter(request, name) for name in ("treaty", "participant", "year"))
    if treaty and treaty not in site.collection.treaties:
        raise Unanswerable(404, "no-such-treaty", treaty[:40])
    if participant and participant not in site.collection.participants:
        raise Unanswerable(404, "no-such-participant", participant[:40])
    every = [one for one in archive.listed() if was_issued(one, asked)]
    fitting = [
        notification
        for notification in every
        if treaty in ("", notification.treaty)
        and participant in ("", notification.participant)
        and year in ("", str(notification.year))
    ]
    question = {
        name: value for name, value in (("treaty", treaty), ("participant", participant), ("year", year)) if value
    }
    names = {one.participant: words.name(site.collection.participants, one.participant, asked.on) for one in every}
    chosen = {
        "treaty": [(one, f"{one} {words.treaty(site.collection.treaties[one])}") for one in site.collection.in_order],
        "participant": sorted(
            ((one, name) for one, name in names.items() if one), key=lambda pair: words.sort_key(pair[1])
        ),
        "year": [(one, one) for one in sorted({str(one.year) for one in every} | ({year} - {""}), reverse=True)],
    }
    if participant and participant not in names:
        name = words.name(site.collection.participants, participant, asked.on)
        chosen["participant"].append((participant, name))
    treaties = {
        one: Link(words.treaty(clauses), "", words.treaty_language(clauses))
        for one, clauses in site.collection.treaties.items()
    }
    labels = {"treaty": N_("Treaty"), "participant": N_("Participant"), "year": N_("Year")}
    fields = tuple(
        Selection(
            name,
            words.gettext(labels[name]),
            tuple(
                Choice(value, said, value == question.get(name, ""))
                for value, said in (("", words.gettext("all")), *chosen[name])
            ),
        )
        for name in labels
    )
    return NotificationsPage(
        site.frame(asked, request.scope["path"], question=question),
        fields,
        tuple(asked.given.items()),
        tuple(
            NotificationLine(
                Link(notification.reference, address(notification, asked)),
                notification.on,
                notification.document(code).event,
                treaties.get(notification.treaty, Link(notification.treaty)),
            )
            for notification in fitting[:SHOWN]
        ),
        len(fitting),
    )


def notification_page(
    site: Site, archive: NotificationArchive, asked: PageQuery, notification: Issued, path: str
) -> NotificationPage:
    """One notification: the document as it was issued, its other forms, and where it is proven."""
    words = asked.language
    addresses = site.addresses(asked, notification.treaty)
    clauses = site.collection.treaties.get(notification.treaty)
    entries = site.known.entries(notification.treaty, asked.known_at) if clauses else []
    noted = next((each for each in entries if each.notice and each.notice.reference == notification.reference), None)
    trail = (Link(words.gettext("Depositary notifications"), with_query(f"/{words.code}/notifications", asked.given)),)
    return NotificationPage(
        site.frame(asked, path, trail),
        notification.reference,
        notification.document(words.code),
        tuple(
            InLanguage(code, NAMES[code], f"/{code}/notifications/{notification.reference}.pdf") for code in AVAILABLE
        ),
        Link(words.treaty(clauses), addresses.status, words.treaty_language(clauses))
        if clauses
        else Link(notification.treaty),
        Link(str(notification.concerns), addresses.entry(notification.concerns))
        if notification.concerns and clauses
        else Link(""),
        tuple(corrections(archive, asked, notification)),
        f"/{words.code}/notifications/{notification.reference}.json",
        notification.digest,
        f"/register/proof/{noted.number}" if noted else "",
    )


def corrections(archive: NotificationArchive, asked: PageQuery, notification: Issued) -> Iterator[Link]:
    """The later notifications that correct a notification, or carry out the correction it proposed."""
    for later in archive.listed(treaty=notification.treaty):
        if later.kind in CORRECTING and was_issued(later, asked):
            text = " ".join(paragraph.text for paragraph in later.document("en").paragraphs)
            if later.reference != notification.reference and notification.reference in references_in(text):
                yield Link(later.reference, address(later, asked))


def address(notification: Issued, asked: PageQuery) -> str:
    """The address of a notification, with the day and the instant asked about."""
    return with_query(f"/{asked.language.code}/notifications/{notification.reference}", asked.given)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else clock.today().year + 1000
