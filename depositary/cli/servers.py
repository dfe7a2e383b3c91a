"""The commands that serve the public site and the desk. A port that is taken is told before anything is loaded."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from depositary.cli.options import offered_alerts, open_collection, open_store, open_to_read
from depositary.errors import BadInput
from depositary.settings import PREFIX, Settings, load_settings

if TYPE_CHECKING:
    from asyncio import Protocol

    from starlette.types import ASGIApp

HOST = "127.0.0.1"
WRITES_EVERY = "5"
"""Seconds after which letters that are queued are written to files."""

FIRST_ACCOUNT = "First account: depositary user add flora --role registrar   (prints the link that begins it)"

Host = Annotated[str, typer.Option(help="The address at which it listens.")]
Port = Annotated[
    int,
    typer.Option(min=0, max=65535, metavar="PORT", help="The port; 0, that of DEPOSITARY_PORT.", show_default=False),
]
DeskPort = Annotated[
    int,
    typer.Option(
        min=0, max=65535, metavar="PORT", help="The desk's port; 0, that of DEPOSITARY_DESK_PORT.", show_default=False
    ),
]


def serve(host: Host = HOST, port: Port = 0) -> None:
    """Serves the public site from the register."""
    settings = load_settings()
    with listener(host, port or settings.port) as listening:
        _serve(settings, listening)


def desk(
    host: Host = HOST,
    port: DeskPort = 0,
    inherited: Annotated[int, typer.Option("--listener", hidden=True)] = -1,
) -> None:
    """Serves the staff desk at its own address, as a process of its own."""
    settings = load_settings()
    with (
        socket.socket(fileno=inherited)
        if inherited >= 0
        else listener(host, port or settings.port_of_desk) as listening
    ):
        _desk(settings, listening)


def run(host: Host = HOST, port: Port = 0, desk_port: DeskPort = 0) -> None:
    """Loads the data folder's acts into the register and serves site and desk: what `make run` does.

    Where no mail server is set, what is queued is written to files while it runs.
    """
    settings = load_settings()
    with (
        listener(host, port or settings.port) as listening,
        listener(host, desk_port or settings.port_of_desk) as of_desk,
    ):
        _load(settings)
        program = [sys.executable, "-m", "depositary"]
        command = [*program, "desk", "--listener", str(of_desk.fileno())]
        writer = [*program, "outbox", "send", "--every", WRITES_EVERY]
        with ExitStack() as beside:
            own = os.environ | {f"{PREFIX}PORT": str(listening.getsockname()[1])}  # its links lead to this site
            desk = beside.enter_context(subprocess.Popen(command, pass_fds=[of_desk.fileno()], env=own))  # noqa: S603
            beside.callback(desk.terminate)
            if not settings.smtp_url:  # a mail server's letters are sent by their timer
                writing = beside.enter_context(subprocess.Popen(writer, stderr=subprocess.DEVNULL))  # noqa: S603
                beside.callback(writing.terminate)
            _serve(settings, listening)


def listener(host: str, port: int) -> socket.socket:
    """A socket bound to an address; the server listens on it. Raises BadInput where the address cannot be bound."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as fault:
        bound.close()
        raise BadInput(
            [f"{address(host, port)} cannot be served ({os.strerror(fault.errno or 0)}): nothing was begun."]
        ) from None
    bound.set_inheritable(True)
    return bound


def address(host: str, port: int) -> str:
    """The address at which a person opens a served page."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _load(settings: Settings) -> None:
    from depositary.cli.imports import record_acts
    from depositary.register.verification import Untrue
    from depositary.treaties.instruments_csv import iterate_acts

    collection = open_collection(settings)
    files = (settings.data / "instruments.csv", *sorted((settings.data / "history").glob("*.csv")))
    acts = chain.from_iterable(iterate_acts(file, collection.participants, collection.treaties) for file in files)
    try:
        record_acts(str(settings.data), acts, "import", settings)
    except Untrue as fault:  # nothing is added, and the site serves the snapshot that was verified last
        print(fault.sentence, file=sys.stderr)


def _desk(settings: Settings, listening: socket.socket) -> None:
    from depositary.authorities.store import ContactStore
    from depositary.correspondence.mail.post_office import post_office
    from depositary.desk.accounts import accounts
    from depositary.register.seal import Seal
    from depositary.web.connection import DeskConnection
    from depositary.web.staff.app import create_desk
    from depositary.web.staff.desk import Desk
    from depositary.web.staff.measures import watch_of
    from depositary.web.staff.openid import Provider
    from depositary.web.watch import watched

    at = settings.desk_url or address(*listening.getsockname()[:2]).rstrip("/")
    public = settings.base_url or address(HOST, settings.port).rstrip("/")
    provider = None
    if settings.oidc_issuer:
        secret = settings.oidc_client_secret.get_secret_value()
        provider = Provider(settings.oidc_issuer, settings.oidc_client_id, secret)
    seal = Seal(settings.keys)
    contacts = ContactStore(settings.contacts, settings.keys)
    contacts.migrate()
    with open_store(settings) as store:
        with store.session() as session:
            if not accounts(session):
                print(FIRST_ACCOUNT, file=sys.stderr)
        collection, office = open_collection(settings), post_office(settings)
        own = Desk(
            collection,
            store,
            seal,
            at,
            public,
            provider,
            contacts,
            office,
            settings.home,
            settings.trusted_proxies,
            settings.breached_passwords,
        )
        said = f"Staff desk:  {at}/staff/"
        _listen(settings, watched(create_desk(own), watch_of(own)), listening, said, DeskConnection)


def _serve(settings: Settings, listening: socket.socket) -> None:
    import resource

    from depositary.correspondence.notifications.archive import Archive
    from depositary.register.heads import Keys
    from depositary.register.store import Store
    from depositary.web.publication.measures import watch_of
    from depositary.web.publication.protocol import PublicProtocol
    from depositary.web.publication.publisher import publication_of
    from depositary.web.publication.server import PublishedSite

    collection = open_collection(settings)
    with open_to_read(settings) as own:
        if own.head() is None:
            print("The register is empty; `depositary import FILE.csv` loads acts.", file=sys.stderr)
    store = Store(settings.database, Keys(settings.keys), public=True)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)  # a connection is a file
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    publication = publication_of(
        collection,
        store,
        settings.home,
        base_url=settings.base_url,
        contact=settings.security_contact,
        secretariat=settings.secretariat,
        primary=settings.primary_url,
        alerts=offered_alerts(settings),
        archive=Archive(store),
    )
    site = PublishedSite(publication)
    site.watch = watch_of(site, store)
    publication.start()
    said = f"Public site: {address(*listening.getsockname()[:2])}   (Ctrl-C stops it)"
    try:
        _listen(settings, site, listening, said, PublicProtocol)
    finally:
        publication.stop()
        store.close()


def _listen(settings: Settings, app: "ASGIApp", listening: socket.socket, said: str, http: "type[Protocol]") -> None:
    """Serves an application until it is stopped, and prints its address when it is ready."""
    import uvicorn

    from depositary.cli.log_lines import write_json_lines

    if settings.log_format == "json":
        write_json_lines()

    class Announced(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(said, file=sys.stderr, flush=True)

    config = uvicorn.Config(
        app,
        http=http,
        lifespan="off",
        ws="none",
        backlog=4096,
        access_log=False,
        log_level="warning",
        log_config=None if settings.log_format == "json" else uvicorn.config.LOGGING_CONFIG,
        server_header=False,
        proxy_headers=False,
    )
    # uvicorn raises the signal again at its end, so that the parts begun beside it end too, as by Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Announced(config).run([listening])
