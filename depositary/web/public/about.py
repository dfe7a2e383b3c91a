"""The page about the site: who publishes it, what it is not, the licence, accessibility, contact, data, alerts."""

from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.formats.bulk import LICENCE, TITLE, ZIP
from depositary.web.parts import Frame, Link
from depositary.web.public.legislation import CONTEXT, legislation
from depositary.web.query import PageQuery, ask
from depositary.web.responses import page_response, read_only, site_of
from depositary.web.view import Site, look


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
        "@context": CONTEXT,
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
