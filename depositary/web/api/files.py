"""The files of open data: the bulk file, its description, the catalogue, the schemas, the licence."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from depositary.web.api.calls import JSON
from depositary.web.cache_control import tagged_response
from depositary.web.formats import bulk
from depositary.web.query import ask
from depositary.web.responses import read_only, site_of


def routes() -> APIRouter:
    """The addresses under /data and /schemas."""
    router = APIRouter()
    page = read_only(router)

    @page("/data/depositary.zip")
    def bulk_file(request: Request) -> Response:
        return tagged_response(request, bulk.bulk(site_of(request), ask(request)), bulk.ZIP)

    @page("/data/datapackage.json")
    def data_package(request: Request) -> Response:
        described = bulk.data_package(site_of(request), ask(request))
        return tagged_response(request, bulk.as_pretty(described), JSON)

    @page("/data/catalogue.jsonld")
    def catalogue(request: Request) -> Response:
        described = bulk.catalogue(site_of(request), ask(request))
        return tagged_response(request, bulk.as_pretty(described), bulk.JSON_LD)

    @page("/data/LICENSE.md")
    def licence(request: Request) -> Response:
        return tagged_response(request, bulk.licence(site_of(request)), bulk.MARKDOWN)

    def schema(request: Request) -> Response:
        name = request.scope["path"].rpartition("/")[2].removesuffix(".json")
        return tagged_response(request, bulk.as_pretty(bulk.schemas(site_of(request))[name]), JSON)

    for name in bulk.SCHEMAS:
        page(f"/schemas/{name}.json")(schema)

    return router
