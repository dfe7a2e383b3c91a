"""How a test signs in: the code of a second factor, the form, and the address it comes from."""

import pyotp
from fastapi import FastAPI
from starlette.testclient import TestClient

from depositary import clock
from depositary.desk.audit import Doing
from tests.staff.conftest import HERE, URL


def doing(name: str = "the test") -> Doing:
    return Doing(name, clock.now())


def client_of(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=URL, follow_redirects=False)


def code_of(secret: str, later: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + 30 * later)


def sign_in(client: TestClient, name: str, password: str, code: str, **more: str):
    return client.post("/staff/sign-in", data={"name": name, "password": password, "code": code} | more, headers=HERE)
