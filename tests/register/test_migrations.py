"""From the first form of the register to the present one and back, with what stood in it."""

import pytest
import sqlalchemy as sa

from depositary.law.acts import row_of
from depositary.register.entry import acts_of, as_known
from depositary.register.recording import note, record
from depositary.register.side_tables import verify_side_tables
from depositary.register.store import Store
from depositary.register.verification import verify_register
from tests.register.sample_acts import AT, RATIFIED, SIGNED

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


STEPS_OF_CASES = (
    "INSERT INTO account (name, full_name, roles, language, password, second, last_step, disabled_at) VALUES "
    "('flora', 'Flora', 'registrar', 'en', '', '', 0, ''), ('rudolf', 'Rudolf', 'legal officer', 'en', '', '', 0, '')",
    "INSERT INTO draft (number, form) VALUES (1, 'one'), (2, 'two')",
    "INSERT INTO draft_version (draft, version, content, digest, saved_by, saved_at) VALUES "
    "(1, 1, '{}', :digest, 'flora', :at), (2, 1, '{}', :digest, 'flora', :at)",
    "INSERT INTO draft_step (draft, step, what, version, author, done_by, done_at, reason, shown) VALUES "
    "(1, 1, 'submitted', 1, 'flora', 'flora', :at, '', ''), (1, 2, 'refused', 1, 'flora', 'rudolf', :at, 'why', '')",
)
ALONE = (
    "INSERT INTO draft_step (draft, step, what, version, author, done_by, done_at, reason, shown) VALUES "
    "(2, 1, 'released', 1, 'flora', 'rudolf', :at, '', :digest)"
)


def test_steps_of_cases_are_kept_when_designations_alone_may_be_released(store: Store) -> None:
    store.migrate("base")
    store.migrate("0015")
    given = {"at": AT.isoformat(), "digest": "0" * 64}
    with store.session(writing=True) as session:
        for statement in STEPS_OF_CASES:
            session.execute(sa.text(statement), given)
    before = steps_in(store)
    with pytest.raises(sa.exc.IntegrityError), store.session(writing=True) as session:
        session.execute(sa.text(ALONE), given)
    store.migrate()
    assert steps_in(store) == before
    store.migrate("0015", down=True)
    assert steps_in(store) == before
    store.migrate()
    with pytest.raises(sa.exc.DBAPIError, match="they drafted themselves"), store.session(writing=True) as session:
        session.execute(sa.text(ALONE.replace("'rudolf'", "'flora'")), given)
    with store.session(writing=True) as session:
        session.execute(sa.text(ALONE), given)
    for change in ("UPDATE draft_step SET reason = 'x'", "DELETE FROM draft_step"):
        with pytest.raises(sa.exc.DBAPIError, match="never changed"), store.session(writing=True) as session:
            session.execute(sa.text(change))
    assert verify_register(store).faults == ()
    assert [fault for fault in verify_side_tables(store).faults if "account" not in fault] == []
    with pytest.raises(RuntimeError, match="would be lost"):
        store.migrate("0015", down=True)


def steps_in(store: Store) -> list[tuple[object, ...]]:
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text("SELECT * FROM draft_step ORDER BY draft, step"))]


LETTERS = (
    "INSERT INTO letter (edition, recipient, copy, message_id, sealed, posted_by, posted_at) VALUES "
    "('2028/1', 'RUR', 1, '<a@example.int>', 'x', 'flora', :at), "
    "('2028/1', 'SYL', 2, '<b@example.int>', 'x', 'flora', :at)",
    "INSERT INTO letter_step (letter, step, what, choice, done_by, done_at, again_at, sealed) VALUES "
    "(1, 1, 'claimed', '', 'sender', :at, '', ''), (1, 2, 'deferred', '', 'sender', :at, :at, 'x')",
    "INSERT INTO account (name, full_name, roles, language, password, second, last_step, disabled_at) VALUES "
    "('flora', 'Flora', 'registrar', 'en', '', '', 0, '')",
)


def test_letters_are_kept_whole_when_one_may_replace_another(store: Store) -> None:
    store.migrate("base")
    store.migrate("0005")
    with store.engine.execution_options(depositary_writes=True).begin() as connection:
        for statement in LETTERS:
            connection.execute(sa.text(statement), {"at": AT.isoformat()})
    before = letters_in(store)
    store.migrate()
    assert letters_in(store) == before
    again = "INSERT INTO letter (edition, recipient, copy, again, message_id, sealed, posted_by, posted_at) VALUES "
    with store.session(writing=True) as session:
        session.execute(sa.text(f"{again}('2028/1', 'RUR', 1, 1, '<c@example.int>', 'x', 'rudolf', 'x')"))
    with pytest.raises(sa.exc.DBAPIError), store.session(writing=True) as session:
        session.execute(sa.text(f"{again}('2028/1', 'RUR', 1, 1, '<d@example.int>', 'x', 'rudolf', 'x')"))
    for change in ("UPDATE letter SET copy = 3", "DELETE FROM letter_step"):
        with pytest.raises(sa.exc.DBAPIError), store.session(writing=True) as session:
            session.execute(sa.text(change))
    step = "INSERT INTO letter_step (letter, step, what, choice, done_by, done_at, again_at, sealed) VALUES "
    with pytest.raises(sa.exc.DBAPIError, match="a second person agrees"), store.session(writing=True) as session:
        session.execute(sa.text(f"{step}(1, 3, 'replaced', '', 'flora', 'x', '', '')"))
    assert verify_register(store).faults == ()
    with pytest.raises(RuntimeError, match="would be lost"):
        store.migrate("0005", down=True)


def test_letters_come_back_down_whole(store: Store) -> None:
    store.migrate("base")
    store.migrate("0005")
    with store.engine.execution_options(depositary_writes=True).begin() as connection:
        for statement in LETTERS:
            connection.execute(sa.text(statement), {"at": AT.isoformat()})
    before = letters_in(store)
    store.migrate()
    store.migrate("0005", down=True)
    assert letters_in(store) == before
    store.migrate()
    assert letters_in(store) == before
    assert verify_register(store).faults == ()


def letters_in(store: Store) -> list[tuple[object, ...]]:
    wanted = (
        "SELECT number, edition, recipient, copy, message_id, sealed, posted_by, posted_at FROM letter ORDER BY number",
        "SELECT letter, step, what, choice, done_by, done_at, again_at, sealed FROM letter_step ORDER BY letter, step",
    )
    with store.engine.connect() as connection:
        return [tuple(row) for statement in wanted for row in connection.execute(sa.text(statement))]
