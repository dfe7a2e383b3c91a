"""The program, called as a person calls it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Calls the program in a home of its own."""

    def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        settings = {"PATH": "/usr/bin:/bin", "DEPOSITARY_HOME": str(tmp_path / "var"), "COLUMNS": "120"} | environment
        return subprocess.run(
            [sys.executable, "-m", "depositary", *arguments],
            capture_output=True,
            text=True,
            env=settings,
            cwd=tmp_path,
            check=False,
        )

    return call
