"""`docs/add-a-treaty.md`, followed as a new user would."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from depositary.register.heads import Keys
from depositary.register.store import opened
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.web.app import create_app

Run = Callable[..., subprocess.CompletedProcess[str]]

GUIDE = (PROJECT / "docs/add-a-treaty.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert found, kind
    return found[1]


def test_from_final_clauses_to_a_live_page(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(PROJECT / "data", data)
    (data / "treaties/I-1.md").write_text(block("markdown"), encoding="utf-8")
    (data / "treaties/I-1.toml").write_text(block("toml"), encoding="utf-8")
    (tmp_path / "acts.csv").write_text(block("csv"), encoding="utf-8")
    with (data / "SOURCES.md").open("a", encoding="utf-8") as out:
        out.write("\n## Acts under I-1\n\ncomplete as of: 2027-03-31\n")

    commands = re.findall(r"^\.venv/bin/depositary (.+)$", GUIDE, re.MULTILINE)
    assert len(commands) == 4
    for command in commands:
        done = run(*shlex.split(command), DEPOSITARY_DATA=str(data))
        assert done.returncode == 0, done.stderr
        if command.startswith("treaty check"):
            assert done.stdout.rstrip().endswith("none")
        if command.startswith("compute"):
            assert "2027-04-01" in done.stdout
    assert "3 acts, 3 recorded" in done.stderr

    with opened(f"sqlite:///{tmp_path}/var/register.sqlite", Keys(tmp_path / "var/keys")) as store:
        client = TestClient(create_app(load_collection(data), store.entries))
        assert "in force since 1 April 2027" in client.get("/en/?on=2027-04-01").text
        page = client.get("/en/treaties/I-1/?on=2027-04-01").text
        assert "In force since 1 April 2027" in page
        assert "complete as of 31 March 2027" in page
        assert "on the thirtieth day after the date of deposit of the second instrument" in page
        assert "Signature and consent" in client.get("/en/treaties/I-1/articles/10").text
        assert "Convention on Clocks" in client.get("/en/participants/GHA?on=2027-04-01").text
