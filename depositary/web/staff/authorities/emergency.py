"""The emergency view: a participant's 24/7 contact by two letters, what time it is there, and who is next.

For everybody who is signed in and may look; as much as States Parties may see, and no more. Also as one file, to be
kept where there is no network.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.authorities.designations import Designation
from depositary.authorities.entitlement import left
from depositary.authorities.validity import Confirmed, Held, confirmations, held
from depositary.treaties.names import plain, search
from depositary.web.parts import Link
from depositary.web.staff.access import Actor, may
from depositary.web.staff.authorities.emergency_pages import (
    EmergencyFile,
    EmergencyPage,
    EmergencyPart,
    Reached,
    ReachedBy,
)
from depositary.web.staff.authorities.facts import name_of, note_read, registers
from depositary.web.staff.authorities.lists import listed
from depositary.web.staff.desk import Desk
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.authorities import languages_said

MOST = 8
FILE = "/staff/emergency/contacts.html"


def routes(desk: Desk) -> APIRouter:
    """The routes of the emergency view."""
    router = APIRouter()

    @router.get("/staff/emergency")
    def look(request: Request, actor: Actor = may("read")) -> Response:
        typed = request.query_params.get("q", "")[:100]
        every = hold(desk)
        there = fitting(desk, typed, every)[:MOST]
        found = tuple(reached(desk, actor.words, code, every[code], now=True) for code in there)
        if found:
            note_read(desk, actor, f"emergency: {', '.join(there)}")
        frame = desk.frame_of(actor)
        if "hx-request" in request.headers:
            return answer(EmergencyPart(frame, typed, found))
        links = tuple(
            Link(name_of(desk, actor.words, code), f"/staff/emergency?q={code}")
            for code in in_order(desk, actor.words, every)
        )
        return answer(EmergencyPage(frame, typed, found, links, FILE))

    @router.get(FILE)
    def keep(actor: Actor = may("read")) -> Response:
        every, words, at = hold(desk), actor.words, clock.now()
        one = listed(desk, "point of contact", clock.today(), at, "parties")
        states = tuple(reached(desk, words, code, every[code], now=False) for code in in_order(desk, words, every))
        note_read(desk, actor, f"emergency file, {len(states)} participants, SHA-256 {one.digest}")
        response = answer(EmergencyFile(desk.frame_of(actor), words.instant(at), states, one.digest))
        response.headers["Content-Disposition"] = f'attachment; filename="contacts-{clock.today().isoformat()}.html"'
        return response

    return router


def fitting(desk: Desk, typed: str, codes: Iterable[str]) -> list[str]:
    """Those of some participants whose name, or code, begins with what is typed, or has it in it: the best first."""
    found = search(desk.collection.participants, typed, clock.today())
    begun = [code for code in codes if typed.strip() and plain(code).startswith(plain(typed))]
    ranked = dict.fromkeys((*found[:1], *begun, *found))
    return [code for code in ranked if code in set(codes)]


def hold(desk: Desk) -> dict[str, list[tuple[Held, Confirmed]]]:
    """The authorities that hold today, with their last confirmation, by participant; without those who have left."""
    entries, today = registers(desk).entries(), clock.today()
    confirmed, found = confirmations(entries), dict[str, list[tuple[Held, Confirmed]]]()
    gone = left(desk.effects(desk.chosen(""), today), today)
    for one in held(entries):
        if one.on(today) and one.entry.participant not in gone:
            found.setdefault(one.entry.participant, []).append((one, confirmed[one.entry.number]))
    return found


def in_order(desk: Desk, words: Language, codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda code: plain(name_of(desk, words, code)))


def reached(desk: Desk, words: Language, code: str, ours: list[tuple[Held, Confirmed]], *, now: bool) -> Reached:
    """A participant's points of contact, and its central authorities, which are next."""

    def of(function: str) -> tuple[ReachedBy, ...]:
        return tuple(
            by(words, one.designation, confirmed, now)
            for one, confirmed in ours
            if one.designation.function == function
        )

    return Reached(code, name_of(desk, words, code), of("point of contact"), of("central authority"))


def by(words: Language, one: Designation, confirmed: Confirmed, now: bool) -> ReachedBy:
    """How one authority is reached; in a file that is kept, the offset of its clocks instead of their time."""
    at = clock.now()
    telephones = sorted(one.telephones, key=lambda telephone: not telephone.always)
    return ReachedBy(
        ", ".join(filter(None, (one.authority, one.unit))),
        tuple((telephone.number, telephone.always) for telephone in telephones),
        one.email,
        one.secure_channel,
        (local_time(one.zone, at) if now else offset(one.zone, at)) if one.zone else "",
        one.zone.replace("_", " "),
        languages_said(words, [(each.tag, each.urgency) for each in one.languages]),
        one.hours,
        words.date(clock.day_of(confirmed.at)),
    )


def local_time(zone: str, at: datetime) -> str:
    """What the clocks of a zone show."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def offset(zone: str, at: datetime) -> str:
    """How far the clocks of a zone are from UTC at an instant: `UTC+01:00`."""
    there = f"{at.astimezone(ZoneInfo(zone)):%z}"
    return f"UTC{there[:3]}:{there[3:5]}"
