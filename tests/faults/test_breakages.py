"""Each safeguard that is taken away is missed by a test: deliberate breakages of a copy of the program."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from depositary.settings import PROJECT
from tests.faults.breakages import BREAKAGES, Breakage
from tests.faults.conftest import LONGER

SAMPLE = 2
"""The suite tries so many; the longer run tries them all."""

PASSES, FAILS = 0, 1
"""What pytest ends with."""


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda breakage: breakage.name)
def test_its_text_and_its_test_are_there(breakage: Breakage) -> None:
    assert (PROJECT / breakage.file).read_text(encoding="utf-8").count(breakage.old) == 1
    files = (PROJECT / breakage.tests).rglob("test_*.py")
    test = re.compile(rf"^ *def {breakage.caught_by}\(", re.MULTILINE)
    assert sum(len(test.findall(file.read_text(encoding="utf-8"))) for file in files) == 1


def test_there_are_many_and_each_is_another() -> None:
    assert len(BREAKAGES) >= 30
    assert len({(one.file, one.old) for one in BREAKAGES}) == len({one.name for one in BREAKAGES}) == len(BREAKAGES)


def test_every_breakage_is_caught(tmp_path: Path, injected: Callable[..., None]) -> None:
    for name in ("depositary", "tests", "templates", "data", "docs"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    tried = BREAKAGES if LONGER > 1 else BREAKAGES[:SAMPLE]
    for folder, test in {(one.tests, one.caught_by) for one in tried}:
        assert outcome(tmp_path, folder, test) == PASSES, f"{test} fails with nothing broken"
    for breakage in tried:
        file = tmp_path / breakage.file
        whole = file.read_text(encoding="utf-8")
        file.write_text(whole.replace(breakage.old, breakage.new), encoding="utf-8")
        assert outcome(tmp_path, breakage.tests, breakage.caught_by) == FAILS, f"nobody noticed: {breakage.name}"
        file.write_text(whole, encoding="utf-8")
        injected()


def outcome(copy: Path, folder: str, test: str) -> int:
    """How a test ends in a copy of the program."""
    command = (sys.executable, "-m", "pytest", "-n0", "-x", "-q", "-p", "no:cacheprovider", folder, "-k", test)
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
    done = subprocess.run(command, cwd=copy, capture_output=True, env=plain, check=False)
    return done.returncode


def test_a_password_costs_a_guesser_64_mb(real_hasher: Callable[[], object]) -> None:
    kept = real_hasher().hash("nine umbrellas")  # type: ignore[attr-defined]
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
