"""The bell of a register: whoever writes rings it after each commit, and whoever publishes hears it at once.

Nothing rests on it: it says nothing but that it is time to look. It is a socket beside SQLite's file; where there is
none, as on PostgreSQL or where another listens already, one looks now and then.
"""

import socket
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa


def place(database: sa.URL) -> Path | None:
    """Where the bell of a database hangs; None where it has none."""
    if database.get_backend_name() != "sqlite" or not database.database or not hasattr(socket, "AF_UNIX"):
        return None
    return Path(f"{database.database}-bell")


def ring(database: sa.URL) -> None:
    """Rings, where somebody may hear it; never waits and never fails."""
    hung = place(database)
    if hung is None or not hung.exists():
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as rope:
        rope.setblocking(False)
        rope.sendto(b"", str(hung))


class Bell:
    """The bell as it is heard, once it is hung. Where it cannot be hung it never rings."""

    def __init__(self, database: sa.URL) -> None:
        self._place = place(database)
        self._socket: socket.socket | None = None

    def hang(self) -> None:
        """Hangs it, in the place of one that a killed process left."""
        if self._place is None:
            return
        heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        heard.setblocking(False)
        try:
            self._place.unlink(missing_ok=True)
            heard.bind(str(self._place))
        except OSError:
            heard.close()
            return
        self._socket = heard

    def fileno(self) -> int | None:
        """What is readable when it has rung; None where it never does."""
        return self._socket.fileno() if self._socket else None

    def hush(self) -> None:
        """Takes in what was rung."""
        with suppress(OSError):
            while self._socket:
                self._socket.recv(1)

    def close(self) -> None:
        """Takes it down."""
        if self._socket and self._place:
            self._socket.close()
            self._socket = None
            with suppress(OSError):
                self._place.unlink()
