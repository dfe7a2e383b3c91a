"""The program starts at once: a command imports what it needs, and the help imports no command."""

import subprocess
import sys
from pathlib import Path

import pytest

from depositary.cli.main import COMMANDS, Commands
from depositary.settings import PROJECT
from tests.cli.conftest import Run, call
from tests.operation.conftest import environment

LOADED = """
import sys
from depositary.cli import main
try:
    main()
except SystemExit:
    pass
print(*sorted(sys.modules), file=sys.stderr)
"""

COMPUTE = ("compute", "--clauses", "data/treaties/XVIII-16.toml", "--instruments", "data/instruments.csv")


@pytest.fixture(scope="module")
def home_with_acts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `var` is a home with the acts of the Convention."""
    folder = tmp_path_factory.mktemp("start")
    assert call(folder, "import", str(PROJECT / "data" / "instruments.csv")).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("asked", "spared"),
    [
        (("--help",), ("pydantic", "rich", "sqlalchemy", "depositary.cli.answers")),
        (("status", "--help"), ("rich.markdown", "sqlalchemy", "fastapi")),
        (
            COMPUTE,
            ("alembic", "sqlalchemy", "fastapi", "typst", "pendulum", "babel.messages", "rich"),
        ),
        (("status", "--format", "json"), ("alembic", "sqlalchemy", "sqlmodel", "rich", "cryptography")),
    ],
    ids=("help", "the help of a command", "compute", "status"),
)
def test_what_is_not_needed_is_not_imported(
    home_with_acts: Path, asked: tuple[str, ...], spared: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *asked],
        cwd=PROJECT,
        env=environment(home_with_acts),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    assert not set(spared) & set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_where_the_table_says(name: str) -> None:
    command = Commands(COMMANDS).get(name)
    assert command is not None
    assert command.help


def test_a_slip_of_the_pen_is_met_with_a_name(run: Run) -> None:
    done = run("verfy")
    assert done.returncode == 2
    assert "'verify'" in done.stderr
    assert run("--version").stdout.startswith("depositary ")
