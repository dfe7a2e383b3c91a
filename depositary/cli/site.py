"""The command that writes the public site as files."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from depositary.cli.options import offered_alerts, open_collection, open_to_read
from depositary.settings import load_settings

site = typer.Typer(no_args_is_help=True, help="The public site as files.")


@site.command()
def build(folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Writes every published page into a folder, for any web server or CDN; again, only what has changed."""
    from rich.console import Console
    from rich.progress import track

    from depositary.correspondence.notifications.archive import Archive
    from depositary.register.heads import Keys
    from depositary.register.store import Store
    from depositary.web.publication.export import Build, write_site
    from depositary.web.publication.publisher import snapshot_of

    settings = load_settings()
    with open_to_read(settings):
        store = Store(settings.database, Keys(settings.keys), public=True)
    archive = Archive(store)
    try:
        snapshot = snapshot_of(
            open_collection(settings),
            store,
            base_url=settings.base_url,
            contact=settings.security_contact,
            secretariat=settings.secretariat,
            alerts=offered_alerts(settings),
            archive=archive,
        )
        console = Console(stderr=True)
        done = Build()
        pages = write_site(snapshot, folder, archive, done)
        for _ in track(pages, "", console=console, transient=True, disable=not console.is_terminal):
            pass
    finally:
        store.close()
    did = f"{done.rendered} rendered, {done.written} files written, {done.removed} removed"
    print(f"{folder}: {done.pages} pages as at entry {snapshot.size}, {snapshot.day}: {did}.", file=sys.stderr)


@site.callback()
def _site() -> None:
    """The public site as files."""
