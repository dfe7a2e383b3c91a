"""The published site of a Convention with 195 parties, beside nginx, and beside rendering each request.

The readers are wrk's, and the server's cost is its process's own time. Where nginx or wrk is not here, what needs them
is skipped, and said to be.
"""

import asyncio
import gzip
import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import brotli

from benchmarks.keeping import register
from benchmarks.measuring import Figure, Skipped
from benchmarks.midnight import flip
from benchmarks.processes import Load, Server, free_port, load, missing, nginx, started
from depositary import clock
from depositary.law.acts import Act
from depositary.register.batch import record_all
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection, load_collection
from depositary.web.publication.publication import Publication
from depositary.web.publication.publisher import publication_of
from depositary.words import AVAILABLE

TREATY = "XVIII-16"
PAGE = f"/en/treaties/{TREATY}/"
AT = datetime(2026, 11, 23, 17, tzinfo=UTC)
PARTIES, ROUNDS, CROWD, RECORDED = 195, 5, 1000, 40

BY_HAND = "server { listen 127.0.0.1:{port}; gzip_static on; brotli_static on; charset utf-8; root %s; }"
"""nginx as one serves a folder of files with it, and nothing more."""

NEEDING_BOTH = (
    "a page, beside nginx",
    "the published folder",
    "a page, beside rendering it",
    "1,000 at once",
    "midnight",
    "a page's weight",
)


def figures() -> Iterator[Figure | Skipped]:
    """All of this part."""
    with TemporaryDirectory(prefix="depositary-bench-") as name:
        home = Path(name)
        world = data(home / "data")
        store = register(home, "register")
        record_all(consents(world), "bench", AT, store)
        if absent := missing():
            yield from (Skipped(one, f"not here: {absent}") for one in NEEDING_BOTH)
        else:
            yield from served(home)
            yield from flip(home)
        yield from recorded(world, store, home)
        store.close()


def data(folder: Path) -> Collection:
    """The data folder with the Convention alone."""
    ignored = shutil.ignore_patterns("history", *(f"{one}.*" for one in others()))
    shutil.copytree(PROJECT / "data", folder, ignore=ignored)
    return load_collection(folder)


def others() -> list[str]:
    return [one.stem for one in (PROJECT / "data/treaties").glob("*.toml") if one.stem != TREATY]


def consents(world: Collection) -> list[Act]:
    """The accessions of 195 States, one a day."""
    first = date(2026, 1, 2)
    codes = [one for one in world.participants if world.participants[one].exists_on(first)][:PARTIES]
    return [Act(TREATY, code, "accession", first + timedelta(days=n), number=n + 1) for n, code in enumerate(codes)]


