"""The table of participants: its rows, their order and names, and the end notes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from starlette.requests import Request

from depositary.law import reasons
from depositary.law.history import Episode
from depositary.treaties.regions import REGIONS, region_of
from depositary.web.parts import Choice, Selection
from depositary.web.public.parts import Cell, ParticipantRow
from depositary.web.query import chosen_parameter
from depositary.web.view import View
from depositary.words import AVAILABLE, NAMES, language
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


def selections(view: View, want: TableChoice) -> tuple[Selection, ...]:
    """The lists a reader chooses from; that of regions only where the data has them."""
    words = view.words
    orders = {
        "name": words.gettext("name"),
        "signature": words.gettext("signature"),
        "consent": words.gettext("consent to be bound"),
        "in-force": words.gettext("entry into force"),
        "standing": words.gettext("standing"),
    }
    everything = {"": words.gettext("all")}
    standings = everything | {one: words.standing(one) for one in STANDINGS}
    regions = everything | {one: words.gettext(REGIONS_IN_WORDS[one]) for one in REGIONS}
    names = {"": NAMES[words.code]} | {code: NAMES[code] for code in AVAILABLE if code != words.code}
    lists = [
        ("sort", words.gettext("Sort by"), orders, "" if want.order == "name" else want.order),
        ("standing", words.gettext("Standing"), standings, want.standing),
        ("region", words.gettext("Region"), regions, want.region),
        ("names", words.gettext("Names in"), names, want.names),
    ]
    return tuple(
        Selection(
            name,
            label,
            tuple(Choice("" if value == "name" else value, said, value == chosen) for value, said in each.items()),
        )
        for name, label, each, chosen in lists
        if name != "region" or view.site.regions
    )
