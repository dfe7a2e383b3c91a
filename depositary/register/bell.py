"""The bell of a register: a writer rings it with each commit, and a publisher hears it at once.

A lost ring does no harm: the bell only says that it is time to look. On SQLite it is a socket beside the file; on
PostgreSQL NOTIFY, which the database passes on with the commit. Where neither can be heard, as on a hot standby or
where another process listens at the file, the publisher looks at intervals.
"""

import selectors
import socket
import threading
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

CHANNEL = "depositary"
NOTIFY = sa.text(f"NOTIFY {CHANNEL}")

PATIENCE = 5.0
"""The seconds between two attempts to listen at a PostgreSQL that does not answer or cannot be listened to."""

RINGS = 20
"""An entry is heard at the primary before the standby has replayed it: so the bell goes on, for a fifth of a second."""


def place(database: sa.URL) -> Path | None:
    """The path of a database's bell; None where it has none."""
    if database.get_backend_name() != "sqlite" or not database.database or not hasattr(socket, "AF_UNIX"):
        return None
    return Path(f"{database.database}-bell")


def ring(database: sa.URL) -> None:
    """Rings the bell of SQLite's file; never waits and never fails."""
    hung = place(database)
    if hung is None or not hung.exists():
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as rope:
        rope.setblocking(False)
        rope.sendto(b"", str(hung))


class Bell:
    """The listener's side of a bell. Where the bell cannot be hung, it never rings.

    `primary`: where a site on a hot standby listens, which itself passes nothing on.
    """

    def __init__(self, database: sa.URL, primary: str = "") -> None:
        self._place = place(database)
        self._socket: socket.socket | None = None
        self._rings = RINGS if primary else 1
        heard = sa.make_url(primary) if primary else database
        server = heard.get_backend_name() == "postgresql"
        self._server = heard.set(drivername="postgresql").render_as_string(hide_password=False) if server else ""
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def hang(self) -> None:
        """Hangs the bell, in the place of a bell that a killed process left."""
        if self._server:
            self._socket, rope = socket.socketpair()
            for end in (self._socket, rope):
                end.setblocking(False)
            self._thread = threading.Thread(target=self._listen, args=(rope,), name="bell", daemon=True)
            self._thread.start()
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

    def _listen(self, rope: socket.socket) -> None:
        """Listens at PostgreSQL until the bell is closed, and rings after each loss: an entry may have been missed."""
        import psycopg

        with rope:
            while not self._closed.is_set():
                with (
                    suppress(psycopg.Error),
                    psycopg.connect(self._server, autocommit=True, connect_timeout=int(PATIENCE)) as connection,
                    selectors.DefaultSelector() as either,
                ):
                    connection.execute(f"LISTEN {CHANNEL}".encode())
                    self._pull(rope)
                    either.register(connection.fileno(), selectors.EVENT_READ)
                    either.register(rope, selectors.EVENT_READ)
                    while not self._closed.is_set():
                        either.select()
                        for _ in connection.notifies(timeout=0):
                            self._pull(rope)
                self._closed.wait(PATIENCE)

    def _pull(self, rope: socket.socket) -> None:
        for _ in range(self._rings):
            with suppress(OSError):
                rope.send(b".")
            if self._rings > 1 and self._closed.wait(0.01):
                return

    def fileno(self) -> int | None:
        """A file descriptor that is readable after a ring; None where the bell never rings."""
        return self._socket.fileno() if self._socket else None

    def hush(self) -> None:
        """Reads all rings, so that the bell is silent again."""
        with suppress(OSError):
            while self._socket:
                self._socket.recv(4096)

    def close(self) -> None:
        """Removes the bell."""
        self._closed.set()
        if self._socket and self._thread:
            with suppress(OSError):
                self._socket.send(b".")  # wakes who listens
            self._thread.join(PATIENCE)
        if self._socket:
            self._socket.close()
            self._socket = None
            with suppress(OSError):
                if self._place:
                    self._place.unlink()
