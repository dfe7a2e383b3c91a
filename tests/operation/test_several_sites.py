"""Two sites, one on a hot standby, behind one balancer: the same bytes and tags, and no reader is led back in time."""

import http.client
import os
import re
import select
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from depositary.register.bell import CHANNEL, Bell
from depositary.settings import PROJECT
from tests.cli.conftest import call, get, served
from tests.operation.conftest import Cluster
from tests.ports import held_port
from tests.waiting import until

needs_nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")

PATHS = ("/en/treaties/XVIII-16/", "/ar/treaties/XVIII-16/", "/treaties/XVIII-16/status.csv", "/en/participants/")
READERS = 8
ENTRIES = 6


@pytest.fixture
def home(cluster: Cluster, tmp_path: Path) -> Path:
    """The home of a register with the acts of the Convention, whose public role may read."""
    told = {"DEPOSITARY_DATABASE_URL": cluster.primary}
    for command in (("migrate", "--public-role", "public_site"), ("import", str(PROJECT / "data/instruments.csv"))):
        done = call(tmp_path, *command, **told)
        assert done.returncode == 0, done.stderr
    return tmp_path


@contextmanager
def balancer(folder: Path, ports: list[int]) -> Iterator[int]:
    """`deploy/balancer.conf` before two sites: gives its port. It tells readers apart by X-Reader, not by address."""
    with held_port() as port:
        yield from _balanced(folder, ports, port)


def _balanced(folder: Path, ports: list[int], port: int) -> Iterator[int]:
    config = (PROJECT / "deploy" / "balancer.conf").read_text()
    config = config.replace("10.0.0.11:8000", f"127.0.0.1:{ports[0]}").replace(
        "10.0.0.12:8000", f"127.0.0.1:{ports[1]}"
    )
    config = config.replace("hash $remote_addr", "hash $http_x_reader").replace("listen 443 ssl;", f"listen {port};")
    config = re.sub(r"^ *(ssl_|listen \[).*\n", "", config, flags=re.MULTILINE)
    whole = f"daemon off; pid {folder}/pid; error_log stderr; events {{}}\nhttp {{ access_log off;\n"
    for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        whole += f"{name}_temp_path {folder}/{name};\n"
    (folder / "nginx.conf").write_text(f"{whole}{config}}}\n")
    process = subprocess.Popen(["nginx", "-e", "stderr", "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(port), "the balancer answers", pause=0.1)
        yield port
    finally:
        process.terminate()
        process.wait(300)


def answers(port: int) -> bool:
    """Whether something listens at a port, and answers."""
    with suppress(OSError):
        get(port, "/healthz")
        return True
    return False


def asked(port: int, path: str, reader: str = "") -> tuple[int, str, bytes]:
    """Status, tag and body of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"X-Reader": reader})
    answer = connection.getresponse()
    found = answer.status, answer.getheader("ETag") or "", answer.read()
    connection.close()
    return found


def entry_of(page: bytes) -> int:
    """The number of the entry as at which a page is."""
    found = re.search(rb"As at entry (\d+)", page)
    assert found, page[-500:]
    return int(found[1])


@needs_nginx
def test_two_sites_show_one_register(cluster: Cluster, home: Path, tmp_path: Path) -> None:
    (home / "near").mkdir()
    (home / "far").mkdir()
    urls = [cluster.as_role("public_site", url) for url in (cluster.primary, cluster.standby)]
    with (
        served(home / "near", DEPOSITARY_DATABASE_URL=urls[0]) as (_, near),
        served(home / "far", DEPOSITARY_DATABASE_URL=urls[1], DEPOSITARY_PRIMARY_URL=urls[0]) as (far_process, far),
        balancer(tmp_path, [near, far]) as port,
    ):
        stop, seen = threading.Event(), {str(reader): list[int]() for reader in range(READERS)}

        def read(reader: str) -> None:
            while not stop.is_set():
                status, _, body = asked(port, PATHS[0], reader)
                if status == 200:
                    seen[reader].append(entry_of(body))
                time.sleep(0.05)

        crowd = [threading.Thread(target=read, args=(reader,)) for reader in seen]
        for thread in crowd:
            thread.start()
        try:
            until(lambda: all(seen.values()), "every reader has read")
            first = max(numbers[0] for numbers in seen.values())
            for day in range(1, ENTRIES + 1):
                act = f"2026-04-{day:02} GHA notification"
                done = call(home, "record", act, "--anyway", DEPOSITARY_DATABASE_URL=cluster.primary)
                assert done.returncode == 0, done.stderr
                time.sleep(0.5)
                if day == ENTRIES - 1:
                    os.kill(far_process, signal.SIGTERM)  # its readers go on at the other site
            last = {first + ENTRIES}
            until(lambda: {numbers[-1] for numbers in seen.values()} == last, "every reader sees the last entry")
        finally:
            stop.set()
            for thread in crowd:
                thread.join()
        assert all(numbers == sorted(numbers) for numbers in seen.values()), "a reader was led back"


def test_the_same_bytes_and_tags_on_both(cluster: Cluster, home: Path) -> None:
    (home / "near").mkdir()
    (home / "far").mkdir()
    urls = [cluster.as_role("public_site", url) for url in (cluster.primary, cluster.standby)]
    with (
        served(home / "near", DEPOSITARY_DATABASE_URL=urls[0]) as (_, near),
        served(home / "far", DEPOSITARY_DATABASE_URL=urls[1]) as (_, far),
    ):
        for path in PATHS:

            def alike(path: str = path) -> bool:
                here, there = asked(near, path), asked(far, path)
                return here == there and here[0] == 200 and bool(here[1])

            until(alike, f"{path} has one tag and the same bytes on both", pause=0.1)


def test_a_site_on_a_standby_hears_of_an_entry_at_the_primary(cluster: Cluster) -> None:
    """Under the role that only reads; at the standby itself nothing is heard."""
    near, far = (sa.make_url(cluster.as_role("public_site", url)) for url in (cluster.primary, cluster.standby))
    deaf, bell = Bell(far), Bell(far, near.render_as_string(hide_password=False))
    for each in (deaf, bell):
        each.hang()
    try:
        assert rung(bell, 60), "it rings once it listens"
        while rung(bell, 1):
            bell.hush()
        with psycopg.connect(cluster.primary) as recording:
            recording.execute(f"NOTIFY {CHANNEL}".encode())
        assert rung(bell, 60)
        assert not rung(deaf, 0)
    finally:
        for each in (deaf, bell):
            each.close()


def rung(bell: Bell, seconds: float) -> bool:
    """Whether a bell rings within some seconds."""
    number = bell.fileno()
    return number is not None and bool(select.select([number], [], [], seconds)[0])
