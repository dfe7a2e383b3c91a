"""The commands that write one entry, after showing what it would do: `record`, `rectify`, `strike`, `note`."""

import getpass
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from depositary import clock
from depositary.cli import output
from depositary.cli.cases import is_for_the_desk, submit
from depositary.cli.options import Treaty, date_option, instant_option, open_collection, open_to_record, supposed_act
from depositary.errors import BadInput, DepositaryError
from depositary.law.acts import Act
from depositary.law.clauses import CONVENTION
from depositary.register.entry import Entry, Receipt, acts_of, as_known
from depositary.settings import load_settings
from depositary.treaties.collection import Collection
from depositary.treaties.supposition import compare, last_day
from depositary.words import language

ActArgument = Annotated[
    str, typer.Argument(metavar='"DATE CODE ACTION"', help='The act, as "2026-11-20 GHA signature".')
]
EntryArgument = Annotated[int, typer.Argument(metavar="ENTRY", min=1, help="The entry's number.")]
By = Annotated[str, typer.Option("--by", help="Who records; the name you are signed in with.")]
Key = Annotated[str, typer.Option(help="A key of your own: the same call under it is carried out once.")]
Reason = Annotated[str, typer.Option(help="Why.")]
Documents = Annotated[
    list[Path] | None, typer.Option("--document", metavar="FILE", help="A scan to attach; repeatable.")
]
OnInstrument = Annotated[date | None, date_option("--on-instrument", "The date the instrument itself bears.")]
Received = Annotated[datetime | None, instant_option("--received", "When it arrived, with the clock's offset.")]
DeterminedBy = Annotated[str, typer.Option(help="Who determined the date of the act.")]
Grounds = Annotated[str, typer.Option(help="Why that date.")]
Anyway = Annotated[bool, typer.Option("--anyway", help="Record it although it has no legal effect.")]


def record(
    act: ActArgument,
    treaty: Treaty = CONVENTION,
    by: By = "",
    key: Key = "",
    on_instrument: OnInstrument = None,
    received: Received = None,
    determined_by: DeterminedBy = "",
    grounds: Grounds = "",
    document: Documents = None,
    anyway: Anyway = False,
) -> None:
    """Records one act, having examined it and said what it changes."""
    from depositary.desk.case_content import CaseContent, Item
    from depositary.register import recording

    settings = load_settings()
    collection = open_collection(settings)
    new = supposed_act(act, 0, treaty, collection, called="ACT")
    receipt = _receipt(on_instrument, received, determined_by, grounds)
    with open_to_record(settings) as store:
        _examine(new, store.entries(), collection, anyway=anyway)
        if is_for_the_desk(store):
            submit(store, CaseContent((Item(new),), receipt), _who(by), documents=_read(document), key=key)
            return
        entry = recording.record(new, _who(by), clock.now(), store, receipt=receipt, documents=_read(document), key=key)
    _say(f"Recorded as entry {entry.number}.")


def rectify(
    entry: EntryArgument,
    act: ActArgument,
    reason: Reason,
    treaty: Treaty = CONVENTION,
    by: By = "",
    key: Key = "",
    on_instrument: OnInstrument = None,
    received: Received = None,
    determined_by: DeterminedBy = "",
    grounds: Grounds = "",
    document: Documents = None,
    anyway: Anyway = False,
) -> None:
    """Records the act that takes the place of an entry's; the old entry stays, and stays visible."""
    from depositary.desk.case_content import CaseContent, Item
    from depositary.register import recording

    settings = load_settings()
    collection = open_collection(settings)
    new = supposed_act(act, 0, treaty, collection, called="ACT")
    receipt = _receipt(on_instrument, received, determined_by, grounds)
    with open_to_record(settings) as store:
        _examine(new, store.entries(), collection, instead_of=entry, anyway=anyway)
        if is_for_the_desk(store):
            item = Item(new, entry, reason)
            submit(store, CaseContent((item,), receipt), _who(by), documents=_read(document), key=key)
            return
        made = recording.rectify(
            entry,
            new,
            _who(by),
            clock.now(),
            store,
            reason=reason,
            receipt=receipt,
            documents=_read(document),
            key=key,
        )
    _say(f"Entry {entry} is rectified by entry {made.number}.")


def strike(entry: EntryArgument, reason: Reason, by: By = "", key: Key = "") -> None:
    """Strikes an entry out: it stays, and no longer counts."""
    from depositary.desk.case_content import CaseContent, Item
    from depositary.register import recording

    with open_to_record(load_settings()) as store:
        if is_for_the_desk(store):
            if not 0 < entry <= (size := head.size if (head := store.head()) else 0):
                raise BadInput([f"There is no entry {entry}; the register has {size}. No case was made."])
            submit(store, CaseContent((Item(None, entry, reason),)), _who(by), key=key)
            return
        made = recording.strike_out(entry, _who(by), clock.now(), store, reason=reason, key=key)
    _say(f"Entry {entry} is struck out by entry {made.number}.")


def note(
    entry: EntryArgument,
    reference: Annotated[str, typer.Option(help="The C.N., as C.N.12.2027.TREATIES-XVIII.16.")] = "",
    notified: Annotated[date | None, date_option("--notified", "The date of the notification.")] = None,
    published: Annotated[date | None, date_option("--published", "The date of publication.")] = None,
    by: By = "",
    key: Key = "",
) -> None:
    """Records when an entry was notified or published."""
    from depositary.register import recording

    with open_to_record(load_settings()) as store:
        made = recording.note(
            entry,
            _who(by),
            clock.now(),
            store,
            reference=reference,
            notified_on=notified,
            published_on=published,
            key=key,
        )
    _say(f"Noted of entry {entry}, by entry {made.number}.")


def _examine(
    act: Act, entries: list[Entry], collection: Collection, *, instead_of: int | None = None, anyway: bool
) -> None:
    """Prints the effects and irregularities of an act. Raises DepositaryError for an act without effect."""
    words, today = language(), clock.today()
    new = replace(act, number=len(entries) + 1)
    standing, removed = acts_of(as_known(entries)), {instead_of} if instead_of else set[int]()
    compared = compare(collection, standing, act.treaty, [new], last_day([act], today), removed)
    late = compared.in_the_future(today)
    for found in (*compared.irregularities, *late):
        _say(f"{found.severity}: {words.irregularity(found, collection.participants)}")
    for change in output.change_rows(compared.before, compared.after, compared.on):
        _say(f"changes: {output.change_in_words(change)}")
    if late:
        raise DepositaryError("Nothing was recorded: an act is recorded when it is done.")
    if any(found.severity == "refused" for found in compared.irregularities) and not anyway:
        raise DepositaryError("Nothing was recorded: the act has no legal effect. --anyway records it, and shows why.")


def _receipt(on_instrument: date | None, received: datetime | None, by: str, grounds: str) -> Receipt | None:
    given: tuple[Any, ...] = (on_instrument, received, by, grounds)
    return Receipt(*given) if any(given) else None


def _read(documents: list[Path] | None) -> list[bytes]:
    return [path.read_bytes() for path in documents or ()]


def _who(by: str) -> str:
    return by or getpass.getuser()


def _say(line: str) -> None:
    print(line, file=sys.stderr)
