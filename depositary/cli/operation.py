"""The commands that run the register and the site.

The database's and the web's libraries take half of the start, so each command brings in what it needs.
"""

import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from depositary.cli.imports import record_acts
from depositary.cli.options import offered_alerts, open_collection, open_store
from depositary.errors import BadInput
from depositary.register.entry import acts_of, as_known
from depositary.settings import Settings, load_settings
from depositary.treaties.instruments_csv import iterate_acts, write_acts

if TYPE_CHECKING:
    from asyncio import Protocol

    from sqlmodel import Session
    from starlette.types import ASGIApp

    from depositary.register.store import Store

HOST, PORT = "127.0.0.1", 8000

FIRST_ACCOUNT = "First account: .venv/bin/depositary user add flora --role registrar   (prints the link that begins it)"


def export(file: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None) -> None:
    """Writes the acts that stand in the register, in the order of recording, as a CSV file."""
    with open_store(load_settings()) as store:
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
) -> None:
    """Brings the databases up to date; creates them where they are not there yet."""
    from depositary.correspondence.alerts.store import AlertStore

    settings = load_settings()
    with open_store(settings) as store:
        if public_role:
            store.grant_public(public_role)
        alerts = AlertStore(settings.alerts, settings.keys)
        alerts.migrate()
        if public_role:
            alerts.grant_public(public_role)
        alerts.close()
        print(f"{settings.database}: up to date.", file=sys.stderr)


def serve(
    host: Annotated[str, typer.Option()] = HOST, port: Annotated[int, typer.Option(min=1, max=65535)] = PORT
) -> None:
    """Serves the public site from the register."""
    _serve(load_settings(), host, port)


def desk() -> None:
    """Serves the staff desk at its own address, as a process of its own."""
    from depositary.authorities.store import ContactStore
    from depositary.correspondence.mail.post_office import post_office
    from depositary.register.heads import Keys
    from depositary.register.seal import Seal
    from depositary.register.store import Store
    from depositary.web.connection import DeskConnection
    from depositary.web.staff.app import create_desk
    from depositary.web.staff.desk import Desk
    from depositary.web.staff.openid import Provider

    settings = load_settings()
    at = urlsplit(settings.desk_url)
    store = Store(settings.database, Keys(settings.keys))
    store.migrate()
    public = settings.base_url or f"http://{HOST}:{PORT}"
    provider = None
    if settings.oidc_issuer:
        secret = settings.oidc_client_secret.get_secret_value()
        provider = Provider(settings.oidc_issuer, settings.oidc_client_id, secret)
    seal = Seal(settings.keys)
    contacts = ContactStore(settings.contacts, settings.keys)
    contacts.migrate()
    app = create_desk(
        Desk(
            open_collection(settings),
            store,
            seal,
            settings.desk_url,
            public,
            provider,
            contacts,
            post_office(settings),
            settings.home,
            settings.trusted_proxies,
        )
    )
    print(f"Staff desk:  {settings.desk_url}/staff/", file=sys.stderr)
    _listen(app, store, HOST, at.port or PORT + 1, DeskConnection)


def run() -> None:
    """Loads the data folder's acts into the register and serves site and desk: what `make run` does."""
    from depositary.register.verification import Untrue

    settings = load_settings()
    collection = open_collection(settings)
    files = (settings.data / "instruments.csv", *sorted((settings.data / "history").glob("*.csv")))
    acts = chain.from_iterable(iterate_acts(file, collection.participants, collection.treaties) for file in files)
    try:
        record_acts(str(settings.data), acts, "import", settings)
    except Untrue as fault:  # nothing is added, and what was last verified is served
        print(fault.sentence, file=sys.stderr)
    with subprocess.Popen([sys.executable, "-m", "depositary", "desk"]) as beside:
        try:
            _serve(settings, HOST, PORT)
        finally:
            beside.terminate()


def _serve(settings: Settings, host: str, port: int) -> None:
    import resource

    from depositary.correspondence.notifications.archive import Archive
    from depositary.register.heads import Keys
    from depositary.register.store import Store
    from depositary.web.publication.protocol import PublicProtocol
    from depositary.web.publication.publisher import publication_of
    from depositary.web.publication.server import PublishedSite

    collection = open_collection(settings)
    with open_store(settings) as own:
        if own.head() is None:
            print("The register is empty; `depositary import FILE.csv` loads acts.", file=sys.stderr)
        with own.session() as session:
            if not _accounts(session):
                print(FIRST_ACCOUNT, file=sys.stderr)
    store = Store(settings.database, Keys(settings.keys), public=True)
    alerts = offered_alerts(settings)
    print(f"Public site: http://{host}:{port}/   (Ctrl-C stops it)", file=sys.stderr)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)  # a connection is a file
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    publication = publication_of(
        collection,
        store,
        settings.home,
        base_url=settings.base_url,
        contact=settings.security_contact,
        alerts=alerts,
        notices=Archive(store),
    )
    publication.start()
    try:
        _listen(PublishedSite(publication), store, host, port, PublicProtocol)
    finally:
        publication.stop()


def _accounts(session: "Session") -> bool:
    from depositary.desk.accounts import accounts

    return bool(accounts(session))


def _listen(app: "ASGIApp", store: "Store", host: str, port: int, http: "type[Protocol]") -> None:
    import uvicorn

    try:
        uvicorn.run(
            app,
            host=host,
            port=port,
            http=http,
            lifespan="off",
            ws="none",
            backlog=4096,
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
        )
    except SystemExit:
        raise BadInput([f"http://{host}:{port}/ cannot be served; is something else listening there?"]) from None
    finally:
        store.close()
