"""Only one sender at a time has the turn. So it knows that every claimed letter was claimed by a sender that is gone.

The turn ends when its process ends, however it ends: the system releases a lock on a file, PostgreSQL the lock of a
connection. So no lock has to expire, and nobody has to guess whether a sender is still alive.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from depositary.register.store import Store

TURN = 0x6C6574746572
"""The number of PostgreSQL's lock: the bytes of `letter`."""


@contextmanager
def turn(store: Store) -> Iterator[bool]:
    """Gives whether it is this process's turn to send; otherwise another process is sending at this moment."""
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            mine = bool(connection.execute(sa.select(sa.func.pg_try_advisory_lock(TURN))).scalar())
            try:
                yield mine
            finally:
                if mine:
                    connection.execute(sa.select(sa.func.pg_advisory_unlock(TURN)))
        return
    path = Path(store.url.removeprefix("sqlite:///") + ".sending")
    with path.open("a") as file:
        path.chmod(0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
