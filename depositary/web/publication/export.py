"""The whole site as files: each published page, the pages to which they link, and the notifications.

A file cannot ask for the reader's language: `/cn/YEAR/NUMBER` is the notification in English, which links to the other
languages.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

from depositary.errors import BadInput
from depositary.web.public.notifications import NotificationArchive
from depositary.web.publication.folder import write_page
from depositary.web.publication.page import PublishedPage
from depositary.web.publication.snapshot import Snapshot
from depositary.web.sitemap import Address, address_of, published_addresses
from depositary.words import AVAILABLE

_LINKED = re.compile(rb'href="(/[^"?#]*)')


def write_site(snapshot: Snapshot, folder: Path, archive: NotificationArchive) -> Iterator[str]:
    """Writes the site into a folder, and yields the path of each page. Raises BadInput if the folder is not empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput([f"{folder}: allowed: a folder that is empty, or not there yet"])
    for asset in snapshot.pages.values():
        write_page(folder, asset)
    with asyncio.Runner() as runner:
        pages = all_pages(snapshot, archive)
        while page := runner.run(_next(pages)):
            write_page(folder, page)
            yield page.path


async def _next(pages: AsyncIterator[PublishedPage]) -> PublishedPage | None:
    return await anext(pages, None)


async def all_pages(snapshot: Snapshot, archive: NotificationArchive) -> AsyncIterator[PublishedPage]:
    """All pages of a snapshot: the published addresses, and the pages to which they link. None stays in memory."""
    short = {
        f"/{AVAILABLE[0]}/notifications/{notification.reference}": f"/cn/{notification.year}/{notification.number}"
        for notification in archive.listed()
    }
    ahead: list[Address] = [*published_addresses(snapshot.site), *notification_addresses(archive)]
    seen = {one.path for one in ahead}
    while ahead:
        address = ahead.pop()
        page = await snapshot.page(address)
        if page is None:
            continue
        yield page
        if page.path in short:
            yield replace(page, path=short[page.path])
        snapshot.pages.pop(address.path, None)
        for path in _LINKED.findall(page.identity.body):
            linked = address_of(path.decode())
            if linked and linked.path not in seen:
                seen.add(linked.path)
                ahead.append(linked)


def notification_addresses(archive: NotificationArchive) -> Iterator[Address]:
    """The addresses of the notifications: page, PDF and content of each."""
    for lang in AVAILABLE:
        for notification in archive.listed():
            for ending in ("", ".pdf", ".json"):
                yield Address(f"/{lang}/notifications/{notification.reference}{ending}", "", "asked")
