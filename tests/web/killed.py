"""A publisher that is killed, and readers of its folder. Run as a program: `killed.py HOME DATA KILLS SEED`.

It answers with JSON. Each child publishes the register as it is, and is killed at the n-th thing it does to a file of
the folder, or at a random moment; the pages are rendered by the parent, so that a child does nothing but publish. Every
few kills the register grows. Two readers meanwhile take the page and the data of one snapshot, as a web server does.
"""

import asyncio
import gzip
import json
import os
import random
import signal
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import product
from pathlib import Path

import brotli

from depositary import clock
from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.register.verification import Onward
from depositary.treaties.clause_files import read_clauses
from depositary.treaties.collection import Collection
from depositary.web.publication.folder import Folder, file_of
from depositary.web.publication.page import PublishedPage, compress
from depositary.web.publication.publication import Publication
from depositary.web.publication.publisher import maker
from depositary.web.publication.snapshot import AsAt, Snapshot
from depositary.web.sitemap import published_addresses
from tests.kills import Child
from tests.register.sample_acts import AT
from tests.web.conftest import ACTS, CLAUSES, PARTICIPANTS, TREATY

FILES = ("en/treaties/I-1/index.html", "treaties/I-1/status.json")
CODINGS = ("", ".gz", ".br")
GROWS_EVERY, PLACES = 5, 2000
"""About how many things are done to files when a snapshot is published."""

DOES = {"open", "os.rename", "os.symlink", "os.remove", "os.mkdir", "os.chmod", "os.rmdir", "shutil.rmtree"}

SNAPSHOTS = 20
"""So many are kept to look at what is shown; none is shown that long."""

Seen = tuple[str, str, str]
"""In one coding: the digests of the page and of the data that were read from one snapshot."""


def digest(body: bytes) -> str:
    return sha256(body).hexdigest()


def rendered(home: Path, world: Collection, size: int) -> Snapshot:
    """All of a snapshot that is published unasked."""

    async def pages(snapshot: Snapshot) -> None:
        for address in published_addresses(snapshot.site, "at once", "soon"):
            await snapshot.page(address)

    store = Store(f"sqlite:///{home / 'register.sqlite'}", Keys(home / "keys"), public=True)
    snapshot = maker(world, "https://treaties.example")(AsAt(store, size), clock.today(), None)
    asyncio.run(pages(snapshot))
    store.close()
    return snapshot


def publish(home: Path, snapshot: Snapshot, place: int) -> None:
    """Publishes a snapshot, and dies at the place: 0 for one that somebody else kills."""
    done = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event in DOES and str(home / "published") in str(arguments[0]):
            done += 1
            if done == place:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    store = Store(f"sqlite:///{home / 'register.sqlite'}", Keys(home / "keys"), public=True)
    publication = Publication(store, lambda *_: snapshot, Folder(home / "published"), Onward(store).check)
    publication.start()
    while publication._filling is None or not publication._filling.done():
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)


