"""Somebody with the file and with SQLite, and somebody with a forged proof."""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256

from depositary.register.batch import record_all
from depositary.register.entry import Entry
from depositary.register.merkle import Tree, is_consistent, is_included
from depositary.register.recording import note, record, strike_out
from depositary.register.store import Store
from depositary.register.verification import verify_register
from tests.register.sample_acts import AT, SIGNED, acts
from tests.register.test_verification import behind, rewrite

SIZE = 30


def fill(store: Store) -> None:
    record_all(acts(20), "import", AT, store)
    for act in acts(7, seed=2):
        record(act, "clerk", AT, store, documents=[act.text.encode()])
    record(SIGNED, "clerk", AT, store)
    strike_out(3, "clerk", AT, store, reason="why")
    note(2, "clerk", AT, store, reference="C.N.1.2026", notified_on=date(2026, 11, 24))


def changed(connection: sqlite3.Connection, chance: random.Random) -> int | None:
    """Does one thing to the entries; the number of the first entry that can no longer hold, None where it is a head."""
    place, other = sorted(chance.sample(range(1, SIZE), 2))
    column = chance.choice(["content", "digest", "treaty", "act"])
    kind = chance.choice(["deleted", "changed", "swapped", "inserted", "dated", "copied", "head"])
    match kind:
        case "deleted":
            connection.execute("DELETE FROM entry WHERE number = ?", (place,))
        case "changed":
            statement = f"UPDATE entry SET {column} = {column} || ' ' WHERE number = ?"  # noqa: S608
            connection.execute(statement, (place,))
        case "swapped":
            for number, to in ((place, -1), (other, place), (-1, other)):
                connection.execute("UPDATE entry SET number = ? WHERE number = ?", (to, number))
        case "inserted":
            connection.execute("UPDATE entry SET number = number + 1000 WHERE number >= ?", (place,))
            connection.execute("UPDATE entry SET number = number - 999 WHERE number >= 1000")
            copy = "INSERT INTO entry SELECT ?, content, digest, treaty, act, NULL FROM entry WHERE number = ?"
            connection.execute(copy, (place, other + 1))
        case "dated":
            statement = (
                'UPDATE entry SET content = replace(content, \'"date":"2026\', \'"date":"2025\') WHERE number = ?'
            )
            place = chance.randrange(1, 20)
            connection.execute(statement, (place,))
        case "copied":
            statement = "UPDATE entry SET content = (SELECT content FROM entry WHERE number = ?) WHERE number = ?"
            connection.execute(statement, (other, place))
        case "head":
            connection.execute("UPDATE head SET root = ? WHERE size = ?", (sha256(b"another").hexdigest(), SIZE))
            return None
    return place


def test_whatever_is_changed_is_found(sqlite: Store, many: Callable[[int], int], injected: Callable[..., None]) -> None:
    fill(sqlite)
    chance = random.Random(11)
    connection = behind(sqlite)
    for _ in range(many(1000)):
        connection.execute("BEGIN")
        kept = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("entry", "head")]  # noqa: S608
        first_bad = changed(connection, chance)
        connection.execute("COMMIT")
        found = verify_register(sqlite)
        assert found.faults
        assert found.first_bad == first_bad
        injected()
        connection.execute("BEGIN")
        for table, rows in zip(("entry", "head"), kept, strict=True):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
            places = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
        connection.execute("COMMIT")
    assert verify_register(sqlite).faults == ()


def test_a_register_written_anew_is_found_against_a_head_kept_outside(
    sqlite: Store, many: Callable[[int], int], injected: Callable[..., None]
) -> None:
    fill(sqlite)
    outside, chance = sqlite.head(), random.Random(13)
    assert outside is not None
    for turn in range(many(100)):
        target = chance.randrange(1, 28)

        def change(entry: Entry, target: int = target, turn: int = turn) -> Entry:
            if entry.number != target or entry.act is None:
                return entry
            return replace(entry, act=replace(entry.act, place=f"elsewhere {turn}"))

        rewrite(sqlite, sqlite.keys, change)
        assert verify_register(sqlite).faults == ()
        assert verify_register(sqlite, outside).faults == (
            f"the first {SIZE} entries are not those of the head kept outside: the register was written anew",
        )
        injected()


def test_no_forged_proof_is_accepted(many: Callable[[int], int], injected: Callable[..., None]) -> None:
    chance = random.Random(17)
    leaves = [sha256(b"\x00" + str(number).encode()).digest() for number in range(300)]
    trees = [Tree(leaves), Tree(leaves[1:])]
    for _ in range(many(10_000)):
        size = chance.randrange(2, 300)
        earlier = chance.randrange(1, size)
        tree, stranger = trees
        root = tree.root(size)
        path, steps = tree.inclusion(earlier, size), tree.consistency(earlier, size)
        assert is_included(leaves[earlier], earlier, size, path, root)
        assert is_consistent(earlier, tree.root(earlier), size, root, steps)
        place = chance.randrange(max(len(path), 1))
        forged = [sha256(b"x").digest() if at == place else step for at, step in enumerate(path)]
        match chance.randrange(7):
            case 0:
                accepted = is_included(leaves[earlier], earlier, size, forged, root)
            case 1:
                accepted = is_included(leaves[earlier], (earlier + 1) % size, size, path, root)
            case 2:
                accepted = is_included(leaves[earlier], earlier, size, path[:-1], root)
            case 3:
                accepted = is_included(leaves[earlier - 1], earlier, size, path, root)
            case 4:
                accepted = is_included(leaves[earlier], earlier, size, path, stranger.root(size - 1))
            case 5:
                accepted = is_consistent(size, root, earlier, tree.root(earlier), steps)
            case _:
                accepted = is_consistent(earlier, stranger.root(earlier), size, root, steps)
        assert not accepted
        injected()
