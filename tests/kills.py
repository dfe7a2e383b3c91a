"""Processes that are killed: trials that a test runs as a program of its own, and the children that a trial forks.

The process of the tests has threads, which do not live on in a forked child. So the trials of kills are modules: a test
runs one with `tried`, it forks children, kills them, looks at what they left, and prints its findings as JSON.
"""

import json
import os
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from depositary.settings import PROJECT
from tests import program


def tried(module: str, *arguments: object) -> dict[str, Any]:
    """Runs a module of trials, and gives its findings."""
    done = program.run(PROJECT, [str(argument) for argument in arguments], module=module)
    assert done.returncode == 0, done.stderr
    findings: dict[str, Any] = json.loads(done.stdout)
    return findings


class Child:
    """A forked process that does its work and is killed, or ends. It may write lines into the pipe it is given."""

    def __init__(self, work: Callable[[int], object]) -> None:
        reading, writing = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            os.close(reading)
            status = 1
            try:
                work(writing)
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status)
        os.close(writing)
        self.pipe = os.fdopen(reading)

    def kill(self, after: float = 0, by: int = signal.SIGKILL) -> None:
        """Kills it after some seconds."""
        time.sleep(after)
        os.kill(self.process, by)

    def lines(self) -> list[str]:
        """The whole lines that it wrote until its end."""
        return [line for line in self.pipe if line.endswith("\n")]

    def ended(self) -> bool:
        """Waits for its end. Gives whether it was killed; fails where its work raised an error."""
        _, status = os.waitpid(self.process, 0)
        self.pipe.close()
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work of a child failed"
        return os.WIFSIGNALED(status)


def killed_at(engine: sa.Engine, place: int) -> None:
    """Lets this process kill itself before its SQL statement of a number; a commit counts as a statement."""
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1
        if statements == place:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(engine, "before_cursor_execute", count)
    sa.event.listen(engine, "commit", count)
