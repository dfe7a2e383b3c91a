"""Keeping the registers of authorities, from the command line: whether they hold, their key, their backup."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from depositary.cli.authorities import contacts, registers
from depositary.errors import BadInput
from depositary.settings import load_settings


@contacts.command()
def verify() -> None:
    """Opens every entry and checks its digest and its place in the chain; names the first that does not hold."""
    settings = load_settings()
    with registers(settings) as store:
        checked, root = store.check(), store.root
    if checked.fault:
        print(checked.fault, file=sys.stderr)
        raise typer.Exit(1)
    print(f"{checked.size} entries hold. {root}".rstrip())


@contacts.command()
def key(
    new: Annotated[
        bool, typer.Option("--new", help="Seal with a new key from now on; the old ones still open.")
    ] = False,
) -> None:
    """The key with which the registers are sealed: how many there are in its file, and by what one knows each."""
    from hashlib import sha256

    settings = load_settings()
    with registers(settings) as store:
        if new:
            store.seal.renew()
        found = store.seal.keys()
    for place, sealing in enumerate(found):
        print(f"{sha256(sealing).hexdigest()[:16]}  {'seals and opens' if place == 0 else 'opens'}")
    print(f"{settings.keys / 'contacts.key'}: keep a copy apart; without it nothing here can be read.", file=sys.stderr)


@contacts.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Writes the registers to a file, sealed as they are, while they are being used."""
    from depositary.authorities.dump import write_backup

    try:
        opened = os.fdopen(
            os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="\n"
        )
    except FileExistsError:
        raise BadInput([f"{file}: is there already; a backup never writes over another"]) from None
    with registers(load_settings()) as store, opened as out:
        number = write_backup(store, out)
    print(f"{file}: {number} entries. The key is not in it.", file=sys.stderr)


@contacts.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Fills empty registers from a backup, and checks them."""
    from depositary.authorities.dump import restore_backup

    with registers(load_settings()) as store, file.open(encoding="utf-8") as lines:
        number = restore_backup(store, lines, file.name)
    print(f"{file}: {number} entries.", file=sys.stderr)
