"""The bell of a register rings at each commit that may add to it, and nothing rests on its being heard."""

import select
import socket
import time
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from depositary.law.acts import Act
from depositary.register.bell import Bell, place, ring
from depositary.register.recording import record
from tests.register.sample_acts import AT
from tests.stores import register_at
from tests.web.conftest import ACTS


def hung(database: sa.URL) -> Bell:
    bell = Bell(database)
    bell.hang()
    return bell


def heard(bell: Bell) -> bool:
    number = bell.fileno()
    rung = number is not None and bool(select.select([number], [], [], 0)[0])
    bell.hush()
    return rung


@pytest.fixture
def url(tmp_path: Path) -> sa.URL:
    return sa.make_url(f"sqlite:///{tmp_path / 'register.sqlite'}")


def test_it_is_heard_when_an_entry_is_made_and_not_when_it_is_refused(tmp_path: Path, url: sa.URL) -> None:
    with register_at(str(url), tmp_path) as store:
        bell = hung(url)
        assert not heard(bell)
        record(ACTS[0], "clerk", AT, store)
        assert heard(bell)
        assert not heard(bell)
        with pytest.raises(ZeroDivisionError), store.recording():
            raise ZeroDivisionError
        assert not heard(bell)
        with store.session(writing=True):  # what is done beside the register
            pass
        assert not heard(bell)
        bell.close()


def test_an_entry_is_made_whoever_listens(tmp_path: Path, url: sa.URL) -> None:
    there = place(url)
    assert there is not None
    acts: list[Act] = list(ACTS[:4])
    with register_at(str(url), tmp_path) as store:
        record(acts.pop(), "clerk", AT, store)
        there.write_text("no socket")
        record(acts.pop(), "clerk", AT, store)
        there.unlink()
        deaf = hung(url)
        for _ in range(1000):  # as many as nobody takes in
            ring(url)
        record(acts.pop(), "clerk", AT, store)
        deaf.close()
        assert not there.exists()
        record(acts.pop(), "clerk", AT, store)
        assert store.size() == 4


def test_what_a_killed_process_left_is_taken_down(url: sa.URL) -> None:
    killed, bell = hung(url), hung(url)
    ring(url)
    assert (heard(killed), heard(bell)) == (False, True)
    bell.close()
    killed.close()


@pytest.mark.parametrize("database", ["sqlite://", f"sqlite:////nowhere/{'x' * 120}"])
def test_where_there_is_none_it_never_rings(database: str) -> None:
    bell = hung(sa.make_url(database))
    ring(sa.make_url(database))
    assert bell.fileno() is None
    assert not heard(bell)
    bell.close()


def test_it_can_be_hung_where_the_system_has_no_such_sockets(url: sa.URL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX")
    assert place(url) is None
    ring(url)
    assert hung(url).fileno() is None


def heard_soon(bell: Bell) -> bool:
    """Whether a ring comes that PostgreSQL passes on."""
    number = bell.fileno()
    rung = number is not None and bool(select.select([number], [], [], 60)[0])
    bell.hush()
    return rung


def listening(database: str) -> int:
    """How many listen at a database of PostgreSQL."""
    said = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'"
    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        (number,) = connection.execute(said).fetchone() or (0,)
    return int(number)


def test_on_postgresql_it_is_heard_with_the_commit(postgres_stores: str, tmp_path: Path) -> None:
    with register_at(postgres_stores, tmp_path) as store:
        bell = hung(store.engine.url)
        assert heard_soon(bell), "it rings once it listens"
        with pytest.raises(ZeroDivisionError), store.recording():
            raise ZeroDivisionError
        with store.recording() as recording:
            recording.append(ACTS[0], AT, "clerk")
            assert not heard(bell)
        assert heard_soon(bell)
        bell.close()
        assert bell.fileno() is None
        for _ in range(600):
            if listening(store.url) == 0:
                break
            time.sleep(0.1)
        assert listening(store.url) == 0


def test_a_bell_that_lost_its_database_listens_again(
    postgres_stores: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("depositary.register.bell.PATIENCE", 1.0)
    with register_at(postgres_stores, tmp_path) as store:
        bell = hung(store.engine.url)
        assert heard_soon(bell)
        with psycopg.connect(store.url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND query LIKE 'LISTEN %'"
            )
        assert heard_soon(bell), "an entry may have been missed"
        record(ACTS[0], "clerk", AT, store)
        assert heard_soon(bell)
        bell.close()


def test_a_bell_at_a_postgresql_that_is_not_there_hurts_nobody() -> None:
    bell = hung(sa.make_url("postgresql+psycopg://treaties@127.0.0.1:1/register"))
    assert not heard(bell)
    bell.close()
