"""The register at the desk: the entries of a treaty, each with what may be done about it."""

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.register.entry import Entry
from depositary.web.staff.access import Actor, may
from depositary.web.staff.desk import Desk
from depositary.web.staff.pages import EntriesPage
from depositary.web.staff.parts import DeskEntryLine
from depositary.web.staff.rendering import answer
from depositary.words import Language


def routes(desk: Desk) -> APIRouter:
    """The routes of the register."""
    router = APIRouter()

    @router.get("/staff/entries")
    def page(request: Request, actor: Actor = may("read")) -> Response:
        treaty = desk.chosen(request.query_params.get("treaty", ""))
        lines = tuple(entry_lines(desk, actor, treaty))
        return answer(EntriesPage(desk.frame_of(actor), desk.choices(treaty, actor.words), lines))

    return router


def entry_lines(desk: Desk, actor: Actor, treaty: str) -> Iterator[DeskEntryLine]:
    """The entries of a treaty, the latest first."""
    words = actor.words
    entries = desk.entries(treaty)
    replacements = {entry.rectifies: entry for entry in entries if entry.rectifies is not None}
    for entry in reversed(entries):
        act, replacement = entry.act, replacements.get(entry.number)
        is_free = replacement is None and act is not None and actor.account.may("draft")
        yield DeskEntryLine(
            entry.number,
            act.date if act else None,
            words.name(desk.collection.participants, act.participant, act.date) if act and act.participant else "",
            content(words, entry),
            state(words, replacement),
            f"/staff/entries/{entry.number}/rectify" if is_free else "",
            f"/staff/entries/{entry.number}/strike" if is_free else "",
            desk.public(f"/{words.code}/treaties/{treaty}/register/{entry.number}"),
        )


def content(words: Language, entry: Entry) -> str:
    """What an entry records: a notification, an act, or that another entry is struck out."""
    if notice := entry.notice:
        return words.noted(notice.concerns, notice.reference, notice.notified_on, notice.published_on)
    return words.act(entry.act) if entry.act else words.strikes_out(entry.rectifies)


def state(words: Language, replacement: Entry | None) -> str:
    """What a later entry did to an entry; "" where it stands."""
    if replacement is None:
        return ""
    if replacement.act is None:
        return words.gettext("struck out by %(number)d", number=replacement.number)
    return words.gettext("rectified by %(number)d", number=replacement.number)
