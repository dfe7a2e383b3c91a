"""Feeds: the entries of the register, and the days on which something took effect, the latest first.

The identifier of an item never changes. A feed has pages (RFC 5005): `next` leads to what is older.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid5
from xml.etree import ElementTree

from depositary import clock
from depositary.register.entry import Entry
from depositary.web.addresses import with_query
from depositary.web.api.envelope import page_after
from depositary.web.formats.calendars import (
    BEFORE_ALL,
    NAMESPACE,
    Dated,
    participant_dates,
    participants_dates,
    treaty_dates,
)
from depositary.web.public.register import without_act
from depositary.web.query import PageQuery
from depositary.web.view import Site, View, look

ATOM = "application/atom+xml; charset=utf-8"
XMLNS = "http://www.w3.org/2005/Atom"
MOST = 50
"""How many items a page of a feed has."""


@dataclass(frozen=True)
class FeedItem:
    """An item: an entry of the register, or a day on which something took effect (`number` is 0)."""

    key: str
    at: datetime
    number: int
    view: View
    entry: Entry | None = None
    effect: Dated | None = None

    @property
    def identifier(self) -> str:
        return str(uuid5(NAMESPACE, self.key))

    @property
    def place(self) -> tuple[datetime, int, str]:
        return self.at, self.number, self.key


def treaty_feed(view: View, here: str, before: str = "") -> bytes:
    """The entries of one treaty, and the days of effect."""
    title, home = view.words.treaty(view.clauses), view.addresses.status
    return feed(view.site, view.asked, title, here, home, items(view), view.as_of_sentence, before)


def feed_of_all(site: Site, asked: PageQuery, here: str, before: str = "") -> bytes:
    """The entries of every treaty, and the days of effect."""
    views = [look(site, asked, treaty, here) for treaty in site.collection.in_order]
    every = (item for view in views for item in items(view))
    title, home = asked.language.gettext("Register"), f"/{asked.language.code}/"
    return feed(site, asked, title, here, home, every, as_of_each(views), before)


def participant_feed(site: Site, asked: PageQuery, code: str, here: str, before: str = "") -> bytes:
    """The entries that concern one participant under every treaty, and the days of effect for it."""
    views = [look(site, asked, treaty, here) for treaty in site.collection.in_order]
    every = (item for view in views for item in items(view, code))
    title = asked.language.name(site.collection.participants, code, asked.on)
    return feed(
        site, asked, title, here, f"/{asked.language.code}/participants/{code}", every, as_of_each(views), before
    )


def as_of_each(views: Iterable[View]) -> str:
    """The day up to which the acts under each treaty are complete, where later acts may be missing."""
    return " ".join(f"{view.clauses.id}: {view.as_of_sentence}" for view in views if view.as_of_sentence)


def items(view: View, code: str = "") -> Iterator[FeedItem]:
    """The items of a treaty: its entries, and the days of effect that have come.

    With a code: a participant's entries, the entries that strike or note them, and its days of effect.
    """
    for entry in entries(view, code):
        key = f"entry {entry.number} {instant(entry.recorded_at)}"
        yield FeedItem(key, entry.recorded_at, entry.number, view, entry=entry)
    dates = participant_dates(view, code) if code else (*treaty_dates(view), *participants_dates(view))
    for dated in dates:
        if dated.day <= view.on:
            yield FeedItem(f"effect {dated.key}", clock.midnight(dated.day), 0, view, effect=dated)


def entries(view: View, code: str = "") -> Iterator[Entry]:
    """The entries of a treaty, or of a participant under it."""
    whose = {entry.number: entry.act.participant for entry in view.recorded if entry.act}
    for entry in view.recorded:
        concerned = entry.rectifies or (entry.notice.concerns if entry.notice else entry.number)
        if not code or code in (whose.get(entry.number), whose.get(concerned)):
            yield entry


def feed(
    site: Site,
    asked: PageQuery,
    title: str,
    here: str,
    home: str,
    every: Iterable[FeedItem],
    as_of: str = "",
    before: str = "",
) -> bytes:
    """A page of items as an Atom feed: those older than the item `before`. Raises Unanswerable for an unknown item."""
    latest = sorted(every, key=lambda item: item.place, reverse=True)
    shown, last = page_after(latest, lambda item: item.identifier, before, MOST)
    made = ElementTree.Element("feed", {"xmlns": XMLNS, "xml:lang": asked.language.code})
    add_text(made, "title", title)
    if as_of:
        add_text(made, "subtitle", as_of)
    add_text(made, "id", uuid5(NAMESPACE, f"feed {here}").urn)
    add_text(made, "updated", instant(latest[0].at if latest else BEFORE_ALL))
    add_text(ElementTree.SubElement(made, "author"), "name", "Depositary")
    links = {"self": with_query(here, {**asked.given, "before": before} if before else asked.given)}
    links |= {"first": with_query(here, asked.given)} if before or last else {}
    links |= {"next": with_query(here, {**asked.given, "before": last})} if last else {}
    for relation, address in links.items():
        ElementTree.SubElement(made, "link", {"rel": relation, "href": site.base_url + address})
    ElementTree.SubElement(made, "link", {"href": site.base_url + home})
    for item in shown:
        add_item(ElementTree.SubElement(made, "entry"), item)
    return ElementTree.tostring(made, encoding="unicode").encode()


def add_item(under: ElementTree.Element, item: FeedItem) -> None:
    """Adds an item to a feed."""
    add_text(under, "id", f"urn:uuid:{item.identifier}")
    add_text(under, "updated", instant(item.at))
    add_text(under, "published", instant(item.at))
    if item.entry is not None:
        add_entry(under, item.view, item.entry)
    elif item.effect is not None:
        event = item.effect.event()
        add_text(under, "title", event.summary)
        ElementTree.SubElement(under, "link", {"href": event.url or item.view.addresses.status})
        ElementTree.SubElement(under, "category", {"term": "effect"})
        add_text(under, "summary", event.description)


def add_entry(under: ElementTree.Element, view: View, entry: Entry) -> None:
    """Adds what an entry of the register says."""
    line = view.act_line(entry.act) if entry.act else without_act(view, entry)
    add_text(under, "title", f"{view.words.treaty(view.clauses)}: {line}")
    ElementTree.SubElement(under, "link", {"href": view.site.base_url + view.addresses.entry(entry.number)})
    if entry.act:
        ElementTree.SubElement(under, "category", {"term": entry.act.action})
    add_text(under, "summary", "\n".join(filter(None, (line, entry.reason, entry.act.text if entry.act else ""))))


def add_text(under: ElementTree.Element, name: str, text: str) -> None:
    """Adds an element that holds a text."""
    ElementTree.SubElement(under, name).text = text


def instant(moment: datetime) -> str:
    """An instant in the form of RFC 3339."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
