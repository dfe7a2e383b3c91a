"""What a test run that was killed leaves behind: the next run removes it, and nothing of a run that lives."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.postgresql import LOCK, PREFIX, remove_left_behind, servers_folder


def test_the_servers_of_a_killed_run_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with servers_folder() as alive:
        left = tmp_path / f"{PREFIX}left"
        (left / "data").mkdir(parents=True)
        (left / LOCK).touch()
        waiting = [sys.executable, "-c", "input()"]
        server, other = (
            subprocess.Popen(waiting, cwd=folder, stdin=subprocess.PIPE) for folder in (left / "data", tmp_path)
        )
        (left / "data" / "postmaster.pid").write_text(f"{server.pid}\n")
        (left / "older").mkdir()
        (left / "older" / "postmaster.pid").write_text(f"{other.pid}\n")  # a number that another process has by now
        remove_left_behind()
        assert server.wait(60) < 0
        assert other.poll() is None
        assert (left.exists(), alive.exists()) == (False, True)
        other.communicate()
        server.communicate()
    assert not alive.exists()
