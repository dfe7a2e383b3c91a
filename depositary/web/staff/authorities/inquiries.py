"""The confirmation drive and the communication check: who was asked when, and what was answered."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from depositary import clock
from depositary.authorities import links
from depositary.authorities.links import Inquiry
from depositary.authorities.validity import confirmations, missions, valid
from depositary.correspondence import inquiries
from depositary.correspondence.inquiries import InquiryOffice
from depositary.treaties.names import plain
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, may
from depositary.web.staff.authorities.facts import is_stale, name_of, registers
from depositary.web.staff.authorities.inquiry_pages import AskingLine, AskingPage
from depositary.web.staff.desk import Desk
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.labels import N_

SAID: dict[str, str] = {
    "confirmed": N_("confirmed"),
    "objected": N_("objects"),
    "changes": N_("would have something changed"),
    "acknowledged": N_("acknowledged"),
}


def house_of(desk: Desk) -> InquiryOffice:
    """Who writes the letters of a desk."""
    treaty = desk.collection.treaties[desk.chosen("")]
    return InquiryOffice(registers(desk), desk.collection.participants, treaty, desk.url, desk.letters)


def routes(desk: Desk) -> APIRouter:
    """The routes of asking."""
    router = APIRouter()

    @router.get("/staff/contacts/asking")
    def look(actor: Actor = may("contacts")) -> Response:
        return answer(asking_page(desk, actor))

    @router.post("/staff/contacts/asking/confirmation")
    def drive(actor: Actor = may("contacts", binding=True)) -> Response:
        with desk.store.session(writing=True) as session:
            asked, missing = inquiries.ask_missions(house_of(desk), session, chosen(desk, actor), actor.doing)
        return answer(asking_page(desk, actor, asked, missing))

    @router.post("/staff/contacts/asking/ping")
    def ping(actor: Actor = may("contacts", binding=True)) -> Response:
        with desk.store.session(writing=True) as session:
            asked, missing = inquiries.check_contacts(house_of(desk), session, chosen(desk, actor), actor.doing)
        return answer(asking_page(desk, actor, asked, missing))

    return router


def chosen(desk: Desk, actor: Actor) -> list[str]:
    """The participants that are asked: the one named, or all that have an authority."""
    code = actor.form["code"]
    every = sorted({entry.participant for entry in valid(registers(desk).entries(), clock.today())})
    return [each for each in every if not code or each == code]


def asking_page(
    desk: Desk, actor: Actor, asked: Sequence[str] | None = None, missing: Sequence[str] = ()
) -> AskingPage:
    """Every participant with an authority: when it was last confirmed, when asked, and what it answered."""
    words, store, at = actor.words, registers(desk), clock.now()
    entries = store.entries()
    confirmed, known = confirmations(entries), missions(entries)
    of: dict[str, list[datetime]] = {}
    for entry in valid(entries, clock.today()):
        of.setdefault(entry.participant, []).append(confirmed[entry.number].at)
    order = sorted(of, key=lambda code: (min(of[code]), plain(name_of(desk, words, code))))
    drive, pings = latest(links.inquiries(store, "confirmation")), latest(links.inquiries(store, "ping"))
    say = words.gettext
    done = ""
    if asked is not None:
        done = say("Letters handed to the outbox: %(number)s.", number=len(asked))
    return AskingPage(
        desk.frame_of(actor),
        tuple(
            AskingLine(
                Link(name_of(desk, words, code), f"/staff/contacts/of/{code}"),
                code,
                words.short_date(clock.day_of(min(of[code]))),
                is_stale(min(of[code])),
                *said(words, drive.get(code), at),
                *said(words, pings.get(code), at),
                code in known,
            )
            for code in order
        ),
        tuple(name_of(desk, words, code) for code in missing),
        done,
    )


def latest(inquiries: Iterable[Inquiry]) -> dict[str, Inquiry]:
    """The last link to each participant."""
    found: dict[str, Inquiry] = {}
    for link in inquiries:
        found.setdefault(link.participant, link)
    return found


def said(words: Language, link: Inquiry | None, at: datetime) -> tuple[str, str]:
    """When one was asked, and what it answered, or that it is waited for, or that the time has passed."""
    if link is None:
        return "", ""
    asked = words.short_date(clock.day_of(link.made_at))
    if link.said:
        return asked, words.gettext(SAID[link.said])
    return asked, words.gettext("no answer yet") if link.is_open(at) else words.gettext("no answer")
