"""The command that writes the public site as files."""

import os
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from depositary.cli.options import offered_alerts, open_collection, open_to_read
from depositary.settings import load_settings

site = typer.Typer(no_args_is_help=True, help="The public site as files.")


@site.command()
def build(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    processes: Annotated[int, typer.Option(min=1, help="How many processes render pages.")] = os.cpu_count() or 1,
) -> None:
    """Writes every published page into a folder, for any web server or CDN; again, only what has changed."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

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
        pages = write_site(
            snapshot, folder, archive, done, processes=processes, copied=lambda: store.engine.dispose(close=False)
        )
        begun = time.monotonic()
        columns = BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[path]}"), TimeElapsedColumn()
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("", total=None, path="")
            for path in pages:
                progress.update(task, completed=done.pages, total=done.found, path=path)
        seconds = time.monotonic() - begun
    finally:
        store.close()
    did = f"{done.rendered} rendered, {done.written} written, {done.removed} removed"
    print(f"{folder}: {done.pages} pages as at entry {snapshot.size}, {snapshot.day}: {did}.", file=sys.stderr)
    print(f"{done.files:,} files, {done.size:,} bytes, {seconds:,.1f} seconds.", file=sys.stderr)


@site.callback()
def _site() -> None:
    """The public site as files."""
