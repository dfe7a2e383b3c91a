"""A desk with a person of each role, an invented treaty, and browsers that are signed in."""

import secrets
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from fastapi import FastAPI
from sqlmodel import Session
from starlette.testclient import TestClient

from depositary import clock
from depositary.correspondence.notifications.series import agree_first, propose_first
from depositary.desk import accounts, first_hour, grants, passwords, sessions
from depositary.desk.audit import Doing
from depositary.desk.roles import ROLES, Role
from depositary.desk.tables import GrantRow
from depositary.register.seal import Seal
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import Collection
from depositary.web.staff.app import create_desk
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import COOKIE
from tests.conftest import contacts_at, register_at

URL = "https://desk.example.int"
PASSWORD = "nine umbrellas under a marble staircase"
HERE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Browser:
    """One who is signed in, by the browser's own cookie; `token` is what their forms carry."""

    name: str
    client: TestClient
    token: str

    def get(self, path: str, **more: object) -> object:
        return self.client.get(path, **more)  # type: ignore[arg-type]

    def post(self, path: str, **fields: str):
        return self.client.post(path, data={"token": self.token} | fields, headers=HERE)


@pytest.fixture(scope="session")
def treaties() -> Collection:
    """The Convention, with invented participants."""
    folder = PROJECT / "data"
    return Collection(INVENTED, {"XVIII-16": load_clauses(folder / "treaties/XVIII-16.toml")}, folder)


@pytest.fixture
def desk(database: str, tmp_path: Path, treaties: Collection) -> Iterator[Desk]:
    own = f"sqlite:///{tmp_path / 'contacts.sqlite'}"
    with register_at(database, tmp_path) as store, contacts_at(own, tmp_path) as contacts:
        with store.session(writing=True) as session:
            for year in (clock.today().year, clock.today().year + 1):
                propose_first(session, year, 1, Doing("one", clock.now()))
                agree_first(session, year, 1, Doing("other", clock.now()))
        yield Desk(treaties, store, Seal(tmp_path / "keys"), URL, "https://treaties.example.int", contacts=contacts)


def granted(session: Session, what: grants.What, name: str, roles: Sequence[str]) -> int:
    """The grant of two persons who work at the desk; 0 where none is needed."""
    if first_hour.is_now(session) or not grants.needs_two(roles):
        return 0
    able = [one for one in accounts.accounts(session) if one.has_password and not one.disabled and one.name != name]
    asks = next(one for one in able if "administrator" in one.roles)
    agrees = next(one for one in able if one.roles & grants.AGREEING and one != asks)
    row = GrantRow(
        what=what,
        account=name,
        roles=",".join(roles),
        asked_by=asks.name,
        asked_at=secrets.token_hex(8),
        agreed_by=agrees.name,
        agreed_at="",
    )
    session.add(row)
    session.flush()
    return row.number or 0


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    return create_desk(desk)


@pytest.fixture
def person(desk: Desk) -> Callable[..., str]:
    """`person("flora", "registrar")`: an account whose invitation has been taken up; its second factor's secret."""

    def make(name: str, *roles: str) -> str:
        doing = Doing("the test", clock.now() - timedelta(minutes=5))
        with desk.store.session(writing=True) as session:
            grant = granted(session, "add", name, roles)
            accounts.add(session, name, name.title(), roles, "en", doing, grant)
            token = accounts.invite(session, name, desk.seal, doing, grant)
            invited = accounts.invitation(session, token, desk.seal, doing.at)
        assert invited is not None
        code = pyotp.TOTP(invited[1]).at(int(doing.at.timestamp()))
        accounts.accept(desk.store, token, PASSWORD, code, desk.seal, doing)
        return invited[1]

    return make


@pytest.fixture
def signed_in(desk: Desk, app: FastAPI) -> Callable[..., Browser]:
    """`signed_in("flora")`: a browser whose session has just begun; `minutes` ago, if it is to be older."""

    def begin(name: str, minutes: float = 0) -> Browser:
        at = clock.now() - timedelta(minutes=minutes)
        with desk.store.session(writing=True) as session:
            person = accounts.account(session, name)
            assert person is not None
            token = sessions.begin(session, person, "the test", Doing(name, at))
        client = TestClient(app, base_url=URL, follow_redirects=False, cookies={COOKIE: token})
        return Browser(name, client, accounts.digest(f"form {token}"))

    return begin


@pytest.fixture(scope="session")
def kept_password() -> str:
    """What is kept of the password everybody here has; hashing it anew for each takes its time."""
    return passwords.hashed(PASSWORD)


@pytest.fixture
def staff(
    kept_password: str, person: Callable[..., str], signed_in: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> dict[Role, Browser]:
    """A person of each role, signed in."""
    monkeypatch.setattr("depositary.desk.passwords.hashed", lambda password: kept_password)
    names = {role: f"{role.split()[0]}.one" for role in ROLES}
    for role, name in names.items():
        person(name, role)
    return {role: signed_in(name) for role, name in names.items()}


Serve = Callable[[Any], AbstractContextManager[str]]


@pytest.fixture
def served(desk: Desk, serve: Serve) -> Iterator[str]:
    """The desk at an address of its own, which it knows."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    del port
    app = create_desk(desk)
    hosts: set[str] = set()
    for middleware in app.user_middleware:
        if "hosts" in middleware.kwargs:
            middleware.kwargs["hosts"] = hosts
    with serve(app) as address:
        hosts.add(address.removeprefix("http://"))
        yield address


class Person:
    """A person at a browser of their own."""

    def __init__(self, browser: Any, address: str, name: str, secret: str, size: tuple[int, int] = (1280, 900)) -> None:
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]}, base_url=address)
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.name, self.secret = name, secret

    def sign_in(self, step: int = 1) -> "Person":
        self.page.goto("/staff/sign-in")
        self.prove(step)
        return self

    def prove(self, step: int) -> None:
        if self.page.locator("input[name=name]:visible").count():
            self.page.fill("[name=name]", self.name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.fill("[name=code]", pyotp.TOTP(self.secret).at(int(time.time()) + 30 * step))
        self.page.click("main button")

    def click(self, what: str) -> None:
        """Clicks on what leads to another page, and waits until that is there."""
        with self.page.expect_navigation():
            self.page.click(what)

    def submit(self) -> None:
        """Submits the form that is open, and confirms what it leaves open."""
        self.click("text=Submit for release")
        self.page.wait_for_selector("#steps")
        if self.page.locator("input[name=confirm]").count():
            self.page.check("input[name=confirm]")
            self.click("text=Submit for release")

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.fill(f"#{name}", value)

    @property
    def text(self) -> str:
        return " ".join(self.page.inner_text("main").split())


@pytest.fixture
def people(browser: Any, served: str, person: Callable[..., str]) -> Callable[..., Person]:
    """`people("flora", "registrar")`: a new person at a browser, not signed in yet."""
    return lambda name, role, **more: Person(browser, served, name, person(name, role), **more)


def act(code: str = "S01", action: str = "ratification", date: str = "2026-03-02", **more: str) -> dict[str, str]:
    """The fields of a filled form."""
    return {
        "form": f"{code} {action} {date}",
        "kind": "record",
        "action": action.replace(" ", "-"),
        "treaty": "XVIII-16",
        "participant": code,
        "date": date,
        "do": "submit",
        "confirm": "yes",
    } | more


STATE = STATES[0]
