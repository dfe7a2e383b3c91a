"""Every route of the desk: who may use it, from which pages, and what it answers."""

import asyncio
import re
import socket
from collections.abc import Callable
from typing import Any, get_args
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary.desk import accounts
from depositary.desk.roles import RIGHTS, ROLES, Right, Role
from depositary.web.staff.access import safe_path
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import COOKIE
from depositary.web.staff.origin import DESK_HEADERS
from tests.staff.conftest import HERE, URL, Browser, act
from tests.staff.route_table import BINDING, PUBLIC, address, guard_of, routes
from tests.stores import ON_BOTH
from tests.threads import apart
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
        assert (response.status_code, words_of(response.text).count("There is nothing here.")) == (404, 1), path


NUMBERS = ("0", "-1", str(2**31), str(2**63), "9" * 5000, "٣", "1.0", "%00", "x")
TEXTS = ("%00", "x%00", "%ff", "%0d%0a", "x" * 3000, "%E2%80%AE", "..%2f..", "'; DROP TABLE entry; --")
QUERY = ("on", "known_at", "since", "treaty", "q", "before", "language", "participant", "acts", "then", "seen_by")


@ON_BOTH
def test_no_address_is_an_error_of_the_program(app: FastAPI, staff: Staff, desk: Desk, database: str) -> None:
    """Each part of each address, with values that no database can look up; the right of the route is there."""
    client, tried = TestClient(app, base_url=URL, follow_redirects=False, raise_server_exceptions=False), 0
    for method, route in routes(app):
        role = role_for(guard_of(route))
        client.cookies = staff[role].client.cookies
        for part in re.findall(r"{(\w+)}", route.path):
            for value in NUMBERS if part == "number" else TEXTS:
                path = address(route.path.replace(f"{{{part}}}", quote(value, safe="%")))
                response = client.request(method, path, headers=HERE, data=form_of(method, staff[role]))
                assert response.status_code < 500, (method, path[:80])
                tried += 1
        for value in ("\0", "9" * 5000, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "-" + "9" * 5000):
            asked = client.get(address(route.path), params=dict.fromkeys(QUERY, value))
            assert asked.status_code < 500, (route.path, value[:40])
            tried += 1
    print(f"{tried} addresses tried")
    assert tried > 500


def role_for(guard: Any) -> Role:
    """A role that has the right of a route."""
    return next((role for role in ROLES if guard and guard.right in (None, *RIGHTS[role])), "registrar")


def form_of(method: str, browser: Browser) -> dict[str, str] | None:
    return {"token": browser.token} if method == "POST" else None


@ON_BOTH
def test_no_text_of_a_form_is_an_error_of_the_program(app: FastAPI, staff: Staff, database: str) -> None:
    client = TestClient(app, base_url=URL, follow_redirects=False, raise_server_exceptions=False)
    names = ("name", "password", "code", "number", "target", "documents", "session", "reason", "text", "seen", "form")
    for method, route in routes(app):
        if method != "POST" or route.path == "/staff/sign-out":
            continue
        role = role_for(guard_of(route))
        client.cookies = staff[role].client.cookies
        for value in ("\0", "9" * 5000):
            fields = {"token": staff[role].token} | dict.fromkeys(names, value)
            response = client.post(address(route.path), data=fields, headers=HERE)
            assert response.status_code < 500, (route.path, value[:40])
        half = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n--x--\r\n'
        kind = {"Content-Type": "multipart/form-data; boundary=x; charset=unicode_escape"}
        assert client.post(address(route.path), content=half, headers=HERE | kind).status_code < 500, route.path


def test_the_log_has_no_token_of_an_address(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("depositary.desk.accounts.invitation", lambda *_: 1 / 0)
    client = TestClient(app, base_url=URL, raise_server_exceptions=False)
    assert client.get("/staff/invitation/a-token-that-works").status_code == 500
    assert "/staff/invitation/{token}" in caplog.text
    assert "a-token-that-works" not in caplog.text


def test_a_client_that_goes_away_is_no_failure(app: FastAPI, staff: Staff, caplog: pytest.LogCaptureFixture) -> None:
    """It sends half a form, and is gone."""
    cookie = f"{COOKIE}={staff['registrar'].client.cookies[COOKIE]}".encode()
    messages = iter(({"type": "http.request", "body": b"token=", "more_body": True}, {"type": "http.disconnect"}))
    headers = {"host": URL.partition("//")[2], "content-type": "application/x-www-form-urlencoded"} | HERE
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/staff/form",
        "raw_path": b"/staff/form",
        "query_string": b"",
        "headers": [*((k.lower().encode(), v.encode()) for k, v in headers.items()), (b"cookie", cookie)],
        "client": ("203.0.113.9", 1),
        "server": ("desk", 443),
        "scheme": "https",
        "http_version": "1.1",
        "root_path": "",
    }

    async def receive() -> Any:
        return next(messages)

    async def send(message: Any) -> None:
        pass

    apart(lambda: asyncio.run(app(scope, receive, send)))
    assert "failure" not in caplog.text


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


