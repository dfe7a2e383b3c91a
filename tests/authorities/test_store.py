"""The store of authorities: apart, sealed, append-only, chained; on both databases."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from depositary.authorities.designations import Designation, Telephone
from depositary.authorities.entries import AuthorityEntry, authority_content, authority_entry, new_salt
from depositary.authorities.store import ContactStore
from depositary.authorities.validity import confirmations, held, valid
from depositary.errors import DepositaryError
from tests.authorities.conftest import entered
from tests.authorities.test_designations import AT, CONTACT, certificate

SECRETS = ("+12025550143", "cyber@example.int", "R. Elphberg", "asks for a call back", "NV 7/2027")


def entry_of(number: int, hours: int = 0, **more: object) -> AuthorityEntry:
    facts = {"what": "designation", "participant": "RUR", "designation": CONTACT, "salt": new_salt()} | more
    return AuthorityEntry(number=number, recorded_at=AT + timedelta(hours=hours), recorded_by="vera", **facts)  # type: ignore[arg-type]


HISTORY = (
    entry_of(1),
    entry_of(2, 1, what="confirmation", designation=None, concerns=1, how="note verbale"),
    entry_of(3, 2, designation=replace(CONTACT, unit="Another Unit"), concerns=1, reason="a new unit"),
    entry_of(4, 3, participant="GRK", designation=replace(CONTACT, participant="GRK", certificate=certificate(9))),
    entry_of(5, 4, what="withdrawal", designation=None, participant="GRK", concerns=4, reason="note verbale"),
)


def filled(contacts: ContactStore) -> None:
    entered(contacts, *HISTORY)


def told(entries: Iterable[AuthorityEntry]) -> list[AuthorityEntry]:
    """What entries say, whoever recorded them."""
    return [replace(entry, recorded_by="", salt="") for entry in entries]


def test_entries_come_back_as_they_were(contacts: ContactStore) -> None:
    filled(contacts)
    assert told(contacts.entries()) == told(HISTORY)
    assert told(contacts.entries("GRK")) == told(HISTORY[3:])
    assert contacts.entries()[2].recorded_by == "vera, without the old contact by otto"
    assert (contacts.check().size, contacts.check().fault) == (5, "")


def numbers(entries: Iterable[AuthorityEntry]) -> list[int]:
    return [entry.number for entry in entries]


DAY = AT.date()


def test_two_clocks_and_confirmations() -> None:
    assert numbers(valid(HISTORY, DAY)) == [3]
    assert numbers(valid(HISTORY, DAY, AT + timedelta(hours=1))) == [1]
    assert numbers(valid(HISTORY, DAY, AT + timedelta(hours=3))) == [3, 4]
    assert valid(HISTORY, DAY, AT - timedelta(hours=1)) == []
    assert confirmations(HISTORY)[1].at == AT + timedelta(hours=1)
    assert confirmations(HISTORY)[1].how == "note verbale"
    assert confirmations(HISTORY, AT)[1].at == AT
    with pytest.raises(KeyError):
        confirmations(HISTORY)[9]
    ended = entry_of(6, designation=replace(CONTACT, valid_until=date(2027, 3, 31)))
    assert numbers(valid([ended], date(2027, 3, 31))) == [6]
    assert numbers(valid([ended], date(2027, 4, 1))) == []


def unit(name: str, since: str = "") -> Designation:
    return replace(CONTACT, unit=name, valid_from=date.fromisoformat(since) if since else None, note_date=None)


class TestTwoClocks:
    """What held on a day, and what was known then: they never mix."""

    ROWS = (
        entry_of(1, designation=unit("A", "2027-01-01")),
        entry_of(2, 24 * 90, designation=unit("B", "2027-05-01"), concerns=1),
        entry_of(3, 24 * 100, what="rectification", designation=unit("B2", "2027-04-01"), concerns=2, reason="misread"),
        entry_of(4, 24 * 110, what="withdrawal", designation=None, concerns=3, since=date(2027, 7, 1)),
        entry_of(5, 24 * 120, what="rectification", designation=None, concerns=4, reason="it was not withdrawn"),
    )

    @pytest.mark.parametrize(
        ("on", "hours", "said"),
        [
            ("2026-12-31", 24 * 200, []),
            ("2027-01-01", 24 * 200, ["A"]),
            ("2027-03-31", 24 * 200, ["A"]),
            ("2027-04-01", 24 * 200, ["B2"]),
            ("2027-04-15", 24 * 95, ["A"]),
            ("2027-04-30", 24 * 95, ["A"]),
            ("2027-05-01", 24 * 95, ["B"]),
            ("2027-05-01", 24 * 89, ["A"]),
            ("2027-06-30", 24 * 115, ["B2"]),
            ("2027-07-01", 24 * 115, []),
            ("2027-07-01", 24 * 125, ["B2"]),
        ],
    )
    def test_what_held_as_it_was_known(self, on: str, hours: int, said: list[str]) -> None:
        found = valid(self.ROWS, date.fromisoformat(on), AT + timedelta(hours=hours))
        assert [one.designation.unit for one in found if one.designation] == said

    def test_what_was_rectified_never_held(self) -> None:
        assert [one.designation.unit for one in held(self.ROWS)] == ["A", "B2"]
        assert [one.until for one in held(self.ROWS)] == [date(2027, 3, 31), None]


def test_nothing_protected_is_in_any_byte_of_the_database(tmp_path: Path) -> None:
    contacts = ContactStore(f"sqlite:///{tmp_path / 'contacts.sqlite'}", tmp_path / "keys")
    contacts.migrate()
    filled(contacts)
    bytes_there = b"".join(path.read_bytes() for path in tmp_path.glob("contacts.sqlite*"))
    contacts.close()
    for secret in SECRETS:
        assert secret.encode() not in bytes_there
    assert (tmp_path / "keys/contacts.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "contacts.sqlite").stat().st_mode & 0o077 == 0


def test_without_the_key_nothing_is_read(contacts: ContactStore, tmp_path: Path) -> None:
    filled(contacts)
    stranger = ContactStore(contacts.url, tmp_path / "other-keys")
    with pytest.raises(DepositaryError, match="is missing"):
        stranger.entries()
    assert stranger.check().fault == "entry 1: it cannot be opened"
    stranger.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE authority_entry SET digest = ''",
        "DELETE FROM authority_entry",
        "INSERT INTO authority_entry SELECT * FROM authority_entry",
    ],
)
def test_the_database_refuses_to_change_an_entry(contacts: ContactStore, statement: str) -> None:
    filled(contacts)
    if contacts.engine.dialect.name == "postgresql":
        statement = statement.replace("authority_entry", "contacts.authority_entry")
    with (
        pytest.raises(sa.exc.DBAPIError, match=r"never|duplicate|is changed|becomes one entry"),
        contacts.engine.begin() as connection,
    ):
        connection.execute(sa.text(statement))
    assert contacts.check().size == 5


def test_what_is_changed_behind_its_back_is_named(tmp_path: Path) -> None:
    contacts = ContactStore(f"sqlite:///{tmp_path / 'contacts.sqlite'}", tmp_path / "keys")
    contacts.migrate()
    filled(contacts)
    behind = sqlite3.connect(tmp_path / "contacts.sqlite", isolation_level=None)
    for (name,) in behind.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        behind.execute(f"DROP TRIGGER {name}")
    third = replace(contacts.entries()[2], recorded_by="mallory")
    other = contacts.seal.seal(authority_content(third, contacts.digests()[1]))
    for statement, values, said in (
        ("UPDATE authority_entry SET sealed = ? WHERE number = 3", (other,), "entry 3: its content"),
        ("UPDATE authority_entry SET sealed = 'x' WHERE number = 2", (), "entry 2: it cannot be opened"),
        ("UPDATE authority_entry SET participant = 'XXX' WHERE number = 1", (), "entry 1: it does not follow"),
    ):
        behind.execute(statement, values)
        assert contacts.check().fault.startswith(said)
    contacts.close()


def lose_power(contacts: ContactStore) -> None:
    with contacts.recording() as recording:
        recording.append(entry_of(2, what="confirmation", designation=None, concerns=1))
        raise RuntimeError("the power fails")


def test_only_the_next_number_is_taken(contacts: ContactStore) -> None:
    with pytest.raises(DepositaryError, match="is not the next"), contacts.recording() as recording:
        recording.append(entry_of(2))
    entered(contacts, entry_of(1))
    with pytest.raises(RuntimeError):
        lose_power(contacts)
    assert numbers(contacts.entries()) == [1]


def test_a_published_digest_tells_nothing() -> None:
    """Two equal designations have different digests: nobody finds a number by trying them all."""
    first, other = authority_content(entry_of(1), ""), authority_content(entry_of(1), "")
    assert first != other
    assert replace(authority_entry(first)[0], salt="") == replace(authority_entry(other)[0], salt="")


designations = st.builds(
    Designation,
    st.just("RUR"),
    st.sampled_from(["point of contact", "central authority"]),
    st.text(max_size=20),
    telephones=st.lists(st.builds(Telephone, st.text(max_size=9), st.booleans()), max_size=3).map(tuple),
    remarks=st.text(max_size=20),
    note_date=st.none() | st.dates(),
    valid_until=st.none() | st.dates(),
)


@given(designations)
def test_every_designation_is_written_and_read_back(designation: Designation) -> None:
    entry = entry_of(7, designation=designation)
    assert authority_entry(authority_content(entry, "ab" * 32)) == (entry, "ab" * 32)


def test_migrations_go_up_and_down_and_lose_nothing(contacts: ContactStore) -> None:
    from depositary.authorities import store
    from depositary.register.database import migrate

    folder = Path(store.__file__).parent / "migrations"
    migrate(contacts.engine, folder, store.VERSION, "base", down=True)
    contacts.migrate()
    filled(contacts)
    with pytest.raises(RuntimeError, match="would be lost"):
        migrate(contacts.engine, folder, store.VERSION, "0001", down=True)
    assert contacts.check().size == 5


def test_another_role_reads_nothing(contacts: ContactStore) -> None:
    """On PostgreSQL the public process's role; on SQLite it is another file, which it never opens."""
    import secrets as random

    filled(contacts)
    if contacts.engine.dialect.name == "sqlite":
        from depositary.settings import Settings

        assert Settings().contacts != Settings().database
        return
    role = f"public_{random.token_hex(4)}"
    with contacts.engine.begin() as connection:
        connection.execute(sa.text(f"CREATE ROLE {role} LOGIN"))
    url = sa.make_url(contacts.url).set(username=role, drivername="postgresql+psycopg")
    public = sa.create_engine(url)
    try:
        for table in ("authority_entry", "proposal", "proposal_step", "link", "link_answer"):
            with pytest.raises(sa.exc.DBAPIError, match="permission denied"), public.begin() as connection:
                connection.execute(sa.text(f"SELECT * FROM contacts.{table}"))  # noqa: S608
    finally:
        public.dispose()
        with contacts.engine.begin() as connection:
            connection.execute(sa.text(f"DROP ROLE {role}"))


def test_a_role_of_its_own_needs_only_its_schema(postgres_database: str, tmp_path: Path) -> None:
    import secrets as random

    role, owner = f"contacts_{random.token_hex(4)}", sa.create_engine(postgres_database.replace("ql:", "ql+psycopg:"))
    with owner.begin() as connection:
        connection.execute(sa.text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(sa.text(f"CREATE SCHEMA contacts AUTHORIZATION {role}"))
    own = ContactStore(
        sa.make_url(postgres_database).set(username=role).render_as_string(hide_password=False), tmp_path / "keys"
    )
    try:
        own.migrate()
        own.migrate()
        filled(own)
        assert own.check().size == 5
    finally:
        own.close()
        with owner.begin() as connection:
            connection.execute(sa.text(f"DROP OWNED BY {role}"))
            connection.execute(sa.text(f"DROP ROLE {role}"))
        owner.dispose()
