"""The outbox from the command line: it lists and sends letters, and notes what persons report and decide."""

import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from depositary import clock
from depositary.cli import output
from depositary.cli.circulation import THE_ANSWER_IS_NO
from depositary.cli.office import check_officer, progress
from depositary.cli.options import OutputFormat, open_store, open_to_read
from depositary.settings import load_settings

if TYPE_CHECKING:
    from depositary.authorities.entries import AuthorityEntry

outbox = typer.Typer(no_args_is_help=True, help="Letters: what is to be sent, and what became of each.")

Number = Annotated[int, typer.Argument(metavar="LETTER", min=1)]
By = Annotated[str, typer.Option(help="Who does this.")]
Reason = Annotated[str, typer.Option(help="Why.")]
Choice = Annotated[
    Literal["resend", "replaced", "delivered"],
    typer.Option("--as", help="Sent again, replaced by one to the mission's present address, or delivered otherwise."),
]

COLUMNS = ("letter", "edition", "copy", "recipient", "state", "at", "said")


@outbox.command("list")
def list_(
    edition: Annotated[str, typer.Option(help="Of one edition alone, as 2028/1 or C.N.7.2028.TREATIES-XVIII.16.")] = "",
    format_: OutputFormat = "table",
) -> None:
    """The letters with their states; no address is shown."""
    from depositary.correspondence.mail.outbox import seal_in
    from depositary.correspondence.mail.steps import letters, said_openly

    settings = load_settings()
    with open_to_read(settings) as store, store.session() as session:
        rows = [
            {
                "letter": letter.number,
                "edition": letter.edition,
                "copy": letter.copy,
                "recipient": letter.recipient,
                "state": letter.state,
                "at": (letter.steps[-1].done_at if letter.steps else letter.posted_at).isoformat(),
                "said": said_openly(letter),
            }
            for letter in letters(session, seal_in(settings.keys), edition)
        ]
    if format_ == "json":
        output.write_json(rows)
    elif format_ == "csv":
        output.write_csv(COLUMNS, rows)
    else:
        output.rows([f"{len(rows)} letters"], COLUMNS, rows)


@outbox.command()
def send(
    edition: Annotated[str, typer.Option(help="Of one edition alone.")] = "",
    every: Annotated[int, typer.Option(min=0, hidden=True)] = 0,
) -> None:
    """Sends what is to be sent now; two runs at once send nothing twice. Exit status 1 where it had to stop."""
    from depositary.correspondence.mail.outbox import seal_in, send_letters
    from depositary.correspondence.mail.post_office import carrier_of, sender_of

    signal.signal(signal.SIGTERM, _stop)
    settings = load_settings()
    with open_store(settings) as store, progress("letters") as passed:
        summary = send_letters(
            store,
            seal_in(settings.keys),
            carrier_of(settings),
            sender_of(settings),
            edition=edition,
            passed=passed,
        )
        parent = os.getppid()
        while every and os.getppid() == parent:  # until it is stopped, or what began it is gone
            time.sleep(every)
            send_letters(store, seal_in(settings.keys), carrier_of(settings), sender_of(settings), edition=edition)
    told = ", ".join(f"{number} {state}" for state, number in sorted(summary.done.items()) if number)
    print(f"Sent: {told or 'nothing'}.", file=sys.stderr)
    if summary.elsewhere:
        print("Another run is sending at this moment; this one did nothing.", file=sys.stderr)
    if summary.stopped:
        print(summary.stopped, file=sys.stderr)
        raise typer.Exit(THE_ANSWER_IS_NO)


def _stop(*_: Any) -> None:
    """Ends a sender as Ctrl-C does, after the letter at hand has its outcome."""
    raise KeyboardInterrupt


@outbox.command()
def resolve(letter: Number, choice: Choice, reason: Reason, by: By = "") -> None:
    """Proposes what is to become of a letter nobody knows about, or that was refused; a second person agrees."""
    from depositary.correspondence.mail.decisions import propose_outcome

    _do(by, lambda session, seal, doing: propose_outcome(session, letter, choice, reason, seal, doing))


@outbox.command()
def agree(letter: Number, choice: Choice, by: By = "") -> None:
    """A second person agrees to what was proposed; at the desk, where there is one."""
    from depositary.authorities.validity import missions
    from depositary.correspondence.mail.decisions import agree_outcome

    known = missions(_authorities()) if choice == "replaced" else {}
    _do(by, lambda session, seal, doing: agree_outcome(session, letter, choice, seal, doing, known))


def _authorities() -> "list[AuthorityEntry]":
    """The entries of the registers of authorities."""
    from contextlib import closing

    from depositary.authorities.store import ContactStore

    settings = load_settings()
    with closing(ContactStore(settings.contacts, settings.keys)) as contacts:
        contacts.migrate()
        return contacts.entries()


@outbox.command()
def deliver(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="As 2028/1 or C.N.7.2028.TREATIES-XVIII.16.")],
    reason: Annotated[str, typer.Option(help="How its letters were delivered, as: by hand on 3 March.")] = "",
    agrees: Annotated[bool, typer.Option("--agree", help="A second person agrees.")] = False,
    by: By = "",
) -> None:
    """Says how the letters of an edition that stand in files only were delivered; a second person agrees."""
    from depositary.correspondence.mail.decisions import agree_delivery, propose_delivery

    def done(session: Any, seal: Any, doing: Any) -> int:
        if agrees:
            return agree_delivery(session, edition, seal, doing)
        return propose_delivery(session, edition, reason, seal, doing)

    number = _decided(by, done)
    print(f"{number} letters of {edition}: {'delivered' if agrees else 'a second person agrees'}.", file=sys.stderr)


@outbox.command()
def note(
    letter: Number,
    what: Annotated[Literal["received", "bounced"], typer.Argument()],
    said: Annotated[str, typer.Option(help="What was said.")],
    by: By = "",
) -> None:
    """Notes a receipt from the mission, or a bounce."""
    from depositary.correspondence.mail.decisions import note_outcome

    _do(by, lambda session, seal, doing: note_outcome(session, letter, what, said, seal, doing))


def _do(by: str, done: Any) -> None:
    letter = _decided(by, done)
    print(f"Letter {letter.number} of {letter.edition} is {letter.state}.", file=sys.stderr)


def _decided(by: str, done: Any) -> Any:
    import getpass

    from depositary.correspondence.mail.outbox import seal_in
    from depositary.desk.audit import Doing

    settings = load_settings()
    doing = Doing(by or getpass.getuser(), clock.now(), "the command line")
    with open_store(settings) as store:
        check_officer(store, doing.by)
        with store.session(writing=True) as session:
            return done(session, seal_in(settings.keys), doing)
