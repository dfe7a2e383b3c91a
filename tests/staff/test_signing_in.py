"""Coming in and going: both factors, each code once, sessions that end when they should."""

import asyncio
import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary import clock
from depositary.desk import accounts, passwords, sessions
from depositary.desk.audit import Doing
from depositary.errors import BadInput
from depositary.web.staff.app import create_desk
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import COOKIE
from tests.staff.conftest import HERE, PASSWORD, URL, Browser, act
from tests.threads import apart
from tests.words_of import words_of

Frozen = Callable[[str], AbstractContextManager[Any]]


def doing(name: str = "the test") -> Doing:
    return Doing(name, clock.now())


def counted(monkeypatch: pytest.MonkeyPatch, right: Callable[[str, str], bool]) -> list[str]:
    """What was compared with a kept password, which `right` decides from now on."""
    found = list[str]()

    def is_right(password: str, kept: str) -> bool:
        found.append(password)
        return right(password, kept)

    monkeypatch.setattr(passwords, "is_right", is_right)
    return found


def client_of(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=URL, follow_redirects=False)


def code_of(secret: str, later: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + 30 * later)


def sign_in(client: TestClient, name: str, password: str, code: str, **more: str):
    return client.post("/staff/sign-in", data={"name": name, "password": password, "code": code} | more, headers=HERE)


def test_an_invitation_is_taken_up_once(app: FastAPI, desk: Desk) -> None:
    with desk.store.session(writing=True) as session:
        accounts.add(session, "flora", "Flora Dane", ["registrar"], "en", doing())
        token = accounts.invite(session, "flora", desk.seal, doing())
    client = client_of(app)
    page = client.get(f"/staff/invitation/{token}").text
    (secret,) = re.findall(r"<code>([A-Z2-7]{32})</code>", page)
    assert "data:image/svg+xml" in page
    path = f"/staff/invitation/{token}"
    for password, again, code, said in (
        ("short", "short", code_of(secret), "at least 15 characters"),
        ("passwordpassword", "passwordpassword", code_of(secret), "guessed first"),
        ("flora dane depositary", "flora dane depositary", code_of(secret), "guessed first"),
        (PASSWORD, "another", code_of(secret), "differ"),
        (PASSWORD, PASSWORD, "000000", "not the one"),
    ):
        response = client.post(path, data={"password": password, "again": again, "code": code}, headers=HERE)
        assert response.status_code in (422, 429)
        assert said in response.text or response.status_code == 429, said
    desk.throttle.__init__()  # type: ignore[misc]
    done = client.post(path, data={"password": PASSWORD, "again": PASSWORD, "code": code_of(secret)}, headers=HERE)
    codes = re.findall(r"<code>([0-9a-f]{6}-[0-9a-f]{6}-[0-9a-f]{6})</code>", done.text)
    assert len(codes) == accounts.RECOVERY_CODES
    assert client.get(path).status_code == 404
    used_up = client.post(path, data={"password": PASSWORD, "again": PASSWORD, "code": "1"}, headers=HERE)
    assert used_up.status_code == 404
    assert sign_in(client, "flora", PASSWORD, codes[0]).status_code == 303
    assert sign_in(client_of(app), "flora", PASSWORD, codes[0]).status_code == 401
    with desk.store.reading() as connection:
        kept = str(
            [
                connection.execute(sa.select(sa.text("*")).select_from(sa.text(table))).all()
                for table in ("account", "invitation", "recovery_code", "desk_session")
            ]
        )
    for plain in (PASSWORD, secret, token, *codes, client.cookies[COOKIE]):
        assert plain not in kept


def test_an_invitation_expires(app: FastAPI, desk: Desk, frozen: Frozen) -> None:
    with frozen("2026-11-20T12:00:00"), desk.store.session(writing=True) as session:
        accounts.add(session, "flora", "Flora", ["registrar"], "en", doing())
        token = accounts.invite(session, "flora", desk.seal, doing())
    with frozen("2026-11-23T11:59:00"):
        assert client_of(app).get(f"/staff/invitation/{token}").status_code == 200
    with frozen("2026-11-23T12:01:00"):
        assert client_of(app).get(f"/staff/invitation/{token}").status_code == 404


