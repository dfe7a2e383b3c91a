"""The public process as `depositary serve` begins it: what it opens, and what it keeps open."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from depositary.authorities.store import ContactStore
from tests.cli.conftest import Run, get, served

WATCHED = """
import os, sys
told = os.open(os.environ["TOLD"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def hook(event, arguments):
    if event in ("open", "sqlite3.connect"):
        os.write(told, (str(arguments[0]) + chr(10)).encode())
sys.addaudithook(hook)
"""
"""Put before the program: writes down every file and database that Python is asked to open."""

STATUS = "/en/treaties/XVIII-16/"

PAGES = ("/en/", STATUS, f"{STATUS}?on=2026-01-01", "/register/head", "/register/proof/1")


@pytest.fixture
def watched(run: Run, tmp_path: Path) -> Iterator[tuple[int, int, Path]]:
    """A process that serves, beside a contact register with its key; its number, its port, what it has opened."""
    home, told, before = tmp_path / "var", tmp_path / "told", tmp_path / "before"
    assert run("record", "2025-10-25 GHA signature place=Hanoi", "--by", "Flora").returncode == 0
    contacts = ContactStore(f"sqlite:///{home / 'contacts.sqlite'}", home / "keys")
    contacts.migrate()
    contacts.close()
    before.mkdir()
    (before / "sitecustomize.py").write_text(WATCHED)
    with served(tmp_path, PYTHONPATH=str(before), TOLD=str(told)) as (process, port):
        yield process, port, told


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell which files a process has")
def test_the_public_process_opens_no_contact_and_no_key(watched: tuple[int, int, Path], tmp_path: Path) -> None:
    process, port, told = watched
    for path in PAGES:
        status, body = get(port, path)
        assert (status, bool(body)) == (200, True), path
    home = tmp_path / "var"
    opened = [one for one in told.read_text(encoding="utf-8").splitlines() if str(home) in one]
    held = [os.readlink(one) for one in Path(f"/proc/{process}/fd").iterdir() if one.is_symlink()]
    assert any(one.endswith("register.sqlite") for one in opened)
    assert any(one.endswith("register.sqlite") for one in held)
    assert (home / "contacts.sqlite").exists()
    assert list((home / "keys").iterdir())
    for name in (*opened, *held):
        assert "contacts" not in name
        assert not name.startswith(str(home / "keys"))
