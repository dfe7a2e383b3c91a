"""One sender at a time. Whoever has the turn knows that a letter that is claimed was claimed by a sender that is gone.

The turn ends with the process that has it, however it ends: the system gives back a lock on a file, PostgreSQL one of a
connection. So nothing has to lapse, and nobody has to guess whether a sender is still alive.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from depositary.register.store import Store

TURN = 0x6C6574746572
"""The number of PostgreSQL's lock: `letter`."""


@contextmanager
def turn(store: Store) -> Iterator[bool]:
    """Whether it is this process's turn to send; where it is not, another is sending at this moment."""
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
