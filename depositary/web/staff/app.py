"""The desk's application: the guards that every request passes, and the routes behind them."""

from urllib.parse import urlsplit

from fastapi import Depends, FastAPI
from starlette.responses import Response
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from depositary.web.security import guarded
from depositary.web.staff import (
    account_links,
    accounts,
    audit,
    bench,
    case_page,
    circulation,
    corrections,
    corrigenda,
    documents,
    edition,
    entries,
    entry_page,
    find,
    import_file,
    intake,
    intake_items,
    invitation,
    irregularities,
    letters,
    notifications,
    own_account,
    sign_in,
    sign_in_openid,
    statistics,
    work,
)
from depositary.web.staff import archive as issued
from depositary.web.staff.access import Missing, require_plausible_address
from depositary.web.staff.authorities import (
    confirmation,
    decisions,
    emergency,
    inquiries,
    lists,
    obligations,
    of_case,
    proposals,
    registers,
)
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import sends_renewed_session
from depositary.web.staff.faults import add_fault_pages, fault_page
from depositary.web.staff.origin import DESK_HEADERS, limit_length, refuse_foreign_forms, require_own_host
from depositary.words.templates import read_templates

ROUTES = (
    sign_in.routes,
    invitation.routes,
    own_account.routes,
    work.routes,
    entries.routes,
    find.routes,
    statistics.routes,
    irregularities.routes,
    import_file.routes,
    intake.routes,
    entry_page.routes,
    intake_items.routes,
    documents.routes,
    case_page.routes,
    notifications.routes,
    corrections.routes,
    corrigenda.routes,
    issued.routes,
    bench.routes,
    account_links.routes,
    accounts.routes,
    audit.routes,
)
ROUTES_OF_AUTHORITIES = (
    registers.routes,
    obligations.routes,
    lists.routes,
    inquiries.routes,
    of_case.routes,
    proposals.routes,
    decisions.routes,
    emergency.routes,
    confirmation.routes,
    circulation.routes,
    edition.routes,
    letters.routes,
)


def create_desk(desk: Desk) -> FastAPI:
    """The desk's application. It answers under its own name only, and shows nothing to anybody who is not signed in."""
    read_templates()
    app = FastAPI(
        title="Desk",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(require_plausible_address)],
    )
    app.state.desk = desk
    add_fault_pages(app, desk)
    app.add_middleware(sends_renewed_session)
    app.add_middleware(limit_length)
    app.add_middleware(refuse_foreign_forms)
    app.add_middleware(require_own_host, hosts=frozenset({urlsplit(desk.url).netloc}))
    app.add_middleware(
        guarded,
        failure=lambda scope, reference: fault_page(desk, scope, 500, reference=reference),
        headers=DESK_HEADERS,
    )

    if desk.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(desk.trusted_proxies))

    @app.get("/")
    def root() -> Response:
        return Response(status_code=307, headers={"Location": "/staff/"})

    @app.get("/healthz")
    def health() -> Response:
        return Response("ok\n", media_type="text/plain")

    @app.get("/static/{name:path}")
    def static(name: str) -> Response:
        if name not in desk.assets.files:
            raise Missing
        content, kind, _ = desk.assets.files[name]
        return Response(content, media_type=kind)

    for routes in (*ROUTES, *(ROUTES_OF_AUTHORITIES if desk.contacts else ())):
        app.include_router(routes(desk))
    if desk.provider:
        app.include_router(sign_in_openid.routes(desk, desk.provider))
    return app