def environment_of(home: Path) -> dict[str, str]:
    """The environment of a process that serves the home's register."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DEPOSITARY_")}
    return plain | {"DEPOSITARY_HOME": str(home), "DEPOSITARY_DATA": str(home / "data")}


def served(home: Path) -> Iterator[Figure | Skipped]:
    """A cold start under many readers; then pages, folder and crowds of a process whose snapshot is whole."""
    port = free_port()
    command = (sys.executable, "-m", "depositary", "serve", "--port", str(port))
    with ExitStack() as stack:
        ours = stack.enter_context(started(port, *command, environment=environment_of(home)))
        cold = load(ours, f"{PAGE}participants/GHA", connections=CROWD, seconds=3)
        assert cold.requests, "nobody was answered"
        ours.settle()
        by_hand(home / "by-hand", ours)
        plain = stack.enter_context(nginx(home / "plain", BY_HAND % (home / "by-hand")))
        yield from weighed(ours)
        yield from beside_nginx(ours, plain)
        config = without_tls((PROJECT / "deploy/nginx.conf").read_text())
        config = config.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        root = "/var/lib/depositary-public/published/current"
        published = stack.enter_context(nginx(home / "n1", config.replace(root, str(home / "published/current"))))
        made = stack.enter_context(nginx(home / "n2", config.replace(root, str(home / "by-hand"))))
        assert fetch(published, PAGE)[0] == fetch(made, PAGE)[0], "the same bytes"
        yield compared("the published folder, beside files by hand", published, made, PAGE, 1.06)
        rendered = f"{PAGE}?on={clock.today().isoformat()}"
        pairs = [(load(ours, PAGE), load(ours, rendered, connections=8)) for _ in range(3)]
        yield figure("a page, beside rendering it each time", pairs, 1 / 300)
        ours.settle()
        crowds = [(load(ours, PAGE, connections=CROWD), load(plain, PAGE, connections=CROWD)) for _ in range(ROUNDS)]
        waits = [median(pair[place].waited for pair in crowds) for place in (0, 1)]
        yield Figure(f"{CROWD:,} readers, p99, beside nginx", waits[0], waits[1], round(waits[0] / waits[1], 4), 4)
    yield once(home)


def without_tls(config: str) -> str:
    """The public site's part of the configuration that we give, at a port without TLS."""
    common, *servers = config.split("\nserver {")
    (site,) = (each for each in servers if "published/current" in each)
    lines = [line for line in site.splitlines() if not line.strip().startswith(("listen", "ssl_"))]
    return f"{common}\nserver {{\n    listen 127.0.0.1:{{port}};" + "\n".join(lines)


def by_hand(folder: Path, ours: Server) -> None:
    """The page as files, of the same bytes as the program gives, made without the program."""
    place = folder / PAGE.strip("/")
    place.mkdir(parents=True)
    for coding, suffix in (("identity", ""), ("gzip", ".gz"), ("br", ".br")):
        (place / f"index.html{suffix}").write_bytes(fetch(ours, PAGE, coding)[0])


def fetch(server: Server, path: str, coding: str = "identity") -> tuple[bytes, str]:
    """The body of a page and its tag."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": coding})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status)
    connection.close()
    return body, answer.headers["ETag"] or ""


def beside_nginx(ours: Server, plain: Server) -> Iterator[Figure]:
    """A page as it is, in brotli, and where the reader has it already."""
    assert fetch(ours, PAGE)[0] == fetch(plain, PAGE)[0]
    yield compared("a page as it is, beside nginx", ours, plain, PAGE, 2.5)
    yield compared("a page in brotli, beside nginx", ours, plain, PAGE, 1 / 0.6, "Accept-Encoding: br")
    tags = [f"If-None-Match: {fetch(server, PAGE)[1]}" for server in (ours, plain)]
    pairs = [(load(ours, PAGE, tags[0]), load(plain, PAGE, tags[1])) for _ in range(ROUNDS)]
    yield figure("a page that has not changed, beside nginx", pairs, 1 / 0.6)


def weighed(ours: Server) -> Iterator[Figure]:
    """The weight of a page in bytes (the heaviest of the six languages, an answer of 304) and in requests."""
    pages = [f"/{lang}/treaties/{TREATY}/" for lang in AVAILABLE]
    heaviest = max(len(fetch(ours, page, "br")[0]) for page in pages)
    yield Figure("a page in brotli, bytes beside 8 KB", heaviest, 8192, round(heaviest / 8192, 4), 1)
    body, tag = fetch(ours, PAGE)
    with socket.create_connection(("127.0.0.1", ours.port), 30) as connection:
        asked = f"GET {PAGE} HTTP/1.1\r\nHost: x\r\nIf-None-Match: {tag}\r\nConnection: close\r\n\r\n"
        connection.sendall(asked.encode())
        unchanged = sum(map(len, iter(lambda: connection.recv(65536), b"")))
    yield Figure("a page that has not changed, bytes beside 400", unchanged, 400, unchanged / 400, 1)
    awaited = body.count(b'rel="stylesheet"') + len(re.findall(rb"<script(?![^>]* defer)", body))
    yield Figure("requests before a page is shown, beside 1", awaited, 1, awaited, 1)


def compared(name: str, ours: Server, other: Server, path: str, goal: float, *headers: str) -> Figure:
    return figure(name, [(load(ours, path, *headers), load(other, path, *headers)) for _ in range(ROUNDS)], goal)


def figure(name: str, pairs: list[tuple[Load, Load]], goal: float) -> Figure:
    """What a request costs the one server beside the other: the medians, and the median of the rounds' ratios."""
    ours, other = (median(pair[place].cost for pair in pairs) for place in (0, 1))
    ratio = median(mine.cost / theirs.cost for mine, theirs in pairs)
    return Figure(name, round(ours, 2), round(other, 2), round(ratio, 5), round(goal, 5))


