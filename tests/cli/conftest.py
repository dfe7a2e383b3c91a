"""The program, called as a person calls it."""

import contextlib
import csv
import http.client
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from depositary.settings import PROJECT
from tests import program
from tests.ports import held_port
from tests.waiting import until

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[..., str]

HEADER = "treaty,participant,action,date,subject,effective,place,provision,text,source\n"


def get(port: int, path: str) -> tuple[int, bytes]:
    """Status and body of a page, where it redirects to if it does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    found, elsewhere = (response.status, response.read()), response.headers["Location"]
    connection.close()
    return get(port, elsewhere) if elsewhere else found


def call(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Calls the program in a folder, where its home is `var`."""
    return program.call(folder, *arguments, **_settings(folder, environment))


@contextlib.contextmanager
def served(folder: Path, **environment: str) -> Iterator[tuple[int, int]]:
    """`with served(folder) as (process, port):` the public site of the home in a folder, by `depositary serve`.

    What it says goes to `served.log` in the folder.
    """
    with held_port() as port, (folder / "served.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "depositary", "serve", "--port", str(port)],
            env=program.ENVIRONMENT | _settings(folder, environment),
            cwd=folder,
            stderr=log,
        )

        def answers() -> bool:
            assert process.poll() is None
            with contextlib.suppress(OSError):
                get(port, "/healthz")
                return True
            return False

        try:
            until(answers, "the site answers", pause=0.1)
            yield process.pid, port
        finally:
            process.terminate()
            process.wait(300)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Calls the program in a home of its own."""
    return partial(call, tmp_path)


@pytest.fixture
def acts(tmp_path: Path) -> Write:
    """`acts(*rows)` writes a file of acts and gives its path."""

    def write(*rows: str) -> str:
        path = tmp_path / "acts.csv"
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return str(path)

    return write


def forty(day: str = "2027-03-01") -> list[str]:
    """The rows of forty ratifications of one day."""
    with (PROJECT / "data/participants.csv").open(encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file) if row["kind"] == "state" and not row["until"]]
    return [f"XVIII-16,{code},ratification,{day},,,,,," for code in codes[:40]]


def _settings(folder: Path, more: dict[str, str]) -> dict[str, str]:
    return {"DEPOSITARY_HOME": str(folder / "var")} | more
