"""The commands that write one entry, after showing what it would do: `record`, `rectify`, `strike`, `note`."""

import getpass
import sys
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from depositary import clock
from depositary.cli import output
from depositary.cli.cases import is_for_the_desk, submit
from depositary.cli.options import Treaty, date_option, instant_option, open_collection, open_to_record, supposed_act
from depositary.errors import BadInput, DepositaryError
from depositary.law.acts import COLUMNS, Act, row_of
from depositary.law.clauses import CONVENTION
from depositary.register.entry import Entry, Receipt, acts_of, as_known
from depositary.settings import load_settings
from depositary.treaties.collection import Collection
from depositary.treaties.competence import declaration_of_competence
from depositary.treaties.csv_files import field_fault
from depositary.treaties.supposition import compare, last_day
from depositary.words import language

if TYPE_CHECKING:
    from depositary.desk.case_content import CaseContent, Item

CHECKS = ("capacity", "undertaking", "original", "language")
"""What is checked of an instrument, as `desk.case_content` has it, whose import takes long."""

ActArgument = Annotated[
    str, typer.Argument(metavar='"DATE CODE ACTION"', help='The act, as "2026-11-20 GHA signature".')
]
EntryArgument = Annotated[int, typer.Argument(metavar="ENTRY", min=1, help="The entry's number.")]
By = Annotated[str, typer.Option("--by", help="Who records; the name you are signed in with.")]
Key = Annotated[str, typer.Option(help="A key of your own: the same call under it is carried out once.")]
Reason = Annotated[str, typer.Option(help="Why.")]
Documents = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        metavar="[KIND:]FILE",
        help='A scan to attach, as note.pdf or "full powers:powers.pdf"; repeatable.',
    ),
]
TextFile = Annotated[
    Path | None, typer.Option("--text", metavar="FILE", exists=True, dir_okay=False, help="The act's text, as a file.")
]
Competence = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", exists=True, dir_okay=False, help="An organization's declaration of competence, as a file."
    ),
]
Signer = Annotated[str, typer.Option(help="Who signed the instrument: name and title.")]
PowersUntil = Annotated[date | None, date_option("--powers-until", "The last day of the signer's full powers.")]
Remark = Annotated[str, typer.Option(help="A remark for the second person.")]
Checks = Annotated[
    list[str] | None,
    typer.Option("--check", metavar="CHECK=yes|no", help=f"What was checked: {', '.join(CHECKS)}; repeatable."),
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
    text: TextFile = None,
    competence: Competence = None,
    on_instrument: OnInstrument = None,
    received: Received = None,
    determined_by: DeterminedBy = "",
    grounds: Grounds = "",
    document: Documents = None,
    signer: Signer = "",
    powers_until: PowersUntil = None,
    remark: Remark = "",
    check: Checks = None,
    anyway: Anyway = False,
) -> None:
    """Records one act, having said what was understood, examined it and said what it changes."""
    from depositary.desk.case_content import Item
    from depositary.register import recording

    settings = load_settings()
    collection = open_collection(settings)
    new = _act(act, treaty, text, collection)
    declared = _competence(new, competence, collection)
    receipt, scans = _receipt(on_instrument, received, determined_by, grounds), _read(document)
    for each in filter(None, (declared, new)):
        _say(f"understood: {_in_words(each, collection)}")
    with open_to_record(settings) as store:
        _examine(new, store.entries(), collection, anyway=anyway)
        if is_for_the_desk(store):
            items = tuple(Item(each) for each in (declared, new) if each)
            content = _case(items, receipt, signer, powers_until, remark, check)
            submit(store, content, _who(by), documents=scans, key=key)
            return
        _refuse_for_a_case(signer, powers_until, remark, check)
        contents = [content for _, _, content in scans]
        entry = recording.record(
            new, _who(by), clock.now(), store, receipt=receipt, documents=contents, key=key, after=declared
        )
    _say(f"Recorded as entry {entry.number}.")