def once(home: Path) -> Figure:
    """Pages rendered at a cold start, beside the pages there are, while many ask for the same ones at once."""
    world, store = load_collection(home / "data"), register(home, "register")
    publication = publication_of(world, store, base_url="https://x.example", contact="mailto:x@x.example")
    codes = [act.participant for act in consents(world)[:10]]

    async def crowd() -> None:
        asked = [publication.page(f"{PAGE}participants/{code}") for code in codes for _ in range(CROWD // 10)]
        assert all(await asyncio.gather(*asked))

    publication.start()
    asyncio.run(crowd())
    filled(publication)
    snapshot = publication.current
    pages = len(snapshot.pages) - len(snapshot.site.assets.files)
    publication.stop()
    store.close()
    return Figure(
        "pages rendered at a cold start, beside pages", snapshot.rendered, pages, snapshot.rendered / pages, 1
    )


def filled(publication: Publication) -> None:
    """Waits until the snapshot has what is not on request."""
    while publication._filling is None or not publication._filling.done():
        time.sleep(0.1)


def recorded(world: Collection, store: Store, home: Path) -> Iterator[Figure]:
    """From an entry that is committed to the new page in memory, p99; beside the same page made by hand."""
    publication = publication_of(world, store, home)
    publication.start()
    filled(publication)
    took = []
    for number in range(RECORDED):
        act = Act(TREATY, "GHA", "declaration", date(2026, 11, 1), text=f"A statement, {number}.")
        entry = record(act, "bench", AT, store)
        begun, before = time.perf_counter(), publication.current
        while publication.current is before or publication.find(PAGE) is None:
            time.sleep(0.0005)
        took.append((time.perf_counter() - begun) * 1e6)
        assert publication.current.size == entry.number
        time.sleep(0.3)
    publication.stop()
    hand = [published_by_hand(store.url, home / "made-by-hand") for _ in range(20)]
    ours, other = quantiles(took, n=100)[98], median(hand)
    name = "an entry on the public site, p99, beside by hand"
    yield Figure(name, round(ours, 1), round(other, 1), round(ours / other, 2), 12)


def published_by_hand(url: str, folder: Path) -> float:
    """The microseconds of a status page without the program: 195 rows of the database to files in three codings."""
    begun = time.perf_counter()
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    rows = connection.execute("SELECT content FROM entry ORDER BY number LIMIT ?", (PARTIES,)).fetchall()
    connection.close()
    acts = [json.loads(content)["act"] for (content,) in rows]
    page = "".join(f"<tr><td>{escape(one['participant'])}<td>{one['action']}<td>{one['date']}\n" for one in acts)
    folder.mkdir(exist_ok=True)
    for name, body in (("index.html", page.encode()), ("status.json", json.dumps(acts).encode())):
        codings = (("", body), (".gz", gzip.compress(body, 6)), (".br", brotli.compress(body, quality=5)))
        for suffix, content in codings:
            new = folder / f".{name}{suffix}"
            new.write_bytes(content)
            new.replace(folder / f"{name}{suffix}")
    return (time.perf_counter() - begun) * 1e6
