"""The command `demo`: an invented world to be shown, tried and trained in, apart from every real register."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from depositary.cli.servers import HOST, DeskPort, Host, Port, run
from depositary.errors import BadInput
from depositary.settings import PREFIX, Settings, load_settings


def demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Its home; `demo` in the program's own.", show_default=False)
    ] = None,
    host: Host = HOST,
    port: Port = 0,
    desk_port: DeskPort = 0,
    anew: Annotated[
        bool, typer.Option("--anew", help="Throw the world away that is there, and make it again.")
    ] = False,
    only_make: Annotated[bool, typer.Option("--only-make", help="Make the world and serve nothing.")] = False,
) -> None:
    """Makes an invented world and serves it: the Convention is in force, and two persons work at the desk.

    It has a home of its own, and takes no setting but the ports: no letter leaves, and no real register is touched.
    """
    settings = load_settings()
    home = (folder or settings.home / "demo").resolve()
    own = Settings(data=settings.data, home=home, port=settings.port, desk_port=settings.desk_port)
    if home.exists() and any(home.iterdir()):
        if not (home / "data" / "FICTION.txt").is_file():
            raise BadInput([f"{home}: allowed: a folder that is empty, not there yet, or a demonstration"])
        if anew:
            shutil.rmtree(home)
    if not home.exists() or not any(home.iterdir()):
        own = _make(own)
    print(f"Invented world: {home}   How to sign in: {home / 'SIGN-IN.txt'}", file=sys.stderr)
    print(f"Other commands in it: env {PREFIX}HOME={home} {PREFIX}DATA={home / 'data'} depositary ...", file=sys.stderr)
    if only_make:
        return
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    os.environ |= {f"{PREFIX}HOME": str(home), f"{PREFIX}DATA": str(home / "data")}
    run(host, port or own.port, desk_port or own.port_of_desk)


def _make(settings: Settings) -> Settings:
    """Makes the world in the home of the settings; whole, or not at all."""
    from depositary import clock
    from depositary.cli.demo_data import write_data
    from depositary.cli.demo_house import furnish, moved_in_on, sign_in_file

    print("Making an invented world ...", file=sys.stderr)
    begun = settings.home.with_name(f".{settings.home.name}.new")
    shutil.rmtree(begun, ignore_errors=True)
    collection = write_data(settings.data, begun / "data", clock.today().year, moved_in_on(clock.today()))
    own = settings.model_copy(update={"data": begun / "data", "home": begun})
    sign_in_file(begun, furnish(own, collection))
    if settings.home.exists():
        settings.home.rmdir()
    begun.rename(settings.home)
    return settings
