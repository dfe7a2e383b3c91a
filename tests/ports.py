"""Ports for servers that are processes of their own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_port() -> Iterator[int]:
    """A port that the system gives to nobody else while the block runs; a server that a test begins may listen there.

    A port that is only looked up may be taken, before the server begins, by a connection of another test.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do: then they share it
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
