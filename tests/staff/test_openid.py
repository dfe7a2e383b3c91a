"""Signing in at a provider of the organization's own: a real one, as small as can be, over HTTP."""

import base64
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI, Request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.testclient import TestClient

from depositary import clock
from depositary.desk import accounts
from depositary.desk.audit import Doing
from depositary.web.staff.app import create_desk
from depositary.web.staff.desk import Desk
from depositary.web.staff.openid import Provider, are_two_factors
from tests.staff.conftest import PASSWORD, URL
from tests.staff.signing_in import code_of

KEY = RSAKey.generate_key(2048, {"kid": "1"})


class House:
    """The provider: what it will say of the next person."""

    def __init__(self) -> None:
        self.says: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self.issuer = ""
        self.app = FastAPI()

        @self.app.get("/.well-known/openid-configuration")
        def metadata() -> dict[str, str]:
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            return {"issuer": self.issuer} | {name: f"{self.issuer}/{path}" for name, path in names.items()}

        @self.app.get("/keys")
        def keys() -> Any:
            return KeySet([KEY]).as_dict(private=False)

        @self.app.post("/token")
        async def token(request: Request) -> dict[str, str]:
            sent = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
            challenge = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=")
            assert challenge.decode() == self.asked["code_challenge"]
            claims = {
                "iss": self.issuer,
                "aud": "desk",
                "exp": int(time.time()) + 60,
                "nonce": self.asked["nonce"],
                "amr": ["pwd", "otp"],
                "auth_time": int(time.time()),
                "preferred_username": "flora",
                "sub": "0b2f",
            } | self.says
            return {
                "access_token": "x",
                "token_type": "Bearer",
                "id_token": jwt.encode({"alg": "RS256", "kid": "1"}, claims, KEY),
            }


@pytest.fixture
def house(serve: Callable[[Any], AbstractContextManager[str]]) -> Iterator[House]:
    made = House()
    with serve(made.app) as address:
        made.issuer = address
        yield made


def come_back(house: House, client: TestClient, **changed: str) -> Any:
    there = client.get("/staff/openid")
    assert there.headers["location"].startswith(f"{house.issuer}/authorize?")
    house.asked = {name: values[0] for name, values in parse_qs(urlsplit(there.headers["location"]).query).items()}
    assert house.asked["redirect_uri"] == f"{URL}/staff/openid/back"
    return client.get("/staff/openid/back", params={"code": "c", "state": house.asked["state"]} | changed)


@pytest.fixture
def client(desk: Desk, house: House, person: Callable[..., str]) -> TestClient:
    person("flora", "registrar")
    own = replace(desk, provider=Provider(house.issuer, "desk", "secret"))
    return TestClient(create_desk(own), base_url=URL, follow_redirects=False)


def test_one_who_is_known_comes_in(house: House, client: TestClient) -> None:
    assert "/staff/openid" in client.get("/staff/sign-in").text
    done = come_back(house, client)
    assert (done.status_code, done.headers["location"]) == (303, "/staff/")
    assert "flora" in client.get("/staff/self").text.lower()


@pytest.mark.parametrize(
    "says",
    [
        {"preferred_username": "nobody"},
        {"preferred_username": ""},
        {"amr": ["pwd"]},
        {"amr": []},
        {"amr": ["otp"]},
        {"amr": ["otp", "sms"]},
        {"amr": ["pwd", "pin"]},
        {"amr": ["pwd", "nonsense"]},
        {"amr": "mfa"},
        {"amr": "pwd otp"},
        {"amr": {"pwd": 1, "otp": 1}},
        {"amr": ["pwd", ["otp"]]},
        {"amr": None},
        {"auth_time": None},
        {"auth_time": "now"},
        {"auth_time": True},
        {"auth_time": 1},
        {"auth_time": int(time.time()) + 3600},
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1},
    ],
)
def test_one_who_is_not_vouched_for_stays_outside(house: House, client: TestClient, says: dict[str, Any]) -> None:
    house.says = says
    assert come_back(house, client).status_code == 401
    assert client.get("/staff/").status_code == 303


@pytest.mark.parametrize(
    ("says", "status"),
    [
        ({"preferred_username": "flora", "sub": "9c1d"}, 401),
        ({"preferred_username": "flora.dane", "sub": "0b2f"}, 303),
        ({"preferred_username": "flora", "sub": ""}, 401),
        ({"preferred_username": "flora", "sub": None}, 401),
    ],
    ids=["the name was given to another person", "the name changed", "empty", "none"],
)
def test_a_person_is_known_by_the_subject_and_not_by_the_name(
    house: House, client: TestClient, says: dict[str, Any], status: int
) -> None:
    """After the first time, when the name finds the account."""
    assert come_back(house, client).status_code == 303
    client.cookies.clear()
    house.says = says
    assert come_back(house, client).status_code == status


def test_an_invitation_lets_another_subject_come(
    house: House, client: TestClient, desk: Desk, person: Callable[..., str]
) -> None:
    assert come_back(house, client).status_code == 303
    client.cookies.clear()
    with desk.store.session(writing=True) as session:
        doing = Doing("the test", clock.now())
        token = accounts.invite(session, "flora", desk.seal, doing)
        invited = accounts.invitation(session, token, desk.seal, clock.now())
    assert invited
    accounts.accept(desk.store, token, PASSWORD, code_of(invited[1], 0), desk.seal, doing)
    house.says = {"sub": "9c1d"}
    assert come_back(house, client).status_code == 303


@pytest.mark.parametrize("amr", [["mfa"], ["pwd", "hwk"], ["pin", "fpt"], ["face", "swk"], ["pwd", "otp", "x"]])
def test_two_factors_are_of_different_kinds(amr: list[str]) -> None:
    assert are_two_factors(amr)


def test_many_who_set_out_push_nobody_out(house: House, client: TestClient, desk: Desk) -> None:
    """The desk keeps nothing of those who are under way: their own browsers do, sealed."""
    assert {field.name for field in fields(Provider)} == {"issuer", "client_id", "client_secret", "_known"}
    there = client.get("/staff/openid")
    house.asked = {name: values[0] for name, values in parse_qs(urlsplit(there.headers["location"]).query).items()}
    provider = client.app.state.desk.provider  # type: ignore[attr-defined]
    for _ in range(20):
        provider.way_there("https://desk.example.int/back", desk.seal)
    back = client.get("/staff/openid/back", params={"code": "c", "state": house.asked["state"]})
    assert back.status_code == 303
    assert house.asked["nonce"] not in there.headers["set-cookie"]


@pytest.mark.parametrize("cookie", ["", "x", "gAAAAA", "☃"])
def test_a_forged_cookie_is_refused(house: House, client: TestClient, cookie: str) -> None:
    client.get("/staff/openid")
    client.cookies.clear()
    headers = {"cookie": f"__Host-openid={cookie}".encode()}
    back = client.get("/staff/openid/back", params={"code": "c", "state": "s"}, headers=headers)  # type: ignore[arg-type]
    assert back.status_code == 401


def test_a_way_back_is_gone_once_and_by_the_same_browser(house: House, client: TestClient) -> None:
    assert come_back(house, client, state="another").status_code == 401
    assert come_back(house, client).status_code == 303
    state = house.asked["state"]
    assert client.get("/staff/openid/back", params={"code": "c", "state": state}).status_code == 401
    stranger = TestClient(client.app, base_url=URL, follow_redirects=False)
    assert stranger.get("/staff/openid/back", params={"code": "c", "state": state}).status_code == 401
