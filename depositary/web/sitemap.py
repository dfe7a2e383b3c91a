"""The published addresses. Each route has a row here, and a test compares the rows with the routes.

A row is the path of a route. A route in `COMPUTED` is computed for each request, and its answer is not kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Literal

from depositary.register.entry import acts_of, as_known
from depositary.web.view import Site
from depositary.words import AVAILABLE

When = Literal["at once", "soon", "asked"]
"""`at once`: rendered before a new snapshot is shown, in the first language, and in the other languages right after.
`soon`: rendered in the background afterwards. `asked`: rendered at the first request, then kept; these pages are many,
and few of them are read. A reader who asks for a page before it is rendered waits for it."""


@dataclass(frozen=True)
class PublishedRoute:
    """The addresses of a route. `{lang}`, `{treaty}`, `{code}`, `{number}` and `{entry}` stand for all values."""

    path: str
    when: When

    @property
    def of_a_treaty(self) -> bool:
        return "{treaty}" in self.path

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the addresses of this row."""
        return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/?%]{1,60})", re.escape(self.path)))


PUBLISHED = (
    PublishedRoute("/{lang}/treaties/{treaty}/", "at once"),
    PublishedRoute("/treaties/{treaty}/status.json", "at once"),
    PublishedRoute("/{lang}/", "soon"),
    PublishedRoute("/{lang}/about", "soon"),
    PublishedRoute("/register/head", "soon"),
    PublishedRoute("/treaties/{treaty}/status.csv", "soon"),
    PublishedRoute("/api/v1/treaties/{treaty}/status", "soon"),
    PublishedRoute("/api/v1/treaties", "soon"),
    PublishedRoute("/api/v1/treaties/{treaty}", "soon"),
    PublishedRoute("/api/v1/register/head", "soon"),
    PublishedRoute("/api/v1/openapi.json", "soon"),
    PublishedRoute("/robots.txt", "soon"),
    PublishedRoute("/sitemap.xml", "soon"),
    PublishedRoute("/.well-known/security.txt", "soon"),
    PublishedRoute("/{lang}/treaties/{treaty}/register", "soon"),
    PublishedRoute("/{lang}/participants/", "soon"),
    PublishedRoute("/{lang}/treaties/{treaty}/articles", "soon"),
    PublishedRoute("/{lang}/treaties/{treaty}/articles/{number}", "soon"),
    PublishedRoute("/treaties/{treaty}/calendar.ics", "soon"),
    PublishedRoute("/{lang}/treaties/{treaty}/calendar.ics", "soon"),
    PublishedRoute("/treaties/{treaty}/feed.atom", "soon"),
    PublishedRoute("/{lang}/treaties/{treaty}/feed.atom", "soon"),
    PublishedRoute("/feed.atom", "soon"),
    PublishedRoute("/{lang}/feed.atom", "soon"),
    PublishedRoute("/treaties/{treaty}/map.svg", "soon"),
    PublishedRoute("/{lang}/treaties/{treaty}/map", "soon"),
    PublishedRoute("/{lang}/treaties/{treaty}/timeline", "soon"),
    PublishedRoute("/{lang}/treaties/{treaty}/missing", "soon"),
    PublishedRoute("/{lang}/notifications", "soon"),
    PublishedRoute("/{lang}/notifications/{name}", "asked"),
    PublishedRoute("/treaties/{treaty}/status.xlsx", "asked"),
    PublishedRoute("/treaties/{treaty}/badge.svg", "asked"),
    PublishedRoute("/{lang}/treaties/{treaty}/badge.svg", "asked"),
    PublishedRoute("/{lang}/treaties/{treaty}/card.svg", "asked"),
    PublishedRoute("/{lang}/treaties/{treaty}/cite.svg", "asked"),
    PublishedRoute("/acts.csv", "asked"),
    PublishedRoute("/{lang}/acts.xlsx", "asked"),
    PublishedRoute("/{lang}/treaties/{treaty}/difference", "asked"),
    PublishedRoute("/{lang}/treaties/{treaty}/relations", "asked"),
    PublishedRoute("/{lang}/treaties/{treaty}/relations/all", "asked"),
    PublishedRoute("/participants/{code}/feed.atom", "asked"),
    PublishedRoute("/{lang}/participants/{code}/feed.atom", "asked"),
    PublishedRoute("/participants/{code}/calendar.ics", "asked"),
    PublishedRoute("/{lang}/participants/{code}/calendar.ics", "asked"),
    PublishedRoute("/{lang}/participants/{code}", "asked"),
    PublishedRoute("/{lang}/treaties/{treaty}/participants/{code}", "asked"),
    PublishedRoute("/{lang}/treaties/{treaty}/register/{entry}", "asked"),
    PublishedRoute("/register/proof/{entry}", "asked"),
    PublishedRoute("/{lang}/treaties/{treaty}/reasons/{what}", "asked"),
    PublishedRoute("/{lang}/treaties/{treaty}/participants/{code}/reasons/{what}", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/clauses", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/participants", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/participants/{code}", "asked"),
    PublishedRoute("/api/v1/participants", "asked"),
    PublishedRoute("/api/v1/participants/{code}", "asked"),
    PublishedRoute("/api/v1/entries", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/entries", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/entries/{entry}", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/acts", "asked"),
    PublishedRoute("/api/v1/register/proof/{entry}", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/calendar", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/readings", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/relations/all", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/amendments", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/reservations", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/objections", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/reasons/{what}", "asked"),
    PublishedRoute("/api/v1/treaties/{treaty}/participants/{code}/reasons/{what}", "asked"),
    PublishedRoute("/api/v1/notifications", "asked"),
    PublishedRoute("/api/v1/glossary", "asked"),
    PublishedRoute("/data/depositary.zip", "asked"),
    PublishedRoute("/data/datapackage.json", "asked"),
    PublishedRoute("/data/catalogue.jsonld", "asked"),
    PublishedRoute("/data/LICENSE.md", "asked"),
    *(
        PublishedRoute(f"/schemas/{name}.json", "asked")
        for name in ("clauses", "instruments", "treaties", "participants", "status", "acts", "dates")
    ),
)

COMPUTED = (
    "/",
    "/healthz",
    "/static/{name:path}",
    "/{lang}",
    "/{lang}/participants",
    "/{lang}/treaties/{treaty}",
    "/{lang}/treaties/{treaty}/calculator",
    "/{lang}/treaties/{treaty}/calculator.ics",
    "/{lang}/treaties/{treaty}/votes",
    "/{lang}/participants/{code}/briefing.pdf",
    "/cn/{year}/{number}",
    "/{lang}/search",
    "/{lang}/alerts",
    "/{lang}/alerts/confirm/{token}",
    "/{lang}/alerts/leave/{token}",
    "/register/consistency/{earlier}",
    "/api/v1/treaties/{treaty}/votes",
    "/api/v1/treaties/{treaty}/relations",
    "/api/v1/treaties/{treaty}/acts/{entry}/effects",
    "/api/v1/register/consistency/{earlier}",
    "/api/v1/notifications/{reference}",
    "/api/v1/search",
    "/api/v1/whatif",
    "/api/docs",
)

COMPUTED_ROUTES = tuple(PublishedRoute(path, "asked") for path in COMPUTED)


@dataclass(frozen=True, slots=True)
class Address:
    """A published address, and its treaty; "" for a page of the whole site."""

    path: str
    treaty: str
    when: When
    lang: str = AVAILABLE[0]
    """The language of the page; the first language for a page without words."""


def published_addresses(site: Site, *whens: When) -> Iterator[Address]:
    """The published addresses in the order of the rows, or those of some kinds only.

    A row with `{what}` or `{name}` lists no address: these addresses are found by following links.
    """
    for row in PUBLISHED:
        if not whens or row.when in whens:
            for treaty in site.collection.in_order if row.of_a_treaty else ("",):
                yield from _of(row, site, treaty)


def _of(row: PublishedRoute, site: Site, treaty: str) -> Iterator[Address]:
    names = re.findall(r"{(\w+)}", row.path)
    values = [_values(name, site, treaty) for name in names]
    for chosen in product(*values):
        given = dict(zip(names, chosen, strict=True))
        yield Address(row.path.format(**given), treaty, row.when, given.get("lang", AVAILABLE[0]))


def _values(name: str, site: Site, treaty: str) -> Iterable[str]:
    match name:
        case "lang":
            return AVAILABLE
        case "treaty":
            return (treaty,)
        case "number":
            return site.text(treaty)
        case "code" if treaty:
            codes = (act.participant for act in acts_of(as_known(site.known.entries(treaty))))
            return sorted({code for code in codes if code})
        case "code":
            return sorted(code for code in site.collection.participants)
        case "entry":
            of = (treaty,) if treaty else site.collection.in_order
            return (str(entry.number) for each in of for entry in site.known.entries(each))
        case _:
            return ()


def address_of(path: str) -> Address | None:
    """The published address of a path; None for a path that is computed, or is no address."""
    row, values = matched(path)
    return Address(path, values.get("treaty", ""), row.when) if row else None


def may_exist(site: Site, path: str) -> bool:
    """Whether a published address may have a page: its language, treaty, participant and article are here.

    It costs no rendering. `{entry}`, `{what}` and `{name}` are left to the page.
    """
    return are_here(site, matched(path)[1])


def is_route(site: Site, path: str) -> bool:
    """Whether an address is published or computed, and may have a page."""
    found = (row.pattern.fullmatch(path) for row in (*PUBLISHED, *COMPUTED_ROUTES))
    return any(match is not None and are_here(site, match.groupdict()) for match in found)


def are_here(site: Site, values: Mapping[str, str]) -> bool:
    """Whether the language, the treaty, the participant and the article that an address names are here."""
    treaty, code = values.get("treaty"), values.get("code")
    return (
        values.get("lang", AVAILABLE[0]) in AVAILABLE
        and (treaty is None or treaty in site.collection.treaties)
        and (code is None or code in site.collection.participants)
        and (values.get("number") is None or values["number"] in site.text(treaty or ""))
        and re.fullmatch("[0-9]{1,9}", values.get("entry", "0")) is not None
    )


def has_below(path: str) -> bool:
    """Whether other published addresses begin with that of a file: it stands in their folder, as `index.json`."""
    row, _ = matched(path)
    return row is not None and any(other.path.startswith(f"{row.path}/") for other in PUBLISHED)


def matched(path: str) -> tuple[PublishedRoute | None, dict[str, str]]:
    """The row of a path, and the values of its names."""
    for row in PUBLISHED:
        if match := row.pattern.fullmatch(path):
            return row, match.groupdict()
    return None, {}
