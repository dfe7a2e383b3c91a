"""Only one process at a time has the turn to send, or to do the annual circulation's daily work.

So a sender knows that every claimed letter was claimed by a sender that is gone.

The turn ends when its process ends, however it ends: the system releases a lock on a file, PostgreSQL the lock of a
connection. So no lock has to expire, and nobody has to guess whether a sender is still alive.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from depositary.register.store import Store

SENDING = "sending"
TURNS = {SENDING: 0x6C6574746572, "circulating": 0x636972637561}
"""What one process at a time does, and the number of PostgreSQL's lock: the first bytes of `letter`, `circulate`."""


@contextmanager
def turn(store: Store, what: str = SENDING) -> Iterator[bool]:
    """Gives whether it is this process's turn; otherwise another process is doing it at this moment."""
    number = TURNS[what]
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            mine = bool(connection.execute(sa.select(sa.func.pg_try_advisory_lock(number))).scalar())
            try:
                yield mine
            finally:
                if mine:
                    connection.execute(sa.select(sa.func.pg_advisory_unlock(number)))
        return
    path = Path(store.url.removeprefix("sqlite:///") + f".{what}")
    with path.open("a") as file:
        path.chmod(0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
