"""The program as a person calls it, each call in a process of its own that is forked from one that has imported it.

Run as a program it reads a call from each line of its input, as JSON, and answers each with its exit status.
"""

import atexit
import gc
import json
import os
import pkgutil
import resource
import runpy
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from depositary.settings import PROJECT

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "COLUMNS": "120"}
"""What every call finds in its environment, beside its settings."""

ONE_AT_A_TIME = Lock()


def call(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Calls the program in a folder, with these settings; gives its exit status and what it wrote."""
    return run(folder, arguments, settings)


def run(
    folder: Path,
    arguments: Sequence[str],
    settings: Mapping[str, str] = MappingProxyType({}),
    module: str = "depositary",
    file_size: int = 0,
) -> subprocess.CompletedProcess[str]:
    """Runs the program, or another module, in a folder; no file may grow beyond `file_size` bytes."""
    with ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="depositary-call-") as kept:
        written = {name: str(Path(kept) / name) for name in ("stdout", "stderr")}
        question = {
            "folder": str(folder),
            "arguments": [*arguments],
            "settings": ENVIRONMENT | {**settings},
            "module": module,
            "file_size": file_size,
            **written,
        }
        process = forking()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.flush()
        answered = process.stdout.readline()
        assert answered, "the program could not be imported; what it wrote says why"
        status = int(answered)
        stdout, stderr = (Path(path).read_text(encoding="utf-8") for path in written.values())
    return subprocess.CompletedProcess([module, *arguments], status, stdout, stderr)


@cache
def forking() -> subprocess.Popen[str]:
    """The process that has imported the program; it ends with the process of the tests."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.program"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env=ENVIRONMENT | {"PYTHONPYCACHEPREFIX": sys.pycache_prefix or ""},
    )
    atexit.register(process.communicate)  # it ends where its input ends
    return process


def answer(question: Mapping[str, object]) -> int:
    """Forks a process for a call, and waits for its exit status: a negative one names the signal that ended it."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        status = carry_out(**question)  # type: ignore[arg-type]
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def carry_out(
    folder: str,
    arguments: list[str],
    settings: dict[str, str],
    stdout: str,
    stderr: str,
    module: str,
    file_size: int,
) -> int:
    """Is the program, in a process that is forked: its folder, its environment, where it writes."""
    for descriptor, path in enumerate((os.devnull, stdout, stderr)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    os.environ.clear()
    os.environ.update(settings)
    os.chdir(folder)
    sys.argv[1:] = arguments
    if file_size:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, resource.RLIM_INFINITY))
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    return 0


def main() -> None:
    import depositary

    for module in pkgutil.walk_packages(depositary.__path__, "depositary."):
        if "__main__" not in module.name and ".migrations" not in module.name:
            import_module(module.name)
    gc.collect()
    gc.freeze()  # a child would copy what its collector looks through
    for line in sys.stdin:
        os.write(1, f"{answer(json.loads(line))}\n".encode())


if __name__ == "__main__":
    main()
