"""The program `depositary`: its commands, and the one place where faults become sentences and exit statuses."""

import sys
import traceback

import typer
from typer.core import TyperGroup

from depositary.cli import alerts, answers, authorities_backup, circulation, due, entries, imports, operation, proof
from depositary.cli.authorities import contacts
from depositary.cli.notifications import notify
from depositary.cli.outbox import outbox
from depositary.cli.site import site
from depositary.cli.treaty import treaty
from depositary.cli.users import user
from depositary.errors import BadInput, DepositaryError, Unavailable
from depositary.settings import load_settings

app = typer.Typer(
    cls=TyperGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The register of a treaty and the calculator of its legal dates.",
)
for answering in (answers.compute, answers.status, answers.explain, answers.whatif, answers.relations):
    app.command()(answering)
for operating in (
    imports.import_,
    operation.export,
    operation.migrate,
    operation.serve,
    alerts.alerts,
    operation.desk,
    operation.run,
):
    app.command(name=operating.__name__.rstrip("_"))(operating)
for writing in (entries.record, entries.rectify, entries.strike, entries.note):
    app.command()(writing)
for proving in (proof.verify, proof.head, proof.history, proof.dump, proof.backup, proof.restore):
    app.command()(proving)
for sending in (circulation.circulate, due.due):
    app.command()(sending)
app.add_typer(outbox, name="outbox")
app.add_typer(proof.keys, name="keys")
app.add_typer(notify, name="notify")
app.add_typer(site, name="site")
app.add_typer(treaty, name="treaty")
app.add_typer(user, name="user")
for keeping in (
    authorities_backup.verify,
    authorities_backup.key,
    authorities_backup.backup,
    authorities_backup.restore,
):
    contacts.command()(keeping)
app.add_typer(contacts, name="contacts")


def main() -> None:
    """Runs a command. Exit status: 0 done; 1 the answer is no; 2 the input or the call is wrong; 3 our own fault."""
    try:
        app()
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
    """A sentence for what should not have happened; the details go to a file, and nothing was recorded."""
    home = load_settings().home
    home.mkdir(parents=True, exist_ok=True)
    log = home / "faults.log"
    with log.open("a", encoding="utf-8") as out:
        traceback.print_exception(fault, file=out)
    first = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
    return f"This did not work, and nothing was recorded: {first} (details: {log})"
