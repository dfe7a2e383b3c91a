"""The command that writes to those who asked for alerts."""

import sys

from depositary import clock
from depositary.cli.options import open_collection, open_store
from depositary.errors import BadInput
from depositary.settings import load_settings


def alerts() -> None:
    """Posts letters to subscribers into the outbox: confirmations, and each event once. Run it often."""
    from depositary.correspondence.alerts.events import Registered
    from depositary.correspondence.alerts.job import AlertOffice, run
    from depositary.correspondence.alerts.store import AlertStore
    from depositary.correspondence.mail.outbox import seal_in

    settings = load_settings()
    if not settings.base_url:
        raise BadInput(["DEPOSITARY_BASE_URL: not set; the links in letters begin with it, as https://example.int"])
    collection = open_collection(settings)
    asked = AlertStore(settings.alerts, settings.keys)
    asked.migrate()
    with open_store(settings) as store:
        entries = {}
        for treaty in collection.treaties:
            entries[treaty] = store.entries(0, treaty)
        office = AlertOffice(store, seal_in(settings.keys), settings.base_url)
        told = run(asked, office, Registered(collection, lambda treaty: entries[treaty]), clock.now())
    asked.close()
    said = f"{told.confirmations} confirmations and {told.alerts} alerts posted; {told.forgotten} addresses removed."
    print(said, file=sys.stderr)
