"""The register is append-only in both databases, and one transaction takes all of an import or none."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from depositary.law.acts import ACTIONS, Act
from depositary.register.batch import record_all
from depositary.register.entry import acts_of, as_known
from depositary.register.store import Store

AT = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
SIGNED = Act("XVIII-16", "GHA", "signature", date(2025, 10, 25), place="Hanoi", source="C.N.1.2025")
SUCCEEDED = Act("XVIII-16", "SRB", "succession", date(2027, 10, 25), effective=date(2027, 1, 1), text="«Ü»\n العربية")


def test_acts_come_back_as_they_were(store: Store) -> None:
    every = [
        SIGNED,
        SUCCEEDED,
        *(Act("XVIII-16", "GHA", action, date(2026, 1, 5), text="The Isles") for action in ACTIONS),
    ]
    added = record_all(every, "registrar", AT, store)
    assert added == range(1, len(every) + 1)
    assert acts_of(store.entries()) == every
    assert {entry.recorded_at for entry in store.entries()} == {AT}
    assert [act.number for act in acts_of(store.entries())] == list(added)


def test_the_same_acts_twice_add_nothing(store: Store) -> None:
    record_all([SIGNED, SUCCEEDED], "registrar", AT, store)
    assert not record_all([SUCCEEDED, SIGNED], "registrar", AT, store)
    assert len(store.entries()) == 2


def test_an_act_twice_in_one_file_is_two_entries(store: Store) -> None:
    assert len(record_all([SIGNED, SIGNED], "registrar", AT, store)) == 2
    assert not record_all([SIGNED, SIGNED], "registrar", AT, store)


def test_all_acts_of_an_import_or_none(store: Store) -> None:
    def acts() -> Iterator[Act]:
        yield SIGNED
        raise RuntimeError("the power fails")

    with pytest.raises(RuntimeError):
        record_all(acts(), "registrar", AT, store)
    assert store.entries() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET content = 'x' WHERE number = 1",
        "UPDATE head SET root = 'x'",
        "DELETE FROM signing_key",
        "DELETE FROM entry WHERE number = 1",
        "DELETE FROM entry",
        "INSERT INTO entry SELECT * FROM entry WHERE number = 1",
    ],
)
def test_the_database_itself_refuses_to_change_an_entry(store: Store, statement: str) -> None:
    record_all([SIGNED, SUCCEEDED], "registrar", AT, store)
    refused = pytest.raises(sa.exc.DBAPIError, match=r"never|duplicate")
    with refused, store.engine.begin() as connection:
        connection.execute(sa.text(statement))
    assert acts_of(store.entries()) == [SIGNED, SUCCEEDED]


def test_sqlite_refuses_replace_and_postgresql_truncate(store: Store) -> None:
    record_all([SIGNED], "registrar", AT, store)
    replace = (
        "REPLACE INTO entry (number, content, digest, treaty, act) SELECT number, 'x', digest, treaty, '' FROM entry"
    )
    statement = replace if store.engine.dialect.name == "sqlite" else "TRUNCATE entry CASCADE"
    with pytest.raises(sa.exc.DBAPIError, match="never"), store.engine.begin() as connection:
        connection.execute(sa.text(statement))
    assert acts_of(store.entries()) == [SIGNED]


def test_an_entry_is_rectified_once(store: Store) -> None:
    record_all([SIGNED], "registrar", AT, store)
    with store.recording() as recording:
        recording.append(SUCCEEDED, AT, "registrar", rectifies=1, reason="another State")
    assert acts_of(as_known(store.entries())) == [SUCCEEDED]
    with pytest.raises(sa.exc.DBAPIError), store.recording() as recording:
        recording.append(SIGNED, AT, "registrar", rectifies=1)


def test_the_instant_of_recording_never_runs_backwards(store: Store) -> None:
    record_all([SIGNED], "registrar", AT, store)
    record_all([SUCCEEDED], "registrar", AT - timedelta(days=1), store)
    later = store.entries()[-1]
    assert later.recorded_at == AT


def test_what_was_known_at_a_moment(store: Store) -> None:
    record_all([SIGNED], "registrar", AT, store)
    record_all([SUCCEEDED], "registrar", AT + timedelta(seconds=1), store)
    assert acts_of(as_known(store.entries(), AT)) == [SIGNED]
    assert acts_of(as_known(store.entries(), AT - timedelta(seconds=1))) == []
    assert acts_of(as_known(store.entries())) == [SIGNED, SUCCEEDED]


def test_migrations_run_down_and_up_again(store: Store) -> None:
    store.migrate("base")
    store.migrate()
    record_all([SIGNED], "registrar", AT, store)
    assert len(store.entries()) == 1
