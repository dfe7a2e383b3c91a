"""Passkeys: added by who is signed in, used in place of password and code, once for each challenge."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pyotp
import pytest
from sqlmodel import select
from starlette.testclient import TestClient
from webauthn.helpers import bytes_to_base64url

from depositary import clock
from depositary.desk import accounts, passkeys
from depositary.desk.audit import Doing
from depositary.desk.tables import PasskeyRow, SessionRow
from depositary.errors import BadInput
from depositary.web.staff.app import create_desk
from depositary.web.staff.desk import Desk
from tests.browsers import arrive
from tests.staff.conftest import HERE, Browser, Person, Serve
from tests.words_of import words_of

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def at_home(desk: Desk, serve: Serve) -> Iterator[tuple[Desk, str]]:
    """The desk at a host name, for passkeys are made for names and not for numbers."""
    hosts: set[str] = set()
    here = replace(desk, url="http://localhost")
    app = create_desk(here)
    for middleware in app.user_middleware:
        if "hosts" in middleware.kwargs:
            middleware.kwargs["hosts"] = hosts
    with serve(app) as address:
        local = f"http://localhost:{urlsplit(address).port}"
        hosts.add(urlsplit(local).netloc)
        object.__setattr__(here, "url", local)
        yield here, local


def device_of(person: Person) -> tuple[Any, str]:
    """A device at the person's browser, and its name there."""
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session, made["authenticatorId"]


def test_a_passkey_is_added_and_signs_in_and_confirms(
    browser: Any, at_home: tuple[Desk, str], person: Callable[..., str]
) -> None:
    desk, address = at_home
    flora = Person(browser, address, "flora", person("flora", "registrar"))
    flora.page.goto("/staff/sign-in")
    assert not flora.page.locator("[data-passkey]").count(), "nobody has a passkey yet"
    flora.prove(1)
    arrive(flora.page, "**/staff/")
    device_of(flora)
    flora.page.goto("/staff/self")
    flora.fill(called="The blue telephone")
    flora.click("text=Add a passkey")
    assert "The blue telephone" in flora.text
    flora.click("text=Sign out")
    flora.click("text=Use a passkey")
    arrive(flora.page, "**/staff/")
    with desk.store.session(writing=True) as session:
        row = passkeys.passkeys(session, "flora")[0]
        for other in session.exec(select(SessionRow)):
            other.confirmed_at = "2020-01-01T00:00:00Z"
        assert row.used_at
    flora.page.goto("/staff/self")
    flora.click("text=Make new ones")
    assert "Confirm your identity" in flora.text
    flora.click("text=Use a passkey")
    flora.page.wait_for_selector("text=they are shown only now")
    assert flora.errors == ["Failed to load resource: the server responded with a status of 401 (Unauthorized)"], (
        "what is binding asked for both factors"
    )
    flora.page.goto("/staff/self")
    flora.click("text=Remove")
    with desk.store.session() as session:
        assert passkeys.passkeys(session, "flora") == []


@pytest.mark.parametrize("credential", ["", "{}", "null", "[]", '{"id": 1}', "x" * 9000, '{"response": {}}', "\\u0000"])
def test_what_no_device_has_answered_lets_nobody_in(
    desk: Desk, app: Any, person: Callable[..., str], credential: str
) -> None:
    person("flora", "registrar")
    client = TestClient(app, base_url=desk.url, follow_redirects=False)
    answer = client.post("/staff/sign-in", data={"name": "flora", "passkey": credential}, headers=HERE)
    assert answer.status_code == 401
    with desk.store.session(writing=True) as session, pytest.raises(BadInput):
        passkeys.add(session, credential, "Phone", desk.url, desk.seal, Doing("flora", clock.now()))


def test_tries_of_others_shut_no_passkey_out(desk: Desk, app: Any, person: Callable[..., str]) -> None:
    """Not even from the same address, as where a proxy stands in front that no setting names."""
    person("flora", "registrar")
    client = TestClient(app, base_url=desk.url, follow_redirects=False)

    def status(**fields: str) -> int:
        return client.post("/staff/sign-in", data={"name": "flora"} | fields, headers=HERE).status_code

    tries = [status(password="x", code="1") for _ in range(30)]
    assert tries[-1] == 429
    assert [status(passkey="{}") for _ in range(30)] == [401] * 30, "each is looked at"


def test_a_challenge_is_answered_within_minutes_and_for_its_purpose(desk: Desk) -> None:
    now = clock.now()

    def told(challenge: bytes) -> str:
        data = json.dumps({"challenge": bytes_to_base64url(challenge)}).encode()
        return json.dumps({"response": {"clientDataJSON": bytes_to_base64url(data)}})

    made = passkeys.challenge(desk.seal, "passkey used", now)
    assert passkeys.answered(told(made), desk.seal, "passkey used", now)[0] == made
    for purpose, at in (
        ("passkey added", now),
        ("passkey used", now + timedelta(minutes=11)),
        ("passkey used", now - timedelta(minutes=1)),
    ):
        with pytest.raises(ValueError, match="T"):
            passkeys.answered(told(made), desk.seal, purpose, at)


