"""What stands beside the entries is verified: a notification counts only as an entry of the register notes it."""

from hashlib import sha256

import pytest
import sqlalchemy as sa

from depositary.correspondence.notifications.archive import Archive
from depositary.correspondence.notifications.issue import issue
from depositary.desk.audit import Doing
from depositary.register.recording import record
from depositary.register.side_tables import POSTGRESQL_TRIGGERS, verify_side_tables
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from tests.correspondence.notifications.conftest import AT, forty

FIRST, SECOND = "C.N.1.2027.TREATIES-XVIII.16", "C.N.2.2027.TREATIES-XVIII.16"


@pytest.fixture
def issued(store: Store, treaties: Collection, rudolf: Doing) -> Store:
    for act in forty()[:2]:
        record(act, "flora", AT, store)
    for number in (1, 2):
        issue(store, treaties, number, "consent", rudolf)
    return store


def execute(store: Store, *statements: str, **values: object) -> None:
    """Executes statements behind the program's back."""
    with store.engine.execution_options(depositary_writes=True).begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement), values)


def unguarded(store: Store, *statements: str) -> None:
    """Executes what the triggers refuse: they are gone while it is done, and there again afterwards."""
    if store.engine.dialect.name == "postgresql":
        execute(
            store,
            "ALTER TABLE notification DISABLE TRIGGER USER",
            *statements,
            "ALTER TABLE notification ENABLE TRIGGER USER",
        )
        return
    with store.reading() as connection:
        wanted = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'notification'"
        triggers = connection.execute(sa.text(wanted)).all()
    with store.engine.execution_options(depositary_writes=True).begin() as connection:
        made_again = [made for _, made in triggers]
        for statement in (*(f"DROP TRIGGER {name}" for name, _ in triggers), *statements, *made_again):
            connection.exec_driver_sql(statement)


def test_it_says_what_it_checked(issued: Store) -> None:
    found = verify_side_tables(issued)
    assert (found.faults, found.remarks) == ((), ())
    on_postgresql = issued.engine.dialect.name == "postgresql"
    triggers = len(" ".join(POSTGRESQL_TRIGGERS.values()).split()) if on_postgresql else found.checked["triggers"]
    assert triggers >= 42
    assert found.checked["lines of the journal"] >= 5
    assert found.checked == {
        "notifications": 2,
        "releases": 0,
        "keys": 1,
        "accounts": 0,
        "triggers": triggers,
        "lines of the journal": found.checked["lines of the journal"],
    }


def test_a_forged_notification_is_none(issued: Store) -> None:
    """Written by a plain INSERT with all triggers in place: it is in no list, and named."""
    forged = "C.N.3.2027.TREATIES-XVIII.16"
    execute(
        issued,
        "INSERT INTO notification SELECT year, 3, :reference, treaty, 'denunciation', 'S03', 99, correction, "
        "replace(content, 'C.N.2.', 'C.N.3.'), :digest, issued_by, issued_at FROM notification WHERE number = 2",
        reference=forged,
        digest=sha256(b"anything").hexdigest(),
    )
    archive = Archive(issued)
    assert [one.reference for one in archive.listed()] == [SECOND, FIRST]
    assert archive.found(forged) is None
    assert verify_side_tables(issued).faults == (
        f"the notification {forged} was not issued: no entry notes it",
        "notification 2027/3: no line of the journal names it; the program did not write it",
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("digest = '" + "0" * 64 + "'", "is not the one that entry 4 notes"),
        ("kind = 'denunciation'", "its columns do not say what it says"),
        ("participant = 'S09'", "its columns do not say what it says"),
        ("concerns = 1, kind = 'x'", "its columns do not say what it says"),
        ("number = 7", "has the number and the year of another"),
        ("issued_by = 'mallory'", "entry 4 says who issued it and when, and it says another"),
        ("issued_at = '2027-03-02T15:00:00.000000+00:00'", "entry 4 says who issued it and when"),
    ],
)
def test_a_changed_notification_is_named(issued: Store, change: str, said: str) -> None:
    unguarded(issued, f"UPDATE notification SET {change} WHERE number = 2")  # noqa: S608
    fault, *_ = verify_side_tables(issued).faults
    assert fault.startswith(f"the notification {SECOND}")
    assert said in fault


def test_a_deleted_notification_is_named(issued: Store) -> None:
    unguarded(issued, "DELETE FROM notification WHERE number = 2")
    fault, line = verify_side_tables(issued).faults
    assert fault == f"the notification {SECOND}, which entry 4 notes, is not there"
    assert line.startswith("notification 2027/2: is not there, and line")


def test_a_trigger_that_is_gone_is_named(issued: Store) -> None:
    on_postgresql = issued.engine.dialect.name == "postgresql"
    name = "audit_kept" if on_postgresql else "audit_UPDATE"
    execute(issued, f"DROP TRIGGER {name}{' ON audit' if on_postgresql else ''}")
    assert verify_side_tables(issued).faults == (f"the trigger {name} is not as the program made it",)


def test_who_released_is_what_the_entry_says(issued: Store) -> None:
    act = forty()[2]
    entry = record(act, "flora, released by rudolf", AT, issued)
    said = f"entry {entry.number}: the release it names is not there (flora, released by rudolf)"
    assert verify_side_tables(issued).faults == (said,)
    digest, at, number = "0" * 64, "2027-03-01T15:00:00.000000+00:00", entry.number
    columns = "name, full_name, roles, language, password, second, last_step, disabled_at"
    step = "draft, step, what, version, author, done_by, done_at, reason, shown, entry, last_entry"
    execute(
        issued,
        f"INSERT INTO account ({columns}) VALUES ('flora', 'x', '', 'en', '', '', 0, '')",  # noqa: S608
        f"INSERT INTO account ({columns}) VALUES ('mallory', 'x', '', 'en', '', '', 0, '')",  # noqa: S608
        f"INSERT INTO draft (number, form) VALUES (1, '{digest}')",  # noqa: S608
        "INSERT INTO draft_version (draft, version, content, digest, saved_by, saved_at) "  # noqa: S608
        f"VALUES (1, 1, '', '{digest}', 'flora', '{at}')",
        f"INSERT INTO draft_step ({step}) VALUES "  # noqa: S608
        f"(1, 1, 'released', 1, 'flora', 'mallory', '{at}', '', '{digest}', {number}, {number})",
    )
    said = f"entry {entry.number} does not say that draft 1 was released by mallory"
    assert verify_side_tables(issued).faults[0] == said


def test_a_key_that_no_key_vouches_for_is_named(issued: Store) -> None:
    with issued.recording() as recording:
        assert recording.rotate().vouched_by
    assert verify_side_tables(issued).remarks == ()
    with issued.recording() as recording:
        made = recording.rotate(lost=True)
    (remark,) = verify_side_tables(issued).remarks
    assert made.name in remark
