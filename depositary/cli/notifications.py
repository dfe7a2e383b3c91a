"""The commands of depositary notifications: `notify draft`, `issue`, `series`, `pdf`, `send`, `list`."""

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from depositary import clock
from depositary.cli import output
from depositary.cli.options import OutputFormat, open_collection, open_store, open_to_read
from depositary.errors import BadInput, Sentence
from depositary.settings import load_settings
from depositary.words import AVAILABLE, language

if TYPE_CHECKING:
    from depositary.correspondence.notifications.event import Event
    from depositary.desk.audit import Doing
    from depositary.register.store import Store
    from depositary.treaties.collection import Collection

notify = typer.Typer(no_args_is_help=True, help="Depositary notifications: draft, issue, PDF, send, list.")

EntryNumber = Annotated[int, typer.Argument(metavar="ENTRY", min=1, help="The number of the entry it follows from.")]
Reference = Annotated[str, typer.Argument(metavar="C.N.", help="Its reference, as C.N.12.2027.TREATIES-XVIII.16.")]
Lang = Annotated[str, typer.Option("--language", metavar="CODE", help="One of en fr es ru ar zh.")]
KindOption = Annotated[str, typer.Option("--kind", help="Which, where several follow from the entry; all.")]
By = Annotated[str, typer.Option("--by", help="The account that issues: one that may release.")]
Out = Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Where to; standard output.")]

LIST = ("reference", "issued_on", "treaty", "kind", "participant", "entry")


@notify.command()
def draft(entry: EntryNumber, kind: KindOption = "", lang: Lang = "en", format_: OutputFormat = "table") -> None:
    """Shows the notifications that follow from an entry, as they would be issued today."""
    from depositary.correspondence.notifications.draft import draft as drafted
    from depositary.correspondence.notifications.paragraphs import Issue

    settings, words = load_settings(), language(_language(lang))
    collection = open_collection(settings)
    with open_to_read(settings) as store:
        head = store.head()
        issue = Issue(clock.today(), "", head.size if head else 0, head.root if head else "")
        found = [drafted(event, words, issue, collection.folder) for event in _events(store, collection, entry, kind)]
    if format_ == "json":
        output.write_json([one.told() for one in found])
        return
    if format_ == "csv":
        output.write_csv(("kind", "event"), [{"kind": one.kind, "event": one.event} for one in found])
        return
    for document in found:
        print(
            f"{document.reference}\n\n{document.title}\n{document.place_and_day}\n\n{document.event}\n\n{document.opening}\n"
        )
        for paragraph in document.paragraphs:
            label = f"{paragraph.label}: " if paragraph.label else ""
            print(f"{'  - ' if paragraph.kind == 'item' else ''}{label}{paragraph.text}\n")


@notify.command("issue")
def issue_(
    entry: Annotated[int, typer.Argument(metavar="[ENTRY]", help="The number of the entry it follows from.")] = 0,
    kind: KindOption = "",
    by: By = "",
    every: Annotated[bool, typer.Option("--all", help="All that are to be issued, in their order, or none.")] = False,
) -> None:
    """Issues the notifications that follow from an entry, or all: numbers them, and notes them in the register."""
    from depositary.correspondence.notifications.issue import issue, issue_all

    if every == bool(entry):
        raise BadInput(["ENTRY: give the number of an entry, or --all"])
    settings = load_settings()
    collection = open_collection(settings)
    with open_store(settings) as store:
        doing = _officer(store, by)
        if every:
            made = issue_all(store, collection, doing, base_url=settings.base_url)
        else:
            waiting = _events(store, collection, entry, kind)
            made = [
                issue(store, collection, event.anchor, event.kind, doing, base_url=settings.base_url)
                for event in waiting
            ]
        for notification in made:
            print(notification.reference)


@notify.command("series")
def series_(
    year: Annotated[int, typer.Argument(metavar="YEAR", min=1946, max=9999)],
    first: Annotated[int, typer.Option("--first", help="Sets the number at which the notifications go on.")] = 0,
    by: By = "",
    agreed_by: Annotated[str, typer.Option("--agreed-by", metavar="NAME", help="The second person.")] = "",
) -> None:
    """Shows the numbers of a year, or sets the first one, which two persons do before the first notification."""
    from depositary.correspondence.notifications.series import agree_first, propose_first, series

    with open_store(load_settings()) as store:
        if first:
            if not by or not agreed_by:
                raise BadInput(["--by and --agreed-by: name the two persons who set the number"])
            first_person, second_person = _officer(store, by), _officer(store, agreed_by)
            with store.session(writing=True) as session:
                propose_first(session, year, first, first_person)
                agree_first(session, year, first, second_person)
        with store.session() as session:
            here = series(session, year)
    print(f"{year}: {f'next {here.last + 1}' if here.last else f'first {here.first or 1}'}")


@notify.command()
def pdf(reference: Reference, lang: Lang = "en", out: Out = None) -> None:
    """Writes an issued notification as PDF."""
    from depositary.correspondence.notifications.archive import Archive
    from depositary.correspondence.notifications.pdf import pdf_of

    code = _language(lang)
    with open_to_read(load_settings()) as store:
        notification = Archive(store).found(reference)
    if notification is None:
        raise BadInput([f"{reference[:80]}: no notification has this reference"])
    content = pdf_of(notification.document(code))
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        out.write_bytes(content)


