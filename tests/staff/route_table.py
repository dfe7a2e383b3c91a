"""The routes of the desk, taken from its own route table: which are public, which are binding."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

PUBLIC = {
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/static/{name:path}"),
    ("GET", "/staff"),
    ("GET", "/staff/sign-in"),
    ("POST", "/staff/sign-in"),
    ("GET", "/staff/invitation/{token}"),
    ("POST", "/staff/invitation/{token}"),
    ("GET", "/contacts/confirm/{token}"),
    ("POST", "/contacts/confirm/{token}"),
}
"""The routes for which nobody need be signed in. A new public route is written here, or a test fails."""


BINDING = {
    "/staff/cases/{number}/release",
    "/staff/self/password",
    "/staff/self/recovery",
    "/staff/self/passkeys",
    "/staff/self/passkeys/remove",
    "/staff/accounts",
    "/staff/accounts/{name}/{what}",
    "/staff/grants",
    "/staff/notifications/all",
    "/staff/notifications/series/agree",
    "/staff/notifications/entries/{number}/{what}",
    "/staff/notifications/corrections/{number}",
    "/staff/notifications/issued/{name}/circulate",
    "/staff/contacts/entries/{number}/confirm",
    "/staff/contacts/proposals",
    "/staff/contacts/proposals/{number}/approve",
    "/staff/contacts/proposals/{number}/ask",
    "/staff/contacts/proposals/{number}/override",
    "/staff/contacts/asking/confirmation",
    "/staff/contacts/asking/ping",
    "/staff/circulation",
    "/staff/circulation/{name}/{what}",
    "/staff/letters/{number}/{what}",
    "/staff/letters/in-files/{what}",
    "/staff/cases/{number}/letter",
    "/staff/contacts/obligations/{code}/letter",
}


def routes(app: FastAPI) -> Iterator[tuple[str, APIRoute]]:
    for route in flat(app.routes):
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield method, route


def flat(found: Any) -> Iterator[APIRoute]:
    """The routes of an application and of the routers it includes. Raises AttributeError for what is neither."""
    for route in found:
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from flat(route.original_router.routes)


def guard_of(route: APIRoute) -> Any:
    return next((one.call for one in route.dependant.dependencies if hasattr(one.call, "right")), None)


def address(path: str) -> str:
    filled = path.replace("{number}", "1").replace("{slug}", "ratification").replace("{digest}", "0" * 64)
    return (
        filled.replace("{name:path}", "icon.svg")
        .replace("{token}", "x")
        .replace("{name}", "nobody")
        .replace("{what}", "invite")
        .replace("{code}", "S01")
    )
