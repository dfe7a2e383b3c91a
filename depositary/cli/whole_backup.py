"""The backup of everything in one folder: register, registers of authorities, requests for alerts, sealed keys."""

import json
import shutil
import sys
from contextlib import closing
from datetime import UTC
from pathlib import Path

from depositary import clock
from depositary.cli.options import open_store, open_to_read
from depositary.errors import BadInput
from depositary.settings import Settings

REGISTER, CONTACTS, ALERTS, KEYS, HEAD = (
    "register.backup",
    "contacts.backup",
    "alerts.backup",
    "keys.sealed",
    "head.json",
)

PARTIAL = ".partial"


def back_up_all(settings: Settings, folder: Path, keep: int) -> None:
    """Writes a backup of everything into a folder of its own, and removes all but the last `keep` of them."""
    from depositary.authorities import dump as of_contacts
    from depositary.authorities.store import ContactStore
    from depositary.correspondence.alerts import dump as of_alerts
    from depositary.correspondence.alerts.store import AlertStore
    from depositary.register.dump import write_dump
    from depositary.register.recovery import sealed_keys

    sealed = sealed_keys(settings.keys)
    name = clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    place, partial = folder / name, folder / f"{name}{PARTIAL}"
    if place.exists():
        raise BadInput([f"{place}: is there already; a backup never writes over another"])
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    with (
        open_to_read(settings) as store,
        closing(ContactStore(settings.contacts, settings.keys)) as contacts,
        closing(AlertStore(settings.alerts, settings.keys)) as alerts,
    ):
        contacts.migrate()
        alerts.migrate()
        head = store.head()
        with (partial / REGISTER).open("w", encoding="utf-8", newline="\n") as out:
            entries = write_dump(store, out, with_desk=True)
        with (partial / CONTACTS).open("w", encoding="utf-8", newline="\n") as out:
            of_contacts.write_backup(contacts, out)
        with (partial / ALERTS).open("w", encoding="utf-8", newline="\n") as out:
            of_alerts.write_backup(alerts, out)
    (partial / KEYS).write_bytes(sealed)
    if head:
        (partial / HEAD).write_text(json.dumps(head.told(), indent=1) + "\n", encoding="utf-8")
    partial.rename(place)
    whole = sorted(each for each in folder.iterdir() if (each / REGISTER).is_file() and not each.name.endswith(PARTIAL))
    for old in whole[:-keep]:
        shutil.rmtree(old)
    print(f"{place}: {entries} entries; {min(len(whole), keep)} backups kept.", file=sys.stderr)


def restore_all(settings: Settings, place: Path, recovery: Path) -> None:
    """Fills empty databases and an empty folder of keys from a backup of everything, and checks the register."""
    from depositary.authorities import dump as of_contacts
    from depositary.authorities.store import ContactStore
    from depositary.correspondence.alerts import dump as of_alerts
    from depositary.correspondence.alerts.store import AlertStore
    from depositary.register.dump import restore_dump
    from depositary.register.recovery import open_keys
    from depositary.register.verification import require

    missing = [
        f"{place / name}: is not there" for name in (REGISTER, CONTACTS, ALERTS, KEYS) if not (place / name).is_file()
    ]
    if missing:
        raise BadInput(missing)
    names = open_keys((place / KEYS).read_bytes(), recovery, settings.keys)
    with (
        open_store(settings) as store,
        closing(ContactStore(settings.contacts, settings.keys)) as contacts,
        closing(AlertStore(settings.alerts, settings.keys)) as alerts,
    ):
        contacts.migrate()
        alerts.migrate()
        with (place / REGISTER).open(encoding="utf-8", newline="\n") as lines:
            entries = restore_dump(store, lines, REGISTER)
        require(store)
        with (place / CONTACTS).open(encoding="utf-8") as lines:
            of_contacts.restore_backup(contacts, lines, CONTACTS)
        with (place / ALERTS).open(encoding="utf-8") as lines:
            of_alerts.restore_backup(alerts, lines, ALERTS)
    print(f"{place}: {entries} entries and {len(names)} keys restored, all holds.", file=sys.stderr)
