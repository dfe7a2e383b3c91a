"""The bell of a register: a writer rings it after each commit, and a publisher hears it at once.

A lost ring does no harm: the bell only says that it is time to look. It is a socket beside SQLite's file. Where it is
missing, as on PostgreSQL or where another process listens, the publisher looks at intervals.
"""

import socket
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa


def place(database: sa.URL) -> Path | None:
    """The path of a database's bell; None where it has none."""
    if database.get_backend_name() != "sqlite" or not database.database or not hasattr(socket, "AF_UNIX"):
        return None
    return Path(f"{database.database}-bell")


def ring(database: sa.URL) -> None:
    """Rings the bell of a database; never waits and never fails."""
    hung = place(database)
    if hung is None or not hung.exists():
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as rope:
        rope.setblocking(False)
        rope.sendto(b"", str(hung))


class Bell:
    """The listener's side of a bell. Where the bell cannot be hung, it never rings."""

    def __init__(self, database: sa.URL) -> None:
        self._place = place(database)
        self._socket: socket.socket | None = None

    def hang(self) -> None:
        """Hangs the bell, in the place of a bell that a killed process left."""
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
        """A file descriptor that is readable after a ring; None where the bell never rings."""
        return self._socket.fileno() if self._socket else None

    def hush(self) -> None:
        """Reads all rings, so that the bell is silent again."""
        with suppress(OSError):
            while self._socket:
                self._socket.recv(1)

    def close(self) -> None:
        """Removes the bell."""
        if self._socket and self._place:
            self._socket.close()
            self._socket = None
            with suppress(OSError):
                self._place.unlink()
