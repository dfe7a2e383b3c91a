"""What `deploy/` gives a house: each file is tried by the program that reads it, where that program is here."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from depositary.cli.main import COMMANDS
from depositary.settings import PROJECT, Settings

DEPLOY = PROJECT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))

needs_nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")


@needs_nginx
def test_nginx_takes_the_configuration_without_a_warning(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "example.int")]), datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    (tmp_path / "fullchain.pem").write_bytes(builder.sign(key, SHA256()).public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "privkey.pem").write_bytes(private)
    config = (DEPLOY / "nginx.conf").read_text()
    config = re.sub(r"/etc/letsencrypt/live/[a-z.]+", str(tmp_path), config)
    config = config.replace("listen [::]:", "listen [::1]:2").replace("listen 80", "listen 127.0.0.1:20080")
    config = config.replace("listen 443", "listen 127.0.0.1:20443")
    module = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
    if not module.is_file():
        config = config.replace("brotli_static on;", "")
    load = f"load_module {module};" if module.is_file() else ""
    whole = f"{load}\npid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{config}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole)
    command: list[str | Path] = ["nginx", "-t", "-e", "stderr", "-c", tmp_path / "nginx.conf"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr
    assert whole.count("return 404") == 4  # neither /metrics nor /readyz is passed on, on either host


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_calls_each_service_ok(unit: Path) -> None:
    command: list[str | Path] = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", unit]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
    assert re.search(r"Overall exposure level for .*: [0-2]\.\d OK", told.stdout)


@needs_systemd
@pytest.mark.parametrize("timer", TIMERS, ids=lambda timer: timer.stem)
def test_each_timer_has_its_service_and_a_calendar(timer: Path) -> None:
    assert timer.with_suffix(".service") in UNITS
    (when,) = re.findall(r"^OnCalendar=(.*)$", timer.read_text(), re.MULTILINE)
    assert subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, check=False).returncode == 0


def test_each_service_runs_a_command_that_is_there() -> None:
    for unit in UNITS:
        (command,) = re.findall(r"^ExecStart=/opt/depositary/bin/depositary (\S+)", unit.read_text(), re.MULTILINE)
        assert command in COMMANDS, unit


def test_each_setting_is_known_and_holds() -> None:
    for file in DEPLOY.glob("*.env"):
        told = dict(re.findall(r"^DEPOSITARY_(\w+)=(.*)$", file.read_text(), re.MULTILINE))
        assert told, file
        Settings.model_validate({name.lower(): value for name, value in told.items()})


def test_each_rule_of_prometheus_asks_for_a_measure_that_is_given() -> None:
    given = "".join(path.read_text() for path in (PROJECT / "depositary/web").rglob("*.py"))
    asked = set(re.findall(r"\bdepositary_\w+", (DEPLOY / "prometheus-rules.yml").read_text()))
    assert asked
    assert not [name for name in asked if name.removesuffix("_total").removesuffix("_bucket") not in given]


def test_the_document_names_only_commands_and_files_that_are_there() -> None:
    text = (PROJECT / "docs" / "operate.md").read_text()
    for command in re.findall(r"(?:bin/|`|sudo -u \S+ )depositary ([a-z]+)", text):
        assert command in COMMANDS, command
    for file in re.findall(r"deploy/[\w./-]*\w", text):
        assert (PROJECT / file).exists(), file
