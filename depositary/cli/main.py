"""The program `depositary`: its commands, and the one place where faults become sentences and exit statuses.

A command is imported when it is called: the databases' and the web's libraries take longer than most answers.
"""

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import depositary
from depositary.cli.gate import guarded
from depositary.errors import BadInput, DepositaryError, Unavailable

COMMANDS = {
    "compute": ("answers", "The whole legal status from files alone: no database, no network."),
    "status": ("answers", "The whole legal status of a treaty from the register."),
    "explain": ("answers", "Why a participant's dates are what they are, down to the entries."),
    "whatif": ("answers", "The status with these acts added, and what changed. Nothing is recorded."),
    "relations": ("answers", "Whether two participants are bound to each other, since when, and by which version."),
    "votes": ("votes", "Who votes in the Conference on a day, what majority adopts, and whether the votes cast do."),
    "import": ("imports", "Records the acts of a file that do not stand in the register yet: all of them, or none."),
    "compare": ("comparison", "What the register has and a file of acts has not, and the reverse."),
    "template": ("imports", "Writes a file of acts to fill in, to standard output."),
    "export": ("operation", "Writes the acts that stand in the register as a CSV file."),
    "migrate": ("operation", "Brings the databases up to date; creates them where they are not there yet."),
    "serve": ("servers", "Serves the public site from the register."),
    "desk": ("servers", "Serves the staff desk at its own address, as a process of its own."),
    "run": ("servers", "Loads the data folder's acts into the register and serves site and desk."),
    "demo": ("demo", "Makes an invented world, marked as fiction on every page, and serves it."),
    "alerts": ("alerts", "Posts to the outbox what subscribers are to be told. To be run often."),
    "record": ("entries", "Records an act: DATE CODE ACTION; then a place, and further columns as column=value."),
    "rectify": ("entries", "Replaces an entry's act by a corrected one, or changes only what is known of receipt."),
    "strike": ("entries", "Strikes an entry out: it stays, and counts no more from now on."),
    "note": ("entries", "Notes that an entry was notified or published: how, and on which day."),
    "verify": ("proof", "Checks the whole register: chain, tree, signatures; names the first bad entry."),
    "head": ("proof", "Prints the signed head, to be kept outside."),
    "history": ("proof", "An entry, what it rectified, what rectified it, when each was notified and published."),
    "dump": ("proof", "Writes the whole register as plain text with its digests."),
    "backup": ("proof", "Writes the whole register to a file while it is being used."),
    "restore": ("proof", "Fills an empty register from a dump or backup and checks it."),
    "circulate": ("circulation", "Circulates the list of 24/7 points of contact to the States Parties, once a year."),
    "due": ("due", "What is due: the next circulation, missing addresses, what is unconfirmed or unsettled."),
    "doctor": ("doctor", "Looks whether all that the program rests on is well, and says so in sentences."),
    "outbox": ("outbox", "The letters: what is to be sent, what was sent, and what is not settled."),
    "keys": ("proof", "The keys that sign the register's head."),
    "notify": ("notifications", "Depositary notifications: drafted, numbered, issued in six languages, sent."),
    "site": ("site", "The public site as files."),
    "treaty": ("treaty", "Treaties as data: what a clause file means."),
    "user": ("users", "The accounts of the desk."),
    "contacts": ("authorities_backup", "The registers of authorities."),
}
"""Each command: the module that has it, and its line in the help."""

GROUPS = {
    "The law": ("compute", "status", "explain", "whatif", "relations", "votes", "treaty"),
    "The register": (
        *("record", "rectify", "strike", "note", "import", "compare", "template", "export"),
        *("verify", "head", "history", "keys", "dump", "backup", "restore"),
    ),
    "Correspondence": ("due", "notify", "circulate", "outbox", "alerts"),
    "Authorities and accounts": ("contacts", "user"),
    "Operation": ("run", "demo", "serve", "desk", "site", "migrate", "doctor"),
}
"""The commands as the help lists them."""

NAMED_OTHERWISE = {"import": "import_"}


class Commands(dict[str, Any]):
    """The commands by their names, each imported when it is asked for."""

    def get(self, name: str, default: Any = None) -> Any:
        if name not in self:
            return default
        module, _ = COMMANDS[name]
        found = getattr(import_module(f"depositary.cli.{module}"), NAMED_OTHERWISE.get(name, name))
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False)
            alone.command(name)(found)
            found = alone
        found._add_completion, found.rich_markup_mode = False, None
        return guarded(name, typer.main.get_command(found))


class Program(TyperGroup):
    """The program: lists its commands without importing them."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = Commands(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for group, names in GROUPS.items():
            with formatter.section(group):
                formatter.write_dl([(name, COMMANDS[name][1]) for name in names])

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        from typer._click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=said) for name, (_, said) in COMMANDS.items() if name.startswith(incomplete)]
        return found or super().shell_complete(ctx, incomplete)


app = typer.Typer(
    cls=Program,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="The register of a treaty and the calculator of its legal dates.",
)


def _say_version(wanted: bool) -> None:
    if wanted:
        print(f"depositary {depositary.__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """The register of a treaty and the calculator of its legal dates."""


def main() -> None:
    """Runs a command. Exit status: 0 done; 1 the answer is no; 2 the input or the call is wrong; 3 our own fault."""
    try:
        app(prog_name="depositary")
    except BadInput as fault:
        for line in fault.faults:
            print(line, file=sys.stderr)
        sys.exit(2)
    except Unavailable as fault:
        print(fault, file=sys.stderr)
        sys.exit(3)
    except DepositaryError as fault:
        print(fault, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as fault:
        print(f"{fault.filename or 'the system'}: {fault.strerror or fault}", file=sys.stderr)
        sys.exit(2)
    except Exception as fault:
        print(own_fault(fault), file=sys.stderr)
        sys.exit(3)


def own_fault(fault: Exception) -> str:
    """A sentence about a fault of the program. The details go to a file; nothing was recorded."""
    import traceback

    from depositary.settings import load_settings

    home = load_settings().home
    home.mkdir(parents=True, exist_ok=True)
    log = home / "faults.log"
    with log.open("a", encoding="utf-8") as out:
        traceback.print_exception(fault, file=out)
    first = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
    return f"This did not work, and nothing was recorded: {first} (details: {log})"
