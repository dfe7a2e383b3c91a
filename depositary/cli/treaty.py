"""`depositary treaty check`: shows a clause file in words and worked examples, before the treaty goes live."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from depositary.cli import output
from depositary.cli.options import Format, OutputFormat
from depositary.law.clauses import Clauses
from depositary.law.examples import Example, Line, examples, invented
from depositary.law.findings import Finding
from depositary.treaties.answer import Answer
from depositary.treaties.authentic import faults_of_text, languages_at_hand, text_file
from depositary.treaties.clause_files import load_clauses
from depositary.words import Language, language
from depositary.words.clauses import EXAMPLES, Meaning
from depositary.words.findings.sentences import sentence_of

treaty = typer.Typer(no_args_is_help=True, help="Treaties and their clause files.")


@treaty.callback()
def _group() -> None:
    """Makes `treaty` a group of commands, although it has only one command today."""


@treaty.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="The clause file.")],
    format_: OutputFormat = "table",
) -> None:
    """Checks a clause file, says what it means, and works examples a lawyer can confirm."""
    clauses = load_clauses(file)
    parent = file.parent / f"{clauses.parent}.toml"
    convention = load_clauses(parent) if clauses.parent and parent.is_file() else None
    words = language()
    meaning = Meaning(words, clauses)
    worked = [
        {"about": title(example, words), "lines": [said(line, clauses, words) for line in example.lines]}
        for example in examples(clauses, convention)
    ]
    checked(
        {
            "treaty": {"id": clauses.id, "title": clauses.title},
            "means": [{"provision": number or None, "says": says} for number, says in meaning.sentences()],
            "absent": meaning.absent(),
            "remarks": list(remarks(clauses, file)),
            "examples": worked,
        },
        format_,
    )


def title(example: Example, words: Language) -> str:
    return words.gettext(EXAMPLES[example.about], day=words.date(example.day) if example.day else "")


def said(line: Line, clauses: Clauses, words: Language) -> dict[str, str]:
    """An act and its effects, in words."""
    participants = invented((clauses.entry_into_force.instruments if clauses.entry_into_force else 1) + 10)
    act, follows = line.act, line.follows
    name = words.name(participants, act.participant, line.on) if act else ""
    if isinstance(follows, Finding):
        sentence = sentence_of(words, follows, participants, clauses, line.on)
    else:
        sentence = words.irregularity(follows, participants)
    return {"given": words.act_line(act, name) if act else "", "follows": sentence}


CONDITIONS = re.compile(r"\bat least\b|\bper ?cent\b|%|\bincluding\b|\bprovided that\b|\bfrom among\b", re.IGNORECASE)
"""Words that often begin a condition which a clause file cannot say."""


def questions(clauses: Clauses) -> Iterator[str]:
    """What the lawyer is asked: which dates a condition moves, and whether words quoted are a condition left unsaid."""
    for provision in clauses.not_expressed:
        yield f"not_expressed.{provision}: no date is calculated by it; confirm by hand each date that may rest on it."
    entry = clauses.entry_into_force
    own = (entry.provision, entry.participant.provision if entry.participant else "") if entry else ()
    for provision in dict.fromkeys(filter(None, own)):
        found = CONDITIONS.search(clauses.words(provision))
        said = entry is not None and entry.among is not None and provision == entry.provision
        if found and not said and provision not in clauses.not_expressed:
            yield (
                f"provisions.{provision}: says “{found[0]}”; if that is a condition that this file does not say, name "
                "it under [not_expressed]."
            )


def remarks(clauses: Clauses, file: Path) -> Iterator[str]:
    """Remarks for the reader before the treaty goes live. No remark is a fault of the file."""
    text = file.with_name(f"{clauses.id}.md")
    if not text.is_file():
        yield f"{text.name}: is not there; the quotations cannot be held to the text, and the site has no articles."
    else:
        words = " ".join(text.read_text(encoding="utf-8").split())
        for number, quoted in clauses.provisions.items():
            if " of " not in number and " ".join(quoted.split()) not in words:
                yield f"provisions.{number}: these words do not stand in {text.name}."
        folder = file.parent.parent
        for code in languages_at_hand(folder, clauses.id):
            own = text_file(folder, clauses.id, code)
            yield from (f"{own.name}: {fault}." for fault in faults_of_text(folder, clauses.id, code))
    for number in dict.fromkeys(number for number, _ in Meaning(language(), clauses).sentences()):
        if number and not all(clauses.words(one) for one in number.split(", ")):
            yield f"provisions: quotes no words of {number}, which is cited."
    yield from questions(clauses)
    entry = clauses.entry_into_force
    for key, other in (("parent", clauses.parent), ("not_before_treaty", entry.not_before_treaty if entry else "")):
        if other and not (file.parent / f"{other}.toml").is_file():
            yield f"{key}: {other} has no clause file beside this one; without its acts it is not examined."
    if file.stem != clauses.id:
        yield f"id: the file is called {file.name}; the site looks for the text as {clauses.id}.md."
    for key in ("short_title", "chapter", "adopted", "source"):
        if not getattr(clauses, key):
            yield f"{key}: is not given; the status page shows it."


def checked(given: Answer, format_: Format) -> None:
    """Writes a clause file in words, and its worked examples."""
    from rich.text import Text

    if format_ == "json":
        output.write_json(given)
        return
    lines = [(one["about"], line["given"], line["follows"]) for one in given["examples"] for line in one["lines"]]
    if format_ == "csv":
        rows = [("means", one["provision"] or "", one["says"]) for one in given["means"]] + lines
        output.write_csv(
            ("part", "given", "follows"), [dict(zip(("part", "given", "follows"), row, strict=True)) for row in rows]
        )
        return
    out = output.console()
    out.print(Text(f"{given['treaty']['title']} ({given['treaty']['id']})", style="bold"))
    out.print("\nWhat the file says", style="bold")
    for meaning in given["means"]:
        out.print(Text(f"  {meaning['says']}" + (f" ({meaning['provision']})" if meaning["provision"] else "")))
    for absent in given["absent"]:
        out.print(Text(f"  It has no rule on {absent}."))
    for example in given["examples"]:
        out.print(Text(f"\n{example['about']}", style="bold"))
        for line in example["lines"]:
            out.print(Text(f"  {line['given']}"))
            out.print(Text(f"    → {line['follows']}"))
    out.print("\nRemarks", style="bold")
    for remark in given["remarks"] or ["none"]:
        out.print(Text(f"  {remark}"))
