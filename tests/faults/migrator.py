"""A migration that is killed before each of its statements: `migrator.py URL KEYS STEP`, it answers with JSON.

With a step of 3 it is killed before every third statement.
"""

import json
import shutil
import sys
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from depositary.register.heads import Keys
from depositary.register.store import Store
from depositary.register.verification import verify_register
from depositary.settings import PROJECT
from tests.kills import Child, killed_at
from tests.register.test_migrations import old_register

NEW = max(path.name[:4] for path in (PROJECT / "depositary/register/migrations/versions").glob("0*.py"))
"""The newest revision."""


def migrate(url: str, keys: str, kill_at: int, _: int) -> None:
    store = Store(url, Keys(Path(keys)))
    killed_at(store.engine, kill_at)
    store.migrate()


def main(url: str, keys: str, step: int) -> dict[str, object]:
    store = Store(url, Keys(Path(keys)))
    old_register(store)
    store.close()
    path = Path(url.removeprefix("sqlite:///"))
    kept = path.with_suffix(".old")
    if path.exists():
        shutil.copy(path, kept)
    kills, versions, faults = 0, set[str](), list[str]()
    place = 1 - step
    while True:
        place += step
        killed = Child(partial(migrate, url, keys, place)).ended()
        store = Store(url, Keys(Path(keys)))
        with store.engine.connect() as connection:
            version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            entries = connection.execute(sa.text("SELECT count(*) FROM entry")).scalar()
            columns = {column["name"] for column in sa.inspect(connection).get_columns("entry")}
        versions.add(str(version))
        if ("content" in columns, entries) != (version == NEW, 3):
            faults.append(f"killed at {place}: {version} with {sorted(columns)} and {entries} entries")
        kills += killed
        if not killed or version == NEW:
            store.migrate()
            faults += verify_register(store).faults
            store.close()
            if not killed:
                return {"kills": kills, "versions": sorted(versions), "newest": NEW, "faults": faults}
            if kept.exists():
                shutil.copy(kept, path)
            else:
                store = Store(url, Keys(Path(keys)))
                store.migrate("base", down=True)
                old_register(store)
        store.close()


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
