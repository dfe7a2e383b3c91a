"""The commands that keep the databases.

The database's and the web's libraries take half of the start, so each command brings in what it needs.
"""

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from depositary.cli.options import open_store, open_to_read
from depositary.register.entry import acts_of, as_known
from depositary.settings import load_settings
from depositary.treaties.instruments_csv import write_acts


def export(file: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None) -> None:
    """Writes the acts that stand in the register, in the order of recording, as a CSV file."""
    with open_to_read(load_settings()) as store:
        acts = acts_of(as_known(store.entries()))
    if file is None:
        write_acts(acts, sys.stdout)
    else:
        with file.open("w", encoding="utf-8", newline="") as out:
            write_acts(acts, out)


def migrate(
    public_role: Annotated[
        str, typer.Option(help="On PostgreSQL: the role of the public process, and no other right.")
    ] = "",
    desk_role: Annotated[
        str, typer.Option(help="On PostgreSQL: the role of the desk and the timers, which changes no table's form.")
    ] = "",
) -> None:
    """Brings the databases up to date; creates them where they are not there yet."""
    from depositary.authorities.store import VERSION as OF_CONTACTS
    from depositary.authorities.store import ContactStore
    from depositary.correspondence.alerts.store import VERSION as OF_ALERTS
    from depositary.correspondence.alerts.store import AlertStore
    from depositary.register.database import grant_desk, shown
    from depositary.register.store import VERSION as OF_REGISTER

    settings = load_settings()
    with (
        open_store(settings) as store,
        closing(AlertStore(settings.alerts, settings.keys)) as alerts,
        closing(ContactStore(settings.contacts, settings.keys)) as contacts,
    ):
        alerts.migrate()
        contacts.migrate()
        if public_role:
            store.grant_public(public_role)
            alerts.grant_public(public_role)
        if desk_role:
            for opened, table in ((store, OF_REGISTER), (contacts, OF_CONTACTS), (alerts, OF_ALERTS)):
                grant_desk(opened.engine, table, desk_role)
        for opened in (store, contacts, alerts):
            print(f"{shown(opened.engine)}: up to date.", file=sys.stderr)