def killed(home: Path, snapshot: Snapshot, chance: random.Random) -> bool:
    """One publisher, killed; whether it was at a place and not at a moment."""
    # Half of the places are where the snapshot is first written and then shown.
    place = chance.choice((0, chance.randrange(1, PLACES // 4), chance.randrange(1, PLACES)))
    child = Child(lambda _: publish(home, snapshot, place))
    if not place:
        child.kill(after=chance.random() ** 2)
    assert child.ended()
    return bool(place)


def reader(current: Path, coding: str, out: int) -> None:
    """Reads until it is told to end; then says how often, and what it has seen."""
    told: list[bool] = []
    signal.signal(signal.SIGTERM, lambda *_: told.append(True))
    reads, seen = 0, set[Seen]()
    parent = os.getppid()
    while not told and os.getppid() == parent:
        with suppress(FileNotFoundError):  # no snapshot yet, or this one is gone since it was opened
            folder = os.open(current, os.O_RDONLY | os.O_DIRECTORY)
            try:
                page, data = (_read(folder, name + coding) for name in FILES)
                seen.add((coding, digest(page), digest(data)))
                reads += 2
            finally:
                os.close(folder)
        time.sleep(0.001)
    os.write(out, json.dumps({"reads": reads, "seen": sorted(seen)}).encode() + b"\n")


def _read(folder: int, name: str) -> bytes:
    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:
        return file.read()


def of_codings(page: PublishedPage, coding: str) -> set[str]:
    """The digests of a page in a coding, compressed at once and as far as it goes."""
    every = [(one.identity, one.gzip, one.br)[CODINGS.index(coding)] for one in (page, compress(page))]
    return {digest(one.body) for one in every}


def looked_at(current: Path, snapshots: dict[int, Snapshot], faults: list[str]) -> int:
    """How many files of the snapshot shown are what they should be, each in its three codings."""
    day, size, _ = current.resolve().name.rsplit("-", 2)
    looked, snapshot = 0, snapshots[int(size)]
    if date.fromisoformat(day) != snapshot.day:
        faults.append(f"{size}: shown as of {day}")
    for page in snapshot.pages.values():
        file = file_of(current, page.path, page.own)
        if file.is_file():
            bodies = [file.with_name(file.name + coding).read_bytes() for coding in CODINGS]
            plain = {digest(bodies[0]), digest(gzip.decompress(bodies[1])), digest(brotli.decompress(bodies[2]))}
            if plain != {digest(page.identity.body)}:
                faults.append(f"{size}: {page.path}")
            looked += 1
        elif page.path.strip("/") in (FILES[0].removesuffix("/index.html"), FILES[1]):
            faults.append(f"{size}: no {page.path}")
    kept = Folder(current.parent).kept()
    if kept is None or any(
        page.identity.body != snapshot.pages[path].identity.body for path, page in kept.pages.items()
    ):
        faults.append(f"{size}: cannot be served again")
    return looked


def grown(home: Path, turn: int) -> int:
    """How many entries the register has, with one more."""
    store = Store(f"sqlite:///{home / 'register.sqlite'}", Keys(home / "keys"))
    acts = ACTS if turn == 0 else (replace(ACTS[3], text=f"{turn}"),)
    for act in acts:
        record(act, "clerk", AT, store)
    size = len(store.digests())
    store.close()
    return size


def right(snapshot: Snapshot) -> set[Seen]:
    """What may be read of a snapshot."""
    page, data = snapshot.pages["/en/treaties/I-1/"], snapshot.pages["/treaties/I-1/status.json"]
    return {(one, *pair) for one in CODINGS for pair in product(of_codings(page, one), of_codings(data, one))}


def run(home: Path, data: Path, kills: int, seed: int) -> dict[str, object]:
    """Kills a number of publishers; gives what was found."""
    chance, faults, snapshots, allowed = random.Random(seed), list[str](), dict[int, Snapshot](), set[Seen]()
    world = Collection(PARTICIPANTS, {TREATY: read_clauses(CLAUSES, "I-1.toml")}, data)
    current, size, looked, places, reads = home / "published/current", 0, 0, 0, 0
    readers = [Child(partial(reader, current, coding)) for coding in ("", ".br")]
    for turn in range(kills):
        if turn % GROWS_EVERY == 0:
            size = grown(home, turn)
            snapshots[size] = rendered(home, world, size)
            snapshots = dict(list(snapshots.items())[-SNAPSHOTS:])
            allowed |= right(snapshots[size])
        places += killed(home, snapshots[size], chance)
        if current.exists():
            looked += looked_at(current, snapshots, faults)
    for child in readers:
        child.kill(by=signal.SIGTERM)
        (line,) = child.lines()
        child.ended()
        found = json.loads(line)
        reads += found["reads"]
        faults += [f"read: {one}" for one in found["seen"] if tuple(one) not in allowed]
    return {"kills": kills, "places": places, "looked": looked, "reads": reads, "size": size, "faults": faults}


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))))
