"""Servers in processes of their own, the readers that load them, and what of the processor they take.

What is served is told in the server's seconds of processor, not in seconds: those are also the readers'.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket

BROTLI = Path("/etc/nginx/modules-enabled")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server of this machine: its port, and its one process."""

    port: int
    pid: int

    def spent(self) -> float:
        """The seconds of processor it has taken."""
        of = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(of[11]) + int(of[12])) / TICKS

    def settle(self) -> None:
        """Waits until it has done what it does on its own."""
        patience, before = time.monotonic() + 120, self.spent()
        while time.monotonic() < patience:
            time.sleep(3)  # what waits for a slow disk is not done
            now = self.spent()
            if now - before < 0.1:
                return
            before = now


@dataclass(frozen=True)
class Load:
    """What readers were given: requests, the microseconds of the server's processor for each, and of waiting (p99)."""

    requests: int
    cost: float
    waited: float


def missing() -> str:
    """What of nginx and wrk is not here."""
    return ", ".join(one for one in ("nginx", "wrk") if shutil.which(one) is None)


def load(server: Server, path: str, *headers: str, seconds: int = 1, connections: int = 32) -> Load:
    """Readers ask for a page, all at once. An answer that is none ends the benchmark."""
    asked = [part for header in headers for part in ("-H", header)]
    before = server.spent()
    told = subprocess.run(  # noqa: S603
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "--latency", *asked,  # noqa: S607
         f"http://127.0.0.1:{server.port}{path}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    spent = server.spent() - before
    if "Socket errors" in told or "Non-2xx" in told:
        sys.exit(f"{path}: {told}")
    count = re.search(r"(\d+) requests in", told)
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s)", told)
    assert count is not None, told
    assert slowest is not None, told
    unit = {"us": 1, "ms": 1e3, "s": 1e6}[slowest[2]]
    return Load(int(count[1]), spent / int(count[1]) * 1e6, float(slowest[1]) * unit)


def free_port() -> int:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def started(port: int, *command: str, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """A process that serves at a port, until it is no longer needed."""
    with subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            patience = time.monotonic() + 60
            while time.monotonic() < patience and process.poll() is None:
                try:
                    create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.01)
            else:
                sys.exit(f"{command[0]} does not serve")
            yield Server(port, process.pid)
        finally:
            process.terminate()


@contextmanager
def nginx(folder: Path, server: str) -> Iterator[Server]:
    """nginx in one process, with a configuration that says `{port}` where the port belongs."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"include {BROTLI}/*brotli*.conf;\n"
        "events { worker_connections 4096; }\n"
        f"http {{ access_log off; include /etc/nginx/mime.types; client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; sendfile on; tcp_nopush on; keepalive_requests 1000000;\n"
        f"{server.replace('{port}', str(port))}\n}}\n"
    )
    with started(port, "nginx", "-c", str(config)) as running:
        yield running
