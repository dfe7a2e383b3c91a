"""Issuers that are killed, two at a time: `issuers.py URL KEYS TURNS SEED`; it answers with JSON.

The parent sets no document: the typesetter's threads would not live on in its children.
"""

import json
import os
import random
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

from depositary.correspondence.notifications.archive import issued
from depositary.correspondence.notifications.issue import issue
from depositary.desk.audit import Doing
from depositary.register.heads import Keys
from depositary.register.store import Store
from depositary.register.transaction import Refused
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import Collection
from tests.correspondence.notifications.conftest import AT
from tests.kills import Child


def work(url: str, keys: Path, first: int, begun: int) -> None:
    folder = PROJECT / "data"
    treaties = Collection(INVENTED, {"XVIII-16": load_clauses(folder / "treaties/XVIII-16.toml")}, folder)
    store = Store(url, Keys(keys))
    for number in range(first, 25):
        os.write(begun, f"{number}\n".encode())
        with suppress(Refused):  # the other issuer was first
            issue(store, treaties, number, "consent", Doing("rudolf", AT))


def numbers(url: str, keys: Path) -> list[int]:
    store = Store(url, Keys(keys))
    with store.session() as session:
        found = sorted(notification.number for notification in issued(session))
    store.close()
    return found


def main(url: str, keys: Path, turns: int, seed: int) -> dict[str, object]:
    """Kills two issuers in each turn. `gaps` are the numbers after a turn that left one out or gave one twice."""
    chance, kills, gaps = random.Random(seed), 0, []
    for _ in range(turns):
        running = [Child(partial(work, url, keys, chance.randrange(1, 20))) for _ in range(2)]
        for child in running:
            child.pipe.readline()
        running[0].kill(after=chance.random() / 3)
        running[1].kill()
        kills += sum(child.ended() for child in running)
        found = numbers(url, keys)
        if found != list(range(1, len(found) + 1)):
            gaps.append(found)
    return {"kills": kills, "gaps": gaps}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))))
