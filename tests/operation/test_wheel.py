"""The wheel, installed where there is no checkout: what it brings, and where it keeps what it makes."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from depositary import __version__
from depositary.settings import PROJECT, home
from tests.cli.conftest import get
from tests.operation.conftest import environment, listening


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of a fresh environment in which the built wheel is installed.

    The libraries are those of this environment, so that nothing is fetched; of the program itself the fresh one has
    only what the wheel brings.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    fresh = folder / "fresh"
    venv.create(fresh, with_pip=False)
    install = [sys.executable, "-m", "pip", "--python", str(fresh / "bin/python"), "install", "--quiet"]
    subprocess.run([*install, "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True)
    (site,) = (fresh / "lib").glob("python3*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return fresh / "bin" / "depositary"


@pytest.fixture
def user(tmp_path: Path) -> dict[str, str]:
    """What a user who has just installed it is told: nothing."""
    return {name: value for name, value in environment(tmp_path).items() if name != "DEPOSITARY_HOME"}


def call(program: Path, folder: Path, told: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([program, *arguments], cwd=folder, env=told, capture_output=True, text=True, check=False)


def test_the_fresh_environment_has_only_the_wheels_own(installed: Path, tmp_path: Path, user: dict[str, str]) -> None:
    where: list[str | Path] = [installed.with_name("python"), "-c", "import depositary.settings as s; print(s.PROJECT)"]
    found = subprocess.run(where, cwd=tmp_path, env=user, capture_output=True, text=True, check=True).stdout.strip()
    assert Path(found).is_relative_to(installed.parent.parent)
    assert call(installed, tmp_path, user, "--version").stdout == f"depositary {__version__}\n"


def test_it_computes(installed: Path, tmp_path: Path, user: dict[str, str]) -> None:
    for name in ("treaties/XVIII-16.toml", "instruments.csv"):
        (tmp_path / Path(name).name).write_bytes((PROJECT / "data" / name).read_bytes())
    asked = ("compute", "--clauses", "XVIII-16.toml", "--instruments", "instruments.csv", "--format", "json")
    done = call(installed, tmp_path, user, *asked)
    assert done.returncode == 0, done.stderr
    assert '"GHA"' in done.stdout


def test_it_runs_site_and_desk(installed: Path, tmp_path: Path, user: dict[str, str]) -> None:
    with listening(installed, tmp_path, user) as (site, desk):
        for path in ("/en/", "/en/treaties/XVIII-16/", "/ar/treaties/XVIII-16/"):
            assert get(site, path)[0] == 200, path
        assert get(desk, "/staff/")[0] == 200
    state = tmp_path / ".local" / "state" / "depositary"
    assert (state / "register.sqlite").is_file()
    assert (state / "published").is_dir()


def test_a_notification_has_its_letterhead_and_fonts(installed: Path, tmp_path: Path, user: dict[str, str]) -> None:
    assert (
        call(installed, tmp_path, user, "record", "2025-10-25 GHA signature place=Hanoi", "--by", "F").returncode == 0
    )
    issued = call(installed, tmp_path, user, "notify", "issue", "1", "--by", "Rudolf")
    assert issued.returncode == 0, issued.stderr
    out = tmp_path / "letter.pdf"
    asked = ("notify", "pdf", issued.stdout.split()[0], "--language", "ar", "--output", str(out))
    made = call(installed, tmp_path, user, *asked)
    assert made.returncode == 0, made.stderr
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_completes_in_the_shell(installed: Path, tmp_path: Path, user: dict[str, str], shell: str) -> None:
    told = user | {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    script = call(installed, tmp_path, told, "--show-completion", shell)
    assert "_DEPOSITARY_COMPLETE" in script.stdout, script.stderr
    asked = {"COMP_WORDS": "depositary ver", "COMP_CWORD": "1", "_TYPER_COMPLETE_ARGS": "depositary ver"}
    asked |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = call(installed, tmp_path, user | asked | {"_DEPOSITARY_COMPLETE": f"complete_{shell}"})
    assert "verify" in done.stdout
    assert "status" not in done.stdout


def test_the_home_of_an_installed_program_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert home({}) == PROJECT / "var"
    monkeypatch.setattr("depositary.settings.CHECKOUT", False)
    assert home({"XDG_STATE_HOME": str(tmp_path)}) == tmp_path / "depositary"
    assert home({"XDG_STATE_HOME": "relative"}) == Path.home() / ".local" / "state" / "depositary"
