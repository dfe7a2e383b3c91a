"""The commands that prove and keep the register: `verify`, `head`, `dump`, `backup`, `restore`, `keys`, `history`."""

import json
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from depositary.cli import output
from depositary.cli.options import OutputFormat, open_store, open_to_read
from depositary.errors import BadInput
from depositary.register.canonical import instant
from depositary.register.entry import Entry, history_of
from depositary.register.heads import Head, head_of
from depositary.settings import load_settings

keys = typer.Typer(no_args_is_help=True, help="The keys that sign the register's head.")

THE_ANSWER_IS_NO = 1

Outside = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A head kept outside, as `head` prints it: it finds a register written anew."),
]


def verify(
    head: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A head kept outside, as `head` prints it: finds a register written anew."),
    ] = None,
    format_: OutputFormat = "table",
) -> None:
    """Checks the register and all that stands beside it: chains, tree, signatures; names what does not hold."""
    from depositary.authorities.store import ContactStore
    from depositary.authorities.verification import is_there, verify_authorities
    from depositary.register.side_tables import verify_side_tables
    from depositary.register.verification import verify_register

    outside, settings = _head_in(head) if head else None, load_settings()
    with open_to_read(settings) as store:
        found = verify_register(store, outside)
        beside = verify_side_tables(store) if found.first_bad is None else None
        own = None
        if beside and is_there(settings.contacts):
            with closing(ContactStore(settings.contacts, settings.keys)) as contacts:
                own = verify_authorities(contacts, store)
    faults, remarks, checked = list(found.faults), list[str](), {"entries": found.size}
    for more in (beside, own):
        faults += more.faults if more else ()
        remarks += more.remarks if more else ()
        checked |= more.checked if more else {}
    told = {
        "holds": not faults,
        "entries": found.size,
        "root": found.root,
        "first_bad": found.first_bad,
        "faults": faults,
        "remarks": remarks,
        "checked": checked,
    }
    if format_ == "json":
        output.write_json(told)
    elif format_ == "csv":
        output.write_csv(("holds", "entries", "root", "first_bad", "faults"), [told | {"faults": "; ".join(faults)}])
    else:
        for line in (*faults, *remarks):
            print(line)
        print(f"Checked: {', '.join(f'{number} {what}' for what, number in checked.items())}.")
        print(f"{found.size} entries, root {found.root}: {'the register does not hold' if faults else 'all holds'}.")
    if faults:
        raise typer.Exit(THE_ANSWER_IS_NO)


def head(
    size: Annotated[
        int | None, typer.Option(min=1, help="The number of entries whose head is printed; without it, the last head.")
    ] = None,
) -> None:
    """Prints the signed head, to be kept outside: `verify --head FILE` checks the register against it."""
    with open_to_read(load_settings()) as store:
        found = store.head(size)
        public = {key.name: key.public for key in store.signing_keys()}
    if found is None:
        raise BadInput([f"there is no signed head of size {size}" if size else "the register is empty"])
    output.write_json(found.told() | {"public_key": public[found.key]})


def _head_in(path: Path) -> Head:
    try:
        return head_of(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError):
        raise BadInput([f"{path.name}: is not a head as `depositary head` prints it"]) from None


def dump(file: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None) -> None:
    """Writes the whole register as plain text with its digests, readable without this program."""
    if file is None:
        from depositary.register.dump import write_dump

        with open_to_read(load_settings()) as store:
            write_dump(store, sys.stdout)
    else:
        backup(file, all_=False)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    all_: Annotated[
        bool, typer.Option("--all", help="Everything, keys sealed, into a new folder of the folder FILE.")
    ] = False,
    keep: Annotated[int, typer.Option(min=1, help="With --all: how many backups are kept.")] = 30,
) -> None:
    """Writes the whole register to a file while it is being used; `restore` fills an empty register from it."""
    from depositary.register.dump import write_dump

    if all_:
        from depositary.cli.whole_backup import back_up_all

        back_up_all(load_settings(), file, keep)
        return
    if file.exists():
        raise BadInput([f"{file}: is there already; a backup never writes over another"])
    partial = file.with_name(f".{file.name}.partial")
    try:
        with open_to_read(load_settings()) as store, _private(partial) as out:
            number = write_dump(store, out, with_desk=True)
            out.flush()
            os.fsync(out.fileno())
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    print(
        f"{file}: {number} entries. The private keys are not in it: keep {load_settings().keys} too.", file=sys.stderr
    )


