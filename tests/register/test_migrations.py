"""From the first form of the register to the present one and back, with what stood in it."""

import pytest
import sqlalchemy as sa

from depositary.law.acts import row_of
from depositary.register.entry import acts_of, as_known
from depositary.register.recording import note, record
from depositary.register.store import Store
from depositary.register.verification import verify_register
from tests.register.made import AT, RATIFIED, SIGNED

OLD = """INSERT INTO entry (number, recorded_at, recorded_by, rectifies, reason, treaty, participant, action, date,
    subject, effective, place, provision, text, source) VALUES (:number, :at, 'clerk', :rectifies, :reason, :treaty,
    :participant, :action, :date, :subject, :effective, :place, :provision, :text, :source)"""


def old_register(store: Store) -> None:
    """Three entries in the first form: an act, its rectification, and a strike-out."""
    store.migrate("base")
    store.migrate("0001")
    empty = dict.fromkeys(row_of(SIGNED), "")
    rows: list[dict[str, object]] = [
        {"number": 1, "rectifies": None, "reason": "", **row_of(SIGNED)},
        {"number": 2, "rectifies": 1, "reason": "misread", **row_of(RATIFIED)},
        {"number": 3, "rectifies": 2, "reason": "twice", **empty},
    ]
    with store.engine.execution_options(depositary_writes=True).begin() as connection:
        connection.execute(sa.text(OLD), [{**row, "at": AT.isoformat(timespec="microseconds")} for row in rows])


def test_an_old_register_is_brought_up_to_date_and_proven(store: Store) -> None:
    old_register(store)
    store.migrate()
    assert [entry.number for entry in store.entries()] == [1, 2, 3]
    assert [entry.rectifies for entry in store.entries()] == [None, 1, 2]
    assert acts_of(store.entries()) == [SIGNED, RATIFIED]
    assert [entry.treaty for entry in store.entries()] == ["XVIII-16"] * 3
    found = verify_register(store)
    assert (found.size, found.faults) == (3, ())
    assert record(SIGNED, "clerk", AT, store).number == 4


def test_down_and_up_again_gives_the_same_digests(store: Store) -> None:
    record(SIGNED, "clerk", AT, store)
    record(RATIFIED, "clerk", AT, store)
    digests = store.digests()
    store.migrate("0001", down=True)
    with store.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM entry")).scalar() == 2
    store.migrate()
    assert store.digests() == digests
    assert acts_of(as_known(store.entries())) == [SIGNED, RATIFIED]
    assert verify_register(store).faults == ()


def test_going_down_refuses_to_lose_a_thing(store: Store) -> None:
    record(SIGNED, "clerk", AT, store, documents=[b"scan"])
    note(1, "clerk", AT, store, published_on=SIGNED.date)
    with pytest.raises(RuntimeError, match="would be lost"):
        store.migrate("0001", down=True)
    assert len(store.entries()) == 2
    assert verify_register(store).faults == ()


@pytest.mark.parametrize("statement", ["CREATE TABLE head", "CREATE TABLE document", "CREATE TRIGGER document"])
def test_a_migration_that_fails_leaves_the_old_register(store: Store, statement: str) -> None:
    old_register(store)
    failed = 0

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def fail(connection: object, cursor: object, said: str, *rest: object) -> None:
        nonlocal failed
        if " ".join(said.split()).startswith(statement):
            failed += 1
            raise RuntimeError("the power fails")

    with pytest.raises(RuntimeError, match="power"):
        store.migrate()
    sa.event.remove(store.engine, "before_cursor_execute", fail)
    assert failed == 1
    with store.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM entry")).scalar() == 3
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "0001"
    store.migrate()
    assert verify_register(store).faults == ()
