"""The audit of libraries names what has a weakness, and what it could not check."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from depositary.settings import PROJECT

Answer = Callable[[list[dict[str, Any]]], Sequence[dict[str, Any]]]


@pytest.fixture
def database() -> Iterator[Callable[[Answer], str]]:
    """Serves a database that answers each question by a function; gives its URL."""
    servers: list[HTTPServer] = []

    def serving(answer: Answer) -> str:
        class Database(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps({"results": answer(asked)}).encode())

            def log_message(self, *_: object) -> None: ...

        servers.append(HTTPServer(("127.0.0.1", 0), Database))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/"

    yield serving
    for server in servers:
        server.shutdown()
        server.server_close()


def audit(url: str) -> "subprocess.CompletedProcess[str]":
    bill = Path("deploy/sbom.cdx.json")
    command: list[str | Path] = [sys.executable, "deploy/audit.py", bill, url]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_all_are_asked_about_and_nothing_is_found(database: Callable[[Answer], str]) -> None:
    asked: list[str] = []

    def nothing(queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        asked.extend(query["package"]["purl"] for query in queries)
        return [{} for _ in queries]

    done = audit(database(nothing))
    assert done.returncode == 0, done.stdout
    parts = json.loads((PROJECT / "deploy/sbom.cdx.json").read_text())["components"]
    assert asked == [part["purl"] for part in parts]
    assert "0 with a known weakness, 0 that could not be checked. Not checked by this: Python itself" in done.stdout


def test_a_weakness_is_named(database: Callable[[Answer], str]) -> None:
    def weak(queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {"vulns": [{"id": "PYSEC-2027-1"}]} if "/jinja2@" in query["package"]["purl"] else {} for query in queries
        ]

    done = audit(database(weak))
    assert done.returncode == 1
    assert "PYSEC-2027-1" in done.stdout
    assert done.stdout.startswith("jinja2 ")


def test_what_could_not_be_checked_is_named(database: Callable[[Answer], str]) -> None:
    done = audit(database(lambda queries: [{} for _ in queries][:-1]))
    assert done.returncode == 2
    assert done.stdout.count("could not be checked (") == 1
    parts = json.loads((PROJECT / "deploy/sbom.cdx.json").read_text())["components"]
    away = audit("http://127.0.0.1:1/")
    assert away.returncode == 2
    assert away.stdout.count("could not be checked (") == len(parts)
