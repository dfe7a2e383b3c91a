"""Depositary notifications at the desk: what is to be issued, what was, and its circulation."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.authorities.validity import missions
from depositary.correspondence.mail import steps
from depositary.correspondence.mail.outbox import NOWHERE
from depositary.correspondence.notifications import corrections
from depositary.correspondence.notifications.archive import Issued, find, issued
from depositary.correspondence.notifications.case import Kind, case_of, kinds
from depositary.correspondence.notifications.dispatch import circulate
from depositary.correspondence.notifications.document import Document
from depositary.correspondence.notifications.issue import (
    Following,
    following,
    issue,
    issue_correction,
    of_correction,
    typeset,
)
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.pending import Pending, pending
from depositary.errors import BadInput, DepositaryError
from depositary.web.parts import Choice, Link
from depositary.web.staff.access import Actor, Missing, may, new_form
from depositary.web.staff.desk import Desk
from depositary.web.staff.notification_pages import CorrectionPage, IssuedPage, IssuePage, NotificationsWorkPage
from depositary.web.staff.parts import NotificationRow
from depositary.web.staff.rendering import answer
from depositary.words import AVAILABLE, NAMES, Language, language

RECENT, PASSAGES = 100, 5


def notifying(desk: Desk) -> APIRouter:
    """The routes of notifications."""
    router = APIRouter()

    @router.get("/staff/notifications")
    def work(actor: Actor = may("read")) -> Response:
        with desk.store.session() as session:
            due = pending(session, desk.collection, desk.entries, desk.collection.in_order)
            last = issued(session)[:RECENT]
            drafted = corrections.corrections(session)
            done = {one.correction for one in issued(session) if one.correction}
        today = today_of(desk)
        return answer(
            NotificationsWorkPage(
                desk.frame_of(actor),
                tuple(pending_row(desk, actor.words, one, today) for one in due),
                tuple(correction_rows(desk, actor.words, [one for one in drafted if one.number not in done], today)),
                tuple(issued_row(actor.words, one) for one in last),
                actor.account.may("draft"),
            )
        )

    @router.get("/staff/notifications/entries/{number}/{what}")
    def look(number: int, what: str, request: Request, actor: Actor = may("read")) -> Response:
        return issue_page(desk, actor, of_entry(desk, number, what), in_language(request, actor), "", 200)

    @router.post("/staff/notifications/entries/{number}/{what}")
    def issue_it(number: int, what: str, actor: Actor = may("release", binding=True)) -> Response:
        found = of_entry(desk, number, what)
        try:
            made = issue(desk.store, desk.collection, number, found.kind, actor.doing, base_url=desk.public_url)
        except DepositaryError as fault:
            return issue_page(desk, actor, found, actor.words.code, fault.sentence, 409)
        return RedirectResponse(f"/staff/notifications/issued/{made.reference}", 303)

    @router.get("/staff/notifications/corrections")
    def correct(actor: Actor = may("draft")) -> Response:
        return correction_page(desk, actor, new_form(), (), 200)

    @router.post("/staff/notifications/corrections")
    def draft_correction(actor: Actor = may("draft")) -> Response:
        form = actor.form
        typed = corrections.Correction(
            form["treaty"],
            tuple(code for code in AVAILABLE if form[f"language-{code}"]),
            tuple(passages(actor)),
        )
        try:
            with desk.store.session(writing=True) as session:
                made = corrections.propose(session, form["form"], typed, desk.collection.treaties, actor.doing)
        except BadInput as fault:
            return correction_page(desk, actor, form["form"], fault.faults, 422)
        return RedirectResponse(f"/staff/notifications/corrections/{made.number}", 303)

    @router.get("/staff/notifications/corrections/{number}")
    def look_at_correction(number: int, request: Request, actor: Actor = may("read")) -> Response:
        return issue_page(desk, actor, of_draft(desk, number), in_language(request, actor), "", 200)

    @router.post("/staff/notifications/corrections/{number}")
    def issue_the_correction(number: int, actor: Actor = may("release", binding=True)) -> Response:
        found = of_draft(desk, number)
        try:
            made = issue_correction(desk.store, desk.collection, number, actor.doing, base_url=desk.public_url)
        except DepositaryError as fault:
            return issue_page(desk, actor, found, actor.words.code, fault.sentence, 409)
        return RedirectResponse(f"/staff/notifications/issued/{made.reference}", 303)

    @router.get("/staff/notifications/issued/{name}")
    def look_at_issued(name: str, request: Request, actor: Actor = may("read")) -> Response:
        return issued_page(desk, actor, of_reference(desk, name), in_language(request, actor), "", 200)

    @router.get("/staff/notifications/issued/{name}/pdf")
    def as_pdf(name: str, request: Request, actor: Actor = may("read")) -> Response:
        found = of_reference(desk, name)
        code = in_language(request, actor)
        headers = {"Content-Disposition": f'inline; filename="{found.reference}-{code}.pdf"'}
        return Response(typeset(found.document(code)), media_type="application/pdf", headers=headers)

    @router.post("/staff/notifications/issued/{name}/circulate")
    def send(name: str, actor: Actor = may("release", binding=True)) -> Response:
        found = of_reference(desk, name)
        if desk.contacts is None:
            raise Missing
        today = clock.today()
        concerned = [code for code, one in desk.collection.participants.items() if one.exists_on(today)]
        known = missions(desk.contacts.entries())
        domain = urlsplit(desk.public_url).hostname or NOWHERE
        with desk.store.session(writing=True) as session:
            circulate(session, found, known, concerned, desk.letters, actor.doing, domain=domain)
        return RedirectResponse(f"/staff/notifications/issued/{found.reference}", 303)

    @router.post("/staff/notifications/issued/{name}/carry-out")
    def carry_out(name: str, actor: Actor = may("draft")) -> Response:
        found = of_reference(desk, name)
        try:
            with desk.store.session(writing=True) as session:
                made = corrections.carry_out(session, name, found.reference, clock.today(), actor.doing)
        except DepositaryError as fault:
            return issued_page(desk, actor, found, actor.words.code, fault.sentence, 409)
        return RedirectResponse(f"/staff/notifications/corrections/{made.number}", 303)

    return router


def passages(actor: Actor) -> Iterator[corrections.Passage]:
    """The passages of the form that say anything."""
    for place in range(1, PASSAGES + 1):
        typed = tuple(actor.form[f"{name}-{place}"] for name in ("where", "stands", "read"))
        if any(typed):
            yield corrections.Passage(*typed)


def correction_page(desk: Desk, actor: Actor, form: str, faults: Sequence[str], status: int) -> Response:
    """The form in which a correction of a text is drafted, with what was typed."""
    typed = actor.form
    return answer(
        CorrectionPage(
            desk.frame_of(actor),
            form,
            desk.choices(desk.chosen(typed["treaty"]), actor.words),
            tuple(Choice(code, NAMES[code], bool(typed[f"language-{code}"])) for code in AVAILABLE),
            tuple(
                (str(place), typed[f"where-{place}"], typed[f"stands-{place}"], typed[f"read-{place}"])
                for place in range(1, PASSAGES + 1)
            ),
            tuple(faults),
        ),
        status,
    )


def today_of(desk: Desk) -> Issue:
    """The issue of a notification that would be issued now: all but its number."""
    head = desk.store.head()
    return Issue(clock.today(), "", head.size if head else 0, head.root if head else "")


def in_language(request: Request, actor: Actor) -> str:
    """The language a document is asked for in; the person's own where none is."""
    code = request.query_params.get("language", actor.words.code)
    if code not in AVAILABLE:
        raise Missing
    return code


