"""The commands that answer: from files alone (`compute`) or from the register."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from depositary import clock
from depositary.cli import output
from depositary.cli.options import (
    DataFile,
    KnownAt,
    On,
    OutputFormat,
    Treaty,
    code_of,
    open_collection,
    supposed_act,
)
from depositary.errors import BadInput
from depositary.law.acts import Act
from depositary.law.clauses import CONVENTION
from depositary.settings import Settings, load_settings
from depositary.treaties.answer import answer
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import Collection, load_collection, needs
from depositary.treaties.instruments_csv import read_acts
from depositary.words import language

THE_ANSWER_IS_NO = 1


def compute(
    clauses: Annotated[Path, typer.Option(metavar="FILE.toml", help="The clause file of the treaty.")],
    instruments: Annotated[Path, typer.Option(metavar="FILE.csv", help="The acts.")],
    participants: DataFile = None,
    memberships: DataFile = None,
    on: On = None,
    format_: OutputFormat = "table",
) -> None:
    """The whole legal status from files alone: no database, no network."""
    own, folder = load_clauses(clauses), load_settings().data
    beside = {path.stem: path for path in clauses.parent.glob("*.toml")}
    given = {own.id: own} | {each: load_clauses(beside[each]) for each in needs(own) if each in beside}
    needed = [other for each in given.values() for other in needs(each)]
    collection = load_collection(folder, participants, memberships, only=needed)
    collection.treaties.update(given)
    known = {*collection.treaties, *(path.stem for path in (folder / "treaties").glob("*.toml"))}
    acts = read_acts(instruments, collection.participants, known, only_treaty=own.id)
    day = on or clock.today()
    output.status(answer(collection.effects(acts, own.id, day), day, None, language()), format_)


def status(
    treaty: Treaty = CONVENTION, on: On = None, known_at: KnownAt = None, format_: OutputFormat = "table"
) -> None:
    """The whole legal status of a treaty from the register."""
    settings = load_settings()
    collection, day, known = open_collection(settings, treaty), on or clock.today(), known_at or clock.now()
    effects = collection.effects(registered(settings, collection, treaty, known_at), treaty, day)
    output.status(answer(effects, day, known, language(), settings.data), format_)


def explain(
    participant: Annotated[str, typer.Argument(metavar="PARTICIPANT", help="Its code or name, as GHA or Ghana.")],
    treaty: Treaty = CONVENTION,
    on: On = None,
    known_at: KnownAt = None,
    format_: OutputFormat = "table",
) -> None:
    """Why a participant's dates are what they are, down to the entries."""
    from depositary.law import grounds, reasons
    from depositary.law.examination import irregularities
    from depositary.treaties.sources import last_day_at_hand

    settings = load_settings()
    collection, day = open_collection(settings, treaty), on or clock.today()
    code = code_of(collection, participant, on)
    effects = collection.effects(registered(settings, collection, treaty, known_at), treaty, day)
    findings = [reasons.standing(effects, code, day)]
    if findings[0].value == "signatory":
        findings += grounds.of_a_signatory(effects, code, day)
    findings += [reasons.amendment_for(effects, identifier, code) for identifier in effects.history.amendments]
    wrong = [one for one in irregularities(effects) if one.act.participant == code]
    complete = last_day_at_hand(settings.data, effects)
    output.findings(findings, effects, day, language(), format_, code, complete, wrong)


def whatif(
    act: Annotated[
        list[str],
        typer.Option(metavar='"DATE CODE ACTION"', help='A supposed act, as "2027-03-01 GHA ratification".'),
    ],
    treaty: Treaty = CONVENTION,
    on: On = None,
    known_at: KnownAt = None,
    format_: OutputFormat = "table",
) -> None:
    """The status with these acts added, and what changed. Nothing is recorded."""
    from depositary.treaties.supposition import compare, last_day

    settings = load_settings()
    collection, known = open_collection(settings), known_at or clock.now()
    described = [supposed_act(text, number, treaty, collection) for number, text in enumerate(act, 1)]
    entered = registered(settings, collection, treaty, known_at)
    last = max((each.number for each in entered), default=0)
    supposed = [replace(each, number=last + each.number) for each in described]
    day = on or last_day(supposed, clock.today())
    compared = compare(collection, entered, treaty, supposed, day)
    refused = [found for found in compared.irregularities if found.severity == "refused"]
    changed, after = output.change_rows(compared.before, compared.after, day), compared.after
    given = answer(after, day, known, language(), settings.data)
    output.whatif(given, changed, refused, compared.elsewhere, after, language(), format_)
    if refused:
        raise typer.Exit(THE_ANSWER_IS_NO)


def relations(
    first: Annotated[str, typer.Argument(metavar="A", help="A participant, by code or name.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another's.")],
    treaty: Treaty = CONVENTION,
    on: On = None,
    known_at: KnownAt = None,
    format_: OutputFormat = "table",
) -> None:
    """Whether two participants are bound to each other, since when, and by which version of the treaty."""
    from depositary.cli import relations as relation_output
    from depositary.law.relations import between
    from depositary.treaties.sources import last_day_at_hand

    settings = load_settings()
    collection, day = open_collection(settings), on or clock.today()
    first, other = (code_of(collection, text, on) for text in (first, other))
    if first == other:
        raise BadInput([f"{first}: give two participants; one is not bound to itself"])
    effects = collection.effects(registered(settings, collection, treaty, known_at), treaty, day)
    relation = between(effects, first, other, day)
    last = last_day_at_hand(settings.data, effects)
    relation_output.relation(relation, effects, first, other, day, language(), format_, last)
    if not relation.bound:
        raise typer.Exit(THE_ANSWER_IS_NO)


def registered(settings: Settings, collection: Collection, treaty: str, known_at: datetime | None) -> list[Act]:
    """The acts for a treaty's derivation that stood in the register at an instant; None means now."""
    from depositary.register.entry import acts_of, as_known
    from depositary.register.reader import read_entries

    collection.clauses(treaty)
    return acts_of(as_known(read_entries(settings.database, *collection.needed_by(treaty)), known_at))
