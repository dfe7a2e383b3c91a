"""What every test stands on: temporary files in memory, a clock that can be stopped, quickly hashed passwords."""

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.longer import examples

pytest_plugins = ["tests.browsers", "tests.postgresql", "tests.progress", "tests.stores", "tests.typesetting"]

# What is compiled once is kept, whatever the machine's setting is: the tests start many processes.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

MEMORY = Path("/dev/shm")  # noqa: S108  (this folder is the machine's memory)
ROOM = 2 << 30
"""How many bytes the tests may keep at once in their temporary folders, with a margin."""


def in_memory(folder: Path) -> bool:
    """Whether temporary files may be kept in a folder of the machine's memory, and programs be started there."""
    if "TMPDIR" in os.environ or not os.access(folder, os.W_OK):
        return False
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize > ROOM and not disk.f_flag & os.ST_NOEXEC


# Each entry of a register waits until the disk has it: in memory that takes no time. TMPDIR names another folder.
if in_memory(MEMORY):
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: at most times one waits for a browser, a server or a process."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_finish() -> None:
    """Leaves the tests and what they import out of later collections of garbage: they took a fifteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def frozen() -> Callable[[str], AbstractContextManager[Any]]:
    """`with frozen("2026-11-23T23:30:00-05:00"):` stops the clock there; no offset means UTC."""
    import pendulum  # noqa: F401  (first imported while the clock is stopped, its moments would be freezegun's for good)
    from freezegun import freeze_time

    def frozen_at(iso: str) -> AbstractContextManager[Any]:
        # Given a pendulum moment freezegun breaks datetime.now(tz); without real_asyncio, servers hang.
        if not isinstance(iso, str):
            raise TypeError("give the moment as a string, as 2026-11-23T12:00:00")
        return freeze_time(iso, real_asyncio=True)

    return frozen_at


@pytest.fixture(scope="session", autouse=True)
def real_hasher() -> Iterator[Callable[[], Any]]:
    """What hashes passwords outside of tests, where each hash takes 64 MB; in tests it is quick."""
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    from depositary.desk import passwords

    real, quick = passwords._hasher, PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: quick)
        yield real


# A timing is never asserted: a slow machine fails no property.
hypothesis.settings.register_profile("depositary", deadline=None, max_examples=examples(100))
hypothesis.settings.load_profile("depositary")
