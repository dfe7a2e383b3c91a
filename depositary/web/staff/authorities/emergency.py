"""The emergency view: a participant's 24/7 contact after two letters, what time it is there, and who is next.

Everybody who may read at the desk sees it. It shows what States Parties may see, and no more. One file has all
contacts; it is kept where there is no network.
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
from depositary.treaties.names import plain
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
from depositary.web.staff.authorities.lists import list_of
from depositary.web.staff.desk import Desk
from depositary.web.staff.rendering import answer
from depositary.words import Language
from depositary.words.authorities import languages_said

MOST = 8
LONGEST_CODE = 3
FILE = "/staff/emergency/contacts.html"


def routes(desk: Desk) -> APIRouter:
    """The routes of the emergency view."""
    router = APIRouter()

    @router.get("/staff/emergency")
    def page(request: Request, actor: Actor = may("read")) -> Response:
        typed, contacts = request.query_params.get("q", "")[:100], contacts_by_participant(desk)
        codes = matching_codes(desk, typed, contacts)[:MOST]
        found = tuple(reach_of(desk, actor.words, code, contacts.get(code, []), now=True) for code in codes)
        if found:
            note_read(desk, actor, f"emergency: {', '.join(codes)}")
        question = "" if len(codes) == 1 and is_meant(desk, typed, codes[0]) else question_of(actor.words, typed, found)
        if "hx-request" in request.headers:
            return answer(EmergencyPart(desk.frame_of(actor), typed, question, found))
        initials = links(desk, actor.words, contacts)
        return answer(EmergencyPage(desk.frame_of(actor), typed, question, found, initials, FILE))

    @router.get(FILE)
    def file(actor: Actor = may("read")) -> Response:
        contacts, words, at = contacts_by_participant(desk), actor.words, clock.now()
        digest = list_of(desk, "point of contact", clock.today(), at, "parties").digest
        codes = by_name(desk, words, contacts)
        states = tuple(reach_of(desk, words, code, contacts[code], now=False) for code in codes)
        note_read(desk, actor, f"emergency file, {len(states)} participants, SHA-256 {digest}")
        response = answer(EmergencyFile(desk.frame_of(actor), words.instant(at), states, digest))
        response.headers["Content-Disposition"] = f'attachment; filename="contacts-{clock.today().isoformat()}.html"'
        return response

    return router


Contacts = dict[str, list[tuple[Held, Confirmed]]]
"""By participant: the authorities that it has, each with its last confirmation."""


def links(desk: Desk, words: Language, contacts: Contacts) -> tuple[Link, ...]:
    """A link to each participant that has an authority."""
    codes = by_name(desk, words, contacts)
    return tuple(Link(name_of(desk, words, code), f"/staff/emergency?q={code}") for code in codes)


def matching_codes(desk: Desk, typed: str, codes: Iterable[str]) -> list[str]:
    """The one whose name is typed; else those whose name or code begins so, or whose name has it; the best first."""
    codes = [*codes]
    meant = desk.collection.gazetteer.meant(typed, clock.today())
    if len(meant) == 1 and len(typed.strip()) > LONGEST_CODE:
        return [*meant]
    by_words = desk.collection.gazetteer.search(typed, clock.today())
    by_code = [code for code in codes if typed.strip() and plain(code).startswith(plain(typed))]
    ranked = dict.fromkeys((*by_words[:1], *by_code, *by_words))
    return [code for code in ranked if code in codes]


def is_meant(desk: Desk, typed: str, code: str) -> bool:
    """Whether what is typed is exactly this participant's name or code."""
    return desk.collection.gazetteer.meant(typed, clock.today()) == (code,)


def question_of(words: Language, typed: str, found: tuple[Reached, ...]) -> str:
    """What is said above participants of whom none was named."""
    say = words.gettext
    return say("“%(typed)s” is not a whole name: read the name before you call.", typed=typed) if found else ""


def contacts_by_participant(desk: Desk) -> Contacts:
    """The authorities that are valid today, by participant. Participants that have left the treaty are left out."""
    entries, today = registers(desk).entries(), clock.today()
    confirmed, contacts = confirmations(entries), Contacts()
    gone = left(desk.effects(desk.chosen(""), today), today)
    for authority in held(entries):
        entry = authority.entry
        if authority.on(today) and entry.participant not in gone:
            contacts.setdefault(entry.participant, []).append((authority, confirmed[entry.number]))
    return contacts


def by_name(desk: Desk, words: Language, codes: Iterable[str]) -> list[str]:
    """Participants in the order of their names."""
    return sorted(codes, key=lambda code: plain(name_of(desk, words, code)))


def reach_of(desk: Desk, words: Language, code: str, ours: list[tuple[Held, Confirmed]], *, now: bool) -> Reached:
    """How a participant is reached: its points of contact, and its central authorities, which are asked next."""

    def those_of(function: str) -> tuple[ReachedBy, ...]:
        return tuple(
            reach_of_authority(words, authority.designation, confirmed, now)
            for authority, confirmed in ours
            if authority.designation.function == function
        )

    return Reached(code, name_of(desk, words, code), those_of("point of contact"), those_of("central authority"))


def reach_of_authority(words: Language, authority: Designation, confirmed: Confirmed, now: bool) -> ReachedBy:
    """How one authority is reached. A file that is kept has the offset of its clocks instead of their time."""
    at, zone = clock.now(), authority.zone
    telephones = sorted(authority.telephones, key=lambda telephone: not telephone.always)
    return ReachedBy(
        ", ".join(filter(None, (authority.authority, authority.unit))),
        tuple((telephone.number, telephone.always) for telephone in telephones),
        authority.email,
        authority.secure_channel,
        (local_time(zone, at) if now else offset(zone, at)) if zone else "",
        zone.replace("_", " "),
        languages_said(words, [(each.tag, each.urgency) for each in authority.languages]),
        authority.hours,
        words.date(clock.day_of(confirmed.at)),
    )


def local_time(zone: str, at: datetime) -> str:
    """What the clocks of a zone show."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def offset(zone: str, at: datetime) -> str:
    """How far the clocks of a zone are from UTC at an instant: `UTC+01:00`."""
    there = f"{at.astimezone(ZoneInfo(zone)):%z}"
    return f"UTC{there[:3]}:{there[3:5]}"
