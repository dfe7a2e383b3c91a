"""Tampering with the tables beside the entries, behind the program's back: `verify` names what was changed.

Each line of the tables below is a statement of somebody who has the database and no key.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from depositary.authorities.store import ContactStore
from depositary.authorities.tables import ANSWER, LINK
from depositary.authorities.verification import POSTGRESQL_TRIGGERS as OF_AUTHORITIES
from depositary.authorities.verification import verify_authorities
from depositary.register.journal import CHAINED, line_digest, row_digest
from depositary.register.recording import record
from depositary.register.side_tables import POSTGRESQL_TRIGGERS, triggers, verify_side_tables
from depositary.register.store import Store
from depositary.register.verification import verify_register
from tests.authorities.conftest import entered
from tests.authorities.test_designations import CONTACT
from tests.authorities.test_store import entry_of
from tests.register.sample_acts import AT, RATIFIED, SIGNED

ZERO, ONE = "0" * 64, "1" * 64
LAST = "number = (SELECT max(number) FROM journal)"
ROWS = {
    "account": "'flora', 'Flora', 'auditor', 'en', '', '', 0, ''|'otto', 'Otto', 'auditor', 'en', '', '', 0, ''",
    "draft": f"1, '{ZERO}'",
    "draft_version": f"1, 1, 'what', '{ZERO}', 'flora', 'at'",
    "draft_step": "1, 1, 'submitted', 1, 'flora', 'flora', 'at', '', '', NULL, NULL|"
    "1, 2, 'refused', 1, 'flora', 'otto', 'at', 'why', '', NULL, NULL",
    "correction": f"1, '{ZERO}', 'XVIII-16', '', 'what', '{ZERO}', 'flora', 'at'",
    "letter_part": f"'{ZERO}', 'sealed'",
    "edition": f"'edition', 2027, 1, 'sealed', '{ZERO}', 'flora', 'at'",
    "audit": "1, 'at', 'flora', '127.0.0.1', 'draft submitted', 'draft 1'|2, 'at', 'otto', '::1', 'signed in', ''|"
    "4, 'at', 'x', '', 'account added', 'flora: auditor'|5, 'at', 'x', '', 'account added', 'otto: auditor'",
}


def executed(store: Store | ContactStore, *statements: str) -> None:
    """Executes statements as somebody with the database does: the program is not told."""
    with store.engine.execution_options(depositary_writes=True).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def unguarded(store: Store | ContactStore, table: str, statement: str) -> None:
    """Executes what triggers refuse: they are gone while it is done, and there again afterwards."""
    if store.engine.dialect.name == "postgresql":
        of = "contacts." if isinstance(store, ContactStore) else ""
        statement = re.sub(rf"(FROM|UPDATE) {table}\b", rf"\1 {of}{table}", statement)
        off = f"ALTER TABLE {of}{table} DISABLE TRIGGER USER"
        on = off.replace("DISABLE", "ENABLE")
        executed(store, "SET LOCAL session_replication_role = replica", off, statement, on)
        return
    with store.reading() as connection:
        wanted = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        there = connection.execute(sa.text(wanted), {"table": table}).all()
    drops = (f"DROP TRIGGER {name}" for name, _ in there)
    executed(store, "PRAGMA defer_foreign_keys = ON", *drops, statement, *(made for _, made in there))


@pytest.fixture
def house(store: Store) -> Store:
    """A register with an entry before and after, and rows in its tables, as the program writes them."""
    record(SIGNED, "clerk", AT, store, key="once")
    for table, rows in ROWS.items():
        for row in rows.split("|"):
            with store.session(writing=True) as session:
                columns = session.connection().exec_driver_sql(f"SELECT * FROM {table}").keys()  # noqa: S608
                named = ", ".join(list(columns)[: len(row.split(", "))])
                session.connection().exec_driver_sql(f"INSERT INTO {table} ({named}) VALUES ({row})")  # noqa: S608
    record(RATIFIED, "clerk", AT, store)
    with store.session(writing=True) as session:
        said = (
            "INSERT INTO audit (number, done_at, done_by, address, what, about) VALUES (3, 'at', 'x', '', 'last', '')"
        )
        session.connection().exec_driver_sql(said)
    assert verify_side_tables(store).faults == ()
    return store


TAMPERINGS = [
    (
        "account",
        "UPDATE account SET roles = 'registrar' WHERE name = 'otto'",
        "the account otto has roles that the audit",
    ),
    ("audit", "UPDATE audit SET done_by = 'mallory' WHERE number = 1", "audit 1: is not what line"),
    ("audit", "UPDATE audit SET what = 'signed out' WHERE number = 2", "audit 2: is not what line"),
    ("audit", "UPDATE audit SET address = '10.0.0.1' WHERE number = 2", "audit 2: is not what line"),
    ("audit", "UPDATE audit SET done_at = '1999' WHERE number = 3", "audit 3: is not what line"),
    ("audit", "DELETE FROM audit WHERE number = 3", "audit 3: is not there"),
    ("audit", "DELETE FROM audit WHERE number = 1", "audit 1: is not there"),
    ("draft_version", "UPDATE draft_version SET content = 'x'", "draft_version 1/1: is not what line"),
    ("draft_version", "UPDATE draft_version SET saved_at = 'x'", "draft_version 1/1: is not what line"),
    ("draft_step", "UPDATE draft_step SET done_by = 'otto' WHERE step = 1", "draft_step 1/1: is not what line"),
    ("draft_step", "UPDATE draft_step SET reason = 'x' WHERE step = 2", "draft_step 1/2: is not what line"),
    ("draft_step", "UPDATE draft_step SET done_at = 'x' WHERE step = 2", "draft_step 1/2: is not what line"),
    ("draft_step", "DELETE FROM draft_step WHERE step = 2", "draft_step 1/2: is not there"),
    ("correction", "UPDATE correction SET drafted_by = 'otto'", "correction 1: is not what line"),
    ("correction", "DELETE FROM correction WHERE number = 1", "correction 1: is not there"),
    ("letter_part", "UPDATE letter_part SET sealed = 'x'", f"letter_part {ZERO}: is not what line"),
    ("letter_part", "DELETE FROM letter_part WHERE sealed = 'sealed'", f"letter_part {ZERO}: is not there"),
    ("edition", "UPDATE edition SET prepared_by = 'otto'", "edition edition: is not what line"),
    ("edition", "DELETE FROM edition WHERE year = 2027", "edition edition: is not there"),
    ("request", "DELETE FROM request WHERE entry = 1", "request clerk/once: is not there"),
    ("signing_key", "UPDATE signing_key SET since = 9", "is not what line"),
    (
        "journal",
        "DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)",
        "which was signed, is not there",
    ),
    ("journal", "UPDATE journal SET digest = '" + ZERO + "' WHERE number = 3", "is not what line 3"),  # noqa: S608
    ("journal", "DELETE FROM journal WHERE number = 2", "journal: line 2 is not there"),
    ("journal_seal", "DELETE FROM journal_seal WHERE number > 9", "journal: no signature is over lines"),
    (
        "journal_seal",
        "UPDATE journal_seal SET signature = 'x' WHERE number = 4",
        "are not signed by the register's key",
    ),
    ("journal_seal", "UPDATE journal_seal SET since = 1 WHERE number = 4", "are not signed by the register's key"),
]
"""The table, the statement, and what `verify` says."""

INSERTED = [
    (
        "INSERT INTO audit (number, done_at, done_by, address, what, about) VALUES (99, '', 'x', '', 'x', '')",
        "audit 99",
    ),
    ("INSERT INTO draft_step SELECT 1, 3, 'submitted', 1, 'flora', 'flora', '', '', '', NULL, NULL", "draft_step 1/3"),
    ("INSERT INTO letter_part VALUES ('" + ONE + "', 'x')", f"letter_part {ONE}"),  # noqa: S608
    ("INSERT INTO request VALUES ('k', 'x', 1)", "request k"),
]
"""Rows that somebody adds with every trigger in place, and their names."""


UNNAMED = ": no line of the journal names it; the program did not write it"


def named(store: Store, said: str) -> bool:
    return any(said in fault for fault in verify_side_tables(store).faults)


@pytest.mark.parametrize(("table", "statement", "said"), TAMPERINGS)
def test_what_was_changed_is_named(
    house: Store, table: str, statement: str, said: str, injected: Callable[..., None]
) -> None:
    unguarded(house, table, statement)
    assert named(house, said), verify_side_tables(house).faults
    injected()


@pytest.mark.parametrize(("statement", "name"), INSERTED, ids=[row[1] for row in INSERTED])
def test_what_the_program_did_not_write_has_no_line(
    house: Store, statement: str, name: str, injected: Callable[..., None]
) -> None:
    """Nor does it get one from whatever the program writes next."""
    executed(house, statement)
    assert verify_side_tables(house).faults == (f"{name}{UNNAMED}",)
    record(replace(SIGNED, participant="VNM"), "clerk", AT, house, key="later")
    with house.session(writing=True) as session:
        session.connection().exec_driver_sql("INSERT INTO audit VALUES (100, '', 'x', '', 'later', '')")
    assert verify_side_tables(house).faults == (f"{name}{UNNAMED}",)
    injected()


def test_a_journal_cut_behind_a_head_is_found_although_all_signatures_hold(house: Store) -> None:
    """The last lines, their rows and their signatures are taken away: the head over the entries names a later line."""
    unguarded(house, "audit", "DELETE FROM audit WHERE number > 0")
    unguarded(house, "journal", "DELETE FROM journal WHERE number > 3")
    unguarded(house, "journal_seal", "DELETE FROM journal_seal WHERE number > 3")
    assert named(house, "journal: the line that the head of size 2 names is not there")


def test_lines_without_a_signature_get_none_later(house: Store) -> None:
    """Somebody adds a row with a line of its own that fits: the program's next signature does not cover it."""
    executed(house, f"INSERT INTO letter_part VALUES ('{ONE}', 'x')")  # noqa: S608
    with house.reading() as connection:
        last = connection.execute(sa.text("SELECT max(number) FROM journal")).scalar_one()
        before = connection.execute(sa.text(f"SELECT digest FROM journal WHERE {LAST}")).scalar_one()  # noqa: S608
    digest = line_digest(last + 1, before, "letter_part", ONE, row_digest({"name": ONE, "sealed": "x"}))
    executed(house, f"INSERT INTO journal VALUES ({last + 1}, 'letter_part', '{ONE}', '{digest}')")  # noqa: S608
    assert verify_side_tables(house).faults == (f"journal: no signature is over lines {last + 1} to {last + 1}",)
    record(replace(SIGNED, participant="VNM"), "clerk", AT, house, key="later")
    assert named(house, f"journal: no signature is over lines {last + 1} to {last + 1}")