@notify.command()
def send(reference: Reference, by: By = "", dry_run: Annotated[bool, typer.Option("--dry-run")] = False) -> None:
    """Posts an issued notification to every mission that is known, and sends what is to be sent of it."""
    from depositary.authorities.store import ContactStore
    from depositary.authorities.validity import missions
    from depositary.correspondence.mail.outbox import seal_in, send_letters
    from depositary.correspondence.mail.post_office import carrier_of, domain_of, sender_of
    from depositary.correspondence.notifications.archive import Archive
    from depositary.correspondence.notifications.dispatch import circulate_notification

    settings = load_settings()
    collection, seal = open_collection(settings), seal_in(settings.keys)
    contacts = ContactStore(settings.contacts, settings.keys)
    contacts.migrate()
    with open_store(settings) as store:
        notification = Archive(store).found(reference)
        if notification is None:
            raise BadInput([f"{reference[:80]}: no notification has this reference"])
        known, today = missions(contacts.entries()), clock.today()
        concerned = [code for code, each in collection.participants.items() if each.exists_on(today)]
        if dry_run:
            print(f"{len(known)} missions, {len(set(concerned) - set(known))} without one. Nothing was posted.")
            return
        doing = _officer(store, by)
        with store.session(writing=True) as session:
            done = circulate_notification(
                session, notification, known, concerned, seal, doing, domain=domain_of(settings)
            )
        print(f"{done.posted} posted, {done.before} before, {len(done.without)} without a mission.", file=sys.stderr)
        summary = send_letters(store, seal, carrier_of(settings), sender_of(settings), edition=notification.reference)
        for state, number in sorted(summary.done.items()):
            if number:
                print(f"{number} {state}")
        if summary.stopped or summary.elsewhere:
            print(summary.stopped or "Another run is sending; this one did nothing.", file=sys.stderr)
            raise typer.Exit(1)


@notify.command("list")
def list_(
    treaty: Annotated[str, typer.Option(help="Of this treaty; all.")] = "",
    year: Annotated[int, typer.Option(help="Of this year; all.")] = 0,
    format_: OutputFormat = "table",
) -> None:
    """Lists the notifications that were issued, the latest first."""
    from depositary.correspondence.notifications.archive import Archive

    with open_to_read(load_settings()) as store:
        found = Archive(store).listed(treaty=treaty, year=year)
    rows = [
        {
            "reference": notification.reference,
            "issued_on": notification.on.isoformat(),
            "treaty": notification.treaty,
            "kind": notification.kind,
            "participant": notification.participant,
            "entry": notification.concerns,
        }
        for notification in found
    ]
    if format_ == "json":
        output.write_json(rows)
    elif format_ == "csv":
        output.write_csv(LIST, rows)
    else:
        for row in rows:
            print(f"{row['reference']:<34} {row['issued_on']}  {row['participant'] or '-':<4} {row['kind']}")


def _language(code: str) -> str:
    if code not in AVAILABLE:
        raise BadInput([f"--language {code[:10]!r}: allowed: {', '.join(AVAILABLE)}"])
    return code


def _pending(store: "Store", collection: "Collection", treaties: Sequence[str]) -> "list[Event]":
    from depositary.correspondence.notifications.archive import issued
    from depositary.correspondence.notifications.pending import pending

    with store.session() as session:
        there = issued(session)
    return pending(collection, lambda treaty: store.entries(0, treaty), there, treaties, clock.today())


def _events(store: "Store", collection: "Collection", number: int, kind: str) -> "list[Event]":
    """What is to be issued of an entry. Raises BadInput where nothing is, Refused where it was issued already."""
    from depositary.correspondence.notifications.archive import issued
    from depositary.register.transaction import Refused

    entry = store.entry(number)
    if entry is None:
        raise BadInput([f"{number}: there is no such entry"])
    treaties = [entry.treaty] if entry.treaty in collection.treaties else []
    waiting = _pending(store, collection, treaties)
    found = [
        event
        for event in waiting
        if number in (event.anchor, *(one.number for one in event.told)) and kind in ("", event.kind)
    ]
    if found:
        return found
    with store.session() as session:
        there = [each for each in issued(session, treaty=entry.treaty) if number in (each.concerns, *each.told)]
    for notification in there:
        if kind in ("", notification.kind):
            reference, day = notification.reference, notification.on.isoformat()
            raise Refused(
                Sentence(
                    "This was notified by %(reference)s on %(date)s. Nothing was issued.", reference=reference, date=day
                )
            )
    raise BadInput([f"{number}: no notification {f'of the kind {kind!r} ' if kind else ''}follows from this entry"])


def _officer(store: "Store", by: str) -> "Doing":
    """The issuer: where the desk is staffed, an account with the right to release."""
    from depositary.desk.accounts import account, is_staffed
    from depositary.desk.audit import Doing

    with store.session() as session:
        person = account(session, by) if by else None
        if is_staffed(session) and (person is None or not person.may("release")):
            raise BadInput([f"--by {by!r}: the desk is staffed, and this account may not release"])
    return Doing(by or getpass.getuser(), clock.now(), "the command line")
