"""Feeds: the entries of the register, the latest first. The identifier of an entry never changes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import uuid5
from xml.etree import ElementTree

from depositary.register.entry import Entry
from depositary.web.formats.calendars import BEFORE_ALL, NAMESPACE
from depositary.web.public.register import without_act
from depositary.web.query import PageQuery
from depositary.web.view import Site, View, look

ATOM = "application/atom+xml; charset=utf-8"
XMLNS = "http://www.w3.org/2005/Atom"
MOST = 50
"""How many entries a feed has: what is older stands in the register."""


def treaty_feed(view: View, here: str) -> bytes:
    """The entries of one treaty."""
    return feed(
        view.site,
        view.asked,
        view.words.treaty(view.clauses),
        here,
        view.addresses.status,
        entries(view),
        view.as_of_sentence,
    )


def feed_of_all(site: Site, asked: PageQuery, here: str) -> bytes:
    """The entries of every treaty."""
    views = [look(site, asked, treaty, here) for treaty in site.collection.in_order]
    every = (one for view in views for one in entries(view))
    home = f"/{asked.language.code}/"
    return feed(site, asked, asked.language.gettext("Register"), here, home, every, as_of_each(views))


def participant_feed(site: Site, asked: PageQuery, code: str, here: str) -> bytes:
    """The entries that concern one participant, under every treaty."""
    views = [look(site, asked, treaty, here) for treaty in site.collection.in_order]
    every = (one for view in views for one in entries(view, code))
    home = f"/{asked.language.code}/participants/{code}"
    return feed(
        site,
        asked,
        asked.language.name(site.collection.participants, code, asked.on),
        here,
        home,
        every,
        as_of_each(views),
    )


def as_of_each(views: Iterable[View]) -> str:
    """The day up to which the acts under each treaty are complete, where later acts may be missing."""
    return " ".join(f"{view.clauses.id}: {view.as_of_sentence}" for view in views if view.as_of_sentence)


def entries(view: View, code: str = "") -> Iterator[tuple[View, Entry]]:
    """The entries of a treaty. With a code: a participant's entries, and the entries that strike or note them."""
    whose = {entry.number: entry.act.participant for entry in view.recorded if entry.act}
    for entry in view.recorded:
        concerned = entry.rectifies or (entry.notice.concerns if entry.notice else entry.number)
        if not code or code in (whose.get(entry.number), whose.get(concerned)):
            yield view, entry


def feed(
    site: Site, asked: PageQuery, title: str, here: str, home: str, every: Iterable[tuple[View, Entry]], as_of: str = ""
) -> bytes:
    """Entries as an Atom feed."""
    latest = sorted(every, key=lambda recorded: (recorded[1].recorded_at, recorded[1].number), reverse=True)[:MOST]
    made = ElementTree.Element("feed", {"xmlns": XMLNS, "xml:lang": asked.language.code})
    add_text(made, "title", title)
    if as_of:
        add_text(made, "subtitle", as_of)
    add_text(made, "id", uuid5(NAMESPACE, f"feed {here}").urn)
    add_text(made, "updated", instant(latest[0][1].recorded_at if latest else BEFORE_ALL))
    add_text(ElementTree.SubElement(made, "author"), "name", "Depositary")
    ElementTree.SubElement(made, "link", {"rel": "self", "href": site.base_url + here})
    ElementTree.SubElement(made, "link", {"href": site.base_url + home})
    for view, entry in latest:
        add_entry(ElementTree.SubElement(made, "entry"), view, entry)
    return ElementTree.tostring(made, encoding="unicode").encode()


def add_entry(under: ElementTree.Element, view: View, entry: Entry) -> None:
    """Adds an entry of the register to a feed."""
    line = view.act_line(entry.act) if entry.act else without_act(view, entry)
    add_text(under, "title", f"{view.words.treaty(view.clauses)}: {line}")
    add_text(under, "id", uuid5(NAMESPACE, f"entry {entry.number} {instant(entry.recorded_at)}").urn)
    add_text(under, "updated", instant(entry.recorded_at))
    add_text(under, "published", instant(entry.recorded_at))
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
