"""Asking missions to confirm, and contacts whether they answer: who was asked when, and what they answered."""

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

ANSWERS: dict[str, str] = {
    "confirmed": N_("confirmed"),
    "objected": N_("objects"),
    "changes": N_("asks for a change"),
    "acknowledged": N_("acknowledged"),
}


def house_of(desk: Desk) -> InquiryOffice:
    """What the letters of a desk are written from: the registers, the treaty, the desk's address."""
    treaty = desk.collection.treaties[desk.chosen("")]
    return InquiryOffice(registers(desk), desk.collection.participants, treaty, desk.url, desk.letters)


def routes(desk: Desk) -> APIRouter:
    """The routes of inquiries."""
    router = APIRouter()

    @router.get("/staff/contacts/asking")
    def page(actor: Actor = may("contacts")) -> Response:
        return answer(asking_page(desk, actor))

    @router.post("/staff/contacts/asking/confirmation")
    def ask_missions(actor: Actor = may("contacts", binding=True)) -> Response:
        with desk.store.session(writing=True) as session:
            asked, missing = inquiries.ask_missions(
                house_of(desk), session, participants_to_ask(desk, actor), actor.doing
            )
        return answer(asking_page(desk, actor, asked, missing))

    @router.post("/staff/contacts/asking/ping")
    def check_contacts(actor: Actor = may("contacts", binding=True)) -> Response:
        with desk.store.session(writing=True) as session:
            asked, missing = inquiries.check_contacts(
                house_of(desk), session, participants_to_ask(desk, actor), actor.doing
            )
        return answer(asking_page(desk, actor, asked, missing))

    return router


def participants_to_ask(desk: Desk, actor: Actor) -> list[str]:
    """The participants to ask: the participant that the form names, else all that have an authority."""
    code = actor.form["code"]
    codes = {entry.participant for entry in valid(registers(desk).entries(), clock.today())}
    return sorted(codes if not code else codes & {code})


def asking_page(
    desk: Desk, actor: Actor, asked: Sequence[str] | None = None, missing: Sequence[str] = ()
) -> AskingPage:
    """Every participant with an authority: when it was last confirmed, when asked, and what it answered."""
    words, store, at = actor.words, registers(desk), clock.now()
    entries = store.entries()
    confirmed, known = confirmations(entries), missions(entries)
    confirmed_at: dict[str, list[datetime]] = {}
    for entry in valid(entries, clock.today()):
        confirmed_at.setdefault(entry.participant, []).append(confirmed[entry.number].at)
    order = sorted(confirmed_at, key=lambda code: (min(confirmed_at[code]), plain(name_of(desk, words, code))))
    drive, pings = (
        latest_by_participant(links.inquiries(store, "confirmation")),
        latest_by_participant(links.inquiries(store, "ping")),
    )
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
                words.short_date(clock.day_of(min(confirmed_at[code]))),
                is_stale(min(confirmed_at[code])),
                *last_answer(words, drive.get(code), at),
                *last_answer(words, pings.get(code), at),
                code in known,
            )
            for code in order
        ),
        tuple(name_of(desk, words, code) for code in missing),
        done,
    )


def latest_by_participant(inquiries: Iterable[Inquiry]) -> dict[str, Inquiry]:
    """The last inquiry to each participant; the inquiries come with the last first."""
    latest: dict[str, Inquiry] = {}
    for inquiry in inquiries:
        latest.setdefault(inquiry.participant, inquiry)
    return latest


def last_answer(words: Language, inquiry: Inquiry | None, at: datetime) -> tuple[str, str]:
    """When a participant was asked, and its answer; or that no answer has come yet, or that none came in time."""
    if inquiry is None:
        return "", ""
    asked = words.short_date(clock.day_of(inquiry.made_at))
    if inquiry.said:
        return asked, words.gettext(ANSWERS[inquiry.said])
    return asked, words.gettext("no answer yet") if inquiry.is_open(at) else words.gettext("no answer")
