"""The lists of authorities, as of any day and as known at any moment, and the difference between two days."""

from datetime import date, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.authorities.designations import FUNCTIONS, WIDER, Function, Visibility
from depositary.authorities.entitlement import left
from depositary.authorities.list_files import MEDIA_TYPES, as_file
from depositary.authorities.lists import AuthorityList, authority_list, difference
from depositary.web.parts import Choice, Link
from depositary.web.staff.access import Actor, Missing, may
from depositary.web.staff.authorities.facts import name_of, note_read, registers
from depositary.web.staff.authorities.pages import ListsPage
from depositary.web.staff.authorities.registers import function_of, slug
from depositary.web.staff.desk import Desk
from depositary.web.staff.rendering import answer
from depositary.web.staff.typed_dates import typed_day, typed_instant
from depositary.words import Language, authorities
from depositary.words.labels import N_

CHANGED: dict[str, str] = {"added": N_("added"), "ended": N_("ended"), "changed": N_("changed")}


def routes(desk: Desk) -> APIRouter:
    """The routes of the lists."""
    router = APIRouter()

    @router.get("/staff/contacts/lists")
    def page(request: Request, actor: Actor = may("contacts")) -> Response:
        query = request.query_params
        try:
            on, at, seen_by = list_query(request)
            since = typed_day(query.get("since", ""))
        except ValueError as fault:
            return answer(lists_page(desk, actor, clock.today(), None, clock.now(), "parties", fault.args[0]), 422)
        if since:
            note_read(desk, actor, f"difference between {since} and {on}, {seen_by}")
        return answer(lists_page(desk, actor, on, since, at, seen_by, "", query.get("known_at", "")))

    @router.get("/staff/contacts/lists/{name}")
    def download(request: Request, name: str, actor: Actor = may("contacts")) -> Response:
        function, kind = file_named(name)
        try:
            on, at, seen_by = list_query(request)
        except ValueError:
            raise Missing from None
        content = list_of(desk, function, on, at, seen_by)
        note_read(desk, actor, f"list of {function} on {on}, {seen_by}, {kind}, SHA-256 {content.digest}")
        file = as_file(content, kind, actor.words, desk.collection.participants)
        headers = {"Content-Disposition": f'attachment; filename="{slug(function)}-{on.isoformat()}-{seen_by}.{kind}"'}
        return Response(file, media_type=MEDIA_TYPES[kind], headers=headers)

    return router


def file_named(name: str) -> tuple[Function, str]:
    """The function and the kind of file that a name such as `point-of-contact.csv` asks for. Raises Missing."""
    slugged, _, kind = name.partition(".")
    if kind not in MEDIA_TYPES:
        raise Missing
    return function_of(slugged), kind


def list_query(request: Request) -> tuple[date, datetime, Visibility]:
    """The day, the moment and the readers of a list, as its address names them. Raises ValueError."""
    query = request.query_params
    on = typed_day(query.get("on", "")) or clock.today()
    at = typed_instant(query.get("known_at", "")) or clock.now()
    seen_by = query.get("seen_by", "parties")
    if seen_by not in WIDER:
        raise ValueError(f"{seen_by!r} is not known; allowed: {', '.join(WIDER)}")
    return on, at, seen_by


def list_of(desk: Desk, function: Function, on: date, at: datetime, seen_by: Visibility) -> AuthorityList:
    """The list of a function. Participants that have left the treaty are left out."""
    gone = left(desk.effects(desk.chosen(""), on), on)
    here = frozenset(desk.collection.participants) - gone
    return authority_list(registers(desk).entries(), function, on, at, seen_by, here)


def lists_page(
    desk: Desk,
    actor: Actor,
    on: date,
    since: date | None,
    at: datetime,
    seen_by: Visibility,
    fault: str,
    known_at: str = "",
) -> ListsPage:
    """The lists that can be downloaded, and the difference between two days."""
    words, say = actor.words, actor.words.gettext
    query = f"?on={on.isoformat()}&seen_by={seen_by}"
    if known_at:
        query += f"&known_at={known_at.replace('+', '%2B')}"
    lists = []
    for function in FUNCTIONS:
        number = len(list_of(desk, function, on, at, seen_by).lines)
        links = tuple(
            Link(kind.upper(), f"/staff/contacts/lists/{slug(function)}.{kind}{query}") for kind in MEDIA_TYPES
        )
        lists.append((say(authorities.LISTS[function]), str(number), links))
    return ListsPage(
        desk.frame_of(actor),
        on.isoformat(),
        since.isoformat() if since else "",
        known_at,
        tuple(Choice(readers, say(authorities.VISIBILITY[readers]), readers == seen_by) for readers in WIDER),
        tuple(lists),
        tuple(differences(desk, words, since, on, at, seen_by)) if since else (),
        fault,
    )


def differences(
    desk: Desk, words: Language, since: date, on: date, at: datetime, seen_by: Visibility
) -> list[tuple[str, tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...]]]:
    """The changes of each list between two days: whose authority, what happened, and each field before and after."""
    by_function = []
    for function in FUNCTIONS:
        before, after = (list_of(desk, function, day, at, seen_by) for day in (since, on))
        changes = tuple(
            (
                f"{name_of(desk, words, change.participant, on)}: {change.authority}",
                words.gettext(CHANGED[change.what]),
                tuple((words.gettext(authorities.FIELDS[name]), old, new) for name, old, new in change.fields)
                if change.what == "changed"
                else (),
            )
            for change in difference(before, after)
        )
        by_function.append((words.gettext(authorities.FUNCTIONS[function]), changes))
    return by_function
