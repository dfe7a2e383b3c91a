"""What tests of operation need: a PostgreSQL of their own with a standby, and roles as docs/operate.md gives them."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.cli.conftest import call, run  # noqa: F401  (a fixture)
from tests.ports import held_port
from tests.postgresql import servers_folder, started


@dataclass(frozen=True)
class Cluster:
    """A primary and its hot standby, each as the URL of its superuser on one database."""

    primary: str
    standby: str
    programs: Path
    """The folder of psql and its like."""

    def as_role(self, role: str, url: str = "") -> str:
        return (url or self.primary).replace("postgres:@", f"{role}:@", 1)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A primary, a standby made of it by `pg_basebackup -R`, and the roles `public_site`, `staff` and `nobody`."""
    with servers_folder() as folder:
        primary = started(folder / "primary")
        with psycopg.connect(primary.get_uri(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE register")
            for role in ("public_site", "staff", "nobody"):
                connection.execute(f"CREATE ROLE {role} LOGIN".encode())
        copy = folder / "standby"
        command: list[str | Path] = [
            primary.bin_path / "pg_basebackup",
            "-d",
            primary.get_uri(),
            "-D",
            copy,
            "-R",
            "--checkpoint=fast",
        ]
        subprocess.run(command, check=True, capture_output=True)
        for left in (*copy.glob(".s.PGSQL*"), copy / ".handle_pids.json", copy / "log"):
            left.unlink(missing_ok=True)  # the primary's own
        if primary.system_user:
            for path in (copy, *copy.rglob("*")):
                shutil.chown(path, primary.system_user)
        standby = started(copy)
        yield Cluster(primary.get_uri(database="register"), standby.get_uri(database="register"), primary.bin_path)
        standby.cleanup()
        primary.cleanup()


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `var` is the home of the demonstration."""
    folder = tmp_path_factory.mktemp("demo")
    real = folder / "real.sqlite"
    done = call(folder, "demo", str(folder / "var"), "--only-make", DEPOSITARY_DATABASE_URL=f"sqlite:///{real}")
    assert done.returncode == 0, done.stderr
    assert not real.exists(), "no register that is set is touched"
    return folder


def environment(home: Path, **more: str) -> dict[str, str]:
    """What the program is told in a test, and nothing of what the person who tests is told."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "DEPOSITARY_HOME": str(home / "var"),
        "COLUMNS": "120",
    } | more


@contextlib.contextmanager
def listening(program: Path, folder: Path, told: dict[str, str]) -> Iterator[tuple[int, int]]:
    """`with listening(...) as (site, desk):` the ports of what `depositary run` serves, once it says that it does."""
    with held_port() as site, held_port() as desk:
        command: list[str | Path] = [program, "run", "--port", str(site), "--desk-port", str(desk)]
        process = subprocess.Popen(command, cwd=folder, env=told, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        said = []
        try:
            for line in process.stderr:
                said.append(line)
                if all(any(f"127.0.0.1:{port}/" in one for one in said) for port in (site, desk)):
                    break
            else:
                pytest.fail("".join(said))
            yield site, desk
        finally:
            process.terminate()
            process.stderr.close()
            process.wait(300)
