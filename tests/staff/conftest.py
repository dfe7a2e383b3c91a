"""A desk with a person of each role, an invented treaty, and browsers that are signed in."""

import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

import pyotp
import pytest
from fastapi import FastAPI
from sqlmodel import Session
from starlette.testclient import TestClient

from depositary import clock
from depositary.correspondence.notifications.series import agree_first, propose_first
from depositary.desk import accounts, first_hour, grants, passwords, sessions
from depositary.desk.audit import Doing
from depositary.desk.codes import digest
from depositary.desk.roles import ROLES, Role
from depositary.desk.tables import GrantRow
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import Collection
from depositary.web.staff.app import create_desk
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import COOKIE
from tests.browsers import await_scripts, follow
from tests.event_loop import one_event_loop  # noqa: F401  (a fixture)
from tests.stores import contacts_at, register_at

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


def begun(store: Store) -> None:
    """Numbers notifications from 1 in this year and in the next."""
    with store.session(writing=True) as session:
        for year in (clock.today().year, clock.today().year + 1):
            propose_first(session, year, 1, Doing("one", clock.now()))
            agree_first(session, year, 1, Doing("other", clock.now()))


@pytest.fixture(scope="session")
def kept_desk(tmp_path_factory: pytest.TempPathFactory, kept_password: str) -> Callable[[bool], Path]:
    """`kept_desk(True)`: the folder of a desk as tests begin with it, with a person of each role or with nobody."""

    @cache
    def made(staffed: bool) -> Path:
        folder = tmp_path_factory.mktemp("desk")
        with (
            register_at(f"sqlite:///{folder / 'register.sqlite'}", folder) as store,
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.setattr(passwords, "hashed", lambda password: kept_password)
            begun(store)
            if staffed:
                hire_everybody(store, Seal(folder / "keys"))
        return folder

    return made


@pytest.fixture
def desk(
    request: pytest.FixtureRequest,
    database: str,
    tmp_path: Path,
    treaties: Collection,
    kept_desk: Callable[[bool], Path],
) -> Iterator[Desk]:
    """A desk; it begins with a person of each role where the test works with the staff."""
    staffed = "staff" in request.fixturenames
    own = f"sqlite:///{tmp_path / 'contacts.sqlite'}"
    if kept := database.startswith("sqlite:///"):
        shutil.copytree(kept_desk(staffed), tmp_path, dirs_exist_ok=True)
    with register_at(database, tmp_path) as store, contacts_at(own, tmp_path) as contacts:
        seal = Seal(tmp_path / "keys")
        if not kept:
            begun(store)
            if staffed:
                hire_everybody(store, seal)
        yield Desk(treaties, store, seal, URL, "https://treaties.example.int", contacts=contacts)


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


class DeskOfTheTest:
    """Stands for the desk of the test that runs, in an application that is made once: to make it takes its time."""

    def __init__(self) -> None:
        self.present: Desk | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.present, name)


@pytest.fixture(scope="session")
def app_of_desk() -> Callable[[Desk], FastAPI]:
    """`app_of_desk(desk)`: the application of a desk, one for all desks after one another."""
    standing = DeskOfTheTest()
    made = cache(lambda: create_desk(cast(Desk, standing)))

    def app_of(desk: Desk) -> FastAPI:
        standing.present = desk
        return made()

    return app_of


@pytest.fixture
def app(desk: Desk, app_of_desk: Callable[[Desk], FastAPI]) -> FastAPI:
    return app_of_desk(desk)


def hire(store: Store, seal: Seal, name: str, *roles: str) -> str:
    """Adds an account and takes up its invitation; gives the secret of its second factor."""
    doing = Doing("the test", clock.now() - timedelta(minutes=5))
    with store.session(writing=True) as session:
        grant = granted(session, "add", name, roles)
        accounts.add(session, name, name.title(), roles, "en", doing, grant)
        token = accounts.invite(session, name, seal, doing, grant)
        invited = accounts.invitation(session, token, seal, doing.at)
    assert invited is not None
    code = pyotp.TOTP(invited[1]).at(int(doing.at.timestamp()))
    accounts.accept(store, token, PASSWORD, code, seal, doing)
    return invited[1]


STAFF: dict[Role, str] = {role: f"{role.split()[0]}.one" for role in ROLES}
"""The name of a person of each role."""


def hire_everybody(store: Store, seal: Seal) -> None:
    for role, name in STAFF.items():
        hire(store, seal, name, role)


@pytest.fixture
def person(desk: Desk) -> Callable[..., str]:
    """`person("flora", "registrar")`: an account whose invitation has been taken up; its second factor's secret."""
    return partial(hire, desk.store, desk.seal)


@pytest.fixture
def signed_in(desk: Desk, app: FastAPI) -> Callable[..., Browser]:
    """`signed_in("flora")`: a browser whose session has just begun; `minutes` ago, if it is to be older."""

    def begin(name: str, minutes: float = 0) -> Browser:
        (browser,) = browsers(desk, app, name, minutes=minutes)
        return browser

    return begin


def browsers(desk: Desk, app: FastAPI, *names: str, minutes: float = 0) -> Iterator[Browser]:
    """A browser for each of these persons, whose session began some minutes ago."""
    at = clock.now() - timedelta(minutes=minutes)
    with desk.store.session(writing=True) as session:
        tokens = {name: _begun_session(session, name, at) for name in names}
    for name, token in tokens.items():
        client = TestClient(app, base_url=URL, follow_redirects=False, cookies={COOKIE: token})
        yield Browser(name, client, digest(f"form {token}"))


def _begun_session(session: Session, name: str, at: datetime) -> str:
    person = accounts.account(session, name)
    assert person is not None
    return sessions.begin(session, person, "the test", Doing(name, at))


@pytest.fixture(scope="session")
def kept_password() -> str:
    """What is kept of the password everybody here has; hashing it anew for each takes its time."""
    return passwords.hashed(PASSWORD)


@pytest.fixture
def staff(desk: Desk, app: FastAPI, kept_password: str, monkeypatch: pytest.MonkeyPatch) -> dict[Role, Browser]:
    """A person of each role, signed in."""
    monkeypatch.setattr(passwords, "hashed", lambda password: kept_password)
    return dict(zip(STAFF, browsers(desk, app, *STAFF.values()), strict=True))


Serve = Callable[[Any], AbstractContextManager[str]]


@pytest.fixture
def served(desk: Desk, serve: Serve) -> Iterator[str]:
    """The desk at an address of its own, which it knows."""
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
        self.click("main button")

    def click(self, what: str) -> None:
        """Clicks on what leads to another page, and waits until that is there."""
        follow(self.page, what)

    def submit(self) -> None:
        """Submits the form that is open, and confirms what it leaves open."""
        self.click("text=Submit for release")
        self.page.wait_for_selector("#steps")
        if self.page.locator("input[name=confirm]").count():
            self.page.check("input[name=confirm]")
            self.click("text=Submit for release")

    def fill(self, **fields: str) -> None:
        await_scripts(self.page)
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
