"""The registers of authorities from the command line, with the desk's rules.

Only a person with the right reads protected fields, and the reading is noted. A change is proposed, and a second
person approves it at the desk.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from depositary import clock
from depositary.cli import output
from depositary.cli.options import (
    KnownAt,
    On,
    OutputFormat,
    code_of,
    open_collection,
    open_store,
    open_to_read,
)
from depositary.errors import BadInput
from depositary.law.clauses import CONVENTION
from depositary.law.dates import parse_date
from depositary.settings import Settings, load_settings
from depositary.treaties.collection import Collection

if TYPE_CHECKING:
    from depositary.authorities.designations import Function, Visibility
    from depositary.authorities.lists import AuthorityList
    from depositary.authorities.store import ContactStore
    from depositary.law.effects import Effects

contacts = typer.Typer(no_args_is_help=True, help="The registers of authorities.")

FunctionName = Literal["point-of-contact", "central-authority", "extradition-authority", "prevention-authority"]
SeenBy = Annotated[
    Literal["public", "parties", "secretariat"], typer.Option("--seen-by", help="How much of each authority.")
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Your account: it must have the right, and it is noted.")]
Of = Annotated[FunctionName, typer.Argument(metavar="FUNCTION", help="point-of-contact, central-authority, …")]


@contextmanager
def registers(settings: Settings) -> "Iterator[ContactStore]":
    """The registers of the settings, created and brought up to date where they are not."""
    from depositary.authorities.store import ContactStore

    store = ContactStore(settings.contacts, settings.keys)
    try:
        store.migrate()
        yield store
    finally:
        store.close()


@contacts.command("list")
def list_(
    function: Of,
    on: On = None,
    known_at: KnownAt = None,
    seen_by: SeenBy = "public",
    by: By = "",
    format_: OutputFormat = "table",
    file: Annotated[Path | None, typer.Option(help="Write a file instead: .csv .xlsx .vcf .json .pdf.")] = None,
    language: Annotated[str, typer.Option(help="Of a file: en, fr, es, ru, ar or zh.")] = "en",
) -> None:
    """The authorities of a function on a day, as it was known at a moment."""
    settings = load_settings()
    with registers(settings) as store:
        listed = _listed(settings, store, function, on or clock.today(), known_at, seen_by)
    _noted(settings, by, seen_by, f"list of {listed.function} on {listed.on}, {seen_by}, SHA-256 {listed.digest}")
    if file:
        _write(file, listed, settings, language)
    elif format_ == "json":
        print(listed.content, end="")
    else:
        rows = [line.texts | {"confirmed_at": line.confirmed_at.isoformat()} for line in listed.lines]
        if format_ == "csv":
            output.write_csv((*listed.columns, "confirmed_at"), rows)
        for row in rows if format_ == "table" else ():
            reach = "  ".join(filter(None, (row.get("telephones"), row.get("email"))))
            print(f"{row['participant']:4} {row['authority']}  {row['languages']}  {reach}".rstrip())


@contacts.command()
def show(
    code: Annotated[str, typer.Argument(metavar="PARTICIPANT")],
    on: On = None,
    known_at: KnownAt = None,
    seen_by: SeenBy = "public",
    by: By = "",
) -> None:
    """One participant's authorities on a day, field by field, as JSON."""
    from depositary.authorities.designations import FUNCTIONS
    from depositary.authorities.lists import authority_list

    settings = load_settings()
    code = code_of(open_collection(settings), code, on)
    with registers(settings) as store:
        entries = store.entries(code)
    _noted(settings, by, seen_by, f"{code}: {seen_by}")
    day, at = on or clock.today(), known_at or clock.now()
    output.write_json(
        [
            line.texts | {"entry": line.number, "confirmed_at": line.confirmed_at.isoformat()}
            for function in FUNCTIONS
            for line in authority_list(entries, function, day, at, seen_by).lines
        ]
    )


@contacts.command()
def diff(
    function: Of,
    before: Annotated[str, typer.Argument(metavar="FROM")],
    after: Annotated[str, typer.Argument(metavar="TO")],
    known_at: KnownAt = None,
    seen_by: SeenBy = "public",
    by: By = "",
) -> None:
    """What became different in a list between two days, as JSON."""
    from depositary.authorities.lists import difference

    settings = load_settings()
    days = [_day(text) for text in (before, after)]
    with registers(settings) as store:
        earlier, later = (_listed(settings, store, function, day, known_at, seen_by) for day in days)
    _noted(settings, by, seen_by, f"difference between {days[0]} and {days[1]}, {seen_by}")
    output.write_json(
        [
            {
                "participant": each.participant,
                "authority": each.authority,
                "what": each.what,
                "fields": {name: {"before": old, "after": new} for name, old, new in each.fields},
            }
            for each in difference(earlier, later)
        ]
    )


