"""The table of participants: its rows, their order and names, and the end notes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from starlette.requests import Request

from depositary.law import reasons
from depositary.law.history import Episode
from depositary.treaties.regions import REGIONS, region_of
from depositary.web.parts import Choice, Link, Selection
from depositary.web.public.parts import Cell, ParticipantRow, ParticipantTable
from depositary.web.query import chosen_parameter
from depositary.web.view import View
from depositary.words import AVAILABLE, NAMES, Language, language
from depositary.words.labels import REGIONS_IN_WORDS

ENDS = ("denunciation", "denunciation-entailed", "organization-ceases", "ceased-to-exist", "withdrawn")

STANDINGS = ("party", "contracting", "signatory", "former party")

ORDERS = ("name", "signature", "consent", "in-force", "standing")

Notes = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TableChoice:
    """The choice of rows and their order; by default all rows, by name, in the language of the page."""

    order: str = "name"
    standing: str = ""
    region: str = ""
    names: str = ""

    @property
    def question(self) -> dict[str, str]:
        """The choice as the end of an address, without what is the default."""
        given = {"standing": self.standing, "region": self.region, "names": self.names}
        return ({"sort": self.order} if self.order != "name" else {}) | {k: v for k, v in given.items() if v}


WHOLE_TABLE = TableChoice()


def table_choice(request: Request) -> TableChoice:
    """The choice in a request. Raises Unanswerable for a value that is not in the lists."""
    names = chosen_parameter(request, "names", AVAILABLE)
    return TableChoice(
        chosen_parameter(request, "sort", ORDERS) or "name",
        chosen_parameter(request, "standing", STANDINGS),
        chosen_parameter(request, "region", REGIONS),
        "" if names == request.path_params.get("lang") else names,
    )


def rows(view: View, want: TableChoice) -> tuple[tuple[ParticipantRow, ...], Notes]:
    """The chosen rows, and their end notes in the order of the rows."""
    words = language(want.names) if want.names else view.words
    effects, regions = view.effects, view.site.regions
    entered: list[tuple[ParticipantRow, tuple[str, ...]]] = []
    for code in sorted(effects.codes, key=lambda code: words.sort_key(words.name(view.participants, code, view.on))):
        episodes, signature = effects.episodes(code), effects.history.signatures.get(code)
        if not episodes and signature is None:
            continue
        standing = effects.standing(code, view.on)
        if want.standing not in ("", standing) or want.region not in ("", region_of(regions, code)):
            continue
        ended = any(episode.until is not None for episode in episodes)
        consent, since = latest_participation(view, episodes)
        signed = Cell(signature.date) if signature else None
        name = view.participant(code, words=words)
        row = ParticipantRow(name, want.names, standing == "former party", standing, signed, consent, since, 0)
        entered.append((row, tuple(end_note(view, code)) if ended else ()))
    entered.sort(key=row_order(want.order))
    table, notes = [], []
    for row, note in entered:
        if note:
            notes.append(note)
        table.append(replace(row, note=len(notes)) if note else row)
    return tuple(table), tuple(notes)


FEW = 20
"""How many rows need no letters to jump to."""


def tables(entered: tuple[ParticipantRow, ...], words: Language, want: TableChoice) -> tuple[ParticipantTable, ...]:
    """The rows as two tables: who has consented, and who has only signed; none that is empty."""
    consented = tuple(row for row in entered if row.standing != "signatory")
    signed = tuple(row for row in entered if row.standing == "signatory")
    by_letter = want.order == "name"
    lists: tuple[tuple[Literal["consented", "signed"], tuple[ParticipantRow, ...]], ...] = (
        ("consented", consented),
        ("signed", signed),
    )
    return tuple(
        ParticipantTable(kind, lettered(rows, words) if by_letter and len(rows) > FEW else rows)
        for kind, rows in lists
        if rows
    )


def lettered(rows: tuple[ParticipantRow, ...], words: Language) -> tuple[ParticipantRow, ...]:
    """The rows, each first one of a letter with that letter."""
    letters = [words.sort_key(row.participant.words)[:1].upper() for row in rows]
    before = ["", *letters]
    return tuple(
        replace(row, letter=letter) if letter != last else row
        for row, letter, last in zip(rows, letters, before, strict=False)
    )


def row_order(order: str) -> Callable[[tuple[ParticipantRow, tuple[str, ...]]], tuple[int, date]]:
    """The key by which rows in the order of names are sorted: a date (empty dates last), or the standing."""

    def by(line: tuple[ParticipantRow, tuple[str, ...]]) -> tuple[int, date]:
        row = line[0]
        if order == "standing":
            return STANDINGS.index(row.standing), date.min
        cells = {"signature": row.signature, "consent": row.consent, "in-force": row.entry_into_force}
        if order not in cells:
            return 0, date.min
        cell = cells[order]
        return (0, cell.day) if cell else (1, date.min)

    return by


def latest_participation(view: View, episodes: tuple[Episode, ...]) -> tuple[Cell | None, Cell | None]:
    """The consent and the entry into force of the last participation; None for a withdrawn instrument."""
    if not episodes or (episodes[-1].until is not None and not episodes[-1].took_effect):
        return None, None
    last = episodes[-1]
    consent = Cell(last.consent.date, view.words.action(last.consent.action, mark=True))
    since = Cell(last.since) if last.since else None
    return consent, since


def end_note(view: View, code: str) -> Iterator[str]:
    """How the participations of a participant ended or will end."""
    standing = reasons.standing(view.effects, code, view.on)
    return (view.sentence(one) for one in standing.because if one.about in ENDS)


def chips(view: View, want: TableChoice) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """The choices of a standing and a region, each as a link; the chosen one has none. Regions only with data."""
    words = view.words
    standings = {one: words.standing(one) for one in STANDINGS if one in standings_in_use(view)}
    regions = {one: words.gettext(REGIONS_IN_WORDS[one]) for one in REGIONS} if view.site.regions else {}

    def link(name: str, value: str, said: str) -> Link:
        question = replace(want, **{name: value}).question
        chosen = getattr(want, name) == value
        return Link(said, "" if chosen else view.addresses.with_given("", question) + "#participants")

    return tuple(
        (label, tuple(link(name, value, said) for value, said in ({"": words.gettext("all")} | every).items()))
        for name, label, every in (
            ("standing", words.gettext("Standing"), standings),
            ("region", words.gettext("Region"), regions),
        )
        if len(every) > 1 or getattr(want, name)
    )


def standings_in_use(view: View) -> set[str]:
    return {view.effects.standing(code, view.on) for code in view.effects.codes}


def selections(view: View, want: TableChoice) -> tuple[Selection, ...]:
    """The lists a reader chooses from: the order, and the language of the names."""
    words = view.words
    orders = {
        "name": words.gettext("name"),
        "signature": words.gettext("signature"),
        "consent": words.gettext("consent to be bound"),
        "in-force": words.gettext("entry into force"),
        "standing": words.gettext("standing"),
    }
    names = {"": NAMES[words.code]} | {code: NAMES[code] for code in AVAILABLE if code != words.code}
    lists = [
        ("sort", words.gettext("Sort by"), orders, "" if want.order == "name" else want.order),
        ("names", words.gettext("Names in"), names, want.names),
    ]
    return tuple(
        Selection(
            name,
            label,
            tuple(Choice("" if value == "name" else value, said, value == chosen) for value, said in each.items()),
        )
        for name, label, each, chosen in lists
    )
