"""Where the site and the desk listen: by option, by setting, and what is said of a port that is taken."""

import socket
import sys
from pathlib import Path
from unittest.mock import MagicMock, Mock

import pytest

from depositary.cli import servers
from tests.cli.conftest import Run, call, get
from tests.operation.conftest import environment, listening
from tests.ports import held_port

TAKEN = "cannot be served (Address already in use): nothing was begun."


def test_a_port_that_is_taken_stops_the_start_with_one_sentence(run: Run, tmp_path: Path) -> None:
    with socket.socket() as other, held_port() as free:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        for asked in (
            ("run", "--port", str(port), "--desk-port", str(free)),
            ("run", "--port", str(free), "--desk-port", str(port)),
            ("serve", "--port", str(port)),
            ("desk", "--port", str(port)),
        ):
            done = run(*asked)
            assert done.returncode == 2
            assert done.stderr == f"http://127.0.0.1:{port}/ {TAKEN}\n"
        told = call(tmp_path, "serve", DEPOSITARY_PORT=str(port))
        assert told.stderr == f"http://127.0.0.1:{port}/ {TAKEN}\n"
        told = call(tmp_path, "desk", DEPOSITARY_DESK_PORT=str(port))
        assert told.stderr == f"http://127.0.0.1:{port}/ {TAKEN}\n"
    assert not (tmp_path / "var").exists()


def test_the_address_is_said_when_it_listens(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("depositary")
    with listening(program, tmp_path, environment(tmp_path)) as (site, desk):
        assert get(site, "/healthz")[0] == 200
        assert get(desk, "/staff/sign-in")[0] == 200
    with pytest.raises(ConnectionRefusedError):
        get(desk, "/healthz")  # what ends the site ends the desk


def test_the_desk_s_links_lead_to_the_site_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With --port they led to port 8000."""
    begun = MagicMock()
    monkeypatch.setattr(servers, "_load", Mock())
    monkeypatch.setattr(servers, "_serve", Mock())
    monkeypatch.setattr("depositary.cli.servers.subprocess.Popen", begun)
    with held_port() as free, held_port() as other:
        servers.run(port=free, desk_port=other)
    of_desk = begun.call_args_list[0]
    assert of_desk.args[0][3] == "desk"
    assert of_desk.kwargs["env"]["DEPOSITARY_PORT"] == str(free)


def test_a_port_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("serve", "--port", "70000").returncode == 2
    done = call(tmp_path, "serve", DEPOSITARY_PORT="http")
    assert done.returncode == 2
    assert done.stderr.startswith("DEPOSITARY_PORT: ")