@contacts.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv")],
    by: By = "",
    missions: Annotated[bool, typer.Option("--missions", help="The file has permanent missions.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file, propose nothing.")] = False,
) -> None:
    """Proposes the authorities, or the missions, of a file: all, or none. A second person approves them at the desk."""
    from depositary.authorities.designations_csv import read_designations
    from depositary.authorities.entries import AuthorityEntry
    from depositary.authorities.missions_csv import read_missions
    from depositary.authorities.proposals import propose_all

    settings, at = load_settings(), clock.now()
    known, today = open_collection(settings).gazetteer, clock.today()
    faults: list[str] = []
    entries = (
        [
            AuthorityEntry(0, "mission", mission.participant, at, by, mission=mission)
            for mission in read_missions(file, known, today, faults)
        ]
        if missions
        else [
            AuthorityEntry(0, "designation", designation.participant, at, by, designation)
            for designation in read_designations(file, known, today, faults)
        ]
    )
    if faults:
        raise BadInput(faults)
    if dry_run:
        print(f"{file.name}: {len(entries)} rows, no fault. Nothing was proposed.", file=sys.stderr)
        return
    _officer(settings, by)
    with registers(settings) as store:
        propose_all(store, f"{file.name} {at.isoformat()}", entries, by, at)
    _note(settings, by, "contacts proposed", f"{file.name}: {len(entries)} rows")
    print(f"{len(entries)} proposals await a second person at the desk. Nothing is recorded yet.", file=sys.stderr)


@contacts.command()
def obligations(on: On = None, format_: OutputFormat = "table") -> None:
    """What each participant owes the depositary, and whether it was furnished."""
    from depositary.authorities.obligations import board

    settings, day = load_settings(), on or clock.today()
    with registers(settings) as kept:
        found = board(_effects(settings, open_collection(settings), day), kept.entries(), day)
    rows = [
        {
            "participant": code,
            "provision": obligation.duty.provision,
            "when": obligation.duty.when,
            "since": obligation.since.isoformat() if obligation.since else "",
            "state": obligation.state,
        }
        for code, owes in found.items()
        for obligation in owes
    ]
    if format_ == "json":
        output.write_json(rows)
    elif format_ == "csv":
        output.write_csv(("participant", "provision", "when", "since", "state"), rows)
    for row in rows if format_ == "table" else ():
        print(f"{row['participant']:4} {row['provision']:10} {row['state']:13} {row['since']:10} {row['when']}")


def _listed(
    settings: Settings,
    kept: "ContactStore",
    function: str,
    on: date,
    known_at: "datetime | None",
    seen_by: "Visibility",
) -> "AuthorityList":
    """The list of a function, without former parties."""
    from depositary.authorities.entitlement import left
    from depositary.authorities.lists import authority_list

    name: Function = function.replace("-", " ")  # type: ignore[assignment]
    collection = open_collection(settings)
    here = frozenset(collection.participants) - left(_effects(settings, collection, on), on)
    return authority_list(kept.entries(), name, on, known_at or clock.now(), seen_by, here)


def _effects(settings: Settings, collection: Collection, on: date) -> "Effects":
    from depositary.web.known import Known

    with open_to_read(settings) as store:
        return Known(collection, store.entries).effects(CONVENTION, on)


def _write(file: Path, listed: "AuthorityList", settings: Settings, code: str) -> None:
    from depositary.authorities.list_files import MEDIA_TYPES, as_file
    from depositary.words import language
    from depositary.words.languages import AVAILABLE

    kind = file.suffix.removeprefix(".")
    if kind not in MEDIA_TYPES:
        raise BadInput([f"{file}: no such form; allowed: {', '.join(f'.{each}' for each in MEDIA_TYPES)}"])
    if code not in AVAILABLE:
        raise BadInput([f"--language {code}: allowed: {', '.join(AVAILABLE)}"])
    content = as_file(listed, kind, language(code), open_collection(settings).participants)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
    print(f"{file}: {len(listed.lines)} authorities, SHA-256 of the list {listed.digest}", file=sys.stderr)


def _noted(settings: Settings, by: str, seen_by: str, about: str) -> None:
    """Notes that a person with the right reads protected fields. Raises BadInput for anybody else."""
    if seen_by != "public":
        _officer(settings, by)
        _note(settings, by, "contacts read", about)


def _officer(settings: Settings, by: str) -> None:
    """Raises BadInput for a name whose account lacks the right."""
    from depositary.desk.accounts import account

    with open_to_read(settings) as store, store.session() as session:
        person = account(session, by)
    if person is None or not person.may("contacts"):
        raise BadInput([f"--by {by!r}: this account may not read or change the registers of authorities"])


def _note(settings: Settings, by: str, what: str, about: str) -> None:
    from depositary.desk.audit import Doing, log

    with open_store(settings) as store, registers(settings) as own:
        store.last_lines["contacts"] = own.last_line
        with store.session(writing=True) as session:
            log(session, Doing(by, clock.now(), "the command line"), what, about)


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError as fault:
        raise BadInput([f"{text!r}: {fault}"]) from None