def rectify(
    entry: EntryArgument,
    act: ActArgument,
    reason: Reason,
    treaty: Treaty = CONVENTION,
    by: By = "",
    key: Key = "",
    text: TextFile = None,
    on_instrument: OnInstrument = None,
    received: Received = None,
    determined_by: DeterminedBy = "",
    grounds: Grounds = "",
    document: Documents = None,
    signer: Signer = "",
    powers_until: PowersUntil = None,
    remark: Remark = "",
    check: Checks = None,
    anyway: Anyway = False,
) -> None:
    """Records the act that takes the place of an entry's; the old entry stays, and stays visible."""
    from depositary.desk.case_content import Item
    from depositary.register import recording

    settings = load_settings()
    collection = open_collection(settings)
    new = _act(act, treaty, text, collection)
    receipt, scans = _receipt(on_instrument, received, determined_by, grounds), _read(document)
    _say(f"understood: {_in_words(new, collection)}")
    with open_to_record(settings) as store:
        _examine(new, store.entries(), collection, instead_of=entry, anyway=anyway)
        if is_for_the_desk(store):
            content = _case((Item(new, entry, reason),), receipt, signer, powers_until, remark, check)
            submit(store, content, _who(by), documents=scans, key=key)
            return
        _refuse_for_a_case(signer, powers_until, remark, check)
        made = recording.rectify(
            entry,
            new,
            _who(by),
            clock.now(),
            store,
            reason=reason,
            receipt=receipt,
            documents=[content for _, _, content in scans],
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
    """Prints what an act effects and what is irregular. Raises DepositaryError for an act without effect."""
    words, today = language(), clock.today()
    new = replace(act, number=len(entries) + 1)
    standing, removed = acts_of(as_known(entries)), {instead_of} if instead_of else set[int]()
    compared = compare(collection, standing, act.treaty, [new], last_day([act], today), removed)
    late = compared.in_the_future(today)
    for found in (*compared.irregularities, *late):
        _say(f"{found.severity}: {words.irregularity(found, collection.participants)}")
    for found in compared.elsewhere:
        _say(output.irregular_elsewhere(found, words, collection.participants))
    for change in output.change_rows(compared.before, compared.after, compared.on):
        _say(f"changes: {output.change_in_words(change)}")
    if late:
        raise DepositaryError("Nothing was recorded: an act is recorded when it is done.")
    if any(found.severity == "refused" for found in compared.irregularities) and not anyway:
        raise DepositaryError("Nothing was recorded: the act has no legal effect. --anyway records it, and shows why.")


def _receipt(on_instrument: date | None, received: datetime | None, by: str, grounds: str) -> Receipt | None:
    given: tuple[Any, ...] = (on_instrument, received, by, grounds)
    return Receipt(*given) if any(given) else None


def _act(described: str, treaty: str, text: Path | None, collection: Collection) -> Act:
    """The act that is described, with its text from a file where one is named. Raises BadInput."""
    act = supposed_act(described, 0, treaty, collection, called="ACT")
    return replace(act, text=_text_in(text)) if text else act


def _competence(act: Act, file: Path | None, collection: Collection) -> Act | None:
    """An organization's declaration of competence, from a file; None where none is named. Raises BadInput."""
    if file is None:
        return None
    if act.participant not in collection.participants.organizations:
        raise BadInput([f"--competence {file}: {act.participant} is not a regional economic integration organization"])
    return declaration_of_competence(act, _text_in(file), collection.treaties[act.treaty])


def _text_in(file: Path) -> str:
    """The text of a file. Raises BadInput for one that is not UTF-8, too long, or has signs that no text may have."""
    try:
        text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8")).strip()
    except UnicodeDecodeError:
        raise BadInput([f"{file}: is not UTF-8"]) from None
    if fault := field_fault("text", text):
        raise BadInput([f"{file}: {fault}"])
    return text


def _in_words(act: Act, collection: Collection) -> str:
    """An act as it was understood: its day, its participant, its treaty, and each of its other columns."""
    words = language()
    name = words.name(collection.participants, act.participant, act.date) if act.participant else ""
    line = words.act_line(act, f"{name} ({act.participant})" if name else "")
    row = row_of(act)
    more = (f"{column}={row[column]}" for column in COLUMNS[4:] if row[column])
    return "; ".join((line, f"{act.treaty} {words.treaty(collection.treaties[act.treaty])}", *more))


def _case(
    items: "tuple[Item, ...]",
    receipt: Receipt | None,
    signer: str,
    powers_until: date | None,
    remark: str,
    checked: list[str] | None,
) -> "CaseContent":
    """The content of a case. Raises BadInput for a check that there is not."""
    from depositary.desk.case_content import CaseContent, Check

    found: dict[str, Check] = dict.fromkeys(CHECKS, "")
    for text in checked or ():
        name, _, said = text.partition("=")
        if name not in found or said not in ("yes", "no"):
            raise BadInput([f"--check {text!r}: allowed: {', '.join(CHECKS)}, each with =yes or =no"])
        found[name] = said  # type: ignore[assignment]
    checks = tuple(found.values())
    return CaseContent(items, receipt, checks=checks, signer=signer, remark=remark, powers_until=powers_until)


def _refuse_for_a_case(*given: str | date | list[str] | None) -> None:
    """Raises BadInput for what only a case keeps."""
    if any(given):
        raise BadInput(
            ["--signer, --powers-until, --remark and --check are kept in a case, and the desk has no accounts yet"]
        )


def _read(documents: list[str] | None) -> list[tuple[str, str, bytes]]:
    """The scans that are named: the kind of each, the name of its file, and its content."""
    from depositary.desk.case_content import DOCUMENT_KINDS

    found = []
    for named in documents or ():
        kind, _, rest = named.partition(":")
        known = kind in DOCUMENT_KINDS[:-1] and bool(rest)
        path = Path(rest if known else named)
        found.append((kind if known else DOCUMENT_KINDS[0], path.name[-80:], path.read_bytes()))
    return found


def _who(by: str) -> str:
    return by or getpass.getuser()


def _say(line: str) -> None:
    print(line, file=sys.stderr)
