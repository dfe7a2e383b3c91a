"""Puts the publication of a register together."""

from datetime import date
from pathlib import Path

from depositary import clock
from depositary.correspondence.alerts.store import AlertStore
from depositary.register.bell import Bell
from depositary.register.store import Store
from depositary.register.verification import Onward
from depositary.treaties.collection import Collection
from depositary.web.app import application, with_site
from depositary.web.assets import load_assets
from depositary.web.known import Known
from depositary.web.proofs import Proofs
from depositary.web.public.notifications import NotificationArchive
from depositary.web.publication.folder import Folder
from depositary.web.publication.publication import Maker, Publication
from depositary.web.publication.snapshot import AsAt, Snapshot
from depositary.web.view import Site


def maker(
    collection: Collection,
    base_url: str = "",
    contact: str = "",
    alerts: AlertStore | None = None,
    archive: NotificationArchive | None = None,
    secretariat: str = "",
) -> Maker:
    """Makes snapshots of the public site."""
    assets, app = load_assets(), application(archive, alerts)

    def made(register: AsAt, day: date, before: Snapshot | None) -> Snapshot:
        known = before.known.grown(register.entries) if before else Known(collection, register.entries)
        offered = alerts is not None
        site = Site(collection, known, base_url.rstrip("/"), assets, Proofs(register), offered, contact, secretariat)
        return Snapshot(register.size, day, site, with_site(app, site), before)

    return made


def publication_of(
    collection: Collection,
    store: Store,
    home: Path | None = None,
    *,
    base_url: str = "",
    contact: str = "",
    alerts: AlertStore | None = None,
    archive: NotificationArchive | None = None,
    secretariat: str = "",
    primary: str = "",
) -> Publication:
    """The publication of a register. Each entry is verified before it is shown; with a home, the folder is written.

    `primary`: the database whose bell is heard, where the register's is a standby of it.
    """
    folder = Folder(home / "published") if home else None
    made = maker(collection, base_url, contact, alerts, archive, secretariat)
    return Publication(store, made, folder, Onward(store).check, Bell(store.engine.url, primary))


def snapshot_of(
    collection: Collection,
    store: Store,
    *,
    base_url: str = "",
    contact: str = "",
    alerts: AlertStore | None = None,
    archive: NotificationArchive | None = None,
    secretariat: str = "",
) -> Snapshot:
    """The site as it is now, verified; no page is rendered yet."""
    size = store.size()
    Onward(store).check(size)
    return maker(collection, base_url, contact, alerts, archive, secretariat)(AsAt(store, size), clock.today(), None)