def of_entry(desk: Desk, number: int, slug: str) -> Following:
    """The notification of a kind that follows from an entry."""
    for treaty in desk.collection.in_order:
        for entry in desk.entries(treaty):
            if entry.number == number:
                case = case_of(desk.collection, desk.entries, entry)
                for kind in kinds(case):
                    if slug_of(kind) == slug:
                        return following(desk.collection, case, kind)
    raise Missing


def of_draft(desk: Desk, number: int) -> Following:
    """The notification of a correction that was drafted."""
    with desk.store.session() as session:
        drafted = corrections.correction(session, number)
        if drafted is None:
            raise Missing
        proposal = find(session, drafted.follows) if drafted.follows else None
    return of_correction(desk.collection, drafted, proposal)


def of_reference(desk: Desk, reference: str) -> Issued:
    """The notification of a reference."""
    with desk.store.session() as session:
        found = find(session, reference[:80])
    if found is None:
        raise Missing
    return found


def slug_of(kind: Kind) -> str:
    """A kind in an address."""
    return kind.replace(" ", "-")


def address_of(one: Following) -> str:
    """Where a notification is looked at before it is issued."""
    if one.correction:
        return f"/staff/notifications/corrections/{one.correction}"
    return f"/staff/notifications/entries/{one.concerns}/{slug_of(one.kind)}"