def _private(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="\n")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    head: Outside = None,
    recovery: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The recovery key: FILE is a backup of everything.")
    ] = None,
) -> None:
    """Fills an empty register from a dump or backup and checks it, against a head kept outside where there is one."""
    if recovery:
        from depositary.cli.whole_backup import restore_all

        restore_all(load_settings(), file, recovery)
        return
    from depositary.register.dump import restore_dump
    from depositary.register.verification import verify_register

    outside = _head_in(head) if head else None
    with open_store(load_settings()) as store:
        with file.open(encoding="utf-8", newline="\n") as source:
            number = restore_dump(store, source, file.name)
        found = verify_register(store, outside)
    for fault in found.faults:
        print(fault, file=sys.stderr)
    print(
        f"{file.name}: {number} entries restored, {'NOT verified' if found.faults else 'all holds'}.", file=sys.stderr
    )
    if found.faults:
        raise typer.Exit(THE_ANSWER_IS_NO)


def history(entry: Annotated[int, typer.Argument(metavar="ENTRY", min=1)], format_: OutputFormat = "table") -> None:
    """An entry, what it rectified, what rectified it, and when each was notified and published."""
    with open_to_read(load_settings()) as store:
        entries = store.entries()
    if entry > len(entries):
        raise BadInput([f"there is no entry {entry}; the register has {len(entries)}"])
    rows = [told(one) for one in history_of(entries, entry)]
    if format_ == "json":
        output.write_json(rows)
    elif format_ == "csv":
        output.write_csv(tuple(rows[0]), rows)
    else:
        for row in rows:
            print(" · ".join(f"{name} {value}" for name, value in row.items() if value not in (None, "", [])))


def told(entry: Entry) -> dict[str, Any]:
    """The data of an entry with all its dates."""
    act, receipt, notice = entry.act, entry.receipt, entry.notice
    return {
        "entry": entry.number,
        "recorded_at": instant(entry.recorded_at),
        "recorded_by": entry.recorded_by,
        "treaty": entry.treaty,
        "participant": act.participant if act else None,
        "action": act.action if act else None,
        "date": act.date.isoformat() if act else None,
        "on_instrument": receipt.on_instrument.isoformat() if receipt and receipt.on_instrument else None,
        "received_at": receipt.received_at.isoformat() if receipt and receipt.received_at else None,
        "determined_by": receipt.determined_by if receipt else None,
        "grounds": receipt.grounds if receipt else None,
        "case": receipt.case if receipt else None,
        "documents": list(entry.documents),
        "rectifies": entry.rectifies,
        "reason": entry.reason,
        "concerns": notice.concerns if notice else None,
        "notification": notice.reference if notice else None,
        "notified_on": notice.notified_on.isoformat() if notice and notice.notified_on else None,
        "published_on": notice.published_on.isoformat() if notice and notice.published_on else None,
    }


@keys.command("list")
def list_keys() -> None:
    """The public keys, in the order in which they came."""
    with open_to_read(load_settings()) as store:
        rows = [
            {"key": key.name, "public": key.public, "since": key.since, "vouched_by": key.vouched_by or None}
            for key in store.signing_keys()
        ]
    output.write_json(rows)


@keys.command()
def renew(
    name: Annotated[Literal["desk", "mail", "contacts", "alerts"], typer.Argument(help="What the key seals.")],
    lost: Annotated[bool, typer.Option("--lost", help="The key is lost: what was sealed with it stays shut.")] = False,
) -> None:
    """Seals with a new key from now on; the keys before it still open what they sealed."""
    from depositary.register.seal import Seal

    path = load_settings().keys / f"{name}.key"
    Seal(path.parent, path.name).renew(lost=lost)
    print(f"{path}: a new key seals from now on. Keep a copy of the file apart.", file=sys.stderr)


@keys.command()
def rotate(
    lost: Annotated[
        bool, typer.Option("--lost", help="The present key is lost; nothing vouches for the new one.")
    ] = False,
) -> None:
    """Makes a new key. The present one vouches for it, and stays known for the heads it signed."""
    with open_store(load_settings()) as store, store.recording() as recording:
        made = recording.rotate(lost=lost)
    print(f"{made.name}: signs from {made.since} entries on.", file=sys.stderr)


@keys.command()
def recovery(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Makes the recovery key that `backup --all` seals keys to: FILE opens them, and is kept away from every server."""
    from depositary.register.recovery import make_recovery_key

    make_recovery_key(load_settings().keys, file)
    print(f"{file}: take it away from this machine, and keep a second copy elsewhere.", file=sys.stderr)
