"""The command that compares a file of acts with the register, `compare`: the daily check against the published page."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from depositary import clock
from depositary.cli import output
from depositary.cli.answers import registered
from depositary.cli.imports import Dates, Encoding, From, OfRows, Sheet, Written, what_is_known
from depositary.cli.options import KnownAt, On, OutputFormat, open_collection
from depositary.law.acts import CONSENTS, Act
from depositary.law.effects import Effects
from depositary.register.comparison import Discrepancy, discrepancies
from depositary.settings import load_settings
from depositary.treaties.interpretation import Interpretation
from depositary.treaties.status_pages import is_status_page

THE_ANSWER_IS_NO = 1
COLUMNS = ("treaty", "participant", "what", "action", "date", "entry", "file_action", "file_date", "row", "provision")


def compare(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file, a workbook (.xlsx), or a status page.")],
    treaty: OfRows = "",
    on: On = None,
    known_at: KnownAt = None,
    from_: From = None,
    means: Written = None,
    dates: Dates = None,
    encoding: Encoding = "",
    sheet: Sheet = "",
    format_: OutputFormat = "table",
) -> None:
    """What the register has and the file has not, and the reverse. Exit status 1 on a difference.

    A status page is compared with the signatures, and with the consents of those who have not left by the day asked
    about; a statement is compared where the page has some of its kind.
    """
    settings = load_settings()
    collection, day = open_collection(settings), on or clock.today()
    known = what_is_known(file, from_, treaty, encoding, sheet, dates, means)
    theirs = [row.act for row in Interpretation(file, collection.participants, collection.treaties, known).rows()]
    is_page = is_status_page(file.read_bytes()[:64])
    ours: list[Act] = []
    for number in sorted({act.treaty for act in theirs} | ({treaty} if treaty else set())):
        acts = registered(settings, collection, number, known_at)
        effects = collection.effects(acts, number, day)
        standing = [act for act in acts if act.treaty == number and act.date <= day]
        ours += on_a_page(standing, effects, theirs, day) if is_page else standing
    found = discrepancies([act for act in theirs if act.date <= day], ours)
    rows = [row_of(one) for one in found]
    if format_ == "json":
        output.write_json(rows)
    elif format_ == "csv":
        output.write_csv(COLUMNS, rows)
    else:
        for row in rows:
            print(_line(row))
        print("No difference." if not rows else f"{len(rows)} differences.")
    if rows:
        raise typer.Exit(THE_ANSWER_IS_NO)


def on_a_page(acts: Iterable[Act], effects: Effects, page: Iterable[Act], day: date) -> list[Act]:
    """The acts of the register that a status page has."""
    kinds = {act.action for act in page} | {"signature", "definitive signature", *CONSENTS}
    taking_part = {code for code in effects.codes if effects.standing(code, day) in ("contracting", "party")}
    return [
        act
        for act in acts
        if act.action in kinds and not act.subject and (act.action not in CONSENTS or act.participant in taking_part)
    ]


def row_of(found: Discrepancy) -> dict[str, object]:
    """A discrepancy as data."""
    ours, theirs = found.in_register, found.in_file
    what = "differs" if ours and theirs else "only in the register" if ours else "only in the file"
    return {
        "treaty": found.act.treaty,
        "participant": found.act.participant,
        "what": what,
        "action": ours.action if ours else None,
        "date": ours.date.isoformat() if ours else None,
        "entry": ours.number if ours else None,
        "file_action": theirs.action if theirs else None,
        "file_date": theirs.date.isoformat() if theirs else None,
        "row": theirs.number if theirs else None,
        "provision": found.act.provision or None,
    }


def _line(row: dict[str, object]) -> str:
    here = f"entry {row['entry']}: {row['date']} {row['action']}" if row["entry"] else ""
    there = f"row {row['row']}: {row['file_date']} {row['file_action']}" if row["row"] else ""
    provision = f" ({row['provision']})" if row["provision"] else ""
    both = " / ".join(filter(None, (here, there)))
    return f"{row['treaty']:<10} {row['participant']:<4} {row['what']:<21} {both}{provision}"
