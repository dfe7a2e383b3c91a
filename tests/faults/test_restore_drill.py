"""The database is destroyed and comes back from its backup, taken while clerks were writing."""

import io
import json
import threading
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from depositary.register.dump import restore_dump, write_dump
from depositary.register.heads import Head, head_of
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.register.verification import verify_register
from tests.register.sample_acts import AT, acts


def destroy(store: Store) -> None:
    """Leaves nothing of the database."""
    store.engine.dispose()
    if store.engine.dialect.name == "sqlite":
        path = Path(store.url.removeprefix("sqlite:///"))
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
    else:
        with store.engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))


def last_head(text: str) -> Head:
    (*_, line) = (line for line in text.splitlines() if line.startswith("head "))
    return head_of(json.loads(line.removeprefix("head ")))


def test_destroyed_and_restored(store: Store, many: Callable[[int], int], injected: Callable[..., None]) -> None:
    for drill in range(many(15)):
        stop, seed = threading.Event(), 1000 * drill

        def write(stop: threading.Event = stop, seed: int = seed) -> None:
            while not stop.is_set():
                seed += 1
                for act in acts(2, seed=seed):
                    record(act, "clerk", AT, store, documents=[act.text.encode()], key=act.text)

        record(acts(1, seed=500_000 + drill)[0], "clerk", AT, store)
        writer = threading.Thread(target=write)
        writer.start()
        out = io.StringIO()
        try:
            number = write_dump(store, out)
        finally:
            stop.set()
            writer.join()
        checkpoint = store.head()
        kept = last_head(out.getvalue())
        destroy(store)
        injected()
        store.migrate()
        assert store.entries() == []
        assert restore_dump(store, io.StringIO(out.getvalue()), "backup") == number == kept.size
        found = verify_register(store, kept)
        assert (found.size, found.root, found.faults) == (kept.size, kept.root, ())
        assert checkpoint is not None
        if checkpoint.size > kept.size:
            assert verify_register(store, checkpoint).faults == (
                f"the head kept outside tells of {checkpoint.size} entries, and there are {kept.size}: "
                "this register is older",
            )
