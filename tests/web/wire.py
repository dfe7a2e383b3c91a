"""A server on a port, and requests to it byte by byte."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn


@contextmanager
def serving(app: Any, http: type[asyncio.Protocol]) -> Iterator[int]:
    """The application on a port, its connections of a kind."""
    config = uvicorn.Config(
        app, http=http, ws="none", lifespan="off", log_level="critical", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(10)


def sent(port: int, request: bytes, wait: float = 60) -> bytes:
    """All that is sent back to some bytes, until the other side closes or is silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR) if request.endswith(b"\0shut") else None
            found = b""
            while more := connection.recv(1 << 16):
                found += more
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            pass
        return found


def get(port: int, path: str, *headers: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    lines = "".join(f"{line}\r\n" for line in headers)
    answer = sent(port, f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{lines}\r\n".encode("latin-1"))
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *rest = head.decode("latin-1").split("\r\n")
    return int(status.split()[1]), dict(line.lower().split(": ", 1) for line in rest), body
