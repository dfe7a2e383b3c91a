"""A disk that fills up, a database that may not be written, a server that goes away."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from depositary.errors import Unavailable
from depositary.law.acts import Act
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.register.verification import verify_register
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.web.app import create_app
from tests import program
from tests.register.sample_acts import AT, acts

PAGE = 4096


class Pragma:
    """What every new connection of a store is told, until it is lifted."""

    def __init__(self, store: Store, statement: str) -> None:
        self.store, self.statement = store, statement
        sa.event.listen(store.engine, "connect", self._tell)
        store.engine.dispose()

    def _tell(self, connection: object, record: object) -> None:
        connection.execute(self.statement)  # type: ignore[attr-defined]

    def lift(self) -> None:
        sa.event.remove(self.store.engine, "connect", self._tell)
        self.store.engine.dispose()


def pages(store: Store) -> int:
    with store.engine.connect() as connection:
        return int(connection.execute(sa.text("PRAGMA page_count")).scalar_one())


def fill(store: Store, made: Iterator[Act], acknowledged: list[int]) -> None:
    """Records acts with scans until something stops it."""
    acknowledged.extend(
        record(act, "clerk", AT, store, documents=[act.text.encode() * 300], key=act.text).number for act in made
    )


def test_a_disk_that_fills_up_at_any_page(
    sqlite: Store, many: Callable[[int], int], injected: Callable[..., None]
) -> None:
    made, acknowledged = iter(acts(2000)), list[int]()
    for more in range(1, many(24) + 1):
        full = Pragma(sqlite, f"PRAGMA max_page_count = {pages(sqlite) + more}")
        with pytest.raises(Unavailable, match=r"full.*Nothing was recorded"):
            fill(sqlite, made, acknowledged)
        injected()
        full.lift()
        assert [entry.number for entry in sqlite.entries()] == acknowledged
        acknowledged.append(record(next(made), "clerk", AT, sqlite).number)
    assert verify_register(sqlite).faults == ()
    assert len(acknowledged) > many(24)


def test_a_file_that_may_grow_no_more(tmp_path: Path, injected: Callable[..., None]) -> None:
    rows = [f"XVIII-16,GHA,declaration,2026-03-{1 + n % 28:02},,,,63(3),{n} {'x' * 200}," for n in range(3000)]
    header = "treaty,participant,action,date,subject,effective,place,provision,text,source"
    (tmp_path / "acts.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    settings = {"DEPOSITARY_HOME": str(tmp_path / "var")}

    def call(*arguments: str, size: int = 0) -> subprocess.CompletedProcess[str]:
        return program.run(PROJECT, arguments, settings, file_size=size)

    assert call("migrate").returncode == 0
    for size in (150_000, 400_000, 1_000_000):
        done = call("import", str(tmp_path / "acts.csv"), size=size)
        assert done.returncode == 3, done.stderr
        assert "Nothing was recorded" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        injected()
        assert "0 entries" in call("verify").stderr + call("verify").stdout
    assert "3000 recorded" in call("import", str(tmp_path / "acts.csv")).stderr
    assert call("verify").returncode == 0


def test_a_register_that_may_not_be_written_still_answers(store: Store, injected: Callable[..., None]) -> None:
    recorded, two, three = acts(3)
    record(recorded, "clerk", AT, store)
    if store.engine.dialect.name == "sqlite":
        shut = Pragma(store, "PRAGMA query_only = ON")
    else:
        shut = Pragma(store, "SET default_transaction_read_only = on; COMMIT")
    site = TestClient(create_app(load_collection(PROJECT / "data"), store.entries, proofs=store))
    for _ in range(5):
        with pytest.raises(Unavailable, match="Nothing was recorded"):
            record(two, "clerk", AT, store)
        injected()
        assert site.get("/en/treaties/XVIII-16/").status_code == 200
    shut.lift()
    assert record(three, "clerk", AT + timedelta(seconds=1), store).number == 2
    assert verify_register(store).faults == ()


def test_a_server_that_goes_away_is_found_again(
    postgres_database: str, postgres_url: str, tmp_path: Path, injected: Callable[..., None]
) -> None:
    import psycopg

    from tests.stores import register_at

    with register_at(postgres_database, tmp_path) as store:
        for act in acts(5):
            record(act, "clerk", AT, store)
            with psycopg.connect(postgres_url, autocommit=True) as other:
                name = postgres_database.split("?", maxsplit=1)[0].rsplit("/", 1)[1]
                ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
                injected(len(other.execute(ended, [name]).fetchall()))
        assert verify_register(store).size == 5


def test_a_database_that_is_gone_is_said_to_the_reader(sqlite: Store, injected: Callable[..., None]) -> None:
    def gone(after: int, treaty: str) -> list[object]:
        injected()
        raise Unavailable("the register cannot be reached")

    site = TestClient(create_app(load_collection(PROJECT / "data"), gone))  # type: ignore[arg-type]
    response = site.get("/en/treaties/XVIII-16/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "nothing in it has changed" in response.text
