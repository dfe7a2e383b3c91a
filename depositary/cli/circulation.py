"""The annual circulation and what is due, from the command line."""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from depositary import clock
from depositary.cli import output
from depositary.cli.cases import is_for_the_desk
from depositary.cli.office import CirculationOffice, check_officer, office, progress
from depositary.cli.options import KnownAt, On, OutputFormat
from depositary.errors import BadInput
from depositary.law.clauses import CONVENTION
from depositary.settings import load_settings

if TYPE_CHECKING:
    from depositary.correspondence.circulation.edition import Edition
    from depositary.correspondence.circulation.editions import KeptEdition
    from depositary.correspondence.mail.outbox import Summary
    from depositary.desk.audit import Doing

THE_ANSWER_IS_NO = 1

Year = Annotated[int, typer.Argument(metavar="YEAR", min=1946, max=9998, show_default=False)]


def circulate(
    year: Year = 0,
    on: On = None,
    known_at: KnownAt = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write every letter and document to a folder; freeze and send nothing.")
    ] = False,
    list_: Annotated[
        bool, typer.Option("--list", help="The editions of the year and what became of each copy.")
    ] = False,
    approve: Annotated[
        str, typer.Option(metavar="COUNT", help="A second person approves, and types how many letters it makes.")
    ] = "",
    withdraw: Annotated[str, typer.Option(metavar="REASON", help="Take back an edition that is not approved.")] = "",
    close: Annotated[bool, typer.Option("--close", help="Close it: every letter is settled.")] = False,
    is_due: Annotated[
        bool, typer.Option("--due", help="Do all that is due today, and say it in one line: the daily job.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who does this.")] = "",
    contracting: Annotated[
        bool, typer.Option("--contracting", help="Before the entry into force: to those that have consented.")
    ] = False,
    in_clear: Annotated[
        bool,
        typer.Option("--in-clear", help="Where a mission has no certificate, in clear: by the one who prepares it."),
    ] = False,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where --dry-run writes.")] = None,
    format_: OutputFormat = "table",
) -> None:
    """Circulates the list of 24/7 points of contact to the States Parties (41(2)): once a year.

    The first run prepares an edition; a second person approves it; every later run sends what is left to send.
    """
    if is_due:
        _do_what_is_due()
        return
    if not year:
        raise BadInput(["YEAR: which year is circulated, as 2028; or --due"])
    with office() as here:
        doing = _doing(by)
        if list_:
            _list(here, year, format_)
        elif dry_run:
            _dry_run(here, year, on, known_at, contracting, doing.by if in_clear else "", out)
        elif withdraw or close or approve:
            _decide(here, year, approve, withdraw, doing)
        else:
            _go_on(here, year, on, known_at, contracting, in_clear, doing)


def _do_what_is_due() -> None:
    """Runs the daily job and prints its line. Exit status 1 where something kept it from sending."""
    from contextlib import closing

    from depositary.authorities.store import ContactStore
    from depositary.cli.options import open_collection, open_store
    from depositary.correspondence.circulation.job import JobOffice, run
    from depositary.correspondence.mail.outbox import seal_in
    from depositary.correspondence.mail.post_office import post_office

    settings = load_settings()
    with open_store(settings) as store, closing(ContactStore(settings.contacts, settings.keys)) as contacts:
        contacts.migrate()
        seal, mail = seal_in(settings.keys), post_office(settings)
        desk = settings.address_of_desk
        job = JobOffice(store, contacts, open_collection(settings), CONVENTION, seal, mail, desk)
        report = run(job, clock.now())
    print(report.line)
    if report.failed:
        raise typer.Exit(THE_ANSWER_IS_NO)


def _doing(by: str) -> "Doing":
    from depositary.desk.audit import Doing

    return Doing(by or getpass.getuser(), clock.now(), "the command line")


def _go_on(
    here: CirculationOffice, year: int, on: Any, known_at: Any, contracting: bool, in_clear: bool, doing: "Doing"
) -> None:
    """Prepares the year's edition where there is none, and continues to send an approved one."""
    present = _present(here, year)
    if present is None:
        from depositary.correspondence.circulation.editions import prepare

        check_officer(here.store, doing.by)
        edition = _new(here, year, on, known_at, contracting, doing.by if in_clear else "")
        with here.store.session(writing=True) as session:
            present = prepare(session, edition, here.seal, doing)
    if present.state == "prepared":
        _say_prepared(here, present)
        return
    if present.state == "closed":
        print(f"Edition {present.name} is closed. Nothing is left to do.", file=sys.stderr)
        return
    _say_sent(here, present, send_on(here, present, doing))


def send_on(here: CirculationOffice, kept: "KeptEdition", doing: "Doing") -> "Summary":
    """Sends the letters that an approved edition has left, and shows the progress on a terminal."""
    from depositary.correspondence.circulation.dispatch import circulate_edition
    from depositary.correspondence.mail.post_office import carrier_of, sender_of

    with progress("letters") as passed:
        return circulate_edition(
            here.store,
            here.own,
            kept,
            here.seal,
            carrier_of(here.settings),
            sender_of(here.settings),
            doing,
            passed=passed,
        )


def _present(here: CirculationOffice, year: int) -> "KeptEdition | None":
    return next((one for one in reversed(here.kept(year)) if one.state != "withdrawn"), None)


