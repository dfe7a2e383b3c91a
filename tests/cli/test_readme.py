"""The README is short, and its commands do what they say."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from depositary.settings import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    commands = re.findall(r"^\.venv/bin/depositary (.+)$", README, re.MULTILINE)
    assert len(commands) >= 3
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "depositary", *shlex.split(command.replace("var/", f"{tmp_path}/"))],
            capture_output=True,
            text=True,
            cwd=PROJECT,
            env={"PATH": "/usr/bin:/bin", "DEPOSITARY_HOME": str(tmp_path)},
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    assert len(README.splitlines()) <= 120
    for link in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (PROJECT / link).exists(), link


def test_every_target_the_readme_names_is_in_the_makefile() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
