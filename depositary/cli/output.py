"""Writes answers: a table for readers, JSON or CSV for programs. Only the answer goes to standard output."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from depositary.cli.options import Format
from depositary.cli.text_table import WIDE, write_line, write_table
from depositary.law.acts import Act
from depositary.law.changes import changes
from depositary.law.effects import Effects
from depositary.law.examination import Irregularity
from depositary.law.findings import Finding
from depositary.law.participants import Participants
from depositary.treaties.answer import STATUS_COLUMNS, Answer, columns, irregularity_rows, table
from depositary.treaties.csv_files import spreadsheet_field
from depositary.words import Language
from depositary.words.findings.sentences import sentence_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.tree import Tree


def console() -> "Console":
    """The console of standard output: as wide as the terminal, or wide enough for a table where there is none."""
    from rich.console import Console

    out = Console(highlight=False, soft_wrap=False)
    return out if out.is_terminal else Console(highlight=False, width=WIDE)


def write_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def write_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: spreadsheet_field(value) for name, value in row.items()} for row in rows)


def rows(heads: Iterable[str], columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Lines of text, and a table beneath them where it has rows."""
    for line in heads:
        write_line(line, bold=True)
    if rows:
        write_table([name.capitalize() for name in columns], [[str(row[name]) for name in columns] for row in rows])


def status(given: Answer, format_: Format) -> None:
    """The status of a treaty."""
    if format_ == "json":
        write_json(given)
    elif format_ == "csv":
        write_csv(STATUS_COLUMNS, map(columns, table(given)))
    else:
        _status_table(given)


def _status_table(given: Answer) -> None:
    entry, totals = given["entry_into_force"], given["totals"]
    write_line(given["treaty"]["title"], bold=True)
    write_line(f"{given['treaty']['id']}, on {given['on']}")
    complete = given["complete_as_of"]
    say_as_of(complete, given["on"])
    write_line()
    rule = f" ({entry['provision']})" if entry["provision"] else ""
    if entry["date"]:
        verb = "Entered into force" if entry["date"] <= given["on"] else "Enters into force"
        write_line(
            f"{verb} on {entry['date']}{rule}; number reached on {entry['threshold_reached_on']}.",
            bold=True,
        )
    else:
        write_line(f"Not yet in force{rule}.", bold=True)
    write_line(f"Counted: {entry['counted']} of {entry['required']}.  Instruments deposited: {entry['deposited']}.")
    for condition in given["not_expressed"]:
        write_line(f"Not calculated: article {condition['provision']}: “{condition['words']}”.")
    if given["reported"]:
        told = ", ".join(f"{one['participant']} {one['action']}" for one in given["reported"])
        write_line(f"Reported, not recorded: {len(given['reported'])} ({told}).")
    names = ("signatories", "contracting", "parties", "former_parties")
    write_line("  ".join(f"{name.replace('_', ' ').capitalize()}: {totals[name]}." for name in names))
    for name, day in given["milestones"].items():
        if day:
            write_line(f"{name.replace('_', ' ').capitalize()}: {day}.")
    write_line()
    rows = []
    for row in given["participants"]:
        consent = row["consent"]
        deposited = f"{consent['date']} {consent['action']}" if consent else ""
        days = row["signature"], deposited, row["entry_into_force"], row["ceases"]
        rows.append([row["code"], row["name"], row["standing"], *(day or "" for day in days)])
    write_table(("Code", "Participant", "Standing", "Signature", "Consent", "In force", "Ceases"), rows)
    _readings(given)
    _irregularities(given)


def say_as_of(complete: Any, on: str) -> None:
    """Writes as of which day the acts are at hand, where that is before the day asked about."""
    if complete and complete < on:
        write_line(f"As of {complete}, the last day for which acts are at hand; acts of later days may be missing.")


def _readings(given: Answer) -> None:
    if given["open_readings"]:
        write_line()
        write_line("What rests on an open reading", bold=True)
    for reading in given["open_readings"]:
        what = " ".join(filter(None, (reading["participant"], reading["concerns"].replace("_", " "))))
        ruled = f"; ruled: {reading['ruling']['choice']}" if reading["ruling"] else ""
        value, otherwise = ("no date" if reading[key] is None else reading[key] for key in ("value", "otherwise"))
        write_line(f"  {reading['name']}: {what} {value}; otherwise {otherwise}{ruled}")


def _irregularities(given: Answer) -> None:
    """Writes each refused act; equal warnings about several acts are one line with their number."""
    found = given["irregularities"]
    if found:
        write_line()
        write_line("Irregularities", bold=True)
    for irregularity in found:
        if irregularity["severity"] == "refused":
            write_line(f"  row {irregularity['row']}: refused: {irregularity['message']}")
    warned = Counter(one["code"] for one in found if one["severity"] == "warning")
    for code, number in sorted(warned.items()):
        rows = [str(one["row"]) for one in found if one["code"] == code]
        shown = ", ".join(rows[:5]) + (", …" if len(rows) > 5 else "")
        write_line(f"  warning {code}: {number} {'act' if number == 1 else 'acts'} (row {shown})")