def _new(here: CirculationOffice, year: int, on: Any, known_at: Any, contracting: bool, in_clear_by: str) -> "Edition":
    from depositary.correspondence.circulation.preparation import new_edition

    edition = new_edition(
        here.own,
        here.kept(),
        CONVENTION,
        year,
        on or clock.today(),
        known_at or clock.now(),
        contracting=contracting,
        in_clear_by=in_clear_by,
    )
    if not edition.parties:
        raise BadInput([f"On {edition.on.isoformat()} there is no party to circulate to. Nothing was done."])
    return edition


def _decide(here: CirculationOffice, year: int, approve: str, withdraw: str, doing: "Doing") -> None:
    from depositary.correspondence.circulation import decisions

    present = _present(here, year)
    if present is None:
        raise BadInput([f"{year}: there is no edition of this year"])
    check_officer(here.store, doing.by)
    if approve:
        kept = decisions.approve(here.store, here.own, present.name, present.edition.digest, approve, here.seal, doing)
        print(f"Edition {kept.name} is approved. `depositary circulate {year}` sends it.", file=sys.stderr)
    elif withdraw:
        kept = decisions.withdraw(here.store, present.name, withdraw, here.seal, doing)
        print(f"Edition {kept.name} is withdrawn.", file=sys.stderr)
    else:
        kept = decisions.close(here.store, present.name, here.seal, doing)
        print(f"Edition {kept.name} is closed.", file=sys.stderr)


def _dry_run(
    here: CirculationOffice, year: int, on: Any, known_at: Any, contracting: bool, in_clear_by: str, out: Path | None
) -> None:
    """Writes the letters that would be sent. It makes an existing edition again, and says whether the two are equal."""
    from depositary.correspondence.circulation.rehearsal import differing, rehearse
    from depositary.correspondence.mail.post_office import sender_of

    present = _present(here, year)
    edition = present.edition if present else _new(here, year, on, known_at, contracting, in_clear_by)
    folder = out or here.settings.home.resolve() / "circulation" / edition.name.replace("/", "-")
    number = rehearse(here.own, edition, here.kept(), folder, sender_of(here.settings))
    print(f"{folder}: {number} letters and the files of the list. Nothing was sent.", file=sys.stderr)
    if present and (names := differing(here.own, edition, here.kept())):
        print(f"Not as they were when the edition was prepared: {', '.join(names)}.", file=sys.stderr)
        raise typer.Exit(THE_ANSWER_IS_NO)
    if present:
        print("The list and its files are byte for byte those of the edition.", file=sys.stderr)


def _say_prepared(here: CirculationOffice, kept: "KeptEdition") -> None:
    edition = kept.edition
    manners = {one: sum(each.manner == one for each in edition.recipients) for one in ("encrypted", "clear", "notice")}
    print(f"Edition {kept.name}, as of {edition.on.isoformat()}, was prepared by {kept.prepared_by}.", file=sys.stderr)
    print(
        f"{len(edition.recipients)} letters: {manners['encrypted']} encrypted, {manners['clear']} in clear, "
        f"{manners['notice']} without the list, for want of a certificate.",
        file=sys.stderr,
    )
    if edition.lacking:
        print(f"Without an address: {', '.join(edition.lacking)}.", file=sys.stderr)
    staffed = is_for_the_desk(here.store)
    where = "at the desk" if staffed else f"with `depositary circulate {edition.year} --approve COUNT --by NAME`"
    print(f"A second person approves it {where}; nothing is sent before.", file=sys.stderr)


def _say_sent(here: CirculationOffice, kept: "KeptEdition", summary: "Summary") -> None:
    from depositary.correspondence.mail.steps import counts, for_a_person, letters

    with here.store.session() as session:
        posted = letters(session, here.seal, kept.name)
    if summary.elsewhere:
        print("Another run is sending at this moment; this one did nothing.", file=sys.stderr)
    if summary.stopped:
        print(summary.stopped, file=sys.stderr)
    told = ", ".join(f"{number} {state}" for state, number in sorted(counts(posted).items()))
    print(f"Edition {kept.name}: {len(posted)} letters: {told}.", file=sys.stderr)
    again = [one.steps[-1].again_at for one in posted if one.state == "deferred" and one.steps[-1].again_at]
    if again:
        print(f"The next is tried again from {min(again).isoformat()} on.", file=sys.stderr)
    if summary.stopped or for_a_person(posted):
        raise typer.Exit(THE_ANSWER_IS_NO)


LIST_COLUMNS = ("edition", "copy", "participant", "manner", "state", "at", "said")


def _list(here: CirculationOffice, year: int, format_: str) -> None:
    from depositary.correspondence.mail.steps import letters, said_openly

    rows = []
    kept = here.kept(year)
    for circulation in kept:
        with here.store.session() as session:
            posted = {each.recipient: each for each in letters(session, here.seal, circulation.name)}
        for to in circulation.edition.recipients:
            letter = posted.get(to.participant)
            rows.append(
                {
                    "edition": circulation.name,
                    "copy": to.copy,
                    "participant": to.participant,
                    "manner": to.manner,
                    "state": letter.state if letter else circulation.state,
                    "at": (
                        letter.steps[-1].done_at if letter and letter.steps else circulation.prepared_at
                    ).isoformat(),
                    "said": said_openly(letter) if letter else "",
                }
            )
    if format_ == "json":
        editions = [{**one.signed, "state": one.state, "digest": one.edition.digest} for one in kept]
        output.write_json({"year": year, "editions": editions, "copies": rows})
    elif format_ == "csv":
        output.write_csv(LIST_COLUMNS, rows)
    else:
        output.rows([f"Edition {one.name}: {one.state}" for one in kept], LIST_COLUMNS[1:], rows)
