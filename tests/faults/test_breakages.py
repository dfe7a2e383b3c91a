"""Each safeguard that is taken away is missed by a test: deliberate breakages of a copy of the program."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from depositary.settings import PROJECT
from tests.faults.breakage import Breakage
from tests.faults.breakages import BREAKAGES
from tests.longer import LONGER

SAMPLE = 2
"""The suite tries this number of breakages; the longer run tries all."""

PASSES, FAILS = 0, 1
"""What pytest ends with."""


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda breakage: breakage.name)
def test_its_text_and_its_test_are_there(breakage: Breakage) -> None:
    assert (PROJECT / breakage.file).read_text(encoding="utf-8").count(breakage.old) == 1
    (file,) = files_of(breakage)
    assert (PROJECT / file).read_text(encoding="utf-8").count(f"def {breakage.caught_by}(") == 1


def test_there_are_many_and_each_is_another() -> None:
    assert len(BREAKAGES) >= 30
    assert len({(one.file, one.old) for one in BREAKAGES}) == len({one.name for one in BREAKAGES}) == len(BREAKAGES)


@pytest.mark.timeout(7200)
def test_every_breakage_is_caught(tmp_path: Path, injected: Callable[..., None]) -> None:
    for name in ("depositary", "tests", "templates", "data", "docs"):
        shutil.copytree(PROJECT / name, tmp_path / name)  # what is compiled too: it is as old as its source
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    tried = BREAKAGES if LONGER > 1 else BREAKAGES[:SAMPLE]
    whole = outcome(tmp_path, tried)
    assert whole == PASSES, "a test fails with nothing broken"
    missed = []
    for breakage in tried:
        file = tmp_path / breakage.file
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(breakage.old, breakage.new), encoding="utf-8")
        if outcome(tmp_path, [breakage]) != FAILS:
            missed.append(breakage.name)
        file.write_text(text, encoding="utf-8")
        injected()
    assert missed == [], "nobody noticed"


def outcome(copy: Path, breakages: Sequence[Breakage]) -> int:
    """How the tests that catch these breakages end in a copy of the program."""
    files = sorted({str(file) for breakage in breakages for file in files_of(breakage)})
    names = " or ".join(sorted({breakage.caught_by for breakage in breakages}))
    command = (sys.executable, "-m", "pytest", "-n0", "-x", "-q", "-p", "no:cacheprovider", *files, "-k", names)
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
    return subprocess.run(command, cwd=copy, capture_output=True, env=plain, check=False).returncode


def files_of(breakage: Breakage) -> list[Path]:
    """The file that has the test which catches a breakage, as a path within the project."""
    test = re.compile(rf"^ *def {breakage.caught_by}\(", re.MULTILINE)
    files = (PROJECT / breakage.tests).rglob("test_*.py")
    return [file.relative_to(PROJECT) for file in files if test.search(file.read_text(encoding="utf-8"))]


def test_a_password_costs_a_guesser_64_mb(real_hasher: Callable[[], object]) -> None:
    kept = real_hasher().hash("nine umbrellas")  # type: ignore[attr-defined]
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
