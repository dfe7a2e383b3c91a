"""Coming in and going: both factors, each code once, sessions that end when they should."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary import clock
from depositary.desk import accounts, passwords, recovery_codes
from depositary.web.staff.app import create_desk
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import COOKIE
from tests.staff.conftest import HERE, PASSWORD, URL, Browser
from tests.staff.signing_in import client_of, code_of, doing, sign_in
from tests.words_of import words_of

Frozen = Callable[[str], AbstractContextManager[Any]]


def counted(monkeypatch: pytest.MonkeyPatch, right: Callable[[str, str], bool]) -> list[str]:
    """What was compared with a kept password, which `right` decides from now on."""
    found = list[str]()

    def is_right(password: str, kept: str) -> bool:
        found.append(password)
        return right(password, kept)

    monkeypatch.setattr(passwords, "is_right", is_right)
    return found


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
    codes = re.findall(r"<code>([0-9a-f]{10}-[0-9a-f]{10}-[0-9a-f]{10})</code>", done.text)
    assert len(codes) == recovery_codes.NUMBER
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
        codes = recovery_codes.make(session, "flora")
    for code, hyphen in zip(codes, ("\u2011", " ", ""), strict=False):
        spoilt = "\u200e " + code.upper().replace("-", hyphen) + " \u200e"
        assert sign_in(client_of(app), "flora", PASSWORD, spoilt).status_code == 303, hyphen


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


def test_a_recovery_code_has_more_than_112_random_bits(desk: Desk, person: Callable[..., str]) -> None:
    person("flora", "registrar")
    with desk.store.session(writing=True) as session:
        codes = recovery_codes.make(session, "flora")
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[0-9a-f]{10}(-[0-9a-f]{10}){2}", code) for code in codes)
    assert 4 * len(codes[0].replace("-", "")) >= 112


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
