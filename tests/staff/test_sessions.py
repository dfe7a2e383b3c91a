"""Sessions of the desk: their cookie, their end, and what becomes of a form after it."""

import asyncio
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary import clock
from depositary.desk import accounts, sessions
from depositary.desk.audit import Doing
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import COOKIE
from tests.staff.conftest import HERE, PASSWORD, URL, Browser, act
from tests.staff.signing_in import client_of, code_of, doing, sign_in
from tests.threads import apart
from tests.words_of import words_of


class TestSessions:
    def test_the_cookie_is_the_browser_s_own(self, app: FastAPI, person: Callable[..., str]) -> None:
        secret = person("flora", "registrar")
        client = client_of(app)
        client.cookies.set(COOKIE, "fixed-by-somebody-else")
        response = sign_in(client, "flora", PASSWORD, code_of(secret, 1))
        (cookie,) = [value for name, value in response.headers.multi_items() if name == "set-cookie"]
        for attribute in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"):
            assert attribute in cookie
        assert "fixed-by-somebody-else" not in cookie
        assert "Domain" not in cookie
        token = cookie.partition("=")[2].partition(";")[0]
        assert len(token) >= 43
        other = TestClient(app, base_url=URL, follow_redirects=False, cookies={COOKIE: "fixed-by-somebody-else"})
        assert other.get("/staff/").status_code == 303

    def test_signed_out_is_signed_out(
        self, app: FastAPI, person: Callable[..., str], signed_in: Callable[..., Browser]
    ) -> None:
        person("flora", "registrar")
        browser = signed_in("flora")
        token = browser.client.cookies[COOKIE]
        assert browser.post("/staff/sign-out").status_code == 303
        assert (
            TestClient(app, base_url=URL, follow_redirects=False, cookies={COOKIE: token}).get("/staff/").status_code
            == 303
        )

    @pytest.mark.parametrize(
        ("minutes", "steps", "there"), [(29, 1, True), (31, 1, False), (25, 28, True), (25, 29, False)]
    )
    def test_idle_and_overall(
        self, desk: Desk, person: Callable[..., str], minutes: int, steps: int, there: bool
    ) -> None:
        person("flora", "registrar")
        at = clock.now()
        with desk.store.session(writing=True) as session:
            flora = accounts.account(session, "flora")
            assert flora is not None
            token = sessions.begin(session, flora, "", Doing("flora", at))
        found: sessions.SignedIn | None = None
        for step in range(1, steps + 1):
            later = at + timedelta(minutes=minutes * step)
            with desk.store.session() as session:
                found = sessions.find(session, token, later)
            if found:
                sessions.touch(desk.store, found, later)
        assert (found is not None) is there

    def test_other_sessions_are_listed_and_ended(
        self, person: Callable[..., str], signed_in: Callable[..., Browser]
    ) -> None:
        person("flora", "registrar")
        person("rudolf", "registrar")
        here, there, his = signed_in("flora"), signed_in("flora"), signed_in("rudolf")
        listed = re.findall(r'name="session" value="([0-9a-f]{64})"', here.client.get("/staff/self").text)
        assert len(listed) == 1
        assert his.post("/staff/self/sessions", session=listed[0]).status_code == 303
        assert there.client.get("/staff/").status_code == 200
        assert here.post("/staff/self/sessions", session=listed[0]).status_code == 303
        assert there.client.get("/staff/").status_code == 303
        assert here.client.get("/staff/").status_code == 200

    def test_a_new_password_ends_them_all(self, person: Callable[..., str], signed_in: Callable[..., Browser]) -> None:
        person("flora", "registrar")
        first, other = signed_in("flora"), signed_in("flora")
        new = "seventeen kettles beside the lighthouse"
        assert first.post("/staff/self/password", new="short", again="short").status_code == 422
        assert first.post("/staff/self/password", new=new, again=new).status_code == 303
        assert first.client.get("/staff/").status_code == other.client.get("/staff/").status_code == 303