def findings(
    found: Sequence[Finding],
    effects: Effects,
    on: date,
    words: Language,
    format_: Format,
    code: str,
    complete: date | None = None,
    wrong: Sequence[Irregularity] = (),
) -> None:
    """Findings with their reasons as a tree, the entries on which they rest, and what is irregular.

    `complete`: the last day at hand.
    """
    from rich.text import Text

    sentence = lambda finding: sentence_of(words, finding, effects.participants, effects.clauses, on)  # noqa: E731
    irregular = irregularity_rows(wrong, effects, words)
    if format_ == "json":
        head = {"treaty": effects.clauses.id, "participant": code, "on": on.isoformat()}
        reasons = [_finding(one, sentence) for one in found]
        write_json(head | {"complete_as_of": as_value(complete), "findings": reasons, "irregularities": irregular})
        return
    if format_ == "csv":
        last = {"complete_as_of": as_value(complete)}
        rows = [_finding_row(one, sentence) | last for each in found for one in each]
        rows += [
            {
                "about": row["code"],
                "value": row["severity"],
                "provision": row["provision"],
                "sentence": row["message"],
                "entries": row["row"],
                **last,
            }
            for row in irregular
        ]
        write_csv(("about", "value", "provision", "sentence", "entries", "complete_as_of"), rows)
        return
    out = console()
    say_as_of(as_value(complete), on.isoformat())
    for finding in found:
        out.print(_tree(finding, sentence, words))
    entries = {act.number: act for one in found for act in one.entries}
    if entries:
        out.print("\nThe entries these rest on", style="bold")
    for number, act in sorted(entries.items()):
        out.print(Text(f"  {number}  {act_in_words(act)}"))
    if irregular:
        out.print("\nIrregularities", style="bold")
    for row in irregular:
        out.print(Text(f"  {row['severity']} {row['row']}  {row['message']}"))


def act_in_words(act: Act) -> str:
    return " ".join(filter(None, (act.date.isoformat(), act.participant, act.action, act.subject, act.provision)))


def _tree(finding: Finding, sentence: Any, words: Language, branch: "Tree | None" = None) -> "Tree":
    from rich.text import Text
    from rich.tree import Tree

    label = Text(sentence(finding), style="" if branch else "bold")
    node = branch.add(label) if branch else Tree(label)
    if finding.words and branch:
        node.add(Text(f"{finding.provision}: “{finding.words}”", style="italic"))
    for reading in finding.under:
        node.add(Text(words.under(reading)))
    for reason in finding.because:
        _tree(reason, sentence, words, node)
    return node


def _finding(finding: Finding, sentence: Any) -> Answer:
    return {
        "about": finding.about,
        "value": as_value(finding.value),
        "provision": finding.provision or None,
        "words": finding.words or None,
        "sentence": sentence(finding),
        "facts": {name: as_value(value) for name, value in finding.facts.items()},
        "because": [_finding(reason, sentence) for reason in finding.because],
        "entries": [act.number for act in finding.acts],
        "readings": [{"name": each.name, "otherwise": as_value(each.otherwise)} for each in finding.under],
    }


def _finding_row(finding: Finding, sentence: Any) -> Answer:
    entries = " ".join(str(act.number) for act in finding.acts)
    value = as_value(finding.value)
    return {
        "about": finding.about,
        "value": value,
        "provision": finding.provision,
        "sentence": sentence(finding),
        "entries": entries,
    }


def as_value(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def change_rows(before: Effects, after: Effects, on: date) -> list[Answer]:
    """The differences between two states of a treaty, as data."""
    return [
        {
            "concerns": change.concerns,
            "participant": change.participant or None,
            "before": as_value(change.before),
            "after": as_value(change.after),
        }
        for change in changes(before, after, on)
    ]


def whatif(
    given: Answer,
    changed: list[Answer],
    refused: Iterable[Irregularity],
    elsewhere: Iterable[Irregularity],
    effects: Effects,
    words: Language,
    format_: Format,
) -> None:
    """Writes the status with supposed acts, and its changes; `elsewhere`: what they make irregular in recorded acts."""
    if format_ == "json":
        write_json(given | {"changed": changed})
        return
    if format_ == "csv":
        last = {"complete_as_of": given["complete_as_of"]}
        write_csv(("concerns", "participant", "before", "after", *last), [change | last for change in changed])
        return
    status(given, "table")
    write_line()
    write_line("What these acts change", bold=True)
    for fault in refused:
        write_line(f"  refused: {words.irregularity(fault, effects.participants)}")
    for fault in elsewhere:
        write_line(f"  {irregular_elsewhere(fault, words, effects.participants)}")
    for change in changed:
        write_line(f"  {change_in_words(change)}")
    if not changed:
        write_line("  nothing")


def irregular_elsewhere(fault: Irregularity, words: Language, participants: Participants) -> str:
    """What an act makes irregular in one that is recorded already, as a line."""
    return f"{fault.severity} for entry {fault.act.number}: {words.irregularity(fault, participants)}"


def change_in_words(change: Answer) -> str:
    """A change of a date or a standing, as a line."""
    who = f"{change['participant']} " if change["participant"] else ""
    before, after = (change[key] if change[key] is not None else "—" for key in ("before", "after"))
    return f"{who}{change['concerns'].replace('_', ' ')}: {before} → {after}"
