"""The public addresses: each handler parses, asks, renders."""

import codecs

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from depositary.web.addresses import with_query
from depositary.web.cache_control import FOR_GOOD, tagged_response
from depositary.web.formats import data
from depositary.web.public.article import article_page, text_page
from depositary.web.public.likely import likely_address
from depositary.web.public.participant import participant_page
from depositary.web.public.register import entry_page, register_page
from depositary.web.public.slider import slider_day
from depositary.web.public.states import state_page, states_page
from depositary.web.public.status import status_page
from depositary.web.public.table import table_choice
from depositary.web.public.treaties import treaties_page
from depositary.web.query import Unanswerable, ask, preferred_language
from depositary.web.responses import page_response, read_only, site_of, view_of
from depositary.web.security import WITH_SCRIPT
from depositary.web.view import View

CSV = "text/csv; charset=utf-8"
JSON = "application/json"


def routes() -> APIRouter:
    """The pages of the site, their downloads, and the proofs of the register."""
    router = APIRouter()
    page = read_only(router)

    @page("/")
    def root(request: Request) -> Response:
        query = request.scope["query_string"].decode("ascii", "replace")
        lang = preferred_language(request.headers.get("accept-language", ""))
        address = f"/{lang}/" + (f"?{query}" if query else "")
        return RedirectResponse(address, 307, headers={"Vary": "Accept-Language", "Cache-Control": "public, max-age=5"})

    @page("/healthz")
    def health(request: Request) -> Response:
        return Response("ok\n", media_type="text/plain", headers={"Cache-Control": "no-store"})

    @page("/static/{name:path}")
    def static(request: Request, name: str) -> Response:
        files = site_of(request).assets.files
        if name not in files:
            raise Unanswerable(404, "no-such-page")
        content, kind, version = files[name]
        response = tagged_response(request, content, kind)
        if request.query_params.get("v") == version:
            response.headers["Cache-Control"] = FOR_GOOD
        return response

    @page("/treaties/{treaty}/status.json")
    def status_json(request: Request, treaty: str) -> Response:
        return json_of(request, view_of(request, "en", treaty))

    @page("/treaties/{treaty}/status.csv")
    def status_csv(request: Request, treaty: str) -> Response:
        mark = codecs.BOM_UTF8 if "excel" in request.query_params else b""  # without it, Excel takes it for Latin-1
        body = mark + data.as_csv(data.status_data(view_of(request, "en", treaty)))
        response = tagged_response(request, body, CSV)
        response.headers["Content-Disposition"] = f'attachment; filename="{treaty}-status.csv"'
        return response

    @page("/{lang}")
    @page("/{lang}/participants")
    @page("/{lang}/treaties/{treaty}")
    def without_slash(request: Request, lang: str, **_: str) -> Response:
        ask(request, lang)
        query = request.scope["query_string"].decode("ascii", "replace")
        written = request.scope["path"] + "/" + (f"?{query}" if query else "")
        return RedirectResponse(likely_address(site_of(request), request) or written, 308)

    @page("/{lang}/")
    def treaties(request: Request, lang: str) -> Response:
        return page_response(request, treaties_page(site_of(request), ask(request, lang), request.scope["path"]))

    @page("/{lang}/treaties/{treaty}/")
    def status(request: Request, lang: str, treaty: str) -> Response:
        here, want = view_of(request, lang, treaty), table_choice(request)
        if day := slider_day(request):
            asked = {**here.asked.given, "on": day.isoformat(), **want.question}
            return RedirectResponse(with_query(here.path, asked), 303)
        response = page_response(request, status_page(here.opened(), want))
        response.headers.update(WITH_SCRIPT)
        return response

    @page("/{lang}/participants/")
    def states(request: Request, lang: str) -> Response:
        return page_response(request, states_page(site_of(request), ask(request, lang), request.scope["path"]))

    @page("/{lang}/participants/{code}")
    def state(request: Request, lang: str, code: str) -> Response:
        return page_response(request, state_page(site_of(request), ask(request, lang), request.scope["path"], code))

    @page("/{lang}/treaties/{treaty}/participants/{code}")
    def participant(request: Request, lang: str, treaty: str, code: str) -> Response:
        return page_response(request, participant_page(view_of(request, lang, treaty), code))

    @page("/{lang}/treaties/{treaty}/articles")
    def text(request: Request, lang: str, treaty: str) -> Response:
        return page_response(request, text_page(view_of(request, lang, treaty)))

    @page("/{lang}/treaties/{treaty}/articles/{number}")
    def article(request: Request, lang: str, treaty: str, number: str) -> Response:
        return page_response(request, article_page(view_of(request, lang, treaty), number))

    @page("/{lang}/treaties/{treaty}/register")
    def register(request: Request, lang: str, treaty: str) -> Response:
        return page_response(request, register_page(view_of(request, lang, treaty)))

    @page("/{lang}/treaties/{treaty}/register/{entry}")
    def one_entry(request: Request, lang: str, treaty: str, entry: str) -> Response:
        return page_response(request, entry_page(view_of(request, lang, treaty), entry))

    @page("/register/head")
    def head(request: Request) -> Response:
        return tagged_response(request, data.as_json(site_of(request).proofs.head()), JSON)

    @page("/register/proof/{entry}")
    def inclusion(request: Request, entry: str) -> Response:
        return tagged_response(request, data.as_json(site_of(request).proofs.inclusion(entry)), JSON)

    @page("/register/consistency/{earlier}")
    def consistency(request: Request, earlier: str) -> Response:
        return tagged_response(request, data.as_json(site_of(request).proofs.consistency(earlier)), JSON)

    return router


def json_of(request: Request, view: View) -> Response:
    """The status as JSON; its tag passes over the instant of asking, which changes nothing."""
    status = data.status_data(view)
    return tagged_response(request, data.as_json(status), JSON, tag_of=data.as_json({**status, "known_at": None}))
