"""The log as lines of JSON: an object for each record, and of a fault nothing that it was given."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from depositary.cli.log_lines import JsonLine
from depositary.settings import PROJECT
from tests.cli.conftest import call, get, served

GIVEN = "+999 555 0100"

LOGS = """
import logging, uvicorn
from depositary.cli.log_lines import write_json_lines
write_json_lines()
uvicorn.Config(None, log_level="warning", log_config=None)
logging.getLogger("depositary.web.app").info("not told")
logging.getLogger("depositary.web.app").warning("unavailable at %s", "/en/")
logging.getLogger("uvicorn.error").error("Exception in ASGI application")
"""


def test_a_record_is_an_object(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("depositary.tried")
    log.warning("unavailable at %s", "/en/")
    try:
        raise ValueError(GIVEN)
    except ValueError:
        log.exception("This did not work.")
    warned, failed = (json.loads(JsonLine().format(record)) for record in caplog.records)
    assert (warned["level"], warned["logger"]) == ("warning", "depositary.tried")
    assert warned["message"] == "unavailable at /en/"
    assert warned["at"].endswith("+00:00")
    assert "fault" not in warned
    assert (failed["level"], failed["fault"]) == ("error", "ValueError")
    assert f"{Path(__file__)}:" in failed["places"]
    assert GIVEN not in json.dumps(failed)


def test_the_program_and_its_server_write_lines_of_json_and_no_others() -> None:
    done = subprocess.run([sys.executable, "-c", LOGS], cwd=PROJECT, check=True, capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(line["level"], line["logger"]) for line in lines] == [
        ("warning", "depositary.web.app"),
        ("error", "uvicorn.error"),
    ]


def test_a_site_is_served_with_it(tmp_path: Path) -> None:
    assert call(tmp_path, "migrate").returncode == 0
    with served(tmp_path, DEPOSITARY_LOG_FORMAT="json") as (_, port):
        assert get(port, "/healthz")[0] == 200


def test_another_form_is_refused(tmp_path: Path) -> None:
    done = call(tmp_path, "serve", DEPOSITARY_LOG_FORMAT="xml")
    assert done.returncode == 2
    assert done.stderr == "DEPOSITARY_LOG_FORMAT: Input should be 'text' or 'json'\n"
