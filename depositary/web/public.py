"""The public addresses: each parses, asks and renders."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from depositary import clock
from depositary.acts import Act
from depositary.answer import STATUS_COLUMNS, answer, flat
from depositary.clauses import Clauses
from depositary.collection import Collection
from depositary.dates import parse_date
from depositary.law.effects import Effects
from depositary.register import Entry, acts_of, as_known
from depositary.web import compose
from depositary.web.answers import STATIC, SecurityHeaders, Templates, answered
from depositary.web.pages import FaultPage, Frame, Page
from depositary.words import AVAILABLE, Language, language

HTML, JSON, CSV = "text/html; charset=utf-8", "application/json", "text/csv; charset=utf-8"

Entries = Callable[[], list[Entry]]


@dataclass(frozen=True, slots=True)
class AsOf:
    """As of when a page speaks; None: of today, of what is known now."""

    on: date | None
    known_at: datetime | None

    @property
    def day(self) -> date:
        return self.on or clock.today()

    @property
    def query(self) -> str:
        asked = {"on": self.on, "known_at": self.known_at}
        given = {name: value.isoformat() for name, value in asked.items() if value}
        return f"?{urlencode(given)}" if given else ""


def as_of(on: str = "", known_at: str = "") -> AsOf:
    """Reads `on` and `known_at` of an address; a sentence for a value that is none."""
    try:
        return AsOf(parse_date(on) if on else None, clock.parse_instant(known_at) if known_at else None)
    except ValueError as fault:
        raise HTTPException(422, f"{'known_at' if on == '' or _is_date(on) else 'on'}: {fault}.") from None


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


When = Annotated[AsOf, Depends(as_of)]


class Site:
    """What the addresses ask: the collection, the register's entries, the templates."""

    def __init__(self, collection: Collection, entries: Entries, base_url: str) -> None:
        self.collection = collection
        self.entries = entries
        self.base_url = base_url
        self.templates = Templates()

    def acts(self, when: AsOf) -> list[Act]:
        return acts_of(as_known(self.entries(), when.known_at))

    def clauses(self, treaty: str) -> Clauses:
        if treaty not in self.collection.treaties:
            raise HTTPException(404, f"There is no treaty {treaty} here.")
        return self.collection.treaties[treaty]

    def effects(self, treaty: str, when: AsOf) -> Effects:
        self.clauses(treaty)
        return self.collection.effects(self.acts(when), treaty, when.day)

    def frame(self, request: Request, lang: str, title: str, when: AsOf, treaty: Clauses | None = None) -> Frame:
        path = request.scope["path"]
        canonical = f"{self.base_url}{path}{when.query}"
        return Frame(spoken(lang), title, when.day, clock.today(), path, when.query, canonical, treaty)

    def page(self, request: Request, page: Page, status: int = 200) -> Response:
        return answered(request, self.templates.render(page), HTML, status=status)

    def answer(self, treaty: str, when: AsOf) -> dict[str, Any]:
        known = when.known_at or clock.now()
        return answer(self.effects(treaty, when), when.day, known, language())


def spoken(lang: str) -> Language:
    """The language of an address. Raises a 404 in a sentence for one the site does not speak."""
    try:
        return language(lang)
    except KeyError:
        raise HTTPException(404, f"The site does not speak {lang} yet; it speaks {', '.join(AVAILABLE)}.") from None


def preferred(accepted: str) -> str:
    """The first language of an Accept-Language header that the site speaks; English otherwise."""
    for one in accepted.split(","):
        code = one.partition(";")[0].strip()[:2].lower()
        if code in AVAILABLE:
            return code
    return "en"


