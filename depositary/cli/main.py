"""The program `depositary`: its commands, and the one place where faults become sentences and exit statuses."""

import sys

import typer
from typer.core import TyperGroup

from depositary.cli import answers, operation
from depositary.errors import BadInput, DepositaryError

app = typer.Typer(
    cls=TyperGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The register of a treaty and the calculator of its legal dates.",
)
for answering in (answers.compute, answers.status, answers.explain, answers.whatif, answers.relations):
    app.command()(answering)
for operating in (operation.import_, operation.export, operation.migrate, operation.serve, operation.run):
    app.command(name=operating.__name__.rstrip("_"))(operating)


def main() -> None:
    """Runs a command. Exit status: 0 done; 1 the answer is no; 2 the input or the call is wrong."""
    try:
        app()
    except BadInput as fault:
        for line in fault.faults:
            print(line, file=sys.stderr)
        sys.exit(2)
    except DepositaryError as fault:
        print(fault, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as fault:
        print(f"{fault.filename or 'the system'}: {fault.strerror or fault}", file=sys.stderr)
        sys.exit(2)
