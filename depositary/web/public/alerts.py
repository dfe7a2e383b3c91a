"""Alerts by e-mail: a reader asks on a page, confirms by a link in a letter, and leaves with one click (RFC 8058).

Opening a link changes nothing. The answer is the same whether an address is known or not.
"""

from typing import Literal
from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from depositary import clock
from depositary.correspondence.alerts.store import AlertStore, Subscription, address_fault_of_alert
from depositary.errors import DepositaryError
from depositary.web.parts import Link
from depositary.web.public.pages import AlertsPage
from depositary.web.public.question import name_fault
from depositary.web.query import PageQuery, Unanswerable, ask, parameter
from depositary.web.rate_limits import network_of
from depositary.web.rendering import HTML, html
from depositary.web.responses import read_only, site_of

LARGEST = 4096
"""The largest form, in bytes."""

State = Literal["form", "asked", "confirm", "confirmed", "leave", "left", "gone"]


def routes(store: AlertStore) -> APIRouter:
    """The addresses of alerts."""
    router = APIRouter(include_in_schema=False)
    page = read_only(router)

    @page("/{lang}/alerts")
    def form(request: Request, lang: str) -> Response:
        asked = ask(request, lang)
        return uncached(
            alerts_page(request, asked, "form", parameter(request, "treaty"), parameter(request, "participant"))
        )

    @router.post("/{lang}/alerts")
    async def request_alerts(request: Request, lang: str) -> Response:
        asked, given = ask(request, lang), await form_fields(request)
        return await run_in_threadpool(take_request, store, request, asked, given)

    @page("/{lang}/alerts/confirm/{token}")
    def to_confirm(request: Request, lang: str, token: str) -> Response:
        return link_response(request, lang, "confirm", store.to_confirm(token, clock.now()))

    @router.post("/{lang}/alerts/confirm/{token}")
    def confirm(request: Request, lang: str, token: str) -> Response:
        return link_response(request, lang, "confirmed", store.confirm(token, clock.now()))

    @page("/{lang}/alerts/leave/{token}")
    def to_leave(request: Request, lang: str, token: str) -> Response:
        return link_response(request, lang, "leave", store.to_leave(token))

    @router.post("/{lang}/alerts/leave/{token}")
    def leave(request: Request, lang: str, token: str) -> Response:
        return link_response(request, lang, "left", store.leave(token, clock.now()))

    return router


async def form_fields(request: Request) -> dict[str, str]:
    """The fields of a form. Raises Unanswerable for a form that is too large or names a field twice."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise Unanswerable(413, "too-large")
    try:
        given = parse_qs(body.decode("utf-8"), strict_parsing=True, keep_blank_values=True, max_num_fields=10)
    except ValueError:
        raise Unanswerable(422, "bad-form") from None
    for name, values in given.items():
        if len(values) > 1:
            raise Unanswerable(422, "asked-twice", name[:40])
    return {name: values[0].strip() for name, values in given.items()}


def take_request(store: AlertStore, request: Request, asked: PageQuery, given: dict[str, str]) -> Response:
    """Adds a request to the store, or says what is wrong with it."""
    words, collection = asked.language, site_of(request).collection
    treaty, who = given.get("treaty", ""), given.get("participant", "")
    participant = collection.gazetteer.resolve(who, asked.on) if 0 < len(who) <= 120 else ""
    fault = ""
    if address_fault_of_alert(given.get("email", "")):
        fault = words.gettext("Write one address, as person@example.int.")
    elif treaty and treaty not in collection.treaties:
        fault = words.fault("no-such-treaty", asked=treaty[:40])
    elif who and not participant:
        fault = name_fault(words, collection.gazetteer, who[:120], asked.on)
    if fault:
        return uncached(alerts_page(request, asked, "form", treaty, who, fault), 422)
    network = network_of(request.client.host) if request.client else ""
    try:
        allowed = store.ask(given["email"], treaty, participant, words.code, network, clock.now())
    except DepositaryError:
        raise Unanswerable(503, "unavailable") from None
    if not allowed:
        raise Unanswerable(429, "too-often")
    return uncached(alerts_page(request, asked, "asked", treaty, who))


def link_response(request: Request, lang: str, state: State, subscription: Subscription | None) -> Response:
    """The page behind the link of a letter."""
    asked = ask(request, lang)
    if subscription is None:
        return uncached(alerts_page(request, asked, "gone"), 404)
    return uncached(alerts_page(request, asked, state, subscription.treaty, subscription.participant))


def alerts_page(
    request: Request, asked: PageQuery, state: State, treaty: str = "", who: str = "", fault: str = ""
) -> AlertsPage:
    """The page in a state."""
    site, words = site_of(request), asked.language
    participants = site.collection.participants
    name = words.name(participants, who, asked.on) if who in participants else who[:120]
    chosen = site.collection.treaties.get(treaty)
    called = words.treaty(chosen) if chosen else words.gettext("All treaties")
    everybody = {
        words.name(participants, code, asked.on)
        for code, participant in participants.items()
        if participant.exists_on(asked.on)
    }
    return AlertsPage(
        frame=site.frame(asked, request.scope["path"], lasting=state == "form"),
        state=state,
        treaties=tuple(
            Link(words.treaty(clauses), clauses.id, words.treaty_language(clauses))
            for clauses in map(site.collection.treaties.__getitem__, site.collection.in_order)
        ),
        treaty=treaty,
        participant=name,
        names=tuple(sorted(everybody, key=words.sort_key)) if state == "form" else (),
        about=" · ".join(filter(None, (called, name))),
        fault=fault,
    )


def uncached(page: AlertsPage, status: int = 200) -> Response:
    """The page as an answer that no cache and no search engine keeps."""
    return Response(html(page), status, {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}, HTML)
