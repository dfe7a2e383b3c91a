"""Every route of the desk: who may use it, and from which pages."""

from collections.abc import Callable
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary.desk import accounts
from depositary.desk.roles import RIGHTS, ROLES, Right, Role
from depositary.web.staff.access import safe_path
from depositary.web.staff.desk import Desk
from tests.staff.conftest import HERE, URL, Browser, act
from tests.staff.route_table import BINDING, PUBLIC, address, guard_of, routes
from tests.words_of import words_of

Staff = dict[Role, Browser]


class TestEveryRoute:
    def test_every_route_is_public_or_guarded(self, app: FastAPI) -> None:
        seen = {(method, route.path) for method, route in routes(app)}
        unguarded = {(method, route.path) for method, route in routes(app) if guard_of(route) is None}
        assert unguarded == PUBLIC
        assert len(seen) > 30

    def test_every_route_by_every_role_and_by_no_one(self, app: FastAPI, staff: Staff, desk: Desk) -> None:
        """The expected answer follows from the right a route names."""
        tried = 0
        for method, route in routes(app):
            guard, path = guard_of(route), address(route.path)
            if guard is None:
                continue
            nobody = TestClient(app, base_url=URL, follow_redirects=False).request(
                method, path, headers=HERE, data={"x": "1"} if method == "POST" else None
            )
            assert nobody.status_code == (303 if method == "GET" else 401), (method, path)
            for role in ROLES:
                browser = staff[role]
                if path == "/staff/sign-out":
                    continue
                response = browser.client.get(path) if method == "GET" else browser.post(path)
                allowed = guard.right is None or guard.right in RIGHTS[role]
                assert (response.status_code == 403) is not allowed, (method, path, role)
                assert response.status_code < 500, (method, path, role)
                tried += 1
        print(f"{tried} addresses tried by {len(ROLES)} roles")
        assert tried > 100
        assert desk.store.entries() == []

    def test_a_disabled_account_comes_nowhere(self, app: FastAPI, staff: Staff, desk: Desk) -> None:
        from tests.staff.signing_in import doing

        for role, browser in staff.items():
            with desk.store.session(writing=True) as session:
                accounts.disable(session, browser.name, doing())
            for method, route in routes(app):
                if guard_of(route) is not None:
                    path = address(route.path)
                    response = browser.client.get(path) if method == "GET" else browser.post(path)
                    assert response.status_code == (303 if method == "GET" else 401), (role, path)

    def test_every_right_is_somebody_s_and_asked_for(self, app: FastAPI) -> None:
        asked = {guard_of(route).right for _, route in routes(app) if guard_of(route)}
        assert set(get_args(Right)) - asked <= {"rule"}


def test_what_is_missing_looks_like_what_is_not_yours(staff: Staff) -> None:
    for path in (
        "/staff/cases/99",
        "/staff/entries/99/rectify",
        f"/staff/documents/{'a' * 64}",
        "/staff/cases/x",
        "/staff/new/nonsense",
    ):
        response = staff["registrar"].client.get(path)
        told = words_of(response.text).count("There is no page at this address.")
        assert (response.status_code, told) == (404, 1), path


class TestFreshFactors:
    def test_what_is_binding_asks_again(self, app: FastAPI, staff: Staff, signed_in: Callable[..., Browser]) -> None:
        assert {route.path for _, route in routes(app) if guard_of(route) and guard_of(route).binding} == BINDING
        for path in BINDING:
            role: Role = "administrator" if "accounts" in path or "grants" in path else "legal officer"
            own = ("contacts", "circulation", "letters")
            role = "contacts officer" if any(one in path for one in own) else role
            old = signed_in(staff[role].name, minutes=6)
            response = old.post(address(path), seen="1", shown="x", reason="typed before")
            assert response.status_code == 401
            assert "Confirm your identity" in response.text
            assert 'name="reason" value="typed before"' in response.text


def test_another_way_to_sign_in_opens_no_other_route(desk: Desk) -> None:
    from dataclasses import replace

    from depositary.web.staff.app import create_desk
    from depositary.web.staff.openid import Provider

    app = create_desk(replace(desk, provider=Provider("https://login.example.int", "desk", "secret")))
    unguarded = {(method, route.path) for method, route in routes(app) if guard_of(route) is None}
    assert unguarded == PUBLIC | {("GET", "/staff/openid"), ("GET", "/staff/openid/back")}


def test_nothing_is_done_but_from_the_desk_s_own_forms(app: FastAPI, staff: Staff, desk: Desk) -> None:
    browser, tried = staff["registrar"], 0
    elsewhere: tuple[dict[str, str], ...] = (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    )
    for method, route in routes(app):
        if method == "POST":
            for headers in elsewhere:
                response = browser.client.post(address(route.path), data={"token": browser.token}, headers=headers)
                assert response.status_code == 403, (route.path, headers)
                tried += 1
            if guard_of(route) is not None:
                for token in ("", "x" * 64, staff["auditor"].token):
                    assert (
                        browser.client.post(address(route.path), data={"token": token}, headers=HERE).status_code == 403
                    )
                    tried += 1
    before = desk.store.session
    with before() as session:
        from depositary.desk.case import cases_at_work

        assert cases_at_work(session) == []
    print(f"{tried} requests from elsewhere refused")
    assert tried > 100


def test_a_get_changes_nothing(app: FastAPI, staff: Staff, desk: Desk) -> None:
    import sqlalchemy as sa

    def everything() -> list[Any]:
        with desk.store.reading() as connection:
            return [
                connection.execute(sa.select(sa.text("*")).select_from(sa.text(table))).all()
                for table in ("entry", "draft", "draft_version", "draft_step", "account", "invitation")
            ]

    staff["registrar"].post("/staff/form", **act())
    before = everything()
    for method, route in routes(app):
        if method == "GET":
            for browser in staff.values():
                browser.client.get(address(route.path))
    assert everything() == before


@pytest.mark.parametrize(
    "then",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example/staff/",
        "javascript:alert(1)",
        "%2f%2fevil.example",
        "/%09/evil.example",
        "/staff/../../evil",
        "/staff//evil.example",
        "\\\\evil.example",
        "/staff/\n",
        " /staff/",
        "staff/",
        "",
        "/evil",
        "/staff/%2e%2e/",
        "data:text/html,x",
        "/staff/\\evil",
        "///staff/",
        "/staff/\u202e",
    ],
)
def test_after_signing_in_a_person_stays_at_the_desk(then: str) -> None:
    assert safe_path(then) == "/staff/"
    assert safe_path("/staff/cases/7") == "/staff/cases/7"
