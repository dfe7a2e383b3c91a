"""The register at the desk: its entries by treaty, participant, act, day and person, each with what may be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.law.acts import ACTIONS, Act
from depositary.law.dates import EARLIEST, LATEST
from depositary.register.entry import Entry
from depositary.treaties.names import begins_a_word, plain
from depositary.web.parts import Choice
from depositary.web.staff.access import Actor, is_number, may
from depositary.web.staff.cross_references import link_to_case, link_to_entry
from depositary.web.staff.desk import Desk
from depositary.web.staff.find import names_of
from depositary.web.staff.parts import DeskEntryLine
from depositary.web.staff.register_pages import EntriesPage
from depositary.web.staff.rendering import answer
from depositary.web.staff.typed_dates import typed_day
from depositary.words import Language

ON_A_PAGE = 100
ALL = "all"


@dataclass(frozen=True)
class Wanted:
    """Which entries are wanted; "" and 0 where it does not matter. `faults` has the fields that were not understood."""

    treaty: str
    participant: str
    act: str
    since: date
    until: date
    person: str
    number: int
    page: int
    faults: frozenset[str]

    def fits(self, desk: Desk, entry: Entry) -> bool:
        """Whether an entry is wanted."""
        act = entry.act
        day = act.date if act else None
        return (
            (not self.number or entry.number == self.number)
            and (not self.act or (act is not None and act.action == self.act))
            and (
                (self.since, self.until) == (EARLIEST, LATEST) or (day is not None and self.since <= day <= self.until)
            )
            and (not self.person or self.person in plain(entry.recorded_by))
            and (not self.participant or self._is_of(desk, act))
        )

    def _is_of(self, desk: Desk, act: Act | None) -> bool:
        """Whether an act is that of the participant who is looked for."""
        names = plain(names_of(desk.collection.participants, act.participant)) if act and act.participant else ""
        return all(begins_a_word(names, term) for term in plain(self.participant).split())


def routes(desk: Desk) -> APIRouter:
    """The routes of the register."""
    router = APIRouter()

    @router.get("/staff/entries")
    def page(request: Request, actor: Actor = may("read")) -> Response:
        with desk.known.held(desk.store.entries):
            return answer(entries_page(desk, actor, request.query_params))

    return router


def wanted_of(desk: Desk, query: Mapping[str, str]) -> Wanted:
    """Which entries an address asks for."""
    faults = set()

    def day(name: str, default: date) -> date:
        try:
            return typed_day(query.get(name, "")) or default
        except ValueError:
            faults.add(name)
            return default

    def number(name: str) -> int:
        return int(query[name]) if is_number(query.get(name, "")) else 0

    entry = number("number")
    treaty = ALL if query.get("treaty") == ALL or entry else desk.chosen(query.get("treaty", ""))
    act = query.get("act", "") if query.get("act", "") in ACTIONS else ""
    since, until = day("since", EARLIEST), day("until", LATEST)
    person = plain(query.get("person", "")[:40])
    return Wanted(
        treaty,
        query.get("participant", "")[:100],
        act,
        since,
        until,
        person,
        entry,
        number("page") or 1,
        frozenset(faults),
    )


def entries_page(desk: Desk, actor: Actor, query: Mapping[str, str]) -> EntriesPage:
    """The entries that are wanted, the latest first, a page of them."""
    wanted, words = wanted_of(desk, query), actor.words
    every = [line for line in entries_of(desk, wanted.treaty) if wanted.fits(desk, line[1])]
    first = (wanted.page - 1) * ON_A_PAGE
    shown = every[first : first + ON_A_PAGE]

    def address(page: int) -> str:
        kept = {name: value for name, value in query.items() if value and name != "page"}
        return f"/staff/entries?{urlencode(kept | {'page': page})}"

    return EntriesPage(
        desk.frame_of(actor),
        (Choice(ALL, words.gettext("All treaties"), wanted.treaty == ALL), *desk.choices(wanted.treaty, words)),
        (Choice("", "—", not wanted.act), *(Choice(act, words.action(act), act == wanted.act) for act in ACTIONS)),
        {name: query.get(name, "")[:100] for name in ("participant", "since", "until", "person")},
        tuple(sorted(wanted.faults)),
        len(every),
        tuple(entry_line(desk, actor, treaty, entry, replacement) for treaty, entry, replacement in shown),
        address(wanted.page - 1) if wanted.page > 1 else "",
        address(wanted.page + 1) if first + ON_A_PAGE < len(every) else "",
    )


def entries_of(desk: Desk, treaty: str) -> Iterator[tuple[str, Entry, Entry | None]]:
    """The entries of a treaty or of all, the latest first, each with the entry that took its place."""
    found: list[tuple[str, Entry, Entry | None]] = []
    for identifier in desk.collection.in_order if treaty == ALL else (treaty,):
        entries = desk.entries(identifier)
        replacements = {entry.rectifies: entry for entry in entries if entry.rectifies is not None}
        found += [(identifier, entry, replacements.get(entry.number)) for entry in entries]
    yield from sorted(found, key=lambda line: -line[1].number)


def entry_line(desk: Desk, actor: Actor, treaty: str, entry: Entry, replacement: Entry | None) -> DeskEntryLine:
    """An entry in a line, with what may be done about it."""
    words, act = actor.words, entry.act
    is_free = replacement is None and act is not None and actor.account.may("draft")
    return DeskEntryLine(
        link_to_entry(entry.number),
        act.date if act else None,
        words.name(desk.collection.participants, act.participant, act.date) if act and act.participant else "",
        content(words, entry),
        state(words, replacement),
        link_to_case(entry),
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