def create_app(collection: Collection, entries: Entries, *, base_url: str = "") -> FastAPI:
    """The public site over a collection and a register; `entries` gives every entry each time it is called."""
    site = Site(collection, entries, base_url)
    app = FastAPI(title="Depositary", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.add_middleware(SecurityHeaders)
    app.mount("/static", StaticFiles(directory=STATIC))

    @app.get("/", include_in_schema=False)
    def root(request: Request) -> Response:
        chosen = preferred(request.headers.get("Accept-Language", ""))
        return RedirectResponse(f"/{chosen}/", 307, headers={"Vary": "Accept-Language"})

    @app.get("/healthz", include_in_schema=False)
    def healthz() -> Response:
        return Response("ok\n", media_type="text/plain")

    @app.get("/api/v1/treaties/{treaty}/status")
    @app.get("/treaties/{treaty}/status.json", include_in_schema=False)
    def status_json(request: Request, treaty: str, when: When) -> Response:
        """The whole legal status of a treaty on a day."""
        content = json.dumps(site.answer(treaty, when), ensure_ascii=False, indent=1).encode()
        return answered(request, content, JSON)

    @app.get("/treaties/{treaty}/status.csv", include_in_schema=False)
    def status_csv(request: Request, treaty: str, when: When) -> Response:
        out = io.StringIO()
        writer = csv.DictWriter(out, STATUS_COLUMNS, lineterminator="\r\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(map(flat, site.answer(treaty, when)["participants"]))
        return answered(request, out.getvalue().encode(), CSV)

    _pages(app, site)
    _faults(app, site)
    return app


def _pages(app: FastAPI, site: Site) -> None:
    @app.get("/{lang}/", include_in_schema=False)
    def front(request: Request, lang: str, when: When) -> Response:
        frame = site.frame(request, lang, "Treaties", when)
        acts = site.acts(when)
        every = [site.collection.effects(acts, treaty, when.day) for treaty in site.collection.treaties]
        return site.page(request, compose.front(frame, site.collection, every))

    @app.get("/{lang}/treaties/{treaty}/", include_in_schema=False)
    def status(request: Request, lang: str, treaty: str, when: When) -> Response:
        clauses = site.clauses(treaty)
        frame = site.frame(request, lang, clauses.name, when, clauses)
        return site.page(request, compose.status(frame, site.collection, site.effects(treaty, when)))

    @app.get("/{lang}/treaties/{treaty}/participants/{code}", include_in_schema=False)
    def participant(request: Request, lang: str, treaty: str, code: str, when: When) -> Response:
        clauses = site.clauses(treaty)
        if code not in site.collection.participants:
            raise HTTPException(404, f"There is no participant {code}.")
        name = spoken(lang).name(site.collection.participants, code, when.day)
        frame = site.frame(request, lang, f"{name}: {clauses.name}", when, clauses)
        return site.page(request, compose.participant(frame, site.effects(treaty, when), code))

    @app.get("/{lang}/treaties/{treaty}/articles/{number}", include_in_schema=False)
    def article(request: Request, lang: str, treaty: str, number: str, when: When) -> Response:
        clauses = site.clauses(treaty)
        frame = site.frame(request, lang, f"Article {number}: {clauses.name}", when, clauses)
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
        page = compose.article(frame, site.collection, treaty, wanted)
        if page is None:
            raise HTTPException(404, f"There is no article {number} of {treaty} here.")
        return site.page(request, page)

    @app.get("/{lang}/treaties/{treaty}/register", include_in_schema=False)
    def register(request: Request, lang: str, treaty: str, when: When) -> Response:
        clauses = site.clauses(treaty)
        frame = site.frame(request, lang, f"Register: {clauses.name}", when, clauses)
        return site.page(request, compose.register(frame, site.entries(), treaty))

    @app.get("/{lang}/treaties/{treaty}/register/{number}", include_in_schema=False)
    def entry(request: Request, lang: str, treaty: str, number: str, when: When) -> Response:
        clauses = site.clauses(treaty)
        frame = site.frame(request, lang, f"Entry {number}: {clauses.name}", when, clauses)
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        page = compose.entry(frame, site.entries(), site.effects(treaty, when), wanted)
        if page is None:
            raise HTTPException(404, f"There is no entry {number} under {treaty}.")
        return site.page(request, page)


def _faults(app: FastAPI, site: Site) -> None:
    def fault(request: Request, status: int, sentence: str) -> Response:
        path = request.scope["path"]
        if path.startswith(("/api/", "/treaties/")):
            return Response(json.dumps({"detail": sentence}), status, media_type=JSON)
        lang = path[1:3] if path[1:3] in AVAILABLE else "en"
        title = "Not found" if status == 404 else "This cannot be shown"
        page = FaultPage(site.frame(request, lang, title, AsOf(None, None)), sentence, status)
        return site.page(request, page, status)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, given: HTTPException) -> Response:
        sentence = "There is no page at this address." if given.detail == "Not Found" else str(given.detail)
        return fault(request, given.status_code, sentence)

    @app.exception_handler(Exception)
    async def broken(request: Request, given: Exception) -> Response:
        return fault(request, 500, f"Something went wrong here. Say this number when you report it: {uuid4()}.")
