"""The API as people use it: a client that is generated, and the examples of docs/api.md."""

import csv
import importlib
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from starlette.types import ASGIApp

from depositary.settings import PROJECT

GUIDE = (PROJECT / "docs/api.md").read_text(encoding="utf-8")
HERE = "https://treaties.example.int"
"""The site in the examples."""


@pytest.fixture(scope="module")
def site(serve: Callable[[Any], AbstractContextManager[str]], app: ASGIApp) -> Iterator[str]:
    with serve(app) as address:
        yield address


def fetched(address: str) -> bytes:
    """What an address answers."""
    with urlopen(address) as answer:  # noqa: S310  (our own)
        content: bytes = answer.read()
    return content


def examples(kind: str) -> list[str]:
    """The blocks of a language in the guide, asked of the invented treaty."""
    blocks = re.findall(rf"^```{kind}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert blocks
    return [block.replace("XVIII-16", "I-1").replace("GHA", "BOR").replace("QAT", "RUR") for block in blocks]


def test_a_generated_client_gives_typed_answers(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    description = tmp_path / "openapi.json"
    description.write_bytes(fetched(f"{site}/api/v1/openapi.json"))
    (tmp_path / "config.yml").write_text("post_hooks: []\n")
    tool = "from openapi_python_client.cli import app; app()"
    where = ["--path", str(description), "--config", "config.yml", "--meta", "none", "--output-path", "treaty_client"]
    made = subprocess.run(
        [sys.executable, "-c", tool, "generate", "--fail-on-warning", *where],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    monkeypatch.syspath_prepend(str(tmp_path))
    with importlib.import_module("treaty_client").Client(base_url=site) as client:
        check_answers(client)


def check_answers(client: Any) -> None:
    """The answers of the generated client are typed."""
    status = importlib.import_module("treaty_client.api.treaties.status").sync(
        client=client, treaty="I-1", on=date(2026, 11, 28)
    )
    assert type(status).__name__ == "Status"
    assert str(status.entry_into_force.date) == "2026-08-30"
    borduria = next(one for one in status.participants if one.code == "BOR")
    assert (str(borduria.entry_into_force), borduria.standing) == ("2026-09-14", "party")
    reasons = importlib.import_module("treaty_client.api.reasons.reasons_of_participant")
    tree = reasons.sync(client=client, treaty="I-1", code="BOR", what="entry-into-force")
    assert tree.finding.because[0].sentence
    refused = importlib.import_module("treaty_client.api.treaties.treaty").sync_detailed(client=client, treaty="I-9")
    assert refused.status_code == 404


@pytest.mark.parametrize("number", range(3))
def test_the_examples_for_python_run(site: str, number: int) -> None:
    code = examples("python")[number].replace(HERE, site)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip(), code
    assert number < len(examples("python")) == 3


def test_the_examples_for_curl_run(site: str, tmp_path: Path) -> None:
    assert shutil.which("curl")
    commands = [line for block in examples("sh") for line in block.splitlines() if line.startswith("curl ")]
    assert len(commands) >= 5
    for command in commands:
        done = subprocess.run(
            ["bash", "-euc", command.replace(HERE, site)], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, command + done.stderr
        assert done.stdout or list(tmp_path.iterdir()), command
        assert '"status": 4' not in done.stdout, command


def test_the_addresses_of_the_other_examples_answer(site: str) -> None:
    asked = 0
    for kind in ("r", "m", "text"):
        for block in examples(kind):
            for address in re.findall(rf"{HERE}[^\"\s)]+", block):
                content = fetched(address.replace(HERE, site))
                if "status.csv" in address:
                    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
                    assert {"code", "standing", "entry_into_force"} <= rows[0].keys()
                else:
                    assert json.loads(content)["items"]
                asked += 1
    assert asked >= 3
