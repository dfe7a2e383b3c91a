"""Empty stores of each kind, brought up to date once: a test begins with a copy."""

import tempfile
from functools import cache
from pathlib import Path


def _migrated_register(url: str, keys: Path) -> None:
    from depositary.register.heads import Keys
    from depositary.register.store import opened

    with opened(url, Keys(keys)):
        pass


def _migrated_contacts(url: str, keys: Path) -> None:
    from depositary.authorities.store import ContactStore

    store = ContactStore(url, keys)
    store.migrate()
    store.close()


def _migrated_alerts(url: str, keys: Path) -> None:
    from depositary.correspondence.alerts.store import AlertStore

    store = AlertStore(url, keys)
    store.migrate()
    store.close()


MIGRATED = {"register": _migrated_register, "contacts": _migrated_contacts, "alerts": _migrated_alerts}
"""What brings an empty store of each kind up to date."""


def copy_empty(kind: str, url: str) -> None:
    """Puts an empty store on SQLite where its file is to be."""
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty(kind))
        path.chmod(0o600)


@cache
def _empty(kind: str) -> bytes:
    """The SQLite file of an empty store, brought up to date once; every test begins with a copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        MIGRATED[kind](f"sqlite:///{path}", Path(folder))
        return path.read_bytes()
