"""The command that records the acts of a file: `import`. What it adds, and what repeats an entry, is said."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from depositary import clock
from depositary.cli.drafts import is_for_the_desk, submit
from depositary.cli.options import open_collection, open_store, open_to_record
from depositary.law.acts import Act
from depositary.settings import Settings, load_settings
from depositary.treaties.instruments_csv import iterate_acts

if TYPE_CHECKING:
    from depositary.register.identity import Difference

SHOWN_EVERY = 1000

LISTED = 20
"""How many differences are listed."""


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file, record nothing.")] = False,
    rectify: Annotated[
        bool, typer.Option("--rectify", help="Rectify the entries from which a row differs, as the file has them.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who records.")] = "import",
) -> None:
    """Records the acts of a file that do not stand in the register yet: all of them, or none."""
    settings = load_settings()
    collection = open_collection(settings)
    acts = iterate_acts(file, collection.participants, collection.treaties)
    if not dry_run:
        record_acts(file.name, acts, by, settings, rectify=f"as in the file {file.name}" if rectify else "")
        return
    from depositary.register.batch import new_acts

    differing: list[Difference] = []
    with open_store(settings) as store, counted(acts) as (rows, number):
        new = sum(1 for _ in new_acts(rows, store, differing))
    _say(f"{file.name}: {number()} acts, no fault; {new} would be recorded. Nothing was.")
    _list(differing)


def record_acts(name: str, acts: Iterable[Act], by: str, settings: Settings, *, rectify: str = "") -> None:
    """Records the acts that are new, or drafts them for a desk with two persons; lists those that repeat an entry.

    With a reason to `rectify`, the acts that repeat an entry take its place.
    """
    from depositary.register.batch import new_acts, record_all

    differing: list[Difference] = []
    with open_to_record(settings) as store, counted(acts) as (rows, number):
        if is_for_the_desk(store):
            new = list(new_acts(rows, store, differing))
            if new:
                submit(store, "import", new, by)
            for one in differing if rectify else ():
                if one.standing is not None:
                    submit(store, "rectify", [one.act], by, target=one.entry, reason=rectify)
            _say(f"{name}: {number()} acts, {number() - len(new) - len(differing)} stood already.")
        else:
            entries = record_all(rows, by, clock.now(), store, differing, rectify=rectify)
            rectified = sum(1 for one in differing if rectify and one.standing)
            added = len(entries) - rectified
            _say(f"{name}: {number()} acts, {added} recorded, {number() - added - len(differing)} stood already.")
    _list(differing, rectify=rectify)


def _list(differing: "Sequence[Difference]", *, rectify: str = "") -> None:
    """Says which rows repeat an entry in other words, and what became of them; last, those that only name a source."""
    for one in sorted(differing, key=lambda difference: difference.columns == ("source",))[:LISTED]:
        act = one.act
        whose = " ".join(filter(None, (act.treaty, act.participant, act.action, act.date.isoformat())))
        done = "rectified" if rectify and one.standing else "not recorded"
        _say(f"  line {act.number}, {whose}: {one.said}; {done}")
    if len(differing) > LISTED:
        _say(f"  and {len(differing) - LISTED} more")
    if differing and not rectify:
        _say(f"{len(differing)} rows repeat an entry in other words: `import FILE --rectify` rectifies the entries.")


def _say(line: str) -> None:
    print(line, file=sys.stderr)


@contextmanager
def counted(acts: Iterable[Act]) -> Iterator[tuple[Iterator[Act], Callable[[], int]]]:
    """The acts, shown as they pass where somebody looks on, and how many have passed."""
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
