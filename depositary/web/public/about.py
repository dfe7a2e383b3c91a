"""The page about the site: who publishes it, what it is not, the licence, accessibility, contact, data, alerts."""

from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.formats.bulk import LICENCE, TITLE, ZIP
from depositary.web.parts import Frame, Link
from depositary.web.query import PageQuery, ask
from depositary.web.responses import page_response, read_only, site_of
from depositary.web.view import Site, View, look


@dataclass(frozen=True, slots=True)
class AboutPage:
    """About the site; `contact` is the address to write to, "" if none is set, and `alerts` leads to them.

    `described` is what search engines read of the site's data and its treaties (schema.org).
    """

    template: ClassVar[str] = "public/about.html"
    frame: Frame
    contact: str
    alerts: tuple[Link, ...]
    described: dict[str, Any]


def routes() -> APIRouter:
    """The address of the page about the site."""
    router = APIRouter()

    @read_only(router)("/{lang}/about")
    def about(request: Request, lang: str) -> Response:
        site, asked = site_of(request), ask(request, lang)
        frame = site.frame(asked, request.scope["path"])
        alerts = site.alerts_of(asked.language, {})
        return page_response(request, AboutPage(frame, site.contact, alerts, described(site, asked)))

    return router


def described(site: Site, asked: PageQuery) -> dict[str, Any]:
    """The data and the treaties of the site as schema.org describes a data set and legislation."""
    views = [look(site, asked, treaty, "") for treaty in site.collection.in_order]
    return {
        "@context": "https://schema.org",
        "@graph": [data_set(site), *(legislation(view) for view in views)],
    }


def data_set(site: Site) -> dict[str, Any]:
    """The open data of the site."""
    file = {"@type": "DataDownload", "encodingFormat": ZIP, "contentUrl": f"{site.base_url}/data/depositary.zip"}
    return {
        "@type": "Dataset",
        "name": TITLE,
        "description": "Acts under treaties as a depositary records them, and the legal status derived from them.",
        "url": f"{site.base_url}/data/catalogue.jsonld",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "distribution": [file],
    }


def legislation(view: View) -> dict[str, Any]:
    """A treaty, and whether it is in force on the day."""
    clauses, since = view.clauses, view.effects.in_force_on
    is_in_force = since is not None and since <= view.on
    address = view.site.base_url + view.addresses.status
    return {
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": view.title,
        "legislationType": "Treaty",
        "legislationIdentifier": clauses.id,
        **({"legislationDate": clauses.adopted.isoformat()} if clauses.adopted else {}),
        **({"legislationDateVersion": since.isoformat()} if since and is_in_force else {}),
        "legislationLegalForce": f"https://schema.org/{'InForce' if is_in_force else 'NotInForce'}",
    }
