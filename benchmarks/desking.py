"""The desk: its pages in a long register, the public site while its sign-in is flooded, and how soon all is there."""

import gc
import http.client
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.parse import urlencode

import sqlalchemy as sa
from starlette.testclient import TestClient

from benchmarks import registers
from benchmarks.keeping import register
from benchmarks.measuring import Figure
from depositary.desk import accounts, sessions
from depositary.desk.audit import Doing
from depositary.register.batch import record_all
from depositary.register.seal import Seal
from depositary.register.store import Store
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.treaties.instruments_csv import read_acts
from depositary.web.staff.app import create_desk
from depositary.web.staff.desk import Desk
from depositary.web.staff.factors import COOKIE

DATA = PROJECT / "data"
AT = datetime(2026, 11, 23, 17, tzinfo=UTC)
LITTLE, MUCH = 10_000, 100_000
PAGES = ("/staff/", "/staff/entries?treaty=XVIII-14", "/staff/bench", "/staff/new/ratification", "/staff/self")
URL = "http://127.0.0.1:8001"
FLOOD, SECONDS = 40, 4.0
PROGRAM = "from depositary.cli import main\nmain()"
BARE = """import sys, typer
from pathlib import Path
app = typer.Typer()
@app.command()
def one({file}): pass
sys.argv = ["one", "{asked}"]
app()"""


def figures() -> Iterator[Figure]:
    """All of this part."""
    with TemporaryDirectory(prefix="depositary-bench-") as folder:
        stores = [filled(Path(folder), size) for size in (LITTLE, MUCH)]
        yield from pages(Path(folder), *stores)
        for store in stores:
            store.close()
        yield from starts(Path(folder))
        yield ready(Path(folder))
        yield flooded(Path(folder))


def filled(folder: Path, size: int) -> Store:
    """The register of the data folder, among so many entries of other treaties."""
    store, world = register(folder, f"desk-{size}"), load_collection(DATA)
    for file in (DATA / "instruments.csv", *sorted((DATA / "history").glob("*.csv"))):
        record_all(read_acts(file, world.participants, world.treaties), "bench", AT, store)
    more = (act for seed in count() for act in registers.acts(f"O{seed}", seed))
    record_all(islice(more, size - store.size()), "bench", AT, store)
    return store


def pages(folder: Path, little: Store, much: Store) -> Iterator[Figure]:
    """Each page of the desk in a register of 100,000 entries and of 10,000; and the statements it asks."""
    clients, asked = [], []
    for store in (little, much):
        client, statements = signed_in(folder, store)
        clients.append(client)
        asked.append(statements)
    gc.collect()
    gc.freeze()  # what the benchmark itself holds is no part of a desk
    for path in PAGES:
        took: list[list[float]] = [[], []]
        for _ in range(25):
            for client, times in zip(clients, took, strict=True):
                begun = time.perf_counter()
                assert client.get(path).status_code == 200, path
                times.append(time.perf_counter() - begun)
        slow = [quantiles(times[3:], n=20)[-1] * 1e6 for times in took]
        yield Figure(
            f"desk {path}, p95, {MUCH:,} entries beside {LITTLE:,}",
            round(slow[1], 1),
            round(slow[0], 1),
            round(slow[1] / slow[0], 4),
            1.5,
        )
        counted = [statements(path) for statements in asked]
        yield Figure(f"desk {path}, statements", counted[1], counted[0], counted[1] / max(1, counted[0]), 1)


