"""The register: as of a past moment, importing, verifying and proving."""

import csv
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Field, Session, SQLModel, create_engine

from benchmarks import registers
from benchmarks.measuring import Figure, measure
from depositary.law.acts import COLUMNS, LATER_COLUMNS
from depositary.register.batch import count_new, record_all
from depositary.register.heads import Keys
from depositary.register.merkle import Tree, is_included
from depositary.register.store import Store
from depositary.register.verification import verify_register
from depositary.treaties.collection import Collection
from depositary.treaties.instruments_csv import iterate_acts
from depositary.web.known import Known

AT = datetime(2026, 11, 23, 17, tzinfo=UTC)
LITTLE, MUCH = 10_000, 1_000_000
ROWS = 1_000_000
ENTRIES = 100_000
WRITTEN = COLUMNS[: -len(LATER_COLUMNS)]
TREATIES = {"T": registers.clauses("T")}
ORDINARY_ROWS = 20_000


class OrdinaryAct(SQLModel, table=True):
    """An act as the ordinary program keeps it."""

    number: int | None = Field(default=None, primary_key=True)
    treaty: str
    participant: str
    action: str
    date: date
    subject: str
    place: str
    provision: str
    text: str
    source: str


def figures() -> Iterator[Figure]:
    """All of this part."""
    with TemporaryDirectory(prefix="depositary-bench-") as folder:
        yield from as_of(Path(folder))
        yield from importing(Path(folder))
        yield from proving(Path(folder))


def register(folder: Path, name: str) -> Store:
    store = Store(f"sqlite:///{folder / name}.sqlite", Keys(folder / "keys"))
    store.migrate()
    return store


def as_of(folder: Path) -> Iterator[Figure]:
    """A treaty of 330 acts as of a day and as of an instant, in a register of a million entries and of 10,000."""
    world = Collection(registers.PARTICIPANTS, TREATIES)
    stores = []
    for size in (LITTLE, MUCH):
        store = register(folder, f"of-{size}")
        record_all(registers.acts("T", seed=1), "bench", AT, store)
        others(store, size)
        stores.append(store)
    day, moment = date(2008, 1, 1), AT + timedelta(days=1)

    def asked(store: Store, at: datetime | None) -> object:
        return Known(world, store.entries).effects("T", day, at)

    little, much = stores
    for name, at in (("legal date", None), ("register date", moment)):
        label = f"a treaty as of a {name}, {MUCH:,} entries beside {LITTLE:,}"
        yield measure(label, lambda at=at: asked(much, at), lambda at=at: asked(little, at), times=10, goal=1.2)  # type: ignore[misc]
    for store in stores:
        store.close()


def others(store: Store, size: int) -> None:
    """Entries of other treaties, which nobody asks about, up to a size."""
    connection = sqlite3.connect(store.url.removeprefix("sqlite:///"))
    start = connection.execute("SELECT max(number) FROM entry").fetchone()[0] + 1
    filler = "x" * 400
    rows = (
        (number, filler, f"{number:064}", f"O{number // 200}", f"{number:064}") for number in range(start, size + 1)
    )
    with connection:
        connection.executemany("INSERT INTO entry (number, content, digest, treaty, act) VALUES (?, ?, ?, ?, ?)", rows)
    connection.close()