def test_a_new_invitation_ends_passkeys(desk: Desk, person: Callable[..., str]) -> None:
    person("flora", "registrar")
    doing = Doing("flora", clock.now())
    with desk.store.session(writing=True) as session:
        session.add(
            PasskeyRow(
                credential="x", account="flora", public_key="x", uses=0, called="Phone", added_at="", last_challenge=""
            )
        )
        token = accounts.invite(session, "flora", desk.seal, doing)
        invited = accounts.invitation(session, token, desk.seal, doing.at)
    assert invited is not None
    code = pyotp.TOTP(invited[1]).at(int(doing.at.timestamp()))
    accounts.accept(desk.store, token, "nine umbrellas under a marble staircase", code, desk.seal, doing)
    with desk.store.session() as session:
        assert passkeys.passkeys(session, "flora") == []


class TestBothFactors:
    def test_what_is_binding_is_done_with_the_factors_at_once(
        self, desk: Desk, app: Any, person: Callable[..., str], signed_in: Callable[..., Browser]
    ) -> None:
        secret = person("flora", "registrar")
        flora = signed_in("flora", minutes=6)
        asked = flora.post("/staff/self/recovery")
        assert (asked.status_code, "Confirm your identity" in words_of(asked.text)) == (401, True)
        assert 'action="/staff/self/recovery"' in asked.text
        code = pyotp.TOTP(secret).at(int(clock.now().timestamp()) + 30)
        done = flora.post("/staff/self/recovery", password="nine umbrellas under a marble staircase", code=code)
        assert (done.status_code, "they are shown only now" in words_of(done.text)) == (200, True)
        assert flora.client.get("/staff/self").status_code == 200, "the browser has the new session's token"

    def test_a_part_of_a_page_says_in_a_sentence_that_one_is_signed_out(self, desk: Desk, app: Any) -> None:
        client = TestClient(app, base_url=desk.url, follow_redirects=False)
        for answer in (
            client.post("/staff/form/preview", data={"text": "x"}, headers=HERE | {"HX-Request": "true"}),
            client.get("/staff/participants?participant=x", headers={"HX-Request": "true"}),
        ):
            assert answer.status_code == 200
            assert "What you typed stays here" in words_of(answer.text)
            assert "<html" not in answer.text

    def test_an_address_with_a_question_survives_the_sign_in(
        self, desk: Desk, app: Any, person: Callable[..., str]
    ) -> None:
        secret = person("flora", "registrar")
        client = TestClient(app, base_url=desk.url, follow_redirects=False)
        there = client.get("/staff/new/objection?treaty=XVIII-16&source=C.N.%201").headers["location"]
        page = client.get(there).text
        assert 'name="then" value="/staff/new/objection?treaty=XVIII-16&amp;source=C.N.%201"' in page
        code = pyotp.TOTP(secret).at(int(clock.now().timestamp()) + 30)
        fields = {
            "name": " Flora ",
            "password": "nine umbrellas under a marble staircase",
            "code": f"{code[:3]} {code[3:]}",
        }
        came = client.post(
            "/staff/sign-in",
            data=fields | {"then": "/staff/new/objection?treaty=XVIII-16&source=C.N.%201"},
            headers=HERE,
        )
        assert came.headers["location"] == "/staff/new/objection?treaty=XVIII-16&source=C.N.%201"
        again = client.post("/staff/sign-in", data=fields, headers=HERE)
        assert "This code was used already" in words_of(again.text)

    def test_recovery_codes_are_counted_and_made_anew(
        self, desk: Desk, person: Callable[..., str], signed_in: Callable[..., Browser], app: Any
    ) -> None:
        person("flora", "registrar")
        flora = signed_in("flora")
        assert "that you have not used: 10." in words_of(flora.client.get("/staff/self").text)
        made = flora.post("/staff/self/recovery").text
        code = words_of(made).split("shown only now. ")[1].split()[0]
        fields = {"name": "flora", "password": "nine umbrellas under a marble staircase", "code": code}
        client = TestClient(app, base_url=desk.url, follow_redirects=False)
        assert client.post("/staff/sign-in", data=fields, headers=HERE).status_code == 303
        used = client.post("/staff/sign-in", data=fields, headers=HERE)
        assert "This recovery code was used already" in words_of(used.text)
        assert "that you have not used: 9." in words_of(flora.client.get("/staff/self").text)
