"""What a client may send to any route of the desk: no address and no text is an error of the program."""

import asyncio
import re
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary.desk.roles import RIGHTS, ROLES, Role
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import COOKIE
from tests.staff.conftest import HERE, URL, Browser
from tests.staff.route_table import address, guard_of, routes
from tests.stores import ON_BOTH
from tests.threads import apart

Staff = dict[Role, Browser]
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