def test_all_refusals_are_alike(
    app: FastAPI, desk: Desk, person: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = person("flora", "registrar")
    person("gone", "registrar")
    with desk.store.session(writing=True) as session:
        accounts.disable(session, "gone", doing())
    hashed = counted(monkeypatch, passwords.is_right)
    told = set()
    for name, password, code in (
        ("nobody", PASSWORD, "123456"),
        ("flora", "wrong", code_of(secret, 1)),
        ("flora", PASSWORD, "000000"),
        ("gone", PASSWORD, "123456"),
    ):
        response = sign_in(client_of(app), name, password, code)
        told.add(
            (response.status_code, re.sub(r'value="[^"]*"', "", response.text), tuple(sorted(response.headers.keys())))
        )
    assert len(told) == 1
    assert len(hashed) == 4
    assert passwords.is_right("x", "") is False


def test_a_code_works_once(app: FastAPI, person: Callable[..., str]) -> None:
    secret = person("flora", "registrar")
    code = code_of(secret, 1)
    assert sign_in(client_of(app), "flora", PASSWORD, code).status_code == 303
    assert sign_in(client_of(app), "flora", PASSWORD, code).status_code == 401
    assert sign_in(client_of(app), "flora", PASSWORD, code_of(secret, 0)).status_code == 401


SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९", "0123456789")
NOT_CODES = ("١٢٣", "²³⁴⁵⁶⁷x", "½½½½½½", "\ud800", "\x00", "九九九九九九", "x" * 9999, "")


def test_a_code_is_read_in_every_script() -> None:
    """With the spaces and the invisible marks that come with a copy."""
    secret, at = pyotp.random_base32(), clock.now()
    code = pyotp.TOTP(secret).at(int(at.timestamp()))
    for digits in SCRIPTS:
        typed = code.translate(str.maketrans("0123456789", digits))
        for mark in ("", " ", "\u00a0", "\u200f", "\u2066", "\u200b"):
            assert accounts.matching_step(secret, f"{mark}{typed[:3]}{mark}{typed[3:]}{mark}", at) is not None
    for other in NOT_CODES:
        assert accounts.matching_step(secret, other, at) is None


def test_codes_of_another_keyboard_come_in(app: FastAPI, desk: Desk, person: Callable[..., str]) -> None:
    secret = person("flora", "registrar")
    typed = code_of(secret, 1).translate(str.maketrans("0123456789", SCRIPTS[1]))
    assert sign_in(client_of(app), "flora", PASSWORD, typed).status_code == 303
    with desk.store.session(writing=True) as session:
        codes = accounts._new_recovery_codes(session, "flora")
    spoilt = "\u200e " + codes[0].upper().replace("-", "\u2011") + " \u200e"
    assert sign_in(client_of(app), "flora", PASSWORD, spoilt).status_code == 303


def test_what_is_no_code_is_refused_in_a_sentence(
    app: FastAPI, desk: Desk, person: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    """At the sign-in and at an invitation, whose token the log does not have."""
    person("flora", "registrar")
    with desk.store.session(writing=True) as session:
        token = accounts.invite(session, "flora", desk.seal, doing())
    for code in ("²³⁴⁵⁶⁷", "\u200f١٢٣"):
        assert "is not right" in words_of(sign_in(client_of(app), "flora", PASSWORD, code).text)
        fields = {"password": PASSWORD, "again": PASSWORD, "code": code}
        invited = client_of(app).post(f"/staff/invitation/{token}", data=fields, headers=HERE)
        assert (invited.status_code, "is not the one" in words_of(invited.text)) == (422, True)
    assert token not in caplog.text


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


def test_tries_are_counted_before_anything_is_hashed(
    app: FastAPI, person: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = person("flora", "registrar")
    hashed = counted(monkeypatch, lambda password, kept: False)
    attacker = TestClient(app, base_url=URL, follow_redirects=False, client=("203.0.113.9", 1))
    found = [sign_in(attacker, "flora", "x", "1").status_code for _ in range(200)]
    assert found[:5] == [401] * 5
    assert set(found[5:]) == {429}
    assert len(hashed) == 5
    monkeypatch.undo()
    owner = TestClient(app, base_url=URL, follow_redirects=False, client=("198.51.100.7", 1))
    assert sign_in(owner, "flora", PASSWORD, code_of(secret, 1)).status_code == 303
    names = [sign_in(attacker, f"name{n}", "x", "1").status_code for n in range(30)]
    assert names[-1] == 429


def test_who_tries_behind_a_proxy_shuts_nobody_else_out(
    desk: Desk, person: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy that is trusted names the client; the same header from anybody else is not believed."""
    secret = person("flora", "registrar")
    app = create_desk(replace(desk, trusted_proxies=("127.0.0.0/8",)))

    def client_behind(proxy: str, named: str) -> TestClient:
        headers = {"X-Forwarded-For": named}
        return TestClient(app, base_url=URL, follow_redirects=False, client=(proxy, 1), headers=headers)

    attacker = client_behind("127.0.0.1", "192.0.2.66, 203.0.113.9")
    with monkeypatch.context() as patched:
        patched.setattr(passwords, "is_right", lambda password, kept: False)
        tries = [sign_in(attacker, "flora", "x", "1").status_code for _ in range(30)]
    assert tries[-1] == 429
    spoofed = client_behind("203.0.113.9", "198.51.100.7")
    assert sign_in(spoofed, "flora", PASSWORD, code_of(secret, 1)).status_code == 429
    owner = client_behind("127.0.0.1", "198.51.100.7")
    assert sign_in(owner, "flora", PASSWORD, code_of(secret, 1)).status_code == 303


def test_a_release_is_confirmed_while_others_try_passwords(
    app: FastAPI, person: Callable[..., str], signed_in: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the same address: a confirmation is counted by the session, and never among the sign-ins."""
    secret = person("flora", "legal officer")
    flora, another = signed_in("flora", minutes=6), signed_in("flora", minutes=6)
    path = "/staff/self/recovery"
    with monkeypatch.context() as patched:
        patched.setattr(passwords, "is_right", lambda password, kept: False)
        assert [sign_in(client_of(app), "flora", "x", "1").status_code for _ in range(30)][-1] == 429
        wrong = [flora.post(path, password="x", code="1").status_code for _ in range(4)]
    assert wrong == [401] * 4
    confirmed = flora.post(path, password=PASSWORD, code=code_of(secret, 1))
    assert confirmed.status_code == 200
    later = [another.post(path, password="x", code="1").status_code for _ in range(2)]
    assert later == [401, 401]


@pytest.mark.parametrize(
    "password",
    [
        "",
        "x",
        "fourteen chars",
        "aaaaaaaaaaaaaaaaaaaa",
        "passwordpassword",
        "123456789012345",
        "qwertyuiopasdfgh",
        "abcdefghijklmnop",
        "flora.dane2026!",
        "depositarydepositary",
        "x" * 65536,
        "iloveyouiloveyou",
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    assert passwords.weakness(password, "flora.dane")


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "пять зонтов на лестнице", "七把雨伞在大理石楼梯下面放着呢朋友们", "s" + "pelunk quartz Übermut " * 8],
)
def test_a_strong_password_is_taken(password: str) -> None:
    assert passwords.weakness(password) == ""
    kept = passwords.hashed(password)
    assert kept.startswith("$argon2id$")
    assert passwords.is_right(password, kept)
    assert not passwords.is_right(password + " ", kept)


def test_no_account_is_there_by_default(desk: Desk) -> None:
    with desk.store.session() as session:
        assert accounts.accounts(session) == []


@pytest.mark.parametrize(
    ("name", "full_name", "roles", "said"),
    [
        ("Flora", "Flora", ["registrar"], "small letters"),
        ("f", "Flora", ["registrar"], "small letters"),
        ("flora", "", ["registrar"], "full name"),
        ("flora", "Flora", [], "at least one role"),
        ("flora", "Flora", ["king"], "'king' is no role"),
        ("flora", "Flora", ["administrator", "registrar"], "accounts only"),
    ],
)
def test_an_account_that_cannot_be(desk: Desk, name: str, full_name: str, roles: list[str], said: str) -> None:
    with pytest.raises(BadInput, match=said), desk.store.session(writing=True) as session:
        accounts.add(session, name, full_name, roles, "en", doing())


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
    assert "Nothing has been done with it yet" in words_of(going_on.text)
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
        assert time.monotonic() - begun < 15, "the database has a patience of 30 s"
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


def test_what_is_done_is_written_down(person: Callable[..., str], signed_in: Callable[..., Browser]) -> None:
    person("flora", "registrar")
    person("vera", "auditor")
    signed_in("flora").post("/staff/form", **act())
    page = words_of(signed_in("vera").client.get("/staff/audit").text)
    for line in (
        "flora testclient draft submitted draft 1, version 1",
        "draft saved",
        "signed in",
        "invited",
        "account added",
    ):
        assert line in page