def triggers_of(table: str, there: dict[str, str]) -> list[str]:
    return [name for name, said in there.items() if said == table or f" ON {table} " in " ".join(said.split())]


@pytest.mark.parametrize("table", sorted(POSTGRESQL_TRIGGERS))
def test_a_dropped_trigger_is_named(house: Store, table: str, injected: Callable[..., None]) -> None:
    with house.reading() as connection:
        there = triggers_of(table, triggers(connection))
    at = f" ON {table}" if house.engine.dialect.name == "postgresql" else ""
    for name in there:
        executed(house, f"DROP TRIGGER {name}{at}")
        injected()
    assert there
    for name in there:
        assert named(house, f"the trigger {name} is not as the program made it")


def test_a_trigger_of_somebody_else_is_named(house: Store) -> None:
    if house.engine.dialect.name == "sqlite":
        executed(house, "CREATE TRIGGER mine AFTER INSERT ON audit BEGIN SELECT 1; END")
    else:
        executed(house, "CREATE TRIGGER mine AFTER INSERT ON audit EXECUTE FUNCTION nothing_is_ever_changed()")
    assert named(house, "the trigger mine is none of the program")


def test_the_journal_has_every_table_to_which_is_only_added(store: Store) -> None:
    """A new table that refuses changes is chained as well; the register's own tables are held by the signed head."""
    with store.reading() as connection:
        if connection.dialect.name == "sqlite":
            wanted = "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%'"
        else:
            wanted = (
                "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT t.tgisinternal AND t.tgtype & 8 > 0 "
                "AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('entry'))"
            )
        kept = {str(name) for name in connection.execute(sa.text(wanted)).scalars()}
    assert kept - {"entry", "head", "document", "journal", "journal_seal"} == set(CHAINED)


