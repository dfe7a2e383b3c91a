"""Notifications that were issued: their documents, and the letters that carry them."""

from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary import clock
from depositary.authorities.validity import missions
from depositary.correspondence.mail import steps
from depositary.correspondence.mail.outbox import NOWHERE
from depositary.correspondence.notifications.archive import Issued, find, issued
from depositary.correspondence.notifications.corrections import Correction, carry_out, last_day, objections_to
from depositary.correspondence.notifications.dispatch import circulate_notification
from depositary.correspondence.notifications.issuance import typeset
from depositary.errors import DepositaryError, Sentence
from depositary.law.acts import Act
from depositary.register.entry import acts_of, as_known
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.cross_references import link_to_case, link_to_entry
from depositary.web.staff.desk import Desk
from depositary.web.staff.issue_page import address_issued, in_language, languages, scans_of, to_issued
from depositary.web.staff.notification_pages import IssuedPage
from depositary.web.staff.rendering import answer
from depositary.words import Language


def routes(desk: Desk) -> APIRouter:
    """The routes of notifications that were issued."""
    router = APIRouter()

    @router.get("/staff/notifications/issued/{name}")
    def page(name: str, request: Request, actor: Actor = may("read")) -> Response:
        return issued_page(desk, actor, known_notification(desk, name), in_language(request, actor), "", 200)

    @router.get("/staff/notifications/issued/{name}/pdf")
    def pdf(name: str, request: Request, actor: Actor = may("read")) -> Response:
        notification, code = known_notification(desk, name), in_language(request, actor)
        headers = {"Content-Disposition": f'inline; filename="{notification.reference}-{code}.pdf"'}
        return Response(typeset(notification.document(code)), media_type="application/pdf", headers=headers)

    @router.post("/staff/notifications/issued/{name}/circulate")
    def send(name: str, actor: Actor = may("release", binding=True)) -> Response:
        notification = known_notification(desk, name)
        send_to_all(desk, actor, notification)
        return to_issued(notification)

    @router.post("/staff/notifications/issued/{name}/carry-out")
    def carry_out_correction(name: str, actor: Actor = may("draft")) -> Response:
        notification = known_notification(desk, name)
        if actor.form["no-objection"] != "yes":
            fault = Sentence("Say that no objection was received. Nothing was done.")
            return issued_page(desk, actor, notification, actor.words.code, fault, 422)
        try:
            made = carried_out(desk, actor, name, notification)
        except DepositaryError as fault:
            return issued_page(desk, actor, notification, actor.words.code, fault.sentence, 409)
        return RedirectResponse(f"/staff/notifications/corrections/{made.number}", 303)

    return router


def carried_out(desk: Desk, actor: Actor, form: str, proposed: Issued) -> Correction:
    """The correction that carries out a proposal to which nobody objected. Raises BadInput and Refused."""
    acts = acts_of(as_known(desk.entries(proposed.treaty)))
    with desk.store.session(writing=True) as session:
        return carry_out(session, form, proposed.reference, clock.today(), actor.doing, acts)


def send_to_all(desk: Desk, actor: Actor, notification: Issued) -> None:
    """Hands the outbox one letter for each participant that exists today. Raises Missing without missions."""
    if desk.contacts is None:
        raise Missing
    today, known = clock.today(), missions(desk.contacts.entries())
    codes = [code for code, participant in desk.collection.participants.items() if participant.exists_on(today)]
    domain = urlsplit(desk.public_url).hostname or NOWHERE
    with desk.store.session(writing=True) as session:
        circulate_notification(session, notification, known, codes, desk.letters, actor.doing, domain=domain)


def known_notification(desk: Desk, reference: str) -> Issued:
    """The notification of a reference. Raises Missing."""
    with desk.store.session() as session:
        notification = find(session, reference[:80])
    if notification is None:
        raise Missing
    return notification


def objection_link(desk: Desk, words: Language, act: Act) -> Link:
    """An objection to a proposed correction, with its entry."""
    name = words.name(desk.collection.participants, act.participant, act.date)
    return Link(words.act_line(act, name), f"/staff/entries/{act.number}")


def issued_page(desk: Desk, actor: Actor, notification: Issued, code: str, fault: str, status: int) -> Response:
    """A notification that was issued, and what became of its letters."""
    reference = notification.reference
    here = f"/staff/notifications/issued/{reference}"
    with desk.store.session() as session:
        letters = steps.letters(session, desk.letters, reference)
        later = [each.reference for each in issued(session, treaty=notification.treaty) if each.corrects == reference]
    about = {notification.concerns, *notification.told}
    told = [entry for entry in desk.entries(notification.treaty) if entry.number in about]
    until = last_day(notification) if notification.kind == "correction proposed" else None
    acts = acts_of(as_known(desk.entries(notification.treaty)))
    objections = objections_to(notification, acts) if until else []
    return answer(
        IssuedPage(
            desk.frame_of(actor),
            reference,
            notification.treaty,
            notification.document(code),
            languages(code, here),
            here,
            code,
            desk.public(f"/{actor.words.code}/notifications/{reference}"),
            tuple(link_to_entry(entry.number) for entry in told),
            tuple(dict.fromkeys(link_to_case(entry) for entry in told if link_to_case(entry).url)),
            tuple(Link(correction, address_issued(correction)) for correction in reversed(later)),
            scans_of(desk, actor.words, told),
            len(letters),
            len(letters) - len(steps.unsettled(letters)),
            actor.account.may("release") and desk.contacts is not None,
            until,
            until is not None and clock.today() > until and not objections and actor.account.may("draft"),
            tuple(objection_link(desk, actor.words, act) for act in objections),
            actor.account.may("draft"),
            fault,
        ),
        status,
    )
