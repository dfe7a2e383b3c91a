"""The command that records the acts of a file, `import`, and the one that writes a file to fill in, `template`."""

import codecs
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from depositary import clock
from depositary.cli.cases import is_for_the_desk, submit
from depositary.cli.import_report import show
from depositary.cli.options import OutputFormat, open_collection, open_store, open_to_record
from depositary.errors import BadInput
from depositary.law.acts import Act
from depositary.settings import Settings, load_settings
from depositary.treaties.instruments_csv import iterate_acts
from depositary.treaties.interpretation import Interpretation, Means
from depositary.treaties.status_pages import is_status_page
from depositary.words import language

if TYPE_CHECKING:
    from depositary.register.identity import Difference

SHOWN_EVERY = 1000

DateOrder = Literal["day-first", "month-first"]

LISTED = 20
"""The number of differences that are listed."""


Written = Annotated[
    list[str] | None, typer.Option("--means", metavar="TEXT=MEANING", help="What a text in the file means.")
]
Origin = Literal["untc"]
From = Annotated[
    Origin | None, typer.Option("--from", help="A status page as saved from the UN Treaty Collection (HTML, XML).")
]
OfRows = Annotated[str, typer.Option("--treaty", metavar="ID", help="The treaty of rows that name none.")]
Encoding = Annotated[str, typer.Option(help="Of a CSV file that is not UTF-8, as windows-1252.")]
Sheet = Annotated[str, typer.Option(help="Of a workbook; its first.")]
Dates = Annotated[DateOrder | None, typer.Option("--dates", help="What stands first in a date as 05/06/2026.")]


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file, a workbook (.xlsx), or a status page.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded; record nothing.")] = False,
    rectify: Annotated[
        bool, typer.Option("--rectify", help="Rectify the entries from which a row differs, as the file has them.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who records.")] = "import",
    treaty: OfRows = "",
    means: Written = None,
    dates: Dates = None,
    encoding: Encoding = "",
    sheet: Sheet = "",
    from_: From = None,
    format_: OutputFormat = "table",
) -> None:
    """Records the acts of a file that do not stand in the register yet: all of them, or none.

    A file in other columns, words and dates than those of the register is interpreted; what was understood is shown.
    """
    settings = load_settings()
    collection = open_collection(settings)
    known = what_is_known(file, from_, treaty, encoding, sheet, dates, means)
    reason = f"as in the file {file.name}" if rectify else ""
    if known == Means() and format_ == "table":
        try:
            _take(file.name, iterate_acts(file, collection.participants, collection.treaties), dry_run, by, reason)
        except BadInput:  # The file is not in the exact form: its meaning is interpreted below, or asked.
            pass
        else:
            return
    interpretation = Interpretation(file, collection.participants, collection.treaties, known)
    show(interpretation, format_, settings)
    _take(file.name, (row.act for row in interpretation.rows()), dry_run, by, reason)


def what_is_known(
    file: Path,
    from_: Origin | None,
    treaty: str,
    encoding: str,
    sheet: str,
    dates: DateOrder | None,
    means: list[str] | None,
) -> Means:
    """What the options say of a file. Raises BadInput for a file that is not what `--from` says."""
    if from_ and not (file.is_file() and is_status_page(file.read_bytes()[:64])):
        said = "is not a status page of the UN Treaty Collection, saved as HTML or XML"
        raise BadInput([f"{file.name}:1: file: {said}" if file.is_file() else f"{file}: cannot be read"])
    order = (dates or "").removesuffix("-first")
    return Means(treaty, checked_encoding(encoding), sheet, order, pairs(means or []))


def _take(name: str, acts: Iterable[Act], dry_run: bool, by: str, rectify: str) -> None:
    settings = load_settings()
    if not dry_run:
        record_acts(name, acts, by, settings, rectify=rectify)
        return
    from depositary.register.batch import new_acts

    differing: list[Difference] = []
    with open_store(settings) as store, counted(acts) as (rows, number):
        new = sum(1 for _ in new_acts(rows, store, differing))
    _say(f"{name}: {number()} acts, no fault; {new} would be recorded. Nothing was.")
    _list(differing)