def test_roles_are_read_at_each_request(
    desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    person("flora", "registrar")
    browser = signed_in("flora")
    assert browser.client.get("/staff/new/ratification").status_code == 200
    with desk.store.session(writing=True) as session:
        accounts.set_roles(session, "flora", ["auditor"], doing())
    assert browser.client.get("/staff/new/ratification").status_code == 403
    assert browser.client.get("/staff/audit").status_code == 200


def test_an_expired_session_keeps_what_was_typed(
    app: FastAPI, desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    secret = person("flora", "registrar")
    browser = signed_in("flora", minutes=40)
    page = browser.post("/staff/form", **act(source="note verbale 7"))
    assert page.status_code == 401
    kept = dict(re.findall(r'name="(kept-[^"]*)" value="([^"]*)"', page.text))
    assert kept["kept-source"] == "note verbale 7"
    assert "kept-token" not in kept
    client = client_of(app)
    going_on = sign_in(client, "flora", PASSWORD, code_of(secret, 1), then="/staff/form", **kept)
    assert going_on.status_code == 200
    assert "It has not been sent yet" in words_of(going_on.text)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', going_on.text))
    assert client.post("/staff/form", data=fields, headers=HERE).headers["location"] == "/staff/cases/1"
    assert client.post("/staff/form", data=fields, headers=HERE).headers["location"] == "/staff/cases/1"
    assert "note verbale 7" in client.get("/staff/cases/1").text


def test_who_reads_does_not_wait_for_a_writer_elsewhere(
    desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser]
) -> None:
    """Another process holds the database: pages are read all the same, at once and after a minute of silence."""
    person("flora", "registrar")
    fresh, silent = signed_in("flora"), signed_in("flora", minutes=3)
    with desk.store.session(writing=True):
        begun = time.monotonic()
        for browser in (fresh, silent):
            assert browser.client.get("/staff/").status_code == 200
            assert browser.client.get("/staff/entries").status_code == 200
        assert time.monotonic() - begun < 30, "whoever waits for the database has a patience of 30 s"
    assert silent.client.get("/staff/").status_code == 200
    with desk.store.session() as session:
        seen = sessions.find(session, silent.client.cookies[COOKIE], clock.now())
    assert seen is not None
    assert clock.now() - seen.seen_at < timedelta(minutes=1), "a session in use goes on"


@pytest.mark.parametrize("path", ["/staff/form", "/staff/import", "/staff/sign-in", "/staff/invitation/x"])
def test_no_scan_is_read_without_a_session(app: FastAPI, path: str) -> None:
    """Its bytes are not even asked for."""
    asked = []

    async def receive() -> Any:
        asked.append(1)
        return {"type": "http.request", "body": b"x" * 65536, "more_body": True}

    statuses = []

    async def send(message: Any) -> None:
        statuses.append(message.get("status"))

    headers = {"host": URL.partition("//")[2], "content-type": "multipart/form-data; boundary=x"} | HERE
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("203.0.113.9", 1),
        "server": ("desk", 443),
        "scheme": "https",
        "http_version": "1.1",
        "root_path": "",
    }
    apart(lambda: asyncio.run(app(scope, receive, send)))
    assert statuses[0] in (401, 422)
    assert asked == []


def test_what_is_refused_is_written_down(
    app: FastAPI,
    person: Callable[..., str],
    signed_in: Callable[..., Browser],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A person's refusal in the audit; in the log of the process, what nobody needs an account for."""
    person("flora", "registrar")
    person("vera", "auditor")
    flora = signed_in("flora")
    assert flora.client.get("/staff/accounts").status_code == 403
    assert flora.client.post("/staff/form", data={"token": "x"}, headers=HERE).status_code == 403
    page = words_of(signed_in("vera").client.get("/staff/audit").text)
    assert "flora testclient refused: no right /staff/accounts" in page
    assert "flora testclient refused: not this session's form /staff/form" in page
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    assert flora.client.post("/staff/form", data={}, headers=foreign).status_code == 403
    assert TestClient(app, base_url="https://evil.example").get("/staff/").status_code == 421
    assert "not sent from the desk's own pages, from testclient" in caplog.text
    assert "under another name, from testclient" in caplog.text
    assert "evil.example" not in caplog.text


def test_what_is_done_is_written_down(person: Callable[..., str], signed_in: Callable[..., Browser]) -> None:
    person("flora", "registrar")
    person("vera", "auditor")
    signed_in("flora").post("/staff/form", **act())
    page = words_of(signed_in("vera").client.get("/staff/audit").text)
    for line in (
        "flora testclient case submitted case 1, version 1",
        "case saved",
        "signed in",
        "invited",
        "account added",
    ):
        assert line in page
