"""What every answer of the API has: the treaty, the day, the instant, and how far the acts are complete."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from depositary.law.acts import Act
from depositary.web.addresses import with_query
from depositary.web.query import PageQuery, Unanswerable
from depositary.web.view import Site, View

T = TypeVar("T")

Code = Annotated[str, Field(description="The participant's code: ISO 3166-1 alpha-3, or EU.", examples=["GHA"])]
Number = Annotated[int, Field(description="The number of an entry of the register.", examples=[17])]
Plain = date | int | bool | str | None
"""A value of the law as JSON: a day, a number, yes or no, a word, or nothing."""


class Part(BaseModel):
    """A part of an answer: it has the fields that are described, and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TreatyName(Part):
    """A treaty, by its number in the United Nations Treaty Collection."""

    id: Annotated[str, Field(examples=["XVIII-16"])]
    title: Annotated[str, Field(examples=["United Nations Convention against Cybercrime"])]


class Asked(Part):
    """What an answer is about in time."""

    on: Annotated[date, Field(description="The day asked about.")]
    known_at: Annotated[
        datetime | None, Field(description="The instant by which the register was read; null: as it is now.")
    ] = None
    entry: Annotated[int, Field(description="The last entry of the register that the answer takes into account.")]


class OfTreaty(Asked):
    """An answer about one treaty."""

    treaty: TreatyName
    complete_as_of: Annotated[
        date | None,
        Field(description="The last day up to which the acts at hand are complete; null where that is not stated."),
    ] = None


class Page(Asked, Generic[T]):
    """A page of a list about all treaties."""

    items: list[T]
    next: Annotated[str | None, Field(description="The address of the next page; null on the last one.")] = None


class TreatyPage(OfTreaty, Generic[T]):
    """A page of a list about one treaty."""

    items: list[T]
    next: Annotated[str | None, Field(description="The address of the next page; null on the last one.")] = None


class ActRef(Part):
    """An act, by its entry."""

    entry: Annotated[int | None, Field(description="The number of its entry; null for a supposed act.")]
    treaty: str
    participant: Annotated[Code | None, Field(description="Null for an act of no participant.")]
    action: str
    date: date
    words: Annotated[str, Field(description="The act in a line, in the language asked for.")]


def of_treaty(view: View) -> dict[str, Any]:
    """The fields of an answer about one treaty."""
    shown = view.site.collection.shown_with(view.clauses.id)
    return {
        "treaty": TreatyName(id=view.clauses.id, title=view.clauses.title),
        "on": view.on,
        "known_at": view.asked.known_at,
        "entry": view.site.known.last(shown, view.asked.known_at),
        "complete_as_of": view.complete_as_of,
    }


def of_all(site: Site, asked: PageQuery) -> dict[str, Any]:
    """The fields of an answer about all treaties."""
    last = site.known.last(site.collection.treaties, asked.known_at)
    return {"on": asked.on, "known_at": asked.known_at, "entry": last}


def act_ref(view: View, act: Act) -> ActRef:
    """An act as a reference."""
    return ActRef(
        entry=act.number if act.number > 0 else None,
        treaty=act.treaty,
        participant=act.participant or None,
        action=act.action,
        date=act.date,
        words=view.act_line(act),
    )


class Cursor(Part):
    """Where a page begins (after the item of this key), how many items it has, and the address without both."""

    after: str
    limit: int
    here: str
    given: dict[str, str]

    def cut(self, items: Sequence[T], key: Callable[[T], str]) -> dict[str, Any]:
        """The page of a list: its items, and where the next page is. Raises Unanswerable for an unknown key."""
        shown, last = page_after(items, key, self.after, self.limit)
        return {"items": shown, "next": self.address(cursor=last) if last else None}

    def address(self, **more: str) -> str:
        """The address of another page of the list."""
        return with_query(self.here, self.given | more)


def page_after(items: Sequence[T], key: Callable[[T], str], after: str, most: int) -> tuple[list[T], str]:
    """The items after the one of a key ("": from the first), and the key of the last of them if more follow, else "".

    Raises Unanswerable for an unknown key.
    """
    keys = [key(item) for item in items] if after else []
    if after and after not in keys:
        raise Unanswerable(404, "no-such-cursor", after[:40])
    begin = keys.index(after) + 1 if after else 0
    shown = list(items[begin : begin + most])
    return shown, key(shown[-1]) if begin + most < len(items) else ""