def checked_encoding(name: str) -> str:
    """The name of an encoding. Raises BadInput for one that is not known."""
    try:
        return name and codecs.lookup(name).name
    except LookupError:
        raise BadInput([f"--encoding {name}: no such encoding; allowed: windows-1252, utf-16, and others"]) from None


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """The meanings of texts, by text. Raises BadInput for an option that is not written TEXT=MEANING."""
    found = {}
    for text in texts:
        written, equals, meant = text.rpartition("=")
        if not (equals and written.strip() and meant.strip()):
            raise BadInput([f'--means {text!r}: write it as "Zembla=GHA"'])
        found[written] = meant.strip()
    return found


def record_acts(name: str, acts: Iterable[Act], by: str, settings: Settings, *, rectify: str = "") -> None:
    """Records the acts that are new, or drafts them for a desk with two persons; lists those that repeat an entry.

    With a reason to `rectify`, the acts that repeat an entry take its place.
    """
    from depositary.desk.case_content import CaseContent, Item
    from depositary.register.batch import new_acts, record_all

    differing: list[Difference] = []
    with open_to_record(settings) as store, counted(acts) as (rows, number):
        if is_for_the_desk(store):
            new = list(new_acts(rows, store, differing))
            if new:
                submit(store, CaseContent(tuple(Item(act) for act in new), is_file=True), by)
            repeated = [difference for difference in differing if rectify and difference.standing is not None]
            if repeated:
                items = (Item(difference.act, difference.entry, rectify) for difference in repeated)
                submit(store, CaseContent(tuple(items)), by)
            _say(f"{name}: {number()} acts, {number() - len(new) - len(differing)} stood already.")
        else:
            entries = record_all(rows, by, clock.now(), store, differing, rectify=rectify)
            rectified = sum(1 for one in differing if rectify and one.standing)
            added = len(entries) - rectified
            _say(f"{name}: {number()} acts, {added} recorded, {number() - added - len(differing)} stood already.")
    _list(differing, rectify=rectify)


def _list(differing: "Sequence[Difference]", *, rectify: str = "") -> None:
    """Says which rows repeat an entry in other words, and what became of them; last, those that only name a source."""
    for difference in sorted(differing, key=lambda difference: difference.columns == ("source",))[:LISTED]:
        act = difference.act
        whose = " ".join(filter(None, (act.treaty, act.participant, act.action, act.date.isoformat())))
        done = "rectified" if rectify and difference.standing else "not recorded"
        _say(f"  line {act.number}, {whose}: {difference.said}; {done}")
    if len(differing) > LISTED:
        _say(f"  and {len(differing) - LISTED} more")
    if differing and not rectify:
        rows = "1 row repeats" if len(differing) == 1 else f"{len(differing)} rows repeat"
        _say(f"{rows} an entry in other words: `import FILE --rectify` rectifies what differs.")


def _say(line: str) -> None:
    print(line, file=sys.stderr)


@contextmanager
def counted(acts: Iterable[Act]) -> Iterator[tuple[Iterator[Act], Callable[[], int]]]:
    """The acts, with a progress bar on a terminal, and a function that gives the number of acts so far."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    passed = 0
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} acts"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)

        def passing() -> Iterator[Act]:
            nonlocal passed
            for act in acts:
                passed += 1
                if passed % SHOWN_EVERY == 0:
                    progress.update(task, completed=passed)
                yield act

        yield passing(), lambda: passed


def template(
    xlsx: Annotated[bool, typer.Option("--xlsx", help="A workbook, with a sheet that explains the columns.")] = False,
) -> None:
    """Writes a file of acts to fill in, to standard output."""
    from depositary.treaties.template import as_csv, as_xlsx

    if not xlsx:
        sys.stdout.write(as_csv())
        return
    if sys.stdout.isatty():
        raise BadInput(["--xlsx: a workbook is not text; write it to a file: depositary template --xlsx > acts.xlsx"])
    sys.stdout.buffer.write(as_xlsx(language()))