def pending_row(desk: Desk, words: Language, one: Pending, today: Issue) -> NotificationRow:
    """A notification to be issued, in a list."""
    what = following(desk.collection, one.case, one.kind)
    treaty = words.treaty(desk.collection.treaties[what.treaty])
    recorded = words.short_date(clock.day_of(one.case.entry.recorded_at))
    return NotificationRow(Link(what.make(words, today).event, address_of(what)), treaty, recorded, "")


def correction_rows(
    desk: Desk, words: Language, drafted: list[corrections.Correction], today: Issue
) -> Iterator[NotificationRow]:
    """The corrections to be issued."""
    for one in drafted:
        what = of_draft(desk, one.number)
        treaty = words.treaty(desk.collection.treaties[what.treaty])
        yield NotificationRow(Link(what.make(words, today).event, address_of(what)), treaty, "", one.drafted_by)


def issued_row(words: Language, one: Issued) -> NotificationRow:
    """A notification that was issued, in a list."""
    link = Link(one.reference, f"/staff/notifications/issued/{quote(one.reference)}")
    return NotificationRow(link, one.document(words.code).event, words.short_date(one.on), one.issued_by)


def languages(code: str, here: str) -> tuple[Choice, ...]:
    """The languages of a document; each value is an address."""
    return tuple(Choice(f"{here}?language={one}", NAMES[one], one == code) for one in AVAILABLE)


def issue_page(desk: Desk, actor: Actor, what: Following, code: str, fault: str, status: int) -> Response:
    """A notification before it is issued: the document that will leave the house, but for its number."""
    document: Document = what.make(language(code), today_of(desk))
    entry = desk.public(f"/{actor.words.code}/treaties/{what.treaty}/register/{what.concerns}") if what.concerns else ""
    return answer(
        IssuePage(
            desk.frame_of(actor),
            document.event,
            document,
            languages(code, address_of(what)),
            address_of(what),
            Link(str(what.concerns), entry) if entry else Link(""),
            actor.account.may("release"),
            fault,
        ),
        status,
    )


def issued_page(desk: Desk, actor: Actor, one: Issued, code: str, fault: str, status: int) -> Response:
    """A notification that was issued, and what became of its letters."""
    here = f"/staff/notifications/issued/{one.reference}"
    with desk.store.session() as session:
        letters = steps.letters(session, desk.letters, one.reference)
    until = corrections.last_day(one) if one.kind == "correction proposed" else None
    return answer(
        IssuedPage(
            desk.frame_of(actor),
            one.reference,
            one.document(code),
            languages(code, here),
            here,
            code,
            desk.public(f"/{actor.words.code}/notifications/{one.reference}"),
            len(letters),
            len(letters) - len(steps.unsettled(letters)),
            actor.account.may("release") and desk.contacts is not None,
            until,
            until is not None and clock.today() > until and actor.account.may("draft"),
            fault,
        ),
        status,
    )