# The registers of authorities


@pytest.fixture
def authorities(store: Store, tmp_path: Path) -> Iterator[ContactStore]:
    """Registers with an entry of two persons and a link, anchored in the register."""
    url = store.url if store.engine.dialect.name == "postgresql" else f"sqlite:///{tmp_path / 'contacts.sqlite'}"
    contacts = ContactStore(url, tmp_path / "keys")
    contacts.migrate()
    store.last_lines["contacts"] = contacts.last_line
    entered(contacts, entry_of(1), entry_of(2, 1, participant="GRK", designation=replace(CONTACT, participant="GRK")))
    with contacts.recording() as recording:
        link = dict(zip(LINK.columns.keys(), (ZERO, "ping", "RUR", ZERO, "vera", "a", "b", 1, 0), strict=True))
        recording.connection.execute(sa.insert(LINK), link)
        answer = {"token": ZERO, "answer": "acknowledged", "answered_at": "a", "sealed": ""}
        recording.connection.execute(sa.insert(ANSWER), answer)
    record(SIGNED, "clerk", AT, store)
    assert verify_authorities(contacts, store).faults == ()
    assert verify_authorities(contacts, store).remarks == ()
    yield contacts
    contacts.close()


OF_CONTACTS = [
    ("authority_entry", "DELETE FROM authority_entry WHERE number = 2", "authority_entry 2: is not there"),
    ("authority_entry", "UPDATE authority_entry SET function = 'central authority' WHERE number = 2", "do not say"),
    ("authority_entry", "UPDATE authority_entry SET participant = 'GRK' WHERE number = 1", "entry 1"),
    ("proposal", "UPDATE proposal SET proposed_by = 'mallory' WHERE number = 1", "proposal 1: is not what line"),
    ("proposal_step", "UPDATE proposal_step SET done_by = 'mallory' WHERE proposal = 1", "proposal_step 1/1: is not"),
    ("proposal_step", "UPDATE proposal_step SET reason = 'x' WHERE proposal = 2", "proposal_step 2/1: is not"),
    ("link", "UPDATE link SET expires_at = '9' WHERE about = 1", f"link {ZERO}: is not what line"),
    ("link_answer", "UPDATE link_answer SET answer = 'objected' WHERE sealed = ''", f"link_answer {ZERO}: is not what"),
    ("link_answer", "DELETE FROM link_answer WHERE sealed = ''", f"link_answer {ZERO}: is not there"),
    ("journal", f"DELETE FROM journal WHERE {LAST}", "which the register anchored"),  # noqa: S608
]


