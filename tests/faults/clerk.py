"""A clerk that is killed. Run as a program: `clerk.py URL KEYS KILLS SEED [statements]`, it answers with JSON.

The clerk's process is forked, so that two hundred of them cost no two hundred starts. It tells each entry it was
acknowledged through a pipe; what was told before the kill must be in the register afterwards, and nothing half.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.register.verification import verify_register
from tests.kills import Child, killed_at
from tests.register.sample_acts import acts

AT = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def work(url: str, keys: str, seed: int, told: int, kill_at: int) -> None:
    """Records acts until it is killed; with `kill_at`, it kills itself before the SQL statement of that number."""
    store = Store(url, Keys(Path(keys)))
    killed_at(store.engine, kill_at)
    for place, act in enumerate(acts(1000, seed)):
        entry = record(act, "clerk", AT, store, documents=[f"{seed}/{place}".encode()], key=f"{seed}/{place}")
        os.write(told, f"{entry.number}\n".encode())


def time_of_a_few(url: str, keys: str, seed: int) -> float:
    """The seconds in which a clerk here begins and is acknowledged three entries: a kill falls within them."""
    begun = time.monotonic()
    child = Child(lambda told: work(url, keys, seed, told, 0))
    for _ in range(3):
        child.pipe.readline()
    took = time.monotonic() - begun
    child.kill()
    child.ended()
    return took


def main(url: str, keys: str, kills: int, seed: int, at_statements: bool) -> dict[str, object]:
    chance, moment = random.Random(seed), 0.0 if at_statements else time_of_a_few(url, keys, seed)
    acknowledged, missing, faults, places = set[int](), 0, list[str](), Counter[int]()
    for kill in range(kills):
        kill_at = 1 + kill % 40 if at_statements else 0
        child = Child(partial(work, url, keys, seed * 100_000 + kill, kill_at=kill_at))
        if not kill_at:
            child.kill(after=chance.uniform(0, moment))
        acknowledged |= {int(line) for line in child.lines()}
        places[kill_at] += child.ended()
        if kill % 5 == 4 or kill == kills - 1:
            store = Store(url, Keys(Path(keys)))
            found = verify_register(store)
            with store.reading() as connection:
                whole = connection.execute(sa.text("SELECT number FROM entry ORDER BY number")).scalars().all()
                asked = connection.execute(sa.text("SELECT entry FROM request ORDER BY entry")).scalars().all()
            missing += len(acknowledged - set(whole))
            faults += found.faults
            if whole != asked:
                faults.append("an entry and its request are not both there")
            store.close()
    return {
        "kills": places.total(),
        "places": sorted(places),
        "acknowledged": len(acknowledged),
        "missing": missing,
        "faults": faults,
        "entries": found.size,
    }


if __name__ == "__main__":
    told = main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:] == ["statements"])
    print(json.dumps(told))
