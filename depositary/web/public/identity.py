"""The identity of a participant: its region, its earlier names, its memberships and its members."""

from collections.abc import Iterable

from depositary.law.dates import EARLIEST
from depositary.law.participants import FOREVER
from depositary.treaties.regions import region_of
from depositary.web.addresses import Addresses
from depositary.web.parts import Link
from depositary.web.public.overview_parts import Identity, OtherName
from depositary.web.query import PageQuery
from depositary.web.view import Site
from depositary.words.labels import REGIONS_IN_WORDS


def identity(site: Site, asked: PageQuery, code: str) -> Identity:
    """The identity of a participant on the day asked about."""
    words, participants = asked.language, site.collection.participants
    participant, now = participants[code], participants[code].name_on(asked.on)
    region = region_of(site.regions, code)
    members = participants.members(code, asked.on)
    organizations = (each for each in participants.organizations if code in participants.members(each, asked.on))
    return Identity(
        words.gettext(REGIONS_IN_WORDS[region]) if region else "",
        links_by_name(site, asked, organizations),
        links_by_name(site, asked, members),
        tuple(
            OtherName(
                name.short.get(words.code) or name.short["en"],
                name.since if name.since > EARLIEST else None,
                name.until if name.until < FOREVER else None,
            )
            for name in participant.names
            if name != now
        ),
    )


def links_by_name(site: Site, asked: PageQuery, codes: Iterable[str]) -> tuple[Link, ...]:
    """Participants by name, each leading to its page."""
    words, participants = asked.language, site.collection.participants
    links = (Link(words.name(participants, c, asked.on), Addresses.state(words.code, c, asked.query)) for c in codes)
    return tuple(sorted(links, key=lambda link: words.sort_key(link.words)))
