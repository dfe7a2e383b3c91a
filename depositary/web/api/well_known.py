"""What machines look for at agreed places: robots.txt, the sitemap, and whom to tell of a weakness (RFC 9116)."""

from datetime import timedelta
from xml.sax.saxutils import escape

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.web.addresses import Addresses
from depositary.web.cache_control import tagged_response
from depositary.web.query import Unanswerable
from depositary.web.responses import read_only, site_of
from depositary.web.sitemap import published_addresses
from depositary.web.view import Site
from depositary.words import AVAILABLE

TEXT, XML = "text/plain; charset=utf-8", "application/xml"

GOOD_FOR = timedelta(days=180)
"""How long security.txt may be relied on; it is written anew each day."""


def routes() -> APIRouter:
    """The addresses for machines. Links in them begin with the base URL that was set, never with the Host header."""
    router = APIRouter()
    page = read_only(router)

    @page("/robots.txt")
    def robots(request: Request) -> Response:
        site = site_of(request)
        where = f"\nSitemap: {site.base_url}/sitemap.xml\n" if site.base_url else ""
        return tagged_response(request, f"User-agent: *\nAllow: /\nDisallow: /*?\n{where}".encode(), TEXT)

    @page("/sitemap.xml")
    def sitemap(request: Request) -> Response:
        site = site_of(request)
        if not site.base_url:
            raise Unanswerable(404, "no-such-page")
        return tagged_response(request, sitemap_of(site), XML)

    @page("/.well-known/security.txt")
    def security(request: Request) -> Response:
        site = site_of(request)
        if not site.contact:
            raise Unanswerable(404, "no-such-page")
        expires = (clock.midnight(clock.today()) + GOOD_FOR).isoformat()
        own = f"Canonical: {site.base_url}/.well-known/security.txt\n" if site.base_url else ""
        text = f"Contact: {site.contact}\nExpires: {expires}\nPreferred-Languages: en, fr\n{own}"
        return tagged_response(request, text.encode(), TEXT)

    return router


def sitemap_of(site: Site) -> bytes:
    """The pages that are worth finding: those published before anybody asks, and the participants' own."""
    codes = list(site.collection.participants)
    pages = [
        *(one.path for one in published_addresses(site, "at once", "soon") if one.path.split("/")[1] in AVAILABLE),
        *(Addresses.state(lang, code) for lang in AVAILABLE for code in codes),
    ]
    lines = (f"<url><loc>{escape(site.base_url + path)}</loc></url>\n" for path in pages)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{''.join(lines)}</urlset>\n".encode()