def test_headers_on_every_answer(app: FastAPI, staff: Staff) -> None:
    client = staff["legal officer"].client
    answers = [client.get(address(route.path)) for method, route in routes(app) if method == "GET"]
    answers += [
        client.get("/nonsense"),
        client.post("/staff/form"),
        client.request("TRACE", "/"),
        client.get("/", headers={"host": "evil.example"}),
    ]
    for answer in answers:
        expected = dict(DESK_HEADERS)
        if "/documents/" in str(answer.url) and answer.status_code == 200:
            continue
        assert {name: answer.headers.get(name) for name in expected} == expected, answer.url


def test_there_is_no_documentation_and_no_other_method(app: FastAPI, staff: Staff) -> None:
    client = TestClient(app, base_url=URL)
    for path in ("/docs", "/redoc", "/openapi.json", "/api/docs"):
        assert client.get(path).status_code == 404
    assert client.get("/healthz").text == "ok\n"
    for method, route in routes(app):
        other = "DELETE" if method != "DELETE" else "PUT"
        assert client.request(other, address(route.path), headers=HERE).status_code == 405
    assert client.request("TRACE", "/staff/", headers=HERE).status_code == 405


def test_caches_keep_nothing(staff: Staff) -> None:
    for path in ("/staff/", "/staff/self", "/staff/sign-in"):
        assert staff["registrar"].client.get(path).headers["cache-control"] == "no-store"


def test_the_page_of_an_error_says_nothing_of_the_program(
    staff: Staff, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("depositary.web.staff.work.cases_at_work", lambda *_: 1 / 0)
    client = TestClient(
        staff["registrar"].client.app,
        base_url=URL,
        raise_server_exceptions=False,
        cookies=staff["registrar"].client.cookies,
    )
    response = client.get("/staff/")
    assert response.status_code == 500
    for secret in ("ZeroDivision", "Traceback", "depositary/", "sqlite"):
        assert secret not in response.text


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


class TestHosts:
    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "desk.example.int.evil.example",
            "desk.example.int:81",
            "",
            "DESK.EXAMPLE.INT@evil",
            "127.0.0.1",
            "localhost",
            "desk.example.int, evil",
            "evil.example#desk.example.int",
            ".",
            "desk.example.int.",
            "[::1]",
        ],
    )
    def test_it_answers_under_its_own_name_only(self, app: FastAPI, host: str) -> None:
        assert TestClient(app, base_url=URL).get("/staff/sign-in", headers={"host": host}).status_code == 421

    def test_links_are_of_the_configured_address(self, staff: Staff) -> None:
        made = staff["administrator"].post(
            "/staff/accounts", name="new.person", full_name="New", **{"role-auditor": "yes"}
        )
        assert made.status_code == 303
        assert f"{URL}/staff/invitation/" in staff["administrator"].client.get(made.headers["location"]).text

    def test_no_header_changes_the_address_that_is_counted(self, app: FastAPI, desk: Desk) -> None:
        client = TestClient(app, base_url=URL)
        found = [
            client.post(
                "/staff/sign-in",
                data={"name": "nobody", "password": "x", "code": "1"},
                headers=HERE | {"X-Forwarded-For": f"10.0.{n}.1"},
            ).status_code
            for n in range(7)
        ]
        assert found[-1] == 429


def test_the_public_site_knows_no_desk_and_no_cookie(desk: Desk, staff: Staff) -> None:
    from depositary.web.app import create_app

    site = TestClient(create_app(desk.collection, desk.store.entries, proofs=desk.store), base_url=URL)
    cookie = {COOKIE: staff["registrar"].client.cookies[COOKIE]}
    for path in ("/en/treaties/XVIII-16/", "/en/"):
        plain, with_cookie = site.get(path), site.get(path, headers={"cookie": f"{COOKIE}={cookie[COOKIE]}"})
        assert plain.content == with_cookie.content
        assert "set-cookie" not in with_cookie.headers
    assert site.get("/staff/").status_code == 404
    assert socket.gethostname() not in plain.text
