"""The page about the site: who publishes it, what it is not, the licence, accessibility, contact, data, alerts."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.parts import Frame, Link
from depositary.web.query import ask
from depositary.web.responses import page_response, read_only, site_of


@dataclass(frozen=True, slots=True)
class AboutPage:
    """About the site; `contact` is the address to write to, "" if none is set, and `alerts` leads to them."""

    template: ClassVar[str] = "public/about.html"
    frame: Frame
    contact: str
    alerts: tuple[Link, ...]


def routes() -> APIRouter:
    """The address of the page about the site."""
    router = APIRouter()

    @read_only(router)("/{lang}/about")
    def about(request: Request, lang: str) -> Response:
        site, asked = site_of(request), ask(request, lang)
        frame = site.frame(asked, request.scope["path"])
        return page_response(request, AboutPage(frame, site.contact, site.alerts_of(asked.language, {})))

    return router