def importing(folder: Path) -> Iterator[Figure]:
    """A million rows checked, beside csv.reader and executemany; beside SQLModel's add_all; and the memory."""
    path = folder / "acts.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(WRITTEN) + "\n")
        for n in range(ROWS):
            day = date(2000, 1, 3) + timedelta(days=n % 5000)
            file.write(f"T,S{1 + n % 199:03},declaration,{day},,,,63(3),text number {n},C.N.{n % 500}.2027\n")
    store = register(folder, "import")
    record_all(registers.acts("T", seed=1), "bench", AT, store)

    def ours() -> object:
        return count_new(iterate_acts(path, registers.PARTICIPANTS, TREATIES), store)

    def bare() -> object:
        (folder / "bare.sqlite").unlink(missing_ok=True)
        connection = sqlite3.connect(folder / "bare.sqlite")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"CREATE TABLE act ({', '.join(WRITTEN)})")
        with path.open(encoding="utf-8", newline="") as file:
            connection.executemany(f"INSERT INTO act VALUES ({', '.join('?' * len(WRITTEN))})", csv.reader(file))  # noqa: S608
        connection.commit()
        connection.close()
        return None

    yield measure(f"{ROWS:,} rows checked, beside csv and executemany", ours, bare, times=1, goal=2.5, rounds=1)
    short = folder / "short.csv"
    with path.open(encoding="utf-8") as file:
        short.write_text(
            "".join(line for _, line in zip(range(ORDINARY_ROWS + 1), file, strict=False)), encoding="utf-8"
        )

    def checked() -> object:
        return count_new(iterate_acts(short, registers.PARTICIPANTS, TREATIES), store)

    engine = create_engine(f"sqlite:///{folder / 'ordinary.sqlite'}")
    SQLModel.metadata.create_all(engine, tables=[OrdinaryAct.__table__])  # type: ignore[attr-defined]

    def ordinary() -> object:
        with Session(engine) as session, short.open(encoding="utf-8", newline="") as file:
            session.add_all(OrdinaryAct.model_validate(row) for row in csv.DictReader(file))
            session.commit()
        return None

    yield measure(f"{ORDINARY_ROWS:,} rows, beside SQLModel's add_all", checked, ordinary, times=1, goal=0.1, rounds=3)
    yield memory(path, short, store)
    store.close()


def memory(path: Path, short: Path, store: Store) -> Figure:
    """The peak of a process that checks the million rows, beside one that checks the first of them; kilobytes."""
    peaks = [
        int(
            subprocess.run(  # noqa: S603
                [sys.executable, "-m", "benchmarks.keeping", str(file), store.url],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for file in (path, short)
    ]
    return Figure(f"peak memory in KB, beside {ORDINARY_ROWS:,} rows", peaks[0], peaks[1], peaks[0] / peaks[1], 1.25)


def proving(folder: Path) -> Iterator[Figure]:
    """100,000 entries verified, beside reading and hashing them; an inclusion proof, beside hashing its path."""
    store = register(folder, "verify")
    acts = (act for seed in range(ENTRIES // 300 + 2) for act in registers.acts("T", seed))
    record_all((act for _, act in zip(range(ENTRIES), acts, strict=False)), "bench", AT, store)
    path = store.url.removeprefix("sqlite:///")

    def bare() -> object:
        connection, previous, peaks = sqlite3.connect(path), "", list[bytes]()
        rows = connection.execute("SELECT content, digest, act FROM entry ORDER BY number")
        for size, (content, digest, act) in enumerate(rows):
            node = sha256(b"\0" + content.encode()).digest()
            assert node.hex() == digest
            assert sha256(content[7 : content.index(',"documents":[')].encode()).hexdigest() == act
            assert f'"previous":"{previous}"' in content
            previous, left = digest, size
            while left & 1:
                node, left = sha256(b"\1" + peaks.pop() + node).digest(), left >> 1
            peaks.append(node)
        connection.close()
        return peaks

    found = verify_register(store)
    assert (found.size, found.faults) == (len(store.digests()), ()), found
    yield measure(
        f"{found.size:,} entries verified, beside hashing", lambda: verify_register(store), bare, times=1, goal=1.7
    )
    digests = store.digests()
    tree, root = Tree(digests), bytes.fromhex(found.root)
    proof, hashes = tree.inclusion(77_777), 17

    def chain() -> object:
        step = digests[0]
        for _ in range(hashes):
            step = sha256(b"\1" + step + step).digest()
        return step

    assert is_included(digests[77_777], 77_777, len(digests), proof, root)
    yield measure("an inclusion proof, beside its hashes", lambda: tree.inclusion(77_777), chain, times=50, goal=2.5)
    store.close()


if __name__ == "__main__":
    named = Store(sys.argv[2], Keys(Path("none")))
    count_new(iterate_acts(Path(sys.argv[1]), registers.PARTICIPANTS, TREATIES), named)
    print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line))
