"""The tables of the bulk file: what each row has, and the rows of a site on a day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from depositary.register.entry import as_known
from depositary.treaties.answer import columns, table
from depositary.web.formats.data import status_data
from depositary.web.query import PageQuery
from depositary.web.view import Site, View, look
from depositary.words import AVAILABLE

Day = Annotated[date | None, Field(description="YYYY-MM-DD; empty where there is none.")]


class Row(BaseModel):
    """A row of a table."""

    model_config = ConfigDict(extra="forbid")


class TreatyRow(Row):
    """A treaty with its numbers on the day."""

    treaty: Annotated[str, Field(description="The number in the United Nations Treaty Collection.")]
    title: str
    short_title: str
    adopted: Day
    parent: Annotated[str, Field(description="Of a protocol: its convention.")]
    entry_into_force: Day
    provision: Annotated[str | None, Field(description="The provision on entry into force.")]
    threshold_reached_on: Day
    required: Annotated[int | None, Field(description="How many instruments entry into force needs.")]
    counted: Annotated[int, Field(description="How many count towards it.")]
    deposited: int
    signatories: int
    contracting: int
    parties: int
    former_parties: int
    complete_as_of: Annotated[date | None, Field(description="The last day up to which the acts are complete.")]


class ParticipantRow(Row):
    """A State or an organization under one of its names."""

    code: Annotated[str, Field(description="ISO 3166-1 alpha-3, 3166-3 for a State that has ceased, or EU.")]
    kind: Annotated[str, Field(description="state or reio: a regional economic integration organization.")]
    name_en: str
    name_fr: str
    name_es: str
    name_ru: str
    name_ar: str
    name_zh: str
    formal_name_en: str
    name_from: Annotated[date | None, Field(description="The first day of the name; empty: not dated.")]
    name_until: Annotated[date | None, Field(description="The last day of the name; empty: it lasts.")]


class StatusRow(Row):
    """The status of a participant under a treaty on the day."""

    treaty: str
    code: str
    name: str
    kind: str
    standing: Annotated[str, Field(description="none, signatory, contracting, party or former party.")]
    signature: Day
    consent: Annotated[str | None, Field(description="The act by which it consented.")]
    consent_date: Day
    counted: bool
    entry_into_force: Day
    provision: Annotated[str | None, Field(description="The provision that gave the date.")]
    denunciation_received: Day
    ceases: Annotated[date | None, Field(description="The first day on which it is not a party.")]
    complete_as_of: Day


class ActRow(Row):
    """An act as it is known, not rectified and not struck out, in the columns of instruments.csv."""

    entry: Annotated[int, Field(description="The number of its entry in the register.")]
    recorded_at: datetime
    treaty: str
    participant: str
    action: str
    date: date
    subject: str
    effective: Day
    place: str
    provision: str
    text: str
    source: Annotated[str, Field(description="Where the act can be checked.")]
    addressee: str
    effect: str
    notified: Day


class DateRow(Row):
    """A date of effect that follows from the acts up to the day; it may lie in the future."""

    treaty: str
    participant: Annotated[str, Field(description="Empty for a date of the treaty itself.")]
    concerns: Annotated[str, Field(description="As entry_into_force, ceases, amendment:A1.")]
    date: date


@dataclass(frozen=True)
class DataTable:
    """A table of the bulk file: its name, what a row has, and how the rows are found."""

    name: str
    row: type[Row]
    rows: Callable[[Site, PageQuery, list[View]], Iterator[dict[str, Any]]]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.row.model_fields)


def views(site: Site, asked: PageQuery) -> list[View]:
    """Every treaty as the day asked about sees it."""
    return [look(site, asked, treaty, "") for treaty in site.collection.in_order]


def treaty_rows(site: Site, asked: PageQuery, every: list[View]) -> Iterator[dict[str, Any]]:
    for view in every:
        told = status_data(view)
        entry = {("entry_into_force" if name == "date" else name): at for name, at in told["entry_into_force"].items()}
        clauses, own = view.clauses, {"complete_as_of": told["complete_as_of"], **told["totals"], **entry}
        own |= {"treaty": clauses.id, "title": clauses.title, "short_title": clauses.short_title}
        own |= {"adopted": clauses.adopted, "parent": clauses.parent}
        yield {name: own[name] for name in TreatyRow.model_fields}


def participant_rows(site: Site, asked: PageQuery, every: list[View]) -> Iterator[dict[str, Any]]:
    for code, whose in sorted(site.collection.participants.items()):
        for name in whose.names:
            yield {
                "code": code,
                "kind": whose.kind,
                **{f"name_{language}": name.short.get(language, "") for language in AVAILABLE},
                "formal_name_en": name.formal,
                "name_from": None if name.since == date.min else name.since,
                "name_until": None if name.until == date.max else name.until,
            }


def status_rows(site: Site, asked: PageQuery, every: list[View]) -> Iterator[dict[str, Any]]:
    for view in every:
        for row in table(status_data(view)):
            yield {"treaty": view.clauses.id, **columns(row)}


def act_rows(site: Site, asked: PageQuery, every: list[View]) -> Iterator[dict[str, Any]]:
    names = [name for name in ActRow.model_fields if name not in ("entry", "recorded_at")]
    for view in every:
        for entry in as_known(view.recorded):
            if entry.act is not None and entry.act.date <= view.on:
                own = {"entry": entry.number, "recorded_at": entry.recorded_at}
                yield own | {name: getattr(entry.act, name) for name in names}


def date_rows(site: Site, asked: PageQuery, every: list[View]) -> Iterator[dict[str, Any]]:
    for view in every:
        for (concerns, code), day in view.effects.dates.items():
            if day is not None:
                yield {"treaty": view.clauses.id, "participant": code, "concerns": concerns, "date": day}


TABLES = (
    DataTable("treaties", TreatyRow, treaty_rows, ("treaty",)),
    DataTable("participants", ParticipantRow, participant_rows, ("code", "name_en", "name_from")),
    DataTable("status", StatusRow, status_rows, ("treaty", "code")),
    DataTable("acts", ActRow, act_rows, ("entry",)),
    DataTable("dates", DateRow, date_rows, ("treaty", "participant", "concerns")),
)
"""The tables, in the order of the bulk file."""
