"""What was changed behind the program's back is found, and the first entry that does not hold is named."""

import random
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from depositary.register import verification
from depositary.register.batch import record_all
from depositary.register.canonical import FIRST, act_digest_in, content_of, digest_of
from depositary.register.entry import Entry
from depositary.register.heads import Head, Keys
from depositary.register.merkle import Frontier
from depositary.register.recording import note, record, strike_out
from depositary.register.store import Store
from depositary.register.verification import Untrue, require, verify_register
from tests.register.sample_acts import AT, RATIFIED, SIGNED, acts

SIZE = 20


@pytest.fixture
def filled(sqlite: Store) -> Store:
    """Twenty entries under several heads."""
    record_all(acts(12), "import", AT, sqlite)
    for act in acts(5, seed=2):
        record(act, "clerk", AT + timedelta(hours=1), sqlite)
    record(SIGNED, "clerk", AT, sqlite, documents=[b"%PDF-1.7"])
    strike_out(3, "clerk", AT, sqlite, reason="why")
    note(2, "clerk", AT, sqlite, reference="C.N.1.2026", notified_on=date(2026, 11, 24))
    return sqlite


def behind(store: Store) -> sqlite3.Connection:
    """The database's file, opened behind the program's back, its triggers dropped."""
    connection = sqlite3.connect(store.url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def test_an_untouched_register_holds(store: Store) -> None:
    assert verify_register(store).faults == ()
    assert verify_register(store).root == Frontier().root.hex()
    record_all(acts(30), "import", AT, store)
    record(SIGNED, "clerk", AT, store)
    found = verify_register(store)
    head = store.head()
    assert head is not None
    assert (found.size, found.faults, found.root) == (31, (), head.root)
    assert verify_register(store, head).faults == ()


def test_any_byte_changed_in_any_entry_is_found(filled: Store) -> None:
    """Every entry, at many places: in its content, its digest, and the columns by which it is found."""
    chance, changed = random.Random(7), 0
    connection = behind(filled)
    whole = connection.execute("SELECT number, content, digest, treaty, act FROM entry").fetchall()
    for number, *values in whole:
        for column, value in zip(("content", "digest", "treaty", "act"), values, strict=True):
            for _ in range(3 if value else 0):
                place = chance.randrange(len(value))
                other = chr(ord(value[place]) ^ 1) if value[place] not in "\"'" else "x"
                statement = f"UPDATE entry SET {column} = ? WHERE number = ?"  # noqa: S608
                connection.execute(statement, (value[:place] + other + value[place + 1 :], number))
                found = verify_register(filled)
                assert (found.first_bad, bool(found.faults)) == (number, True), (column, place)
                connection.execute(statement, (value, number))
                changed += 1
    assert verify_register(filled).faults == ()
    print(f"{changed} bytes changed, {changed} found")
    assert changed > 200


def test_any_byte_of_the_file_that_belongs_to_an_entry(filled: Store, tmp_path: Path) -> None:
    """The same with the file itself: a byte of an entry's text, wherever SQLite keeps it."""
    filled.engine.dispose()
    with sqlite3.connect(filled.url.removeprefix("sqlite:///")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        texts = dict(connection.execute("SELECT number, content FROM entry"))
    whole = Path(filled.url.removeprefix("sqlite:///")).read_bytes()
    chance, changed = random.Random(3), 0
    copy = tmp_path / "copy.sqlite"
    for number, text in texts.items():
        start = whole.find(text.encode())
        assert start > 0, number
        place = start + chance.randrange(len(text.encode()))
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        changed_store = Store(f"sqlite:///{copy}", filled.keys)
        found = verify_register(changed_store)
        changed_store.close()
        for suffix in ("-wal", "-shm"):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)
        assert found.first_bad == number
        changed += 1
    print(f"{changed} bytes of the file changed, {changed} found")
    assert changed == SIZE


EDITS: list[tuple[str, int | None, str]] = [
    ("DELETE FROM entry WHERE number = 5", 5, "it is not there"),
    ("DELETE FROM entry WHERE number = 1", 1, "it is not there"),
    ("DELETE FROM entry WHERE number = 20", None, "does not belong"),
    ("UPDATE entry SET number = 99 WHERE number = 20", 20, "it is not there"),
    ("UPDATE entry SET rectifies = 4 WHERE number = 19", 19, "columns"),
    ("UPDATE entry SET digest = (SELECT digest FROM entry WHERE number = 7) WHERE number = 8", 8, "content"),
    ("INSERT INTO entry SELECT 21, content, digest, treaty, act, NULL FROM entry WHERE number = 4", 21, "follow"),
    ("UPDATE head SET root = (SELECT root FROM head LIMIT 1) WHERE size = 14", None, "head of size 14"),
    ("DELETE FROM head WHERE size = 20", None, "entry 20: it and those after it are under no signed head"),
    ("UPDATE head SET signature = (SELECT signature FROM head LIMIT 1) WHERE size = 20", None, "not signed"),
    ("UPDATE head SET signed_at = '2020-01-01T00:00:00.000000+00:00' WHERE size = 20", None, "not signed"),
    ("UPDATE signing_key SET public = (SELECT root FROM head LIMIT 1)", None, "not the one of that name"),
    ("UPDATE document SET content = x'00'", None, "not what was attached"),
    ("DELETE FROM document", None, "entry 18: its document"),
]


@pytest.mark.parametrize(("statement", "first_bad", "said"), EDITS, ids=[edit[0][:50] for edit in EDITS])
def test_rows_deleted_swapped_inserted_and_dated_back(
    filled: Store, statement: str, first_bad: int | None, said: str
) -> None:
    behind(filled).execute(statement)
    found = verify_register(filled)
    assert found.first_bad == first_bad
    assert said in " ".join(found.faults)


def rewrite(store: Store, keys: Keys, change: Callable[[Entry], Entry]) -> None:
    """What an insider with the keys can do: change an entry, and write chain, tree, head and key anew."""
    entries = [change(entry) for entry in store.entries()]
    connection = behind(store)
    previous, frontier = FIRST, Frontier()
    connection.execute("DELETE FROM head")
    for entry in entries:
        content = content_of(entry, previous)
        previous = digest_of(content)
        frontier.add(bytes.fromhex(previous))
        row = (content, previous, entry.treaty, act_digest_in(content), entry.number)
        connection.execute("UPDATE entry SET content = ?, digest = ?, treaty = ?, act = ? WHERE number = ?", row)
    (name,) = connection.execute("SELECT name FROM signing_key").fetchone()
    head = Head(len(entries), frontier.root.hex(), AT, name)
    told = (head.size, head.root, AT.isoformat(timespec="microseconds"), name, keys.sign(name, head.signed))
    statement = "INSERT INTO head (size, root, signed_at, key, signature, frontier) VALUES (?, ?, ?, ?, ?, ?)"
    connection.execute(statement, (*told, "".join(p.hex() for p in frontier.peaks)))


def test_an_insider_who_writes_everything_anew_is_found_only_from_outside(filled: Store) -> None:
    kept_outside = filled.head()
    assert kept_outside is not None

    def dated_back(entry: Entry) -> Entry:
        if entry.number != 18 or entry.act is None:
            return entry
        return replace(entry, act=replace(entry.act, date=date(2025, 1, 1)))

    rewrite(filled, filled.keys, dated_back)
    assert verify_register(filled).faults == ()
    found = verify_register(filled, kept_outside)
    assert re.search("the first 20 entries are not those of the head kept outside", found.faults[0])
    assert not found.first_bad


def test_an_older_register_and_a_stranger_s_head_are_named(filled: Store, tmp_path: Path) -> None:
    head = filled.head()
    assert head is not None
    later = replace(head, size=30, signature="")
    assert "tells of 30 entries, and there are 20: this register is older" in verify_register(filled, later).faults[0]
    assert "not signed by a key of this register" in verify_register(filled, replace(head, signature="00")).faults[0]


def test_a_new_key_is_vouched_for_by_the_one_before(store: Store) -> None:
    record(SIGNED, "clerk", AT, store)
    with store.recording() as recording:
        second = recording.rotate()
    record(RATIFIED, "clerk", AT, store)
    first, new = store.signing_keys()
    assert (new.name, new.vouched_by, new.since) == (second.name, first.name, 1)
    head = store.head()
    assert head is not None
    assert head.key == new.name
    assert verify_register(store).faults == ()
    with store.recording() as recording:
        recording.rotate(lost=True)
    assert [key.vouched_by for key in store.signing_keys()] == ["", first.name, ""]
    assert verify_register(store).faults == ()


def test_a_key_nobody_vouched_for_is_found(filled: Store) -> None:
    with filled.recording() as recording:
        recording.rotate()
    behind(filled).execute("UPDATE signing_key SET since = 3 WHERE place = 1")
    assert "not vouched for" in verify_register(filled).faults[0]


def test_the_keys_are_beside_the_database_for_their_owner_alone(filled: Store) -> None:
    (key,) = filled.keys.folder.iterdir()
    assert key.stat().st_mode & 0o777 == 0o600
    assert filled.keys.folder.stat().st_mode & 0o777 == 0o700
    assert Path(filled.url.removeprefix("sqlite:///")).stat().st_mode & 0o077 == 0
    assert key.read_text().encode() not in Path(filled.url.removeprefix("sqlite:///")).read_bytes()


def test_without_its_key_the_register_is_read_and_not_written(filled: Store) -> None:
    for key in filled.keys.folder.iterdir():
        key.unlink()
    with pytest.raises(Exception, match=r"signing key .* is not in"):
        record(RATIFIED, "clerk", AT, filled)
    assert len(filled.entries()) == SIZE
    assert verify_register(filled).faults == ()


def test_every_connection_is_durable(sqlite: Store) -> None:
    asked = 0
    connections = [sqlite.engine.connect() for _ in range(4)]
    for connection in connections:
        assert connection.execute(sa.text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1
        asked += 1
    for connection in connections:
        connection.close()
    assert asked == 4


def test_a_process_reads_on_from_the_head_that_held(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """And from the first entry again after an hour, and after a fault."""
    checked: list[int] = []
    whole = verification._entry_fault

    def counted(number: int, *rest: object) -> str:
        checked.append(number)
        return whole(number, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(verification, "_entry_fault", counted)

    def asked() -> list[int]:
        checked.clear()
        require(filled)
        return checked.copy()

    every = [*range(1, SIZE + 1)]
    assert asked() == every
    assert asked() == []
    record(RATIFIED, "clerk", AT, filled)
    assert asked() == [SIZE + 1]
    monkeypatch.setattr(verification, "AGAIN", 0.0)
    assert asked() == [*every, SIZE + 1]

    monkeypatch.setattr(verification, "AGAIN", 3600.0)
    with behind(filled) as connection:
        connection.execute("UPDATE head SET root = ? WHERE size = ?", ("0" * 64, SIZE + 1))
    connection.close()
    for _ in range(2):
        with pytest.raises(Untrue, match="No entry is accepted until it does"):
            require(filled)
    assert checked[-SIZE - 1 :] == [*every, SIZE + 1]
