"""What is subscribed to or taken along: feeds, calendars, the spreadsheet. An address with no language is English."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.treaties import template
from depositary.web.api.feeds import ATOM, feed_of_all, participant_feed, treaty_feed
from depositary.web.cache_control import tagged_response
from depositary.web.formats import data
from depositary.web.formats.calendars import ICALENDAR, participant_calendar, treaty_calendar
from depositary.web.formats.spreadsheet import XLSX, as_xlsx
from depositary.web.query import PageQuery, Unanswerable, ask, parameter
from depositary.web.responses import read_only, site_of, view_of
from depositary.web.view import look

CSV = "text/csv; charset=utf-8"


def routes() -> APIRouter:
    """The addresses of feeds, calendars and spreadsheets."""
    router = APIRouter()
    page = read_only(router)

    def asked_of(request: Request, lang: str, code: str) -> PageQuery:
        if code not in site_of(request).collection.participants:
            raise Unanswerable(404, "no-such-participant", code[:40])
        return ask(request, lang)

    @page("/acts.csv")
    def empty_csv(request: Request) -> Response:
        return attached(tagged_response(request, template.as_csv().encode(), CSV), "acts.csv")

    @page("/{lang}/acts.xlsx")
    def empty_xlsx(request: Request, lang: str) -> Response:
        content = template.as_xlsx(ask(request, lang).language)
        return attached(tagged_response(request, content, XLSX), "acts.xlsx")

    @page("/treaties/{treaty}/status.xlsx")
    def spreadsheet(request: Request, treaty: str) -> Response:
        here = view_of(request, "en", treaty)
        source = " ".join(link.url or link.words.strip() for link in here.completeness.source)
        content = as_xlsx(data.status_data(here), here.frame().permanent, source)
        return attached(tagged_response(request, content, XLSX), f"{treaty}-status.xlsx")

    @page("/treaties/{treaty}/calendar.ics")
    @page("/{lang}/treaties/{treaty}/calendar.ics")
    def calendar(request: Request, treaty: str, lang: str = "en") -> Response:
        return tagged_response(request, treaty_calendar(view_of(request, lang, treaty)), ICALENDAR)

    @page("/treaties/{treaty}/feed.atom")
    @page("/{lang}/treaties/{treaty}/feed.atom")
    def feed(request: Request, treaty: str, lang: str = "en") -> Response:
        return tagged_response(
            request,
            treaty_feed(view_of(request, lang, treaty), request.scope["path"], parameter(request, "before")),
            ATOM,
        )

    @page("/feed.atom")
    @page("/{lang}/feed.atom")
    def of_all(request: Request, lang: str = "en") -> Response:
        return tagged_response(
            request,
            feed_of_all(site_of(request), ask(request, lang), request.scope["path"], parameter(request, "before")),
            ATOM,
        )

    @page("/participants/{code}/feed.atom")
    @page("/{lang}/participants/{code}/feed.atom")
    def of_a_participant(request: Request, code: str, lang: str = "en") -> Response:
        asked, before = asked_of(request, lang, code), parameter(request, "before")
        made = participant_feed(site_of(request), asked, code, request.scope["path"], before)
        return tagged_response(request, made, ATOM)

    @page("/participants/{code}/calendar.ics")
    @page("/{lang}/participants/{code}/calendar.ics")
    def calendar_of_a_participant(request: Request, code: str, lang: str = "en") -> Response:
        asked, site = asked_of(request, lang, code), site_of(request)
        views = [look(site, asked, treaty, request.scope["path"]) for treaty in site.collection.in_order]
        return tagged_response(request, participant_calendar(views, code), ICALENDAR)

    return router


def attached(response: Response, name: str) -> Response:
    """An answer that a browser saves as a file of a name."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
