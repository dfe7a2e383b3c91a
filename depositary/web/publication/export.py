"""The whole site as files: each published page, the pages to which they link, and the notifications.

A file cannot ask for the reader's language: `/cn/YEAR/NUMBER` is the notification in English, which links to the other
languages.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from depositary.errors import BadInput
from depositary.web.public.notifications import NotificationArchive
from depositary.web.publication.built import CODINGS, Built, BuiltPage, made_with, read_built
from depositary.web.publication.folder import write_page
from depositary.web.publication.page import PublishedPage
from depositary.web.publication.renderer import Renderer
from depositary.web.publication.snapshot import Snapshot, treaties_showing
from depositary.web.sitemap import Address, address_of, published_addresses
from depositary.words import AVAILABLE

_LINKED = re.compile(rb'href="(/[^"?#]*)')


@dataclass
class Build:
    """What a build has done: the pages of the site, those that were rendered, written, and removed.

    `found` is how many pages are known of so far, `files` and `size` are those of the whole site, in bytes.
    """

    pages: int = 0
    found: int = 0
    files: int = 0
    size: int = 0
    rendered: int = 0
    written: int = 0
    removed: int = 0


def write_site(
    snapshot: Snapshot,
    folder: Path,
    archive: NotificationArchive,
    build: Build | None = None,
    *,
    processes: int = 1,
    copied: Callable[[], None] = lambda: None,
) -> Iterator[str]:
    """Writes the site into a folder, and yields the path of each page.

    Several `processes` render beside this one; each begins with `copied`, which lets go of what a copy may not share.

    In a folder that was built before, a page whose treaty has no new entry on the same day is not rendered again, a
    file with the same bytes is not written again, and what is no longer there is removed. Raises BadInput for any other
    folder that is not empty.
    """
    build = build or Build()
    before = read_built(folder)
    if before is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput([f"{folder}: allowed: a folder that is empty, not there yet, or built by this command"])
    site = snapshot.site
    now = Built(snapshot.size, snapshot.day, made_with(site.collection.folder, site.base_url))
    same = _unchanged(before, now, snapshot) if before else frozenset[str]()
    if before is None:
        folder.mkdir(parents=True, exist_ok=True)
        now.write(folder)  # a build that is broken off can be taken up again

    def kept(path: str) -> PublishedPage | None:
        page = before.page(folder, path) if before and path in same else None
        if before and page:
            now.pages[path] = before.pages[path]
        return page

    def keep(page: PublishedPage) -> None:
        if page.path in now.pages:
            return
        build.files += len(CODINGS)
        build.size += page.weight
        digest = sha256(page.identity.body).hexdigest()
        now.pages[page.path] = BuiltPage(page.treaty, digest, page.own, page.forever)
        if before is None or before.pages.get(page.path) != now.pages[page.path] or not before.page(folder, page.path):
            write_page(folder, page)
            build.written += 1

    for asset in snapshot.pages.values():
        keep(asset)
    with Renderer(snapshot, processes, copied) as renderer:
        for page in all_pages(snapshot, archive, kept, build, renderer):
            keep(page)
            build.pages += 1
            yield page.path
    if before:
        build.removed = before.remove(folder, before.pages.keys() - now.pages.keys())
    now.write(folder)


def _unchanged(before: Built, now: Built, snapshot: Snapshot) -> frozenset[str]:
    """The addresses of the pages that show nothing which has changed since they were built."""
    if (before.day, before.made_with) != (now.day, now.made_with) or before.size > now.size:
        return frozenset()
    entries = snapshot.known.entries
    collection = snapshot.site.collection
    changed = {one for one in collection.treaties if any(entry.number > before.size for entry in entries(one))}
    touched = treaties_showing(collection, changed)
    return frozenset(path for path, page in before.pages.items() if page.treaty and page.treaty not in touched)


def all_pages(
    snapshot: Snapshot,
    archive: NotificationArchive,
    kept: Callable[[str], PublishedPage | None],
    build: Build,
    renderer: Renderer,
) -> Iterator[PublishedPage]:
    """All pages of a snapshot, `kept` or rendered: the published addresses, and those to which they link.

    None stays in memory. `build` is told how many are found and rendered.
    """
    short = {
        f"/{AVAILABLE[0]}/notifications/{notification.reference}": f"/cn/{notification.year}/{notification.number}"
        for notification in archive.listed()
    }
    ahead: list[Address] = [*published_addresses(snapshot.site), *notification_addresses(archive)]
    seen = {one.path for one in ahead}

    def follow(page: PublishedPage) -> Iterator[PublishedPage]:
        """The page, and its short address if it has one; the pages to which it links are asked for later."""
        for path in _LINKED.findall(page.identity.body):
            linked = address_of(path.decode())
            if linked and linked.path not in seen:
                seen.add(linked.path)
                ahead.append(linked)
        build.found = len(seen)
        yield page
        if page.path in short:
            yield replace(page, path=short[page.path])

    while ahead or renderer.busy:
        while ahead and renderer.ready:
            asked: list[Address] = []
            while ahead and len(asked) < renderer.at_once:
                address = ahead.pop()
                if page := kept(address.path):
                    yield from follow(page)
                else:
                    asked.append(address)
            renderer.ask(asked)
        for page in renderer.rendered():
            build.rendered += 1
            yield from follow(page)


def notification_addresses(archive: NotificationArchive) -> Iterator[Address]:
    """The addresses of the notifications: page, PDF and content of each."""
    for lang in AVAILABLE:
        for notification in archive.listed():
            for ending in ("", ".pdf", ".json"):
                yield Address(f"/{lang}/notifications/{notification.reference}{ending}", "", "asked")