def signed_in(folder: Path, store: Store) -> tuple[TestClient, Callable[[str], int]]:
    """A browser of one who may see these pages, and how many statements a page of theirs asks."""
    seal, doing = Seal(folder / "keys"), Doing("bench", datetime.now(UTC))
    with store.session(writing=True) as session:
        person = accounts.add(session, "flora", "Flora", ["registrar", "legal officer"], "en", doing)
        token = sessions.begin(session, person, "bench", doing)
    app = create_desk(Desk(load_collection(DATA), store, seal, URL, URL))
    client, asked = TestClient(app, base_url=URL, cookies={COOKIE: token}), list[str]()
    sa.event.listen(store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    def statements(path: str) -> int:
        client.get(path)
        asked.clear()
        client.get(path)
        return len(asked)

    return client, statements


def starts(folder: Path) -> Iterator[Figure]:
    """Short commands beside a program of the same library that does nothing, in microseconds of processor.

    The last two beside one that takes a file, for which the library loads pydantic.
    """
    told = {name: value for name, value in os.environ.items() if not name.startswith(("DEPOSITARY_", "PYTHON"))}
    told |= {"DEPOSITARY_HOME": str(folder), "DEPOSITARY_DATABASE_URL": f"sqlite:///{folder / f'desk-{LITTLE}'}.sqlite"}

    def spent(code: str, *arguments: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-c", code, *arguments]
        subprocess.run(command, check=True, capture_output=True, env=told, cwd=PROJECT)  # noqa: S603
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e6

    files = ("--clauses", "data/treaties/XVIII-16.toml", "--instruments", "data/instruments.csv")
    for arguments, bare, goal in (
        (("--help",), BARE.format(file="", asked="--help"), 0.75),
        (("compute", *files), BARE.format(file="file: Path", asked="/etc/hostname"), 1.7),
        (("status",), BARE.format(file="file: Path", asked="/etc/hostname"), 1.7),
    ):
        pairs = [(spent(PROGRAM, *arguments), spent(bare)) for _ in range(7)]
        ours, reference = (min(pair[number] for pair in pairs) for number in (0, 1))
        name = f"{arguments[0]}, processor, beside typer alone"
        yield Figure(name, round(ours, 1), round(reference, 1), round(ours / reference, 4), goal)


def ready(folder: Path) -> Figure:
    """From the start to the first page in a register of 100,000 entries, beside one of 10,000."""
    took: dict[int, list[float]] = {LITTLE: [], MUCH: []}
    for _ in range(3):
        for size, times in took.items():
            begun = time.perf_counter()
            with serving(folder, size, "serve") as port:
                fetch(port, "/en/treaties/XVIII-16/")
                times.append((time.perf_counter() - begun) * 1e6)
    ours, reference = median(took[MUCH]), median(took[LITTLE])
    name = f"ready with {MUCH:,} entries, beside {LITTLE:,}"
    return Figure(name, round(ours, 1), round(reference, 1), round(ours / reference, 4), 1.5)


def flooded(folder: Path) -> Figure:
    """How long a public page takes while 40 clients try passwords at the desk, beside the same in peace."""
    with serving(folder, LITTLE, "serve") as site, serving(folder, LITTLE, "desk") as desk:
        fetch(site, "/en/treaties/XVIII-16/")
        peace = rate(site)
        stop = Event()
        crowd = [Thread(target=guess, args=(desk, stop), daemon=True) for _ in range(FLOOD)]
        for thread in crowd:
            thread.start()
        time.sleep(1)
        flood = rate(site)
        stop.set()
        for thread in crowd:
            thread.join(5)
    return Figure(
        f"a page while {FLOOD} try passwords, beside peace",
        round(1e6 / flood, 1),
        round(1e6 / peace, 1),
        round(peace / flood, 4),
        2,
    )


def rate(port: int) -> float:
    """Pages a second that one reader is given, who keeps the connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    begun, pages = time.perf_counter(), 0
    while (took := time.perf_counter() - begun) < SECONDS:
        connection.request("GET", "/en/treaties/XVIII-16/")
        assert connection.getresponse().read()
        pages += 1
    connection.close()
    return pages / took


def guess(port: int, stop: Event) -> None:
    """Tries passwords until it is told to stop."""
    form = urlencode({"name": "flora", "password": "a wrong password", "code": "123456"})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    while not stop.is_set():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST", "/staff/sign-in", form, headers)
        connection.getresponse().read()
        connection.close()


def fetch(port: int, path: str) -> None:
    """The page of an address, once there is one who answers."""
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path)
            answer = connection.getresponse()
            assert answer.read() and answer.status == 200, (path, answer.status)  # noqa: PT018
            return
        except ConnectionRefusedError:
            time.sleep(0.002)
    sys.exit(f"nothing answers at {path}")


@contextmanager
def serving(folder: Path, size: int, command: str) -> Iterator[int]:
    """Serves site or desk in a process of its own, at a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEPOSITARY_")}
    environment |= {
        "DEPOSITARY_HOME": str(folder),
        "DEPOSITARY_DATABASE_URL": f"sqlite:///{folder / f'desk-{size}'}.sqlite",
        "DEPOSITARY_DESK_URL": f"http://127.0.0.1:{port}",
    }
    more = ["--port", str(port)] if command == "serve" else []
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "depositary", command, *more], env=environment, stderr=subprocess.DEVNULL
            )
        )
        stack.callback(process.terminate)
        if command == "desk":
            fetch(port, "/healthz")
        yield port