@pytest.mark.parametrize(("table", "statement", "said"), OF_CONTACTS)
def test_a_change_of_the_registers_of_authorities_is_named(
    authorities: ContactStore, store: Store, table: str, statement: str, said: str, injected: Callable[..., None]
) -> None:
    unguarded(authorities, table, statement)
    faults = verify_authorities(authorities, store).faults
    assert any(said in fault for fault in faults), faults
    injected()


def test_the_last_rows_with_their_lines_are_missed_by_the_anchor(authorities: ContactStore, store: Store) -> None:
    unguarded(authorities, "link_answer", "DELETE FROM link_answer WHERE sealed = ''")
    unguarded(authorities, "journal", "DELETE FROM journal WHERE of_table = 'link_answer'")
    (fault,) = verify_authorities(authorities, store).faults
    assert "which the register anchored, is not there" in fault


@pytest.mark.parametrize("table", sorted(OF_AUTHORITIES))
def test_a_dropped_trigger_of_the_authorities_is_named(authorities: ContactStore, store: Store, table: str) -> None:
    on_postgresql = store.engine.dialect.name == "postgresql"
    with authorities.reading() as connection:
        there = triggers_of(table, triggers(connection, "contacts"))
    assert there
    for name in there:
        executed(authorities, f"DROP TRIGGER {name}" + (f" ON contacts.{table}" if on_postgresql else ""))
    faults = " ".join(verify_authorities(authorities, store).faults)
    for name in there:
        assert f"the trigger {name} is not as the program made it" in faults


def test_the_register_holds_when_all_this_is_checked(house: Store) -> None:
    assert verify_register(house).faults == ()
    assert verify_side_tables(house).checked["lines of the journal"] > len(ROWS)
